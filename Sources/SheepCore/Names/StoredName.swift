/// A name that may become part of a path or of a setting: of a profile, a session, a template.
///
/// `[A-Za-z0-9][A-Za-z0-9._-]*`, at most 64 characters and without `..`, so that no name can
/// lead out of its folder. Paths are made from this type only.
package struct StoredName: Hashable, Sendable {
  /// The name as it was given.
  package let text: String

  /// Checks a name; `nil` for one that is not allowed.
  package init?(_ text: String) {
    let bytes = Array(text.utf8)
    guard let first = bytes.first, Self.isLetterOrDigit(first), bytes.count <= 64 else { return nil }
    var previous: UInt8 = 0
    for byte in bytes {
      guard
        Self.isLetterOrDigit(byte) || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "_")
          || byte == UInt8(ascii: "-"),
        byte != UInt8(ascii: ".") || previous != UInt8(ascii: ".")
      else { return nil }
      previous = byte
    }
    self.text = text
  }

  /// A name that this program made of nothing but digits, letters and hyphens.
  package init(checked text: String) {
    self.text = text
  }

  /// What a name may be, for a message.
  package static let rule = "use letters, digits, '.', '_' and '-', starting with a letter or digit"

  private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "a")...UInt8(ascii: "z"):
      true
    default: false
    }
  }
}
