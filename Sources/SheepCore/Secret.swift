/// A key, kept so that nothing prints it by accident.
///
/// Every textual form (`print`, interpolation, `dump`, a debugger's summary) is the mask. Only
/// the writer of an authorization header reads `exposed`. Not `Codable`, on purpose.
package struct Secret: Sendable, Equatable, CustomStringConvertible, CustomDebugStringConvertible,
  CustomReflectable
{
  /// The key itself. Read it only to write it into a request's header.
  package let exposed: String

  /// Wraps a key; use `Secret.problem(in:)` first to refuse one that cannot be a header value.
  package init(_ key: String) {
    exposed = key
  }

  /// Four asterisks and the last four characters; asterisks alone for keys shorter than 12,
  /// where four characters would give away too much.
  package var masked: String {
    exposed.utf8.count >= 12 ? "****" + String(exposed.suffix(4)) : "****"
  }

  package var description: String { masked }
  package var debugDescription: String { masked }
  package var customMirror: Mirror { Mirror(self, children: ["masked": masked]) }

  /// Why a text cannot be sent as a key, or `nil` when it can.
  ///
  /// A header value must be printable ASCII: a line end would start a header of its own, and
  /// a character pasted from a web page would be refused by the server as a wrong key.
  package static func problem(in key: String) -> String? {
    if key.utf8.isEmpty { return "is empty" }
    for byte in key.utf8 {
      switch byte {
      case UInt8(ascii: "\n"), UInt8(ascii: "\r"): return "contains a line break"
      case UInt8(ascii: " "), UInt8(ascii: "\t"): return "contains a space"
      case 0..<0x20, 0x7f: return "contains a control character"
      case 0x80...: return "contains a non-ASCII character"
      default: continue
      }
    }
    return nil
  }
}

extension Secret {
  /// Replaces every occurrence of the key, also Base64- or percent-encoded pieces of the plain
  /// bytes, in a text that came from outside (an error body that echoes the request, say).
  package func redacted(from text: String) -> String {
    guard exposed.utf8.count >= 6, text.utf8.count >= 6 else { return text }
    let forms = forms
    var text = text
    // Almost every text is free of the key: it is not copied to find that out.
    let present = text.withUTF8 { bytes in forms.filter { Self.occurs($0, in: bytes) } }
    if present.isEmpty { return text }
    var result = Array(text.utf8)
    for form in present { result = Self.replacing(form, in: result, with: Array(masked.utf8)) }
    return String(decoding: result, as: UTF8.self)
  }

  /// The same for a text that may hold the key in part, as messages do: every piece of it that
  /// is long enough to be no accident, for some providers' own masks leave the first eight
  /// characters and more; and a beginning of the key before an ellipsis, where it was cut off.
  ///
  /// - Parameter names: public words that stay even where the key has them in it, such as the
  ///   gateway's name in `sk-holysheep-…`.
  package func redacted(fromShortened text: String, sparing names: [String] = []) -> String {
    guard exposed.utf8.count >= 6 else { return text }
    let forms = forms
    var bytes = Array(redacted(from: text).utf8)
    let names = names.map { Array($0.utf8) }
    for (number, form) in forms.enumerated() {
      bytes = Self.replacingPieces(of: form, atLeast: number == 0 ? 8 : 12, in: bytes, sparing: names)
    }
    let ellipsis = Array("…".utf8)
    var end = bytes.count
    while let place = bytes[..<end].lastIndex(of: ellipsis[0]) {
      end = place
      guard bytes[place...].starts(with: ellipsis) else { continue }
      let before = bytes[..<place]
      let cut = forms.compactMap { form in
        (4..<max(4, form.count)).last { before.count >= $0 && before.suffix($0).elementsEqual(form[..<$0]) }
      }
      guard let count = cut.max() else { continue }
      end = place - count
      bytes.replaceSubrange(end..<place, with: Array(masked.utf8))
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The bytes that give the key away: its own, percent-encoded ones, and those of Base64 where
  /// the key begins at the first, second or third byte of a group, for what stands before it
  /// (`Bearer `, a user's name) is not known.
  private var forms: [[UInt8]] {
    let bytes = Array(exposed.utf8)
    return [bytes, Self.percentEncoded(exposed)] + (0..<3).map { Self.base64(bytes, after: $0) }
  }

  /// Replaces every piece of `form` of so many bytes or more.
  private static func replacingPieces(
    of form: [UInt8], atLeast least: Int, in bytes: [UInt8], sparing names: [[UInt8]]
  ) -> [UInt8] {
    guard form.count >= least, bytes.count >= least else { return bytes }
    var result: [UInt8] = []
    var index = 0
    while index < bytes.count {
      let length = (0...form.count - least).map { commonLength(bytes[index...], form[$0...]) }.max() ?? 0
      let piece = Array(bytes[index..<index + length])
      if length >= least, !names.contains(where: { $0.withUnsafeBufferPointer { occurs(piece, in: $0) } }) {
        result += Array("****".utf8)
        index += length
      } else {
        result.append(bytes[index])
        index += 1
      }
    }
    return result
  }

  private static func commonLength(_ left: ArraySlice<UInt8>, _ right: ArraySlice<UInt8>) -> Int {
    zip(left, right).prefix { $0 == $1 }.count
  }

  private static func occurs(_ needle: [UInt8], in bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let first = needle.first, bytes.count >= needle.count else { return false }
    for index in 0...(bytes.count - needle.count) where bytes[index] == first {
      if bytes[index..<index + needle.count].elementsEqual(needle) { return true }
    }
    return false
  }

  private static func replacing(_ needle: [UInt8], in bytes: [UInt8], with mask: [UInt8]) -> [UInt8] {
    guard !needle.isEmpty, bytes.count >= needle.count else { return bytes }
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var index = 0
    while index < bytes.count {
      if bytes[index] == needle[0], bytes[index...].starts(with: needle) {
        result += mask
        index += needle.count
      } else {
        result.append(bytes[index])
        index += 1
      }
    }
    return result
  }

  private static func percentEncoded(_ key: String) -> [UInt8] {
    var result: [UInt8] = []
    let digits = Array("0123456789ABCDEF".utf8)
    for byte in key.utf8 {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
        UInt8(ascii: "~"):
        result.append(byte)
      default: result += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return result
  }

  /// Base64 of the bytes behind `offset` unknown ones: the characters that are the same whatever
  /// stands before and follows.
  private static func base64(_ bytes: [UInt8], after offset: Int) -> [UInt8] {
    let padded = Array(repeating: 0, count: offset) + bytes
    let whole = Base64.encode(Array(padded.prefix(padded.count / 3 * 3))).utf8
    return Array(whole.dropFirst(offset == 0 ? 0 : offset + 1))
  }
}
