/// The possibilities of a completion as rows below the prompt.
///
/// With notes each has a row of its own, names and notes in columns; without, they stand in as
/// many columns as fit. What does not fit is counted: `… 143 more`.
package struct CandidateTable: Sendable {
  let candidates: [CompletionAnswer.Candidate]

  /// A table of these.
  package init(candidates: [CompletionAnswer.Candidate]) { self.candidates = candidates }

  /// The rows of one page, and which page comes next: 0 after the last.
  package func rows(page: Int, width: Int, height: Int) -> (rows: [PromptLayout.Row], next: Int) {
    let lines = lines(width: width)
    let height = max(2, height)
    guard lines.count > height else { return (lines.map { row($0.text, width) }, 0) }
    let start = page * (height - 1)
    let part = lines.dropFirst(start).prefix(height - 1)
    let left = lines.dropFirst(start + part.count).reduce(0) { $0 + $1.count }
    var rows = part.map { row($0.text, width) }
    rows.append(PromptLayout.plainRow(left > 0 ? "… \(left) more" : "…", .dim, width: width))
    return (rows, left > 0 ? page + 1 : 0)
  }

  /// Each line with the number of candidates in it.
  private func lines(width: Int) -> [(text: String, count: Int)] {
    let names = candidates.map { EscapeFilter.visible($0.text) }
    let widest = names.reduce(0) { max($0, TextWidth.of($1)) }
    if candidates.contains(where: { !$0.note.isEmpty }) {
      let column = min(widest, max(8, width / 2))
      return zip(candidates, names).map { candidate, name in
        (name.padded(to: column) + "  " + EscapeFilter.visible(candidate.note), 1)
      }
    }
    let columns = max(1, (width - 1 + 2) / max(1, widest + 2))
    let rows = (names.count + columns - 1) / columns
    // Down the columns, as `ls` has it.
    return (0..<rows).map { row in
      let places = stride(from: row, to: names.count, by: rows)
      let cells = places.map { names[$0].padded(to: widest) }
      return (cells.joined(separator: "  "), cells.count)
    }
  }

  private func row(_ text: String, _ width: Int) -> PromptLayout.Row {
    PromptLayout.plainRow(text, .dim, width: width)
  }

  /// What all candidates begin with, in whole characters.
  package var commonPrefix: String {
    guard var prefix = candidates.first?.text else { return "" }
    for candidate in candidates.dropFirst() {
      let length = zip(prefix, candidate.text).prefix { $0 == $1 }.count
      prefix = String(prefix.prefix(length))
    }
    return prefix
  }
}
