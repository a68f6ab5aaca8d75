/// The line on standard error that says that an answer is still awaited.
///
/// Pure: it is told how long the wait has been and returns the bytes to write.
/// Nothing shows in the first five seconds, and nothing where the stream is no
/// terminal whose line can be cleared.
package struct StatusLine: Sendable {
  /// Waits below this are usual and not worth a line.
  package static let firstShown = Duration.seconds(5)

  private let isShown: Bool
  private let style: Style
  private var shownSeconds: Int64?

  /// A line for the stream that these facts describe.
  package init(_ terminal: TerminalInfo) {
    isShown = terminal.isTerminal && terminal.canRedraw
    style = terminal.style
  }

  /// The wait at which the bytes change next; the caller sets a timer to it. nil
  /// when nothing will ever show.
  package var nextChange: Duration? {
    guard isShown else { return nil }
    return shownSeconds.map { .seconds($0 + 1) } ?? Self.firstShown
  }

  /// The bytes that show a wait of this length; empty when the line is right.
  package mutating func update(elapsed: Duration) -> [UInt8] {
    let seconds = elapsed.components.seconds
    guard isShown, elapsed >= Self.firstShown, seconds != shownSeconds else { return [] }
    shownSeconds = seconds
    return Array("\r\u{1b}[K\(style.dim("waiting \(seconds) s …"))".utf8)
  }

  /// The bytes that take the line away, before the first token or an error; empty
  /// when none was shown.
  package mutating func clear() -> [UInt8] {
    guard shownSeconds != nil else { return [] }
    shownSeconds = nil
    return Array("\r\u{1b}[K".utf8)
  }
}
