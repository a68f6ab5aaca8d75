import SheepCore
import SheepWire
import Testing

/// Damaged bytes must give an error, a note or other text, and never end the program.
@Suite("damaged answers")
struct MutationTests {
  private static let bodies: [[UInt8]] = ChatFixture.all.map { Array($0.body.utf8) }.filter { $0.count > 20 }

  /// A body with up to four bytes changed, removed, doubled or moved.
  static func mutated(_ body: [UInt8], _ random: inout SeededGenerator) -> [UInt8] {
    var body = body
    for _ in 0...Int.random(in: 0..<4, using: &random) where body.count > 4 {
      let place = Int.random(in: 0..<body.count - 2, using: &random)
      switch Int.random(in: 0..<5, using: &random) {
      case 0: body[place] = UInt8.random(in: 0...255, using: &random)
      case 1: body.remove(at: place)
      case 2: body.insert(Array("\"\\{}[]:,\r\n0e-".utf8).randomElement(using: &random) ?? 0, at: place)
      case 3:
        let end = min(body.count, place + Int.random(in: 1..<40, using: &random))
        body.insert(contentsOf: Array(body[place..<end]), at: Int.random(in: 0..<body.count, using: &random))
      default: body.swapAt(place, place + 1)
      }
    }
    return body
  }

  @Test("ten thousand damaged bodies never trap, and the fast path agrees", arguments: 0..<10)
  func tenThousand(_ part: UInt64) {
    var random = SeededGenerator(seed: 0x5eed + part)
    for round in 0..<1000 {
      let body = Self.mutated(Self.bodies[round % Self.bodies.count], &random)
      let full = Transcript(body, remembersEvents: false)
      let cut = Int.random(in: 0...body.count, using: &random)
      #expect(Transcript(body, cuts: [cut]) == full, "part \(part), round \(round)")
    }
  }

  @Test("an error written bare between events is found wherever the bytes are cut")
  func errorWritten() {
    let body = Array(
      "data: {\n\n{\"error\":\" loading\"}\n\nmodel is lading\n\ndata: {\"choices\":[]}\n\n".utf8)
    let full = Transcript(body, remembersEvents: false)
    for cut in 0...body.count { #expect(Transcript(body, cuts: [cut]) == full, "cut \(cut)") }
  }

  @Test("a stream of equal chunks with damage in its texts and tails agrees")
  func streamEqual() {
    var random = SeededGenerator(seed: 77)
    let pieces = [
      chunk("plain", #","obfuscation":"aaaa""#), chunk(#"\n\t\u00e9"#, #","obfuscation":"b""#), chunk("한국"),
      chunk("x"), delta(#"{"content":"","reasoning":"r"}"#), delta(#"{"content":"","reasoning":"한"}"#),
      chunk("", #","obfuscation":"aaaa""#), chunk(#"\ud83d"#), chunk(#"\ude00"#),
    ]
    for round in 0..<400 {
      var body: [UInt8] = []
      for _ in 0..<8 {
        var event = Array(stream(pieces.randomElement(using: &random) ?? "").utf8)
        if Int.random(in: 0..<4, using: &random) == 0 { event = Self.mutated(event, &random) }
        body += event
      }
      #expect(Transcript(body) == Transcript(body, remembersEvents: false), "round \(round)")
    }
  }

  @Test("the error reader accepts any bytes", arguments: 0..<4)
  func errorReader(_ part: UInt64) {
    var random = SeededGenerator(seed: 0xbad + part)
    let request = FailedRequest(model: "m", provider: "p")
    for round in 0..<250 {
      let (status, body, _) = FailureTable.rows[round % FailureTable.rows.count]
      let bytes = Self.mutated(Array(body.utf8), &random)
      let failure = OpenAIChat().failure(head: HTTPHead(status: status), body: bytes, request: request)
      #expect(failure.problem.count < 700)
      #expect(
        !failure.sentence.unicodeScalars.contains { $0.value < 0x20 || (0x7f...0x9f).contains($0.value) })
    }
  }
}
