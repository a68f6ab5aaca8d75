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
      case 0x0a, 0x0d: return "contains a line break"
      case 0x20, 0x09: return "contains a blank"
      case 0..<0x20, 0x7f: return "contains a control character"
      case 0x80...: return "contains a character that is not ASCII"
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
    let forms = [Array(exposed.utf8), Self.base64(Array(exposed.utf8)), Self.percentEncoded(exposed)]
    var text = text
    // Almost every text is free of the key: it is not copied to find that out.
    let present = text.withUTF8 { bytes in forms.filter { Self.occurs($0, in: bytes) } }
    if present.isEmpty { return text }
    var result = Array(text.utf8)
    for form in present { result = Self.replacing(form, in: result, with: Array(masked.utf8)) }
    return String(decoding: result, as: UTF8.self)
  }

  /// The same for a text that may have been shortened: a beginning of the key that stands
  /// before an ellipsis is a key that was cut off, and is replaced too.
  package func redacted(fromShortened text: String) -> String {
    var bytes = Array(redacted(from: text).utf8)
    guard exposed.utf8.count >= 6 else { return text }
    let ellipsis = Array("…".utf8)
    let forms = [Array(exposed.utf8), Self.base64(Array(exposed.utf8)), Self.percentEncoded(exposed)]
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
      case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, 0x2d, 0x2e, 0x5f, 0x7e: result.append(byte)
      default: result += [0x25, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return result
  }

  private static func base64(_ bytes: [UInt8]) -> [UInt8] {
    // The part that is the same whatever follows the key: whole groups of three bytes only.
    Array(Base64.encode(Array(bytes.prefix(bytes.count / 3 * 3))).utf8)
  }
}
