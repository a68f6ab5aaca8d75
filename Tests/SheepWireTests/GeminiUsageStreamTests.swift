import SheepWire
import Testing

/// Gemini's usage comes with every chunk and is taken by comparing: it must mean what it means
/// when every chunk is read in full, after each of them, for the last one's counts.
@Suite("Gemini: usage in a stream")
struct GeminiUsageStreamTests {
  private static func transcript(
    _ body: [UInt8], cuts: [Int] = [], remembersEvents: Bool = true
  ) -> Transcript {
    Transcript(
      body, cuts: cuts,
      decoder: Gemini().decoder(mediaType: "text/event-stream", remembersEvents: remembersEvents))
  }

  /// A chunk with this text and usage, both as JSON spells them; no usage for `nil`.
  private static func event(
    _ text: String, _ usage: String?, thought: Bool = false, gap: String = " ", end: String = "\r\n"
  ) -> [UInt8] {
    let part = #"{"text":\#(gap)"\#(text)"\#(thought ? #","thought": true"# : "")}"#
    let tail = usage.map { #","usageMetadata":\#(gap)\#($0)"# } ?? ""
    return Array(
      (#"data: {"candidates":\#(gap)[{"content": {"parts": [\#(part)],"role": "model"},"index": 0}]\#(tail),"#
        + #""modelVersion": "g","responseId": "r1"}\#(end)\#(end)"#).utf8)
  }

  /// Compares after each event of a stream, for only the last usage is told.
  private static func compare(_ events: [[UInt8]], _ comment: Comment) {
    var body: [UInt8] = []
    for (index, event) in events.enumerated() {
      body += event
      #expect(
        transcript(body) == transcript(body, remembersEvents: false), "\(comment), event \(index)")
    }
  }

  private static let usages = [
    #"{"promptTokenCount": 8,"candidatesTokenCount": 1,"totalTokenCount": 9}"#,
    #"{"promptTokenCount": 8,"totalTokenCount": 9}"#,
    #"{"totalTokenCount": 19,"thoughtsTokenCount": 10,"candidatesTokenCount": 1,"promptTokenCount": 8}"#,
    #"{"promptTokenCount": 8,"cachedContentTokenCount": 5,"candidatesTokenCount": 1,"totalTokenCount": 9}"#,
    #"{"promptTokenCount": 8,"candidatesTokenCount": 3,"totalTokenCount": 11,"promptTokensDetails": [{"modality": "TEXT","tokenCount": 8}],"candidatesTokensDetails": [{"modality": "TEXT","tokenCount": 3}]}"#,
    #"{ "promptTokenCount" : 8 , "candidatesTokenCount" : 1 , "totalTokenCount" : 9 }"#,
    #"{"promptTokenCount": 8,"candidatesTokenCount": 1,"candidatesTokenCount": 4,"totalTokenCount": 12}"#,
    #"{"promptTokenCount": 8,"candidates\u0054okenCount": 1,"totalTokenCount": 9}"#,
    #"{"promptTokenCount": 8,"candidatesTokenCount": "1","totalTokenCount": 9}"#,
    #"{"promptTokenCount": 8,"responseTokenCount": 1,"totalTokenCount": 9,"trafficType": "ON_DEMAND 12"}"#,
    #"{"promptTokenCount": 8,"candidatesTokenCount": {"candidatesTokenCount": 5},"totalTokenCount": 9}"#,
    #"{}"#, "null", "7", "[1,2]", #""9""#,
  ]

  private static let numbers = [
    "0", "7", "12", "9223372036854775807", "9223372036854775808", "99999999999999999999999", "-3", "-0",
    "1.5", "3.0", "1e1", "2E+2", "03", "00", "", "null", "true", "1 ",
  ]

  /// The usage with one of its numbers, if it has any, written differently.
  private static func changed(_ usage: String, _ random: inout SeededGenerator) -> String {
    let bytes = Array(usage.utf8)
    let starts = bytes.indices.filter {
      (0x30...0x39).contains(bytes[$0]) && ($0 == 0 || !(0x30...0x39).contains(bytes[$0 - 1]))
    }
    guard let start = starts.randomElement(using: &random) else { return usage }
    let end = bytes[start...].firstIndex { !(0x30...0x39).contains($0) } ?? bytes.count
    let number =
      Bool.random(using: &random)
      ? "\(Int.random(in: 0..<2000, using: &random))" : numbers.randomElement(using: &random) ?? "1"
    return String(decoding: Array(bytes[..<start]) + Array(number.utf8) + Array(bytes[end...]), as: UTF8.self)
  }

  @Test("counters of one form change as they like and mean the same", arguments: usages.indices)
  func countersForm(_ row: Int) {
    var random = SeededGenerator(seed: 0x9e31 + UInt64(row))
    for round in 0..<20 {
      let events = (0..<14).map { index in
        Self.event(
          "t\(index)", index == 0 ? Self.usages[row] : Self.changed(Self.usages[row], &random),
          thought: round % 3 == 0 && index < 5)
      }
      Self.compare(events, "round \(round)")
    }
  }

  @Test("the forms of a usage alternate and mean the same")
  func formsUsage() {
    var random = SeededGenerator(seed: 0xa17)
    for round in 0..<80 {
      let forms = (0..<3).map { _ in Self.usages.randomElement(using: &random) }
      let events = (0..<16).map { index in
        var usage = forms.randomElement(using: &random) ?? nil
        if Int.random(in: 0..<8, using: &random) == 0 { usage = nil }
        return Self.event(
          [#"\n"#, "양", "a", #"\ud83d"#, #"\ude00"#].randomElement(using: &random) ?? "",
          usage.map { Int.random(in: 0..<3, using: &random) == 0 ? Self.changed($0, &random) : $0 },
          thought: Int.random(in: 0..<3, using: &random) == 0,
          gap: Int.random(in: 0..<9, using: &random) == 0 ? "  " : " ",
          end: ["\r\n", "\n", "\r"].randomElement(using: &random) ?? "\n")
      }
      Self.compare(events, "round \(round)")
    }
  }

  @Test("a stream whose details count along is read to the same end")
  func streamWhose() {
    let events = (1...30).map { count in
      Self.event(
        "w",
        #"{"promptTokenCount": 8,"candidatesTokenCount": \#(count),"totalTokenCount": \#(count + 8),"candidatesTokensDetails": [{"modality": "TEXT","tokenCount": \#(count)}]}"#
      )
    }
    Self.compare(events, "details")
    let transcript = Self.transcript(Array(events.joined()))
    #expect(transcript.lines.suffix(1) == ["usage in=8 out=30 reported"])
  }

  @Test("a stream cut at every byte gives the same usage", arguments: ["\r\n", "\n", "\r"])
  func streamCut(_ end: String) {
    let body = Array(
      [
        Self.event("a", #"{"promptTokenCount": 8,"totalTokenCount": 8}"#, end: end),
        Self.event(
          "b", #"{"promptTokenCount": 8,"candidatesTokenCount": 2,"totalTokenCount": 10}"#, end: end),
        Self.event(
          "c", #"{"promptTokenCount": 8,"candidatesTokenCount": 13,"totalTokenCount": 21}"#, end: end),
        Self.event(
          "d", #"{"promptTokenCount": 8,"candidatesTokenCount": 4e0,"totalTokenCount": 12}"#, end: end),
        Self.event(
          "e", #"{"promptTokenCount": 8,"candidatesTokenCount": 15,"totalTokenCount": 23}"#, end: end),
      ].joined())
    let whole = Self.transcript(body)
    #expect(
      whole.lines == [
        "started r1 g", "text a", "text b", "text c", "text d", "text e", "usage in=8 out=15 reported",
      ])
    for cut in 0...body.count { #expect(Self.transcript(body, cuts: [cut]) == whole, "cut at \(cut)") }
    for cut in 0...body.count {
      let full = Self.transcript(Array(body[..<cut]), remembersEvents: false)
      #expect(Self.transcript(Array(body[..<cut])) == full, "ends at \(cut)")
      #expect(Self.transcript(Array(body[..<cut]), cuts: Array(0..<cut)) == full, "ends at \(cut), in bytes")
    }
  }
}
