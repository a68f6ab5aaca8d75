import SheepCore

/// The rules by which one model goes under several spellings.
enum ModelName {
  /// Names before a slash that are not those of a built-in profile: further vendors, other spellings
  /// of their names, and the prefix of Google's resource names.
  private static let otherVendors = [
    "ai21", "cohere", "deepseek-ai", "google", "meta-llama", "minimax", "mistralai", "models", "moonshotai",
    "perplexity", "x-ai", "zai",
  ]

  /// Whether some gateways write this name before a model's: `openai/gpt-4.1`.
  private static func isVendor(_ name: String) -> Bool {
    otherVendors.contains(name) || Profile.named(name) != nil
  }

  /// The spellings to look up for a name, the name itself first; never a part of a word.
  static func spellings(of name: String) -> [String] {
    var spellings = [name]
    func add(_ spelling: String?) {
      if let spelling, !spelling.isEmpty, !spellings.contains(spelling) { spellings.append(spelling) }
    }
    add(withoutDate(name))
    let plain = withoutVendor(name)
    add(plain)
    add(plain.flatMap(withoutDate))
    return spellings
  }

  /// `openai/gpt-4.1` without the vendor; `nil` when there is no known one.
  static func withoutVendor(_ name: String) -> String? {
    guard let slash = name.utf8.firstIndex(of: UInt8(ascii: "/")), isVendor(String(name[..<slash])) else {
      return nil
    }
    return String(name[name.utf8.index(after: slash)...])
  }

  /// The name without `-2025-04-14`, `-20250514` or `@…` at its end; `nil` without such an end.
  static func withoutDate(_ name: String) -> String? {
    if let sign = name.utf8.firstIndex(of: UInt8(ascii: "@")) { return String(name[..<sign]) }
    let bytes = Array(name.utf8)
    for form in [Array("-dddd-dd-dd".utf8), Array("-dddddddd".utf8)] where bytes.count > form.count {
      let end = bytes.suffix(form.count)
      let matches = zip(end, form).allSatisfy { byte, sign in
        sign == UInt8(ascii: "d") ? (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) : byte == sign
      }
      let year = matches ? end.dropFirst().prefix(2) : []
      if year.elementsEqual(Array("20".utf8)) {
        return String(decoding: bytes.dropLast(form.count), as: UTF8.self)
      }
    }
    return nil
  }
}
