import SheepCore
import SheepWire
import Testing

/// The scanner that walks over a stream's events must accept what the general parser accepts,
/// or the two would show different answers. It is seen here through the event decoder, which
/// takes an unclosed last event exactly when the scanner calls it JSON.
@Suite("JSON scanner")
struct JSONScannerTests {
  private static func isAccepted(_ json: [UInt8]) throws -> Bool {
    var decoder = SSEDecoder()
    let body = Array("data: ".utf8) + json
    try body.withUnsafeBytes { bytes in
      var cursor = 0
      while try decoder.next(bytes, &cursor) != nil {}
    }
    return try decoder.finish() != nil
  }

  private static func agrees(_ json: [UInt8]) throws -> Bool {
    let isJSON = (try? JSON.parse(json)) != nil
    return try isAccepted(json) == isJSON
  }

  private static let texts = [
    #"{"a":[1,-0,2.5e-3,0.1E+2,true,false,null],"b":{"c":"x\n\u00e9\ud83d\ude00\\\"\/\b\f\r\t"},"":""}"#,
    #"[]"#, #"{}"#, #"  [ { } , [ ] ]  "#, #""text of more than eight bytes, 한국어 and \u0041""#, "12", "-",
    "01", "1.",
    "1e", "tru", "nulll", "\"", "\"\\", "\"\\u12", "\"\\x\"", "{\"a\"}", "{\"a\":}", "{,}", "[1,]",
    "{\"a\":1,}", "[1 2]", "1 1",
    "\"a\u{1}b\"", "\"12345678\u{1f}\"", "\"a\u{7f}b\"", "]", "}", ":",
  ]

  @Test("the scanner and the parser agree", arguments: texts)
  func scannerParser(_ text: String) throws {
    #expect(try Self.agrees(Array(text.utf8)))
  }

  @Test("they agree on nesting")
  func agreeNesting() throws {
    for depth in [511, 512, 513, 514, 600] {
      let text = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
      #expect(try Self.agrees(Array(text.utf8)), "depth \(depth)")
    }
  }

  @Test("they agree on damaged texts")
  func agreeDamaged() throws {
    var random = SeededGenerator(seed: 9)
    let alphabet = Array(#""\{}[]:,0123456789.eE+-truefalsn ux"#.utf8) + [0x01, 0xff, 0xc3, 0xa9, 0x20]
    for round in 0..<6000 {
      var text = Array(Self.texts[round % Self.texts.count].utf8)
      for _ in 0...Int.random(in: 0..<3, using: &random) where !text.isEmpty {
        let place = Int.random(in: 0..<text.count, using: &random)
        let byte = alphabet.randomElement(using: &random) ?? 0
        switch Int.random(in: 0..<3, using: &random) {
        case 0: text[place] = byte
        case 1: text.insert(byte, at: place)
        default: text.remove(at: place)
        }
      }
      #expect(try Self.agrees(text), "\(String(decoding: text, as: UTF8.self))")
    }
  }
}
