import SheepCore
import Testing

@Suite("instants")
struct InstantTests {
  @Test("differences are true and additions stop at the end of time")
  func differencesTrue() {
    let start = Instant(nanoseconds: 1_000)
    #expect(start + .nanoseconds(5) == Instant(nanoseconds: 1_005))
    #expect((start + .seconds(2)) - start == .seconds(2))
    #expect(start - (start + .seconds(2)) == .seconds(-2))
    #expect(start + .seconds(Int64.max) == Instant(nanoseconds: .max))
    #expect(Instant(nanoseconds: 1) < Instant(nanoseconds: 2))
  }

  @Test("durations convert within what 64 bits hold")
  func durationsConvert() {
    #expect(Duration.milliseconds(1500).nanoseconds == 1_500_000_000)
    #expect(Duration.seconds(Int64.max).nanoseconds == .max)
    #expect(Duration.seconds(Int64.min).nanoseconds == .min)
    #expect(Duration.microseconds(1500).milliseconds == 1.5)
    #expect(Duration.milliseconds(250).inSeconds == 0.25)
  }
}

@Suite("secrets")
struct SecretTests {
  private static let key = "sk-test-0123456789abcdef"

  @Test("no textual form shows the key")
  func textualForm() {
    let secret = Secret(Self.key)
    var dumped = ""
    dump(secret, to: &dumped)
    let wrapped: [Secret?] = [secret]
    for text in [
      "\(secret)", secret.description, secret.debugDescription, String(reflecting: secret), dumped,
      "\(wrapped)",
    ] {
      #expect(!text.contains("0123456789"), "\(text)")
      #expect(text.contains("****"))
    }
    #expect(secret.masked == "****cdef")
    #expect(Secret("short").masked == "****")
    #expect(Secret("elevenchars").masked == "****")
  }

  @Test("the key is taken out of foreign text in every form")
  func keyTaken() {
    let secret = Secret(Self.key)
    let base64 = Base64.encode(Array(Self.key.utf8))
    let text = "a \(Self.key) b \(base64) c \(Self.key)\(Self.key)"
    let clean = secret.redacted(from: text)
    #expect(!clean.contains("0123456789"))
    #expect(!clean.contains(base64.dropLast(4)))
    #expect(clean.hasPrefix("a ****cdef b ****cdef"))
    let odd = Secret("a+b/c=d e?f&g12")
    #expect(!odd.redacted(from: "?k=a%2Bb%2Fc%3Dd%20e%3Ff%26g12").contains("%2Bb"))
    #expect(Secret("").redacted(from: "same") == "same")
  }

  @Test(
    "Base64 hides no key, whatever stands before it",
    arguments: ["", "a", "ab", "Bearer ", "user:", "Basic x:"])
  func base64Hides(_ before: String) {
    let encoded = Base64.encode(Array((before + Self.key + "\r\n").utf8))
    let clean = Secret(Self.key).redacted(from: "sent: \(encoded).")
    #expect(clean.hasPrefix("sent: ") && clean.contains("****cdef"), "\(clean)")
    // Nothing that decodes to more than the edges of the key is left.
    #expect(clean.count < encoded.count - Self.key.count + "sent: ****cdef.".count, "\(clean)")
  }

  @Test(
    "pieces of eight characters are taken out of messages",
    arguments: [
      ("Incorrect key: sk-test-************cdef.", "Incorrect key: ****************cdef."),
      ("key test-0123456789abcdef", "key ****"), ("456789abcdef is the end", "**** is the end"),
      ("01234567 and 89abcdef", "**** and ****"), ("sk-test is no secret", "sk-test is no secret"),
      ("\("sk-test-012")\u{1b}[0m3456789abcdef", "****\u{1b}[0m****"), ("0123456 stays", "0123456 stays"),
      ("", ""),
    ])
  func piecesEight(_ text: String, _ clean: String) {
    #expect(Secret(Self.key).redacted(fromShortened: text) == clean)
  }

  @Test("a gateway's name stays although the key has it in it")
  func gatewayName() {
    let secret = Secret("sk-holysheep-0123456789abcdef")
    let text = "holysheep: bad key sk-holysheep-0123"
    #expect(secret.redacted(fromShortened: text, sparing: ["holysheep"]) == "holysheep: bad key ****")
  }

  @Test(
    "a key that cannot be a header value is reported",
    arguments: [
      ("", "is empty"), ("a b", "contains a space"), ("a\r\nX: y", "contains a line break"),
      ("a\u{0}", "contains a control character"),
      ("a\u{7f}", "contains a control character"), ("k\u{e9}y", "contains a non-ASCII character"),
      ("sk-ok_1.2", nil),
    ] as [(String, String?)])
  func keyCannot(_ key: String, _ problem: String?) {
    #expect(Secret.problem(in: key) == problem)
  }
}

@Suite("usage")
struct UsageTests {
  @Test("totals add what is known and stay unknown without it")
  func totalsAdd() {
    let usage = Usage(input: 3, cacheRead: 6, cacheWrite: 1, output: 1, reasoning: 3)
    #expect(usage.inputTotal == 10)
    #expect(usage.outputTotal == 4)
    #expect(usage.cacheWriteTotal == 1)
    #expect(Usage().inputTotal == nil)
    #expect(Usage().outputTotal == nil)
    #expect(Usage(cacheWriteHour: 2).inputTotal == 2)
    #expect(Usage(output: 0).outputTotal == 0)
  }

  @Test("hostile counts stop at the largest number")
  func hostileCounts() {
    #expect(Usage(input: .max, cacheRead: .max).inputTotal == .max)
  }
}

@Suite("Base64")
struct Base64Tests {
  @Test(
    "the vectors of RFC 4648 hold",
    arguments: [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")])
  func standardVectors(_ text: String, _ encoded: String) {
    #expect(Base64.encode(Array(text.utf8)) == encoded)
  }
}
