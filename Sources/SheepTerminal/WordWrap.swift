/// Parts text in rows between words.
package enum WordWrap {
  /// A text in rows of whole words; a word that is longer than a row is left to the terminal.
  package static func rows(_ text: String, width: Int) -> [String] {
    guard TextWidth.of(text) > width else { return [text] }
    var rows: [String] = []
    var row = ""
    var columns = 0
    for word in text.split(separator: " ", omittingEmptySubsequences: false) {
      let next = TextWidth.of(word)
      if columns > 0, columns + 1 + next > width {
        rows.append(row)
        row = ""
        columns = 0
      }
      if columns > 0 {
        row += " "
        columns += 1
      }
      row += word
      columns += next
    }
    return rows + [row]
  }
}
