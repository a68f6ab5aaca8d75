/// The value of an option that the command line left alone.
package struct OptionDefault: Sendable {
  package let text: String
  package let origin: SettingOrigin
  /// What to call it in an error, such as `PATH:3:1: temperature`; `nil`: by the variable's name.
  package let place: String?

  /// A default that was said at `origin`.
  package init(_ text: String, _ origin: SettingOrigin, place: String? = nil) {
    self.text = text
    self.origin = origin
    self.place = place
  }
}

/// What gives options their defaults. They are asked for by the option's variable: `SHEEP_MODEL`.
package protocol OptionDefaults {
  /// Puts the run in a role, whose options take precedence over variables from here on.
  /// - Parameter name: `nil`: in none.
  /// - Throws: when there is no such role, its file has a mistake, or a variable has no value.
  func take(role name: String?, variables: [BodyField]) throws(UsageError)

  /// What holds for this run alone: the role's default, else the variable's.
  func stated(_ name: String) -> OptionDefault?

  /// What the configuration says.
  func configured(_ name: String) -> OptionDefault?
}

/// Variables and configured values as they are, without roles.
package struct PlainDefaults: OptionDefaults {
  private let variables: Variables
  private let values: Variables

  /// Defaults from these two sources.
  package init(_ variables: @escaping Variables, configured values: @escaping Variables = { _ in nil }) {
    self.variables = variables
    self.values = values
  }

  package func take(role name: String?, variables: [BodyField]) throws(UsageError) {}

  package func stated(_ name: String) -> OptionDefault? {
    guard let text = variables(name), !text.isEmpty else { return nil }
    return OptionDefault(text, .variable(name))
  }

  package func configured(_ name: String) -> OptionDefault? {
    guard let text = values(name), !text.isEmpty else { return nil }
    return OptionDefault(text, .configuration(path: "", line: 0))
  }
}
