/// What Enter does: whether the edit line is a whole message, and which.
///
/// A line that begins with `"""` or `:::` stays open until the same mark ends it; a backslash
/// at the end asks for another line. Both are for typing: text that was pasted, or taken from
/// the history, is sent as it is, whatever it begins and ends with.
package struct MessageRules: Sendable {
  /// What Enter does.
  package enum Decision: Equatable, Sendable {
    /// The line is a message. `endsForeign`: its end was pasted or comes from the history; a
    /// line end there ended the text's last line and is none of the message.
    case submit(String, endsForeign: Bool = false)
    /// A line end at the cursor.
    case newLine
    /// A line end in the place of the backslash at the line's end.
    case continueLine
  }

  /// Foreign text that the line began with when it was put there; may be empty.
  package var foreignHead = ""
  /// Foreign text that the line ended with.
  package var foreignTail = ""
  /// A whole line that is sent as it is: one from the history.
  package var foreignLine: String?

  /// Rules for a line that begins empty.
  package init() {}

  /// What opens and closes a message of several lines.
  private static let fences = ["\"\"\"", ":::"]

  /// The fence that a line begins with; `nil` without one.
  package static func fence(of line: String) -> String? { fences.first { line.hasPrefix($0) } }

  /// Decides by the line.
  package func decide(_ line: String) -> Decision {
    if line == foreignLine { return .submit(line, endsForeign: true) }
    if let fence = openFence(line) {
      let rest = line.dropFirst(fence.count)
      let isTyped = foreignTail.isEmpty || !line.hasSuffix(foreignTail) || !foreignTail.hasSuffix(fence)
      guard rest.hasSuffix(fence), isTyped else { return .newLine }
      return .submit(Self.inside(rest.dropLast(fence.count)))
    }
    if Self.endsWithBackslash(line), !endsForeign(line) { return .continueLine }
    return .submit(line, endsForeign: endsForeign(line))
  }

  /// The text without the fence that was opened and not closed: what is kept of a line that is
  /// given up.
  package func givenUp(_ line: String) -> String {
    guard line != foreignLine, let fence = openFence(line) else { return line }
    return Self.inside(line.dropFirst(fence.count))
  }

  private func openFence(_ line: String) -> String? {
    guard let fence = Self.fence(of: line) else { return nil }
    return foreignHead.hasPrefix(fence) && line.hasPrefix(foreignHead) ? nil : fence
  }

  private func endsForeign(_ line: String) -> Bool {
    !foreignTail.isEmpty && line.hasSuffix(foreignTail)
  }

  private static func endsWithBackslash(_ line: String) -> Bool {
    line.utf8.reversed().prefix { $0 == UInt8(ascii: "\\") }.count % 2 == 1
  }

  /// The marks' own line ends go with them; all else stays.
  private static func inside(_ text: Substring) -> String {
    var bytes = text.utf8[...]
    if bytes.first == UInt8(ascii: "\n") { bytes = bytes.dropFirst() }
    if bytes.last == UInt8(ascii: "\n") { bytes = bytes.dropLast() }
    return String(Substring(bytes))
  }
}
