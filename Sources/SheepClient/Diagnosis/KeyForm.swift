import SheepCore

/// What can be said of a key without asking anybody. Nothing here ever names a part of the key.
package struct KeyForm: Equatable, Sendable {
  /// Something about a key's form.
  package struct Finding: Equatable, Sendable {
    /// For programs: `placeholder`, `quotes`, `line_break`, `blank`, `bearer`, `assignment`,
    /// `not_ascii`, `control_character`, `short`, `other_vendor`.
    package var code: String
    /// A clause for people.
    package var problem: String
    /// What to do.
    package var advice: String
    /// Whether the key must not be sent as it is.
    package var isFatal: Bool
  }

  package var findings: [Finding]

  /// Looks at a key as it was found.
  /// - Parameter profile: the built-in profile that it is for; `nil` for another address, which
  ///   may take keys of any kind.
  package init(_ text: String, profile: String?) {
    var found: [Finding] = []
    func add(_ code: String, _ problem: String, _ advice: String, fatal: Bool = true) {
      found.append(Finding(code: code, problem: problem, advice: advice, isFatal: fatal))
    }
    let bytes = Array(text.utf8)
    let bare = Self.withoutWrapping(text)
    if Self.isPlaceholder(bare) {
      add("placeholder", "it is a placeholder from an example, not a key", "replace it with your key")
    }
    if Self.isQuoted(text) { add("quotes", "it is in quotation marks", "remove them") }
    if bytes.contains(where: { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }) {
      add("line_break", "it contains a line break", "put it on one line, without a line break at the end")
    }
    let inner = Self.withoutLineBreaks(bytes)
    if Self.lowered(text, hasPrefix: "bearer ") {
      add("bearer", "it starts with the word Bearer", "give only the key; sheep adds that word")
    } else if Self.isAssignment(bytes) {
      add("assignment", "it is a whole line NAME=KEY", "give only the part after the =")
    } else if inner.contains(where: { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }) {
      add("blank", "it contains a space", "remove it")
    }
    if bytes.contains(where: { $0 >= 0x80 }) {
      add("not_ascii", "it contains a non-ASCII character", "copy it again from its source")
    } else if bytes.contains(where: { ($0 < 0x20 && ![0x09, 0x0a, 0x0d].contains($0)) || $0 == 0x7f }) {
      add("control_character", "it contains a control character", "copy it again from its source")
    }
    if let other = KeyShape.owner(of: bare), other.profile == nil || other.profile != profile {
      add(
        "other_vendor", "it looks like a key of \(other.vendor)",
        profile == nil ? "make sure that this address accepts it" : "use a key of this gateway",
        fatal: profile != nil)
    }
    if found.isEmpty, bytes.count < KeyShape.shortest {
      add(
        "short", "it has only \(bytes.count) characters", "copy the whole key", fatal: profile != nil)
    }
    findings = found
  }

  private static func withoutLineBreaks(_ bytes: [UInt8]) -> [UInt8] {
    bytes.filter { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }
  }

  /// The key inside blanks, quotes and `Bearer`.
  private static func withoutWrapping(_ text: String) -> String {
    var scalars = text.unicodeScalars[...]
    func isWrapping(_ scalar: Unicode.Scalar) -> Bool {
      scalar.value <= 0x20 || quotes.contains(scalar)
    }
    while let first = scalars.first, isWrapping(first) { scalars.removeFirst() }
    while let last = scalars.last, isWrapping(last) { scalars.removeLast() }
    let bare = String(Substring(scalars))
    return lowered(bare, hasPrefix: "bearer ") ? String(bare.dropFirst(7)) : bare
  }

  private static let quotes: Set<Unicode.Scalar> = ["\"", "'", "`", "“", "”", "‘", "’", "«", "»"]

  private static func isQuoted(_ text: String) -> Bool {
    let visible = text.unicodeScalars.filter { $0.value > 0x20 }
    return visible.first.map(quotes.contains) ?? false || visible.last.map(quotes.contains) ?? false
  }

  private static func lowered(_ text: String, hasPrefix prefix: String) -> Bool {
    let head = text.utf8.drop { $0 <= 0x20 || $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "'") }.prefix(
      prefix.utf8.count)
    return head.map { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) ? $0 | 0x20 : $0 }
      == Array(prefix.utf8)
  }

  /// `export NAME=…`, `NAME=…`: a capital name before an equals sign. Base64 ends in one, so a
  /// text with none behind it does not count.
  private static func isAssignment(_ bytes: [UInt8]) -> Bool {
    var rest = bytes[...]
    if rest.starts(with: "export ".utf8) { rest = rest.dropFirst(7) }
    let name = rest.prefix { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) || $0 == UInt8(ascii: "_") }
    return name.count >= 3 && rest.dropFirst(name.count).first == UInt8(ascii: "=")
      && rest.count > name.count + 1
  }

  /// What stands in examples where a key belongs.
  private static func isPlaceholder(_ text: String) -> Bool {
    let upper = text.uppercased()
    if text.hasPrefix("<") || text.hasPrefix("$") || text.hasPrefix("{") { return true }
    let words = [
      "YOUR", "API_KEY", "APIKEY", "API-KEY", "REPLACE", "CHANGEME", "CHANGE_ME", "PLACEHOLDER", "EXAMPLE",
      "INSERT", "TODO", "XXXX", "....", "****", "…",
    ]
    return words.contains { upper.mentions($0) }
  }
}
