import SheepCore
import SheepWire
import Testing

@Suite("event streams")
struct SSEDecoderTests {
  /// The events' data and names, from pieces that end at `cuts`.
  private static func events(
    _ body: [UInt8], cuts: [Int] = [], limits: SSEDecoder.Limits = .init()
  ) throws -> [String] {
    var decoder = SSEDecoder(limits: limits)
    var found: [String] = []
    var start = 0
    for end in cuts + [body.count] {
      let piece = Array(body[start..<end])
      try piece.withUnsafeBytes { bytes in
        var cursor = 0
        while let event = try decoder.next(bytes, &cursor) {
          found.append((decoder.eventName.map { $0 + "|" } ?? "") + String(decoding: event, as: UTF8.self))
        }
      }
      start = end
    }
    if let event = try decoder.finish() {
      found.append((decoder.eventName.map { $0 + "|" } ?? "") + String(decoding: event, as: UTF8.self))
    }
    return found
  }

  private static let table: [(body: String, events: [String])] = [
    ("data: a\n\ndata: b\n\n", ["a", "b"]),
    ("data: a\r\n\r\ndata: b\r\n\r\n", ["a", "b"]),
    ("data: a\r\rdata: b\r\r", ["a", "b"]),
    ("data: a\r\n\ndata: b\n\r\ndata: c\r\r\n", ["a", "b", "c"]),
    ("data: a\r\ndata: b\r\n\r\n", ["a\nb"]),
    ("data: a\r\n\r\ndata: b\n\ndata: c\r\n\r\ndata: d\r\r", ["a", "b", "c", "d"]),
    ("data: a\r\r\n\r\ndata: b\r\n\r\r\n", ["a", "b"]),
    ("data: a\rdata: b\r\n\r\n\ndata: c\r\n\r\n", ["a\nb", "c"]),
    ("data: aa\r\n\n\r\ndata: bb\n\r\ndata: cc\r\n\rdata: dd\r\n\r\n", ["aa", "bb", "cc", "dd"]),
    ("data:\r\n\r\ndata: \r\n\r\ndata: a\r\n\r\n", ["", "", "a"]),
    ("event: e\ndata: a\n\nevent: e\ndata: b\r\n\r\nevent: e\r\ndata: c\r\n\r\n", ["e|a", "e|b", "e|c"]),
    ("event: e\r\ndata: a\r\n\r\ndata: b\r\rdata: c\ndata: d\r\n\n", ["e|a", "b", "c\nd"]),
    ("data:a\n\ndata:  b\n\n", ["a", " b"]),
    ("data: a\ndata\ndata: b\n\n", ["a\n\nb"]),
    ("data\n\n", [""]),
    ("\u{feff}data: a\n\n", ["a"]),
    ("event: e\ndata: a\n\ndata: b\n\n", ["e|a", "b"]),
    ("event: e\n\ndata: b\n\n", ["b"]),
    (": c\n\n:\ndata: a\n: d\n\n", ["a"]),
    ("id: 1\nretry: 2\nfoo: bar\nfoo\ndata: a\n\n", ["a"]),
    ("data: a\u{2028}b\u{85}c\n\n", ["a\u{2028}b\u{85}c"]),
    ("\n\n\ndata: a\n\n\n\n", ["a"]),
    ("data: {\"a\":1}", ["{\"a\":1}"]),
    ("data: {\"a\":1}\n", ["{\"a\":1}"]),
    ("data: {\"a\":\ndata: 1}", ["{\"a\":\n1}"]),
    ("data: [DONE]", ["[DONE]"]),
    ("data: {\"a\":", []),
    ("data: cut", []),
    ("", []),
  ]

  @Test("every cut of the bytes gives the same events", arguments: table.indices)
  func everyCut(_ row: Int) throws {
    let (text, expected) = Self.table[row]
    let body = Array(text.utf8)
    #expect(try Self.events(body) == expected)
    for first in 0...body.count {
      for second in first...body.count {
        #expect(try Self.events(body, cuts: [first, second]) == expected, "cuts \(first), \(second)")
      }
    }
    #expect(try Self.events(body, cuts: Array(0..<body.count)) == expected)
  }

  @Test("lines of any ends and fields give the same events whole and byte by byte")
  func linesAny() throws {
    var random = SeededGenerator(seed: 0x55e)
    let pieces = [
      "data: abcdef", "data: {}", "data:", "event: e", "event: f", ": c", "x", "\r", "\n", "\r\n", "\r\n\r\n",
      "\n\n", "data: abcdef\r\n\r\n", "data: abcdef\n\n", "event: e\ndata: abc\n\n",
      "event: e\ndata: abc\r\n\r\n",
    ]
    for round in 0..<2000 {
      let count = Int.random(in: 1..<14, using: &random)
      let body = Array((0..<count).map { _ in pieces.randomElement(using: &random) ?? "" }.joined().utf8)
      let single = try Self.events(body, cuts: Array(0..<body.count))
      #expect(try Self.events(body) == single, "round \(round)")
      let cut = Int.random(in: 0...body.count, using: &random)
      #expect(try Self.events(body, cuts: [cut]) == single, "round \(round), cut at \(cut)")
    }
  }

  @Test("comments are counted and are not events")
  func commentsCounted() throws {
    var decoder = SSEDecoder()
    try Array(": a\n\n: b\n".utf8).withUnsafeBytes { bytes in
      var cursor = 0
      let event = try decoder.next(bytes, &cursor)
      #expect(event == nil)
      #expect(cursor == bytes.count)
    }
    #expect(decoder.comments == 2)
    #expect(decoder.events == 0)
  }

  @Test("lines, events and their number are bounded")
  func linesEvents() throws {
    var limits = SSEDecoder.Limits()
    limits.bytes = 100
    let fits = Array(("data: " + String(repeating: "x", count: 94) + "\n\n").utf8)
    #expect(try Self.events(fits, limits: limits).count == 1)
    #expect(try Self.events(fits, cuts: Array(0..<fits.count), limits: limits).count == 1)
    let long = Array(("data: " + String(repeating: "x", count: 101)).utf8)
    #expect(throws: Failure.self) { try Self.events(long, limits: limits) }
    #expect(throws: Failure.self) { try Self.events(long, cuts: Array(0..<long.count), limits: limits) }
    let line = "data: " + String(repeating: "x", count: 60) + "\n"
    #expect(throws: Failure.self) { try Self.events(Array((line + line).utf8), limits: limits) }
    limits.events = 3
    #expect(try Self.events(Array("data: a\n\ndata: a\n\ndata: a\n\n".utf8), limits: limits).count == 3)
    #expect(throws: Failure.self) {
      try Self.events(Array("data: a\n\ndata: a\n\ndata: a\n\ndata: a\n\n".utf8), limits: limits)
    }
  }

  @Test("an event of 31 MiB is accepted and one of 33 MiB refused")
  func eventMiB() throws {
    for (size, isAccepted) in [(31 << 20, true), (33 << 20, false)] {
      let event = Array("data: ".utf8) + [UInt8](repeating: 0x78, count: size) + Array("\n\n".utf8)
      let cuts = Array(stride(from: 0, to: event.count, by: 1 << 20))
      if isAccepted {
        #expect(try Self.events(event, cuts: cuts).map(\.utf8.count) == [size])
      } else {
        #expect(throws: Failure.self) { try Self.events(event, cuts: cuts) }
      }
    }
  }
}
