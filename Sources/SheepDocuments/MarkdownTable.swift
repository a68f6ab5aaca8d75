/// A table in Markdown.
struct MarkdownTable {
  /// The lines so far; each ends with a line feed.
  private(set) var text: String

  /// A table with these headings.
  init(_ headings: [String]) {
    text = Self.line(headings) + "|" + headings.map { _ in "---|" }.joined() + "\n"
  }

  /// Adds a row of Markdown; bars in it are escaped.
  mutating func add(_ cells: [String]) { text += Self.line(cells) }

  private static func line(_ cells: [String]) -> String {
    "|"
      + cells.map { cell in
        // GitHub's tables end a cell at a bar even inside of code.
        let escaped = cell.split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|")
        return escaped.isEmpty ? " |" : " " + escaped + " |"
      }.joined() + "\n"
  }
}
