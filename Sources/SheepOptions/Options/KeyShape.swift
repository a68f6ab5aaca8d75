/// Tells whether a word looks like an API key, so that one given by mistake is
/// refused, not sent.
package enum KeyShape {
  /// How the common vendors' keys begin (vendors' public documentation and secret
  /// scanners, 2025).
  private static let prefixes = [
    "sk-", "sk_", "pk-", "hs-", "hs_", "rk-", "AIza", "gsk_", "xai-", "hf_", "r8_", "nvapi-",
    "pplx-",
    "ghp_", "github_pat_", "fw_", "tgp_", "csk-", "eyJ",
  ]

  /// The shortest text that counts: anything shorter is a word that happens to begin alike.
  private static let shortest = 20

  /// True for 20 or more characters without blanks that begin as a vendor's key does.
  package static func matches(_ text: String) -> Bool {
    let bytes = text.utf8
    guard bytes.count >= shortest, bytes.allSatisfy(isKeyByte) else { return false }
    return prefixes.contains { text.hasPrefix($0) }
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

  /// Refuses operands that look like keys: they would be sent to a model as a prompt,
  /// and every user of the machine can read a command line.
  package static func refuse(in operands: [String]) throws(UsageError) {
    for operand in operands where matches(operand) {
      throw UsageError(
        subject: Quoted.text(operand), problem: "looks like an API key, so nothing was sent",
        wayOut: keyAdvice + "; if it is text for the model, pipe it in")
    }
  }

  /// Where a key belongs.
  package static let keyAdvice =
    "set HOLYSHEEP_API_KEY, or use --key-file FILE or --key-cmd COMMAND"
}
