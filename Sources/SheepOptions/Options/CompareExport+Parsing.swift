import SheepCore

extension CompareExport {
  /// Reads the option's value.
  static func parse(_ text: String) throws(ValueProblem) -> CompareExport {
    let path = try PlainText.path(text)
    for form in Form.allCases where path.hasSuffix("." + form.rawValue) {
      return CompareExport(path: path, form: form)
    }
    throw ValueProblem("\(Quoted.text(text)) has an unknown extension", "use .json, .csv, .md or .html")
  }
}
