import SheepTerminal

/// Answers beside each other where the width allows, else one after the other.
struct AnswerColumns {
  /// An answer under its heading.
  struct Entry {
    let heading: String
    let text: String
  }

  /// Columns narrower than this are no pleasure to read.
  static let narrowest = 36
  private static let divider = " │ "

  let entries: [Entry]
  /// `nil`: no terminal; the answers are left as they are.
  let width: Int?
  let style: Style
  let rendersMarkdown: Bool

  /// The text, with its line feeds.
  func render() -> String {
    guard let width else { return plain }
    let count = entries.count
    let gaps = TextWidth.of(Self.divider) * max(0, count - 1)
    let column = count > 0 ? (width - gaps) / count : 0
    return column >= Self.narrowest && count > 1 ? beside(column) : below(width)
  }

  private var plain: String {
    entries.map { entry in
      let end = entry.text.utf8.last == 0x0a ? "" : "\n"
      return "== \(entry.heading) ==\n\(entry.text)\(end)"
    }.joined(separator: "\n")
  }

  private func below(_ width: Int) -> String {
    entries.map { entry in
      let heading = entry.heading.truncated(to: max(1, width - 4))
      let rule = String(repeating: "─", count: max(0, width - 4 - TextWidth.of(heading)))
      let title = style.dim("── ") + style.bold(heading) + style.dim(" " + rule)
      return title + "\n" + lines(entry.text, width).map { $0.styled + "\n" }.joined()
    }.joined(separator: "\n")
  }

  private func beside(_ column: Int) -> String {
    let divider = style.dim(Self.divider)
    let blocks = entries.map { lines($0.text, column) }
    let headings = entries.map { $0.heading.truncated(to: column).padded(to: column) }
    var text = headings.map { style.bold($0) }.joined(separator: divider) + "\n"
    let rule = String(repeating: "─", count: column)
    text += style.dim(entries.map { _ in rule }.joined(separator: "─┼─")) + "\n"
    for row in 0..<(blocks.map(\.count).max() ?? 0) {
      let cells = blocks.map { block -> String in
        guard row < block.count else { return String(repeating: " ", count: column) }
        return block[row].styled + String(repeating: " ", count: max(0, column - block[row].width))
      }
      text += cells.joined(separator: divider) + "\n"
    }
    return text
  }

  /// The lines of an answer in rows of `width` columns.
  private func lines(_ text: String, _ width: Int) -> [(styled: String, width: Int)] {
    split(rendered(text, width, isStyled: style.isOn)).map { ($0, Self.width(of: $0)) }
  }

  /// The columns that a line takes. The looks in it, which begin with ESC and end in `m`, take
  /// none; a layout without looks cannot be measured instead, for it shows the marks of headings
  /// and emphasis.
  private static func width(of line: String) -> Int {
    var visible = String.UnicodeScalarView()
    var isLook = false
    for scalar in line.unicodeScalars {
      if scalar == "\u{1b}" { isLook = true } else if !isLook { visible.append(scalar) }
      if scalar == "m" { isLook = false }
    }
    return TextWidth.of(String(visible))
  }

  private func rendered(_ text: String, _ width: Int, isStyled: Bool) -> [UInt8] {
    var output: [UInt8] = []
    let shown = rendersMarkdown ? text : "```\n" + text + "\n```"
    var renderer = MarkdownRenderer(width: width, isStyled: isStyled, canRedraw: false)
    renderer.write(Array(shown.utf8), to: &output)
    renderer.finish(to: &output)
    return output
  }

  private func split(_ bytes: [UInt8]) -> [String] {
    var lines = bytes.split(separator: 0x0a, omittingEmptySubsequences: false)
      .map { String(decoding: $0, as: UTF8.self) }
    while lines.last?.isEmpty ?? false { lines.removeLast() }
    return lines
  }
}
