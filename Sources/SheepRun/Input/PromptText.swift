package import SheepCore

/// Joins what was typed and what was piped into one prompt, byte for byte.
package enum PromptText {
  /// The text of the user's turn.
  ///
  /// Piped input comes first, then an empty line, then the prompt; `{}` in the prompt marks
  /// where the input goes instead (every occurrence). `nil` when there is neither.
  package static func join(prompt: String?, input: String?) -> String? {
    switch (prompt, input) {
    case (nil, nil): return nil
    case (let prompt?, nil): return prompt
    case (nil, let input?): return input
    case (let prompt?, let input?):
      let bytes = Array(prompt.utf8)
      let pieces = split(bytes)
      if pieces.count > 1 {
        return String(decoding: Array(pieces.joined(separator: Array(input.utf8))), as: UTF8.self)
      }
      var text = input
      if text.utf8.last != UInt8(ascii: "\n") { text += "\n" }
      return text + "\n" + prompt
    }
  }

  private static func split(_ bytes: [UInt8]) -> [ArraySlice<UInt8>] {
    var pieces: [ArraySlice<UInt8>] = []
    var start = 0
    var index = 0
    while index + 1 < bytes.count {
      if bytes[index] == UInt8(ascii: "{"), bytes[index + 1] == UInt8(ascii: "}") {
        pieces.append(bytes[start..<index])
        index += 2
        start = index
      } else {
        index += 1
      }
    }
    return pieces + [bytes[start...]]
  }

  /// Turns bytes into text, or says which byte is not UTF-8.
  package static func decode(_ bytes: [UInt8], subject: String) throws(Failure) -> String {
    if let offset = UTF8Check.firstBadByte(in: bytes) {
      let value = String(bytes[offset], radix: 16)
      throw Failure(
        .usage, subject, "is not UTF-8: byte \(offset + 1) is 0x\(value.count < 2 ? "0" : "")\(value)",
        advice: "convert it first, for example with iconv -f EUC-KR -t UTF-8")
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
