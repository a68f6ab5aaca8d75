import SheepCore
import SheepRun

/// What a submitted line is: a question, a command, or the wish to leave.
enum ChatLine: Equatable {
  case question(String)
  /// A command's name as it was typed, without its mark, and what stands behind it.
  case command(name: String, argument: String)
  case leave

  /// Reads a line.
  ///
  /// A command's first word is `/` or `.` and letters and nothing else, so that paths and
  /// numbers go through; the argument is the rest, less the blanks around it. `//` sends a text
  /// that begins with one slash. `!` at the end of a command's name stands for force.
  init(_ text: String) {
    let trimmed = text.trimmed
    if trimmed == "exit" || trimmed == "quit" {
      self = .leave
    } else if text.hasPrefix("//") {
      self = .question(String(text.dropFirst()))
    } else if let (name, argument) = Self.command(text) {
      self = .command(name: name, argument: argument)
    } else {
      self = .question(text)
    }
  }

  /// The line that asks this question: with another slash where it would else be a command.
  static func typed(_ question: String) -> String {
    question.hasPrefix("/") && ChatLine(question) != .question(question) ? "/" + question : question
  }

  private static func command(_ text: String) -> (name: String, argument: String)? {
    let bytes = Array(text.utf8)
    guard let mark = bytes.first, mark == UInt8(ascii: "/") || mark == UInt8(ascii: ".") else { return nil }
    let end =
      bytes.firstIndex { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") || $0 == UInt8(ascii: "\n") }
      ?? bytes.count
    let word = bytes[1..<end]
    let letters = word.last == UInt8(ascii: "!") ? word.dropLast() : word
    if mark == UInt8(ascii: "/"), word.elementsEqual("?".utf8) { return ("help", "") }
    guard !letters.isEmpty, letters.allSatisfy({ ($0 | 0x20) &- UInt8(ascii: "a") < 26 }) else { return nil }
    let name = String(decoding: word, as: UTF8.self).lowercased()
    // Many a question begins with .NET: behind a point only what is a command is one.
    if mark == UInt8(ascii: "."), SlashCommand.named(name) == nil { return nil }
    return (name, String(decoding: bytes[end...], as: UTF8.self).trimmed)
  }
}

extension String {
  /// The first word, and the rest without the blanks before it.
  var firstWord: (word: String, rest: String) {
    let text = trimmed
    let bytes = text.utf8
    let end =
      bytes.firstIndex { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") || $0 == UInt8(ascii: "\n") }
      ?? bytes.endIndex
    return (String(text[..<end]), String(text[end...]).trimmed)
  }
}
