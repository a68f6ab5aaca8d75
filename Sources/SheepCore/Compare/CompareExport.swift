/// A file of `--export`, written anew after each round, so that a crash loses nothing.
package struct CompareExport: Equatable, Sendable {
  /// The forms, by the end of the file's name.
  package enum Form: String, CaseIterable, Sendable {
    case json, csv, md, html
  }

  package let path: String
  package let form: Form

  /// A file of that form.
  package init(path: String, form: Form) {
    self.path = path
    self.form = form
  }
}
