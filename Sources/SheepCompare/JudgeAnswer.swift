import SheepCore

/// A judge's answer, understood.
package struct JudgeAnswer: Equatable {
  /// Which of the two, as they were shown.
  package enum Winner: Sendable {
    case first, second, tie
  }

  package let winner: Winner
  /// `nil` when none was given.
  package let reason: String?

  /// More of a reason than this, in characters, is cut: it is a note, not an answer.
  private static let longestReason = 600
  /// So many braces are looked at, which bounds the work that an answer can cause.
  private static let mostBraces = 40

  /// Reads an answer: a JSON object, alone or with words around it, or else a last line that
  /// says it. `nil` when it does not say which, or says two things.
  package init?(_ text: String) {
    // A judge may quote an answer that holds such an object; its own comes last.
    for object in Self.objects(in: text) {
      guard let json = try? JSON.parse(text: object), let named = Self.member("winner", of: json),
        let winner = Self.winner(named)
      else { continue }
      self.winner = winner
      reason = Self.member("reason", of: json).map(Self.shortened)
      return
    }
    guard
      let line = text.split(whereSeparator: \.isNewline).last(where: { $0.contains { !$0.isWhitespace } }),
      let winner = Self.winner(inLine: String(line))
    else { return nil }
    self.winner = winner
    reason = nil
  }

  private static func member(_ name: String, of json: JSON) -> String? {
    json.object?.members.first { $0.name.lowercased() == name }?.value.string
  }

  /// `A`, `Answer A`, `[[B]]`, `tie`; `nil` for anything else.
  private static func winner(_ text: String) -> Winner? {
    let words = text.lowercased().split { !$0.isLetter }.map(String.init)
    switch words.last {
    case "a" where words.count == 1 || words == ["answer", "a"]: return .first
    case "b" where words.count == 1 || words == ["answer", "b"]: return .second
    case "tie", "draw", "equal", "neither", "both": return words.count == 1 ? .tie : nil
    default: return nil
    }
  }

  /// `Winner: B`, `**A**`, `Answer A is better`.
  private static func winner(inLine line: String) -> Winner? {
    if let winner = winner(line) { return winner }
    let words = line.lowercased().split { !$0.isLetter }.map(String.init)
    let fillers: Set<String> = [
      "winner", "the", "is", "better", "answer", "verdict", "choice", "my", "wins", "final",
    ]
    let rest = words.filter { !fillers.contains($0) }
    return rest.count == 1 ? winner(rest[0]) : nil
  }

  /// The text itself, and what begins with each of its last opening braces and is balanced, from
  /// the last to the first: braces inside of JSON texts do not count.
  private static func objects(in text: String) -> [String] {
    let bytes = Array(text.utf8)
    let starts = bytes.indices.filter { bytes[$0] == UInt8(ascii: "{") }.suffix(mostBraces)
    return [text]
      + starts.reversed().compactMap { start in
        end(of: bytes, from: start).map { String(decoding: bytes[start...$0], as: UTF8.self) }
      }
  }

  private static func end(of bytes: [UInt8], from start: Int) -> Int? {
    var depth = 0
    var isInText = false
    var index = start
    while index < bytes.count {
      switch bytes[index] {
      case UInt8(ascii: "\\") where isInText: index += 1
      case UInt8(ascii: "\""): isInText.toggle()
      case UInt8(ascii: "{") where !isInText: depth += 1
      case UInt8(ascii: "}") where !isInText:
        depth -= 1
        if depth == 0 { return index }
      default: break
      }
      index += 1
    }
    return nil
  }

  private static func shortened(_ text: String) -> String {
    text.count <= longestReason ? text : String(text.prefix(longestReason)) + "…"
  }
}
