/// When colours are written, as asked for with `--color`.
package enum ColorChoice: String, Sendable, CaseIterable {
  case auto, always, never
}

/// What is known of the stream that output goes to.
package struct TerminalInfo: Sendable, Equatable {
  /// Whether the stream is a terminal.
  package var isTerminal: Bool
  /// The columns of a row; nil when unknown, as in a pipe or a file.
  package var width: Int?
  /// The rows of the screen; nil when unknown.
  package var height: Int?
  /// Whether colours and attributes are written.
  package var hasColor: Bool
  /// Whether the cursor can be moved, so that the open line can be drawn anew.
  package var canRedraw: Bool

  /// Facts as they were found.
  package init(
    isTerminal: Bool, width: Int? = nil, height: Int? = nil, hasColor: Bool = false,
    canRedraw: Bool = false
  ) {
    self.isTerminal = isTerminal
    self.width = width
    self.height = height
    self.hasColor = hasColor
    self.canRedraw = canRedraw
  }

  /// Decides from what the system and the environment say.
  ///
  /// `size` is what the kernel reports of the terminal; a value of 0 in it is
  /// unknown. `COLUMNS` and `LINES` outrank it on a terminal. Colour: `--color`
  /// first, then `NO_COLOR` (any value that is not empty, https://no-color.org,
  /// read 2025), then `CLICOLOR_FORCE` (set, not empty, not `0`), then whether the stream is a
  /// terminal that is not `dumb`.
  package init(
    isTTY: Bool, size: (columns: Int, rows: Int)? = nil, color: ColorChoice = .auto,
    variable: (String) -> String?
  ) {
    let term = variable("TERM") ?? ""
    let isDumb = term.isEmpty || term == "dumb"
    func given(_ name: String) -> Bool { !(variable(name) ?? "").isEmpty }
    func dimension(_ name: String, _ reported: Int?) -> Int? {
      guard isTTY else { return nil }
      if let text = variable(name), let value = Int(text), 1...10_000 ~= value { return value }
      return reported.flatMap { $0 > 0 ? $0 : nil }
    }
    isTerminal = isTTY
    width = dimension("COLUMNS", size?.columns)
    height = dimension("LINES", size?.rows)
    canRedraw = isTTY && !isDumb
    hasColor =
      switch color {
      case .always: true
      case .never: false
      case .auto:
        if given("NO_COLOR") {
          false
        } else if given("CLICOLOR_FORCE"), variable("CLICOLOR_FORCE") != "0" {
          true
        } else {
          isTTY && !isDumb
        }
      }
  }

  /// The styles for this stream.
  package var style: Style { Style(isOn: hasColor) }
}
