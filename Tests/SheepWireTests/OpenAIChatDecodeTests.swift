import SheepCore
import SheepWire
import Testing

@Suite("OpenAI chat: decoding")
struct OpenAIChatDecodeTests {
  @Test("a body gives its events", arguments: ChatFixture.all)
  func events(_ fixture: ChatFixture) {
    let transcript = Transcript(fixture.body, mediaType: fixture.mediaType.map(Self.type))
    #expect(transcript.lines == fixture.lines)
    #expect(transcript.isComplete == fixture.isComplete)
  }

  @Test("any cut of the bytes gives the same events", arguments: ChatFixture.all)
  func anyCutBytes(_ fixture: ChatFixture) {
    let body = Array(fixture.body.utf8)
    let mediaType = fixture.mediaType.map(Self.type)
    let whole = Transcript(body, mediaType: mediaType)
    for cut in 0...body.count {
      let halves = Transcript(body, mediaType: mediaType, cuts: [cut])
      #expect(halves == whole, "cut at \(cut)")
    }
    #expect(Transcript(body, mediaType: mediaType, cuts: Array(0..<body.count)) == whole)
  }

  @Test("the fast path changes nothing", arguments: ChatFixture.all)
  func fastPath(_ fixture: ChatFixture) {
    let body = Array(fixture.body.utf8)
    let mediaType = fixture.mediaType.map(Self.type)
    #expect(
      Transcript(body, mediaType: mediaType, remembersEvents: false) == Transcript(body, mediaType: mediaType)
    )
  }

  @Test("a character split between two events by its bytes is joined")
  func characterSplit() {
    func event(_ bytes: [UInt8]) -> [UInt8] {
      Array(#"data: {"choices":[{"delta":{"content":""#.utf8) + bytes + Array("\"}}]}\n\n".utf8)
    }
    let body = event([0x61, 0xec, 0x95]) + event([0x88]) + event([0xff, 0x62]) + event([0xf0, 0x9f])
    let transcript = Transcript(body + Array("data: [DONE]\n\n".utf8))
    #expect(transcript.answer == "a안\u{fffd}b\u{fffd}")
  }

  @Test("a hundred unreadable events are tolerated, one more is not")
  func hundredUnreadable() {
    let bad = String(repeating: "data: nonsense\n\n", count: 100)
    let borne = Transcript(bad + stream(chunk("a"), "[DONE]"))
    #expect(borne.lines.last == "text a")
    #expect(borne.isComplete)
    let refused = Transcript(bad + stream("{", chunk("a"), "[DONE]"))
    #expect(refused.lines.last?.hasPrefix("failure protocol") == true)
  }

  @Test("deep nesting costs its event only")
  func deepNesting() {
    let deep = String(repeating: "[", count: 100_000)
    let transcript = Transcript(
      stream(chunk("a"), #"{"choices":"# + deep, #"{"x":"# + deep, chunk("b"), "[DONE]"))
    #expect(transcript.answer == "ab")
    #expect(transcript.isComplete)
  }

  @Test("more tool calls than anyone makes are left out with one note")
  func moreTool() {
    let events = (0..<300).map { index in
      delta(
        #"{"tool_calls":[{"index":\#(index),"id":"t\#(index)","function":{"name":"f","arguments":"x"}}]}"#)
    }
    let transcript = Transcript(events.map { stream($0) }.joined() + stream("[DONE]"))
    #expect(transcript.lines.count { $0.hasPrefix("tool ") } == 128)
    #expect(transcript.lines.count { $0.hasPrefix("notice ") } == 1)
  }

  @Test(
    "usage is sorted into disjoint parts",
    arguments: [
      // OpenAI: reasoning inside the completion.
      (
        #"{"prompt_tokens":10,"completion_tokens":9,"total_tokens":19,"completion_tokens_details":{"reasoning_tokens":4}}"#,
        "usage in=10 out=5 reasoning=4 reported"
      ),
      // xAI: beside it.
      (
        #"{"prompt_tokens":165,"completion_tokens":2,"total_tokens":296,"completion_tokens_details":{"reasoning_tokens":129}}"#,
        "usage in=165 out=2 reasoning=129 reported"
      ),
      (
        #"{"prompt_tokens":5,"completion_tokens":9,"total_tokens":75,"completion_tokens_details":{"reasoning_tokens":61}}"#,
        "usage in=5 out=9 reasoning=61 reported"
      ),
      // More than the completion can only be beside it, also without a total that says so.
      (
        #"{"prompt_tokens":5,"completion_tokens":9,"completion_tokens_details":{"reasoning_tokens":61}}"#,
        "usage in=5 out=9 reasoning=61 reported"
      ),
      // DeepSeek.
      (
        #"{"prompt_tokens":10,"completion_tokens":4,"total_tokens":14,"prompt_cache_hit_tokens":7,"prompt_cache_miss_tokens":3}"#,
        "usage in=3 read=7 out=4 reported"
      ),
      (
        #"{"completion_tokens":4,"prompt_cache_hit_tokens":7,"prompt_cache_miss_tokens":3}"#,
        "usage in=3 read=7 out=4 reported"
      ),
      // Mistral's audio prompt: the total has tokens that no field names.
      (#"{"prompt_tokens":9,"completion_tokens":201,"total_tokens":585}"#, "usage in=9 out=201 partial"),
      // Contradictions and hostile numbers.
      (
        #"{"prompt_tokens":3,"prompt_tokens_details":{"cached_tokens":9},"completion_tokens":1}"#,
        "usage in=0 read=9 out=1 partial"
      ),
      (
        #"{"prompt_tokens":9223372036854775807,"completion_tokens":9223372036854775807,"total_tokens":9223372036854775807}"#,
        "usage in=9223372036854775807 out=9223372036854775807 reported"
      ),
      (#"{"prompt_tokens":-4,"completion_tokens":"7"}"#, "usage out=7 partial"),
      (#"{"prompt_tokens":1.5,"completion_tokens":7.0}"#, "usage out=7 partial"),
      (#"{"prompt_tokens":1e400,"completion_tokens":99999999999999999999999999999999999999999999}"#, nil),
      (#"{"prompt_tokens":{},"completion_tokens":2}"#, "usage out=2 partial"),
      (#"{}"#, nil),
      (#"[1]"#, nil),
    ] as [(String, String?)])
  func usageSorted(_ json: String, _ line: String?) {
    let transcript = Transcript(stream(#"{"choices":[],"usage":\#(json)}"#, "[DONE]"))
    #expect(transcript.lines.first { $0.hasPrefix("usage") } == line)
  }

  @Test(
    "a cost that the provider reports is exact",
    arguments: [
      (#","usage":{"cost":0.00123}"#, "cost 0.00123"), (#","usage":{"cost_usd":"2e-6"}"#, "cost 0.000002"),
      (#","cost":0"#, "cost 0"), (#","usage":{"cost":{"total_cost":0.006}}"#, "cost 0.006"),
      (#","usage":{"cost":-1}"#, nil), (#","usage":{"cost":1e999}"#, nil),
      (#","usage":{"cost":"free"}"#, nil),
    ] as [(String, String?)])
  func costProvider(_ tail: String, _ line: String?) {
    let transcript = Transcript(stream(chunk("a", tail), "[DONE]"))
    #expect(transcript.lines.first { $0.hasPrefix("cost") } == line)
  }

  @Test("a compressed answer is refused")
  func compressedAnswer() {
    let head = HTTPHead(status: 200, headers: HTTPHeaders([.init("Content-Encoding", "gzip")]))
    #expect(throws: Failure.self) { try OpenAIChat().check(head) }
    let plain = HTTPHead(status: 200, headers: HTTPHeaders([.init("content-encoding", "Identity")]))
    #expect(throws: Never.self) { try OpenAIChat().check(plain) }
  }

  private static func type(_ value: String) -> String {
    HTTPHead(status: 200, headers: HTTPHeaders([.init("Content-Type", value)])).mediaType ?? ""
  }
}
