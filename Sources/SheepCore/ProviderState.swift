/// A piece of an answer that means nothing to this program, and that its provider wants back,
/// unchanged, when the conversation goes on: signed thinking, encrypted reasoning.
package struct ProviderState: Equatable, Sendable {
  /// The dialect that said it (`Dialect.name`). Only that one may say it again: to every other
  /// it is a field from nowhere.
  package var dialect: String
  /// What was said, in that dialect's own words.
  package var value: JSON

  /// A piece that `dialect` wants back.
  package init(dialect: String, value: JSON) {
    self.dialect = dialect
    self.value = value
  }
}
