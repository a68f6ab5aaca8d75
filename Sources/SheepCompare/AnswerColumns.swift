package import SheepTerminal

/// Answers beside each other, as many as the width allows, else one after the other.
package struct AnswerColumns {
  /// An answer under its heading.
  package struct Entry {
    let heading: String
    let text: String

    /// An answer, as Markdown or plain, under a heading that is filtered already.
    package init(heading: String, text: String) {
      self.heading = heading
      self.text = text
    }
  }

  /// Columns narrower than this are no pleasure to read.
  static let narrowest = 36
  private static let divider = " │ "

  let entries: [Entry]
  /// `nil`: no terminal; the answers are left as they are.
  let width: Int?
  let style: Style
  let rendersMarkdown: Bool

  /// Answers in that order.
  /// - Parameters:
  ///   - width: of the terminal in columns; `nil`: no terminal, the answers are left as they are.
  ///   - rendersMarkdown: whether Markdown is rendered or shown as it was written.
  package init(entries: [Entry], width: Int?, style: Style, rendersMarkdown: Bool) {
    self.entries = entries
    self.width = width
    self.style = style
    self.rendersMarkdown = rendersMarkdown
  }

  /// The text, with its line feeds.
  package func render() -> String {
    guard let width else { return plain }
    let divider = TextWidth.of(Self.divider)
    let most = (width + divider) / (Self.narrowest + divider)
    guard most > 1, entries.count > 1 else { return below(width) }
    // Groups as even as can be: of five where four fit, three and two.
    let groups = (entries.count + most - 1) / most
    let count = (entries.count + groups - 1) / groups
    let column = (width - divider * (count - 1)) / count
    return stride(from: 0, to: entries.count, by: count).map { start in
      beside(Array(entries[start..<min(start + count, entries.count)]), column)
    }.joined(separator: "\n")
  }

  private var plain: String {
    entries.map { entry in
      let end = entry.text.utf8.last == UInt8(ascii: "\n") ? "" : "\n"
      return "== \(entry.heading) ==\n\(entry.text)\(end)"
    }.joined(separator: "\n")
  }

  private func below(_ width: Int) -> String {
    entries.map { entry in
      let heading = entry.heading.truncated(to: max(1, width - 4))
      let rule = String(repeating: "─", count: max(0, width - 4 - TextWidth.of(heading)))
      let title = style.dim("── ") + style.bold(heading) + style.dim(" " + rule)
      return title + "\n" + rows(entry.text, width).map { $0.text + "\n" }.joined()
    }.joined(separator: "\n")
  }

  private func beside(_ entries: [Entry], _ column: Int) -> String {
    let divider = style.dim(Self.divider)
    let blocks = entries.map { rows($0.text, column) }
    let headings = entries.map { $0.heading.truncated(to: column).padded(to: column) }
    var text = headings.map { style.bold($0) }.joined(separator: divider) + "\n"
    let rule = String(repeating: "─", count: column)
    text += style.dim(entries.map { _ in rule }.joined(separator: "─┼─")) + "\n"
    for row in 0..<(blocks.map(\.count).max() ?? 0) {
      let cells = blocks.map { block -> String in
        guard row < block.count else { return String(repeating: " ", count: column) }
        return block[row].text + String(repeating: " ", count: max(0, column - block[row].width))
      }
      text += cells.joined(separator: divider) + "\n"
    }
    return text
  }

  /// The rows of an answer. The renderer leaves code as it is, for copying; beside another answer
  /// what is too long is cut into several rows.
  private func rows(_ text: String, _ width: Int) -> [StyledRows.Row] {
    var output: [UInt8] = []
    let shown = rendersMarkdown ? text : "```\n" + text + "\n```"
    var renderer = MarkdownRenderer(width: width, isStyled: style.isOn, canRedraw: false)
    renderer.write(Array(shown.utf8), to: &output)
    renderer.finish(to: &output)
    var rows = StyledRows.of(output, width: width)
    while rows.last?.width == 0 { rows.removeLast() }
    return rows
  }
}
