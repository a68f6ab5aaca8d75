import SheepCore
import SheepWire
import Testing

@Suite("Anthropic: decoding")
struct AnthropicDecodeTests {
  private static func transcript(
    _ body: [UInt8], mediaType: String? = "text/event-stream", cuts: [Int] = [], remembersEvents: Bool = true
  ) -> Transcript {
    Transcript(
      body, cuts: cuts,
      decoder: AnthropicMessages().decoder(mediaType: mediaType, remembersEvents: remembersEvents))
  }

  private static func transcript(_ events: String...) -> Transcript {
    transcript(Array(events.map { AnthropicFixture.named($0) }.joined().utf8))
  }

  @Test("a body gives its events", arguments: AnthropicFixture.all)
  func events(_ fixture: AnthropicFixture) {
    let transcript = Self.transcript(Array(fixture.body.utf8), mediaType: fixture.mediaType)
    #expect(transcript.lines == fixture.lines)
    #expect(transcript.isComplete == fixture.isComplete)
  }

  @Test("any cut of the bytes gives the same events", arguments: AnthropicFixture.all)
  func anyCutBytes(_ fixture: AnthropicFixture) {
    let body = Array(fixture.body.utf8)
    let whole = Self.transcript(body, mediaType: fixture.mediaType)
    for cut in 0...body.count {
      #expect(Self.transcript(body, mediaType: fixture.mediaType, cuts: [cut]) == whole, "cut at \(cut)")
    }
    #expect(Self.transcript(body, mediaType: fixture.mediaType, cuts: Array(0..<body.count)) == whole)
  }

  @Test("the fast path changes nothing", arguments: AnthropicFixture.all)
  func fastPath(_ fixture: AnthropicFixture) {
    let body = Array(fixture.body.utf8)
    #expect(
      Self.transcript(body, mediaType: fixture.mediaType, remembersEvents: false)
        == Self.transcript(body, mediaType: fixture.mediaType))
  }

  @Test("every prefix of a stream is incomplete until its last event")
  func everyPrefix() {
    let events = [
      AnthropicFixture.start(), AnthropicFixture.text("a"), AnthropicFixture.end(),
      AnthropicFixture.messageStop,
    ]
    for count in 0..<events.count {
      let body = events[..<count].map { AnthropicFixture.named($0) }.joined()
      #expect(!Self.transcript(Array(body.utf8)).isComplete)
    }
    #expect(Self.transcript(Array(events.map { AnthropicFixture.named($0) }.joined().utf8)).isComplete)
  }

  @Test("more blocks than anyone makes are left out with one note")
  func moreBlocks() {
    let blocks = (0..<3_000).map {
      AnthropicFixture.block($0, #"{"type":"tool_use","id":"t","name":"f","input":{}}"#)
    }
    let body = blocks.map { AnthropicFixture.named($0) }.joined()
    let transcript = Self.transcript(Array(body.utf8))
    #expect(transcript.lines.count { $0.hasPrefix("tool ") } == 1_024)
    #expect(transcript.lines.count { $0.hasPrefix("notice ") } == 1)
  }

  @Test("tool calls with indexes of every kind are accepted")
  func toolCallIndexes() {
    for index in ["9223372036854775807", "-3", "1e9", "1.5", "\"0\"", "null", "1e999", "[]"] {
      let transcript = Self.transcript(
        #"{"type":"content_block_start","index":\#(index),"content_block":{"type":"tool_use","id":"t","name":"f"}}"#,
        #"{"type":"content_block_delta","index":\#(index),"delta":{"type":"input_json_delta","partial_json":"1"}}"#,
        AnthropicFixture.messageStop)
      #expect(transcript.lines == ["tool 0 t f ", "tool 0 - - 1"], "\(index)")
    }
  }

  @Test("deep nesting costs its event only")
  func deepNesting() {
    let deep = String(repeating: "[", count: 100_000)
    let transcript = Self.transcript(
      AnthropicFixture.text("a"), #"{"type":"message_start","message":"# + deep, AnthropicFixture.text("b"),
      AnthropicFixture.messageStop)
    #expect(transcript.answer == "ab")
    #expect(transcript.isComplete)
  }

  // MARK: - Damage

  /// A body with up to four bytes changed, removed, doubled or moved.
  private static func mutated(_ body: [UInt8], _ random: inout SeededGenerator) -> [UInt8] {
    var body = body
    for _ in 0...Int.random(in: 0..<4, using: &random) where body.count > 4 {
      let place = Int.random(in: 0..<body.count - 2, using: &random)
      switch Int.random(in: 0..<5, using: &random) {
      case 0: body[place] = UInt8.random(in: 0...255, using: &random)
      case 1: body.remove(at: place)
      case 2: body.insert(Array("\"\\{}[]:,\r\n 0e-".utf8).randomElement(using: &random) ?? 0, at: place)
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
    let bodies = AnthropicFixture.all.map { Array($0.body.utf8) }.filter { $0.count > 20 }
    var random = SeededGenerator(seed: 0xa117 + part)
    for round in 0..<1000 {
      let body = Self.mutated(bodies[round % bodies.count], &random)
      let full = Self.transcript(body, remembersEvents: false)
      let cut = Int.random(in: 0...body.count, using: &random)
      #expect(Self.transcript(body, cuts: [cut]) == full, "part \(part), round \(round)")
    }
  }

  @Test("a stream of equal deltas with damage in their texts and tails agrees")
  func streamEqual() {
    var random = SeededGenerator(seed: 78)
    let pieces = [
      AnthropicFixture.text("plain"), AnthropicFixture.text(#"\n\t\u00e9"#), AnthropicFixture.text("한국"),
      AnthropicFixture.thought("r"), AnthropicFixture.thought("한"), AnthropicFixture.text("x", at: 1),
      AnthropicFixture.text("blanks") + "   ", AnthropicFixture.text(#"\ud83d"#),
      AnthropicFixture.text(#"\ude00"#),
    ]
    for round in 0..<400 {
      var body: [UInt8] = []
      for _ in 0..<8 {
        var event = Array(AnthropicFixture.named(pieces.randomElement(using: &random) ?? "").utf8)
        if Int.random(in: 0..<4, using: &random) == 0 { event = Self.mutated(event, &random) }
        body += event
      }
      #expect(Self.transcript(body) == Self.transcript(body, remembersEvents: false), "round \(round)")
    }
  }
}
