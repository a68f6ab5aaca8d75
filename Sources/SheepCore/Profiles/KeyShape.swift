/// Tells whether a word looks like an API key, so that one given by mistake is
/// refused, not sent, and whose it is.
package enum KeyShape {
  /// How keys begin that are not those of a built-in profile, with their vendor; `nil` for what
  /// several vendors' keys begin with (vendors' public documentation and secret scanners, 2025).
  private static let others: [(prefix: String, vendor: String?)] = [
    ("pplx-", "Perplexity"), ("hf_", "Hugging Face"), ("nvapi-", "NVIDIA"), ("csk-", "Cerebras"),
    ("r8_", "Replicate"), ("ghp_", "GitHub"), ("github_pat_", "GitHub"), ("sk-", nil), ("sk_", nil),
    ("pk-", nil), ("rk-", nil), ("eyJ", nil),
  ]

  /// The shortest text that counts: anything shorter is a word that happens to begin alike.
  package static let shortest = 20

  /// True for 20 or more characters without blanks that begin as a vendor's key does.
  package static func matches(_ text: String) -> Bool {
    let bytes = text.utf8
    guard bytes.count >= shortest, bytes.allSatisfy(isKeyByte) else { return false }
    return others.contains { text.hasPrefix($0.prefix) } || owner(of: text) != nil
  }

  /// Whose key it is, told by how it begins: the vendor's name, and its built-in profile if it has
  /// one. `nil` where the beginning tells nothing.
  package static func owner(of key: String) -> (vendor: String, profile: String?)? {
    for profile in Profile.builtIn where profile.keyPrefixes.contains(where: { key.hasPrefix($0) }) {
      return (profile.vendor, profile.name)
    }
    for (prefix, vendor) in others where key.hasPrefix(prefix) {
      if let vendor { return (vendor, nil) }
    }
    return nil
  }

  /// Letters, digits and the few marks that keys are made of.
  private static func isKeyByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"),
      UInt8(ascii: "."), UInt8(ascii: "+"), UInt8(ascii: "/"), UInt8(ascii: "="):
      true
    default: false
    }
  }
}
