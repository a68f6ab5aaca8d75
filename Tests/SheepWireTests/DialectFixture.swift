import SheepWire
import Testing

/// A body as a server sends it and the events that it stands for, in one of the dialects whose
/// bodies `BodyDecoder` reads.
struct DialectFixture: CustomTestStringConvertible, Sendable {
  let name: String
  /// Makes the dialect's decoder, with the fast path or without.
  let decoder: @Sendable (_ mediaType: String?, _ remembersEvents: Bool) -> any AnswerDecoder
  var mediaType: String? = "text/event-stream"
  let body: String
  let lines: [String]
  var isComplete = true

  var testDescription: String { name }

  var bytes: [UInt8] { Array(body.utf8) }

  /// What the decoder makes of other bytes than the fixture's own.
  func transcript(of body: [UInt8], cuts: [Int] = [], remembersEvents: Bool = true) -> Transcript {
    Transcript(body, cuts: cuts, decoder: decoder(mediaType, remembersEvents))
  }

  static let all = GeminiFixtures.all + ResponsesFixtures.all
}

/// An event with a name, as most dialects send it.
func named(_ name: String, _ data: String) -> String { "event: \(name)\ndata: \(data)\n\n" }

@Suite("dialects: recorded answers")
struct DialectDecodeTests {
  @Test("a body gives its events", arguments: DialectFixture.all)
  func events(_ fixture: DialectFixture) {
    let transcript = fixture.transcript(of: fixture.bytes)
    #expect(transcript.lines == fixture.lines)
    #expect(transcript.isComplete == fixture.isComplete)
  }

  @Test("any cut of the bytes gives the same events", arguments: DialectFixture.all)
  func anyCutBytes(_ fixture: DialectFixture) {
    let body = fixture.bytes
    let whole = fixture.transcript(of: body)
    for cut in 0...body.count {
      #expect(fixture.transcript(of: body, cuts: [cut]) == whole, "cut at \(cut)")
    }
    #expect(fixture.transcript(of: body, cuts: Array(0..<body.count)) == whole)
  }

  @Test("the fast path changes nothing", arguments: DialectFixture.all)
  func fastPath(_ fixture: DialectFixture) {
    #expect(
      fixture.transcript(of: fixture.bytes, remembersEvents: false)
        == fixture.transcript(of: fixture.bytes))
  }

  @Test("ten thousand damaged bodies of each dialect never trap, and the fast path agrees", arguments: 0..<20)
  func tenThousand(_ part: UInt64) {
    var random = SeededGenerator(seed: 0xd1a1 + part)
    for round in 0..<1000 {
      let dialect = round % 2 == 0 ? GeminiFixtures.all : ResponsesFixtures.all
      let fixture = dialect[(round / 2) % dialect.count]
      let body = MutationTests.mutated(fixture.bytes, &random)
      let full = fixture.transcript(of: body, remembersEvents: false)
      let cut = Int.random(in: 0...body.count, using: &random)
      #expect(fixture.transcript(of: body, cuts: [cut]) == full, "part \(part), round \(round)")
    }
  }
}
