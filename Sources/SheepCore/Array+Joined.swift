extension Array where Element == String {
  /// The texts in a row, with `separator` between them: what the standard library's function of
  /// this name does for any sequence, without its generics, whose first use takes 90,000
  /// instructions of a start.
  package func joined(separator: String = "") -> String {
    var text = ""
    var isFirst = true
    for part in self {
      if !isFirst { text += separator }
      isFirst = false
      text += part
    }
    return text
  }
}
