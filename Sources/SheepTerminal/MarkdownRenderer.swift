/// Shows a Markdown answer laid out and coloured while it arrives.
///
/// Finished text is written once and never again. Only what is still undecided at
/// the end of the open row, such as a growing word or an open `**`, is shown as it
/// looks so far; when more text proves that wrong, that part of the row alone is
/// cleared and written anew, in the same write.
package struct MarkdownRenderer: Renderer {
  private var width: Int
  private let isStyled: Bool
  private let canRedraw: Bool
  private var filter = EscapeFilter(.answer)
  private var flow: MarkdownFlow
  private var clean: [UInt8] = []
  /// The undecided part that is on the screen, and its look at its end.
  private var shown: [UInt8] = []
  private var shownInk: Ink = []
  /// Where the certain part of the open row ends.
  private var certainColumn = 0
  private var certainInk: Ink = []
  /// Whether the terminal may have moved the open row about, so that it cannot be cleared.
  private var isRowLost = false
  /// The certain part of the open row, from its beginning in the normal look.
  private var row: [UInt8] = []

  /// A renderer for rows of `width` columns, which start at the screen's left edge.
  ///
  /// `isStyled` writes colours and attributes. `canRedraw` shows undecided text
  /// early and needs a terminal that clears a line; without it each such part
  /// waits until it is certain.
  package init(width: Int, isStyled: Bool, canRedraw: Bool) {
    self.width = max(width, 8)
    self.isStyled = isStyled
    self.canRedraw = canRedraw
    flow = MarkdownFlow(width: width, isStyled: isStyled)
  }

  /// Lays out all that follows in rows of another width: the terminal was resized.
  ///
  /// Terminals differ in what they do to the open row, so it is left as it is.
  package mutating func resize(to width: Int) {
    let width = max(width, 8)
    guard width != self.width else { return }
    self.width = width
    flow.resize(to: width)
    isRowLost = true
  }

  /// Shows the open row anew, on a row that is empty: something else has written below it.
  package mutating func showRowAgain(to output: inout [UInt8]) {
    guard canRedraw, !row.isEmpty || !shown.isEmpty else { return }
    output.append(contentsOf: row)
    output.append(contentsOf: shown)
    change(from: shownInk, to: [], &output)
    isRowLost = false
  }

  package var removedSequences: Int { filter.removed }

  package mutating func write(_ utf8: UnsafeRawBufferPointer, to output: inout [UInt8]) {
    clean.removeAll(keepingCapacity: true)
    filter.write(utf8, to: &clean)
    guard !clean.isEmpty else { return }
    flow.write(clean)
    settle(isOpen: canRedraw, to: &output)
  }

  package mutating func finish(to output: inout [UInt8]) {
    clean.removeAll(keepingCapacity: true)
    filter.finish(to: &clean)
    flow.write(clean)
    flow.finish()
    settle(isOpen: false, to: &output)
  }

  /// Brings the screen up to what the flow has decided and holds.
  private mutating func settle(isOpen: Bool, to output: inout [UInt8]) {
    var next = flow.wrapper.takeOutput()
    if canRedraw {
      if let end = next.lastIndex(of: UInt8(ascii: "\n")) {
        row = Array(next[(end + 1)...])
      } else {
        row += next
      }
    }
    let column = flow.wrapper.column
    let ink = flow.wrapper.ink
    var tail: [UInt8] = []
    var tailInk = ink
    if isOpen, flow.canPreview { (tail, tailInk) = preview() }
    next.append(contentsOf: tail)

    if next.starts(with: shown) {
      if next.count > shown.count { change(from: [], to: shownInk, &output) }
      output.append(contentsOf: next[shown.count...])
      if next.count > shown.count { change(from: tailInk, to: [], &output) }
    } else {
      if isRowLost { output.append(UInt8(ascii: "\n")) } else { clearShown(&output) }
      change(from: [], to: certainInk, &output)
      output.append(contentsOf: next)
      change(from: tailInk, to: [], &output)
    }
    // On the next row everything is known again.
    if next.dropLast(tail.count).contains(UInt8(ascii: "\n")) { isRowLost = false }
    shown = tail
    shownInk = tailInk
    certainColumn = column
    certainInk = ink
  }

  /// What the open row shows beyond its certain part, as far as the row goes.
  private func preview() -> (tail: [UInt8], ink: Ink) {
    var copy = flow
    copy.preview()
    let tail = copy.wrapper.output
    // A row's end comes after the change back to the normal look.
    if let end = tail.firstIndex(of: UInt8(ascii: "\n")) { return (Array(tail[..<end]), []) }
    if copy.wrapper.column > width { return ([], flow.wrapper.ink) }
    return (tail, copy.wrapper.ink)
  }

  /// Clears the undecided part of the row. The cursor goes there by its absolute
  /// column: in a full row terminals differ in where it stands.
  private func clearShown(_ output: inout [UInt8]) {
    output.append(UInt8(ascii: "\r"))
    if certainColumn > 0 { output.append(contentsOf: "\u{1b}[\(certainColumn)C".utf8) }
    output.append(contentsOf: "\u{1b}[K".utf8)
  }

  private func change(from old: Ink, to new: Ink, _ output: inout [UInt8]) {
    if isStyled { Ink.appendChange(from: old, to: new, to: &output) }
  }
}
