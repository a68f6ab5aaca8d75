import SheepTerminal
import Testing

@Suite("text width")
struct TextWidthTests {
  /// `text-width.txt` holds what wcwidth 0.7.0 says (see
  /// scripts/generate-text-width.py): ranges of equal width, then sequences.
  private let lines = golden("text-width.txt").split(separator: "\n").map(String.init)

  @Test("every assigned character has the width that wcwidth gives it")
  func characters() throws {
    var ranges: [(start: UInt32, width: Int?)] = []
    for line in lines where !line.hasPrefix("=") {
      let fields = line.split(separator: " ")
      ranges.append((try #require(UInt32(fields[0], radix: 16)), Int(fields[1])))
    }
    #expect(ranges.count > 1000)
    var wrong: [String] = []
    for (index, range) in ranges.enumerated() {
      let end = index + 1 < ranges.count ? ranges[index + 1].start : 0x110000
      guard let width = range.width else { continue }
      for value in range.start..<end where TextWidth.of(value) != width {
        // DEL and C1 controls: wcwidth has no width for them.
        wrong.append("U+\(String(value, radix: 16)) \(TextWidth.of(value)) not \(width)")
      }
    }
    #expect(wrong.isEmpty, "\(wrong.prefix(20))")
  }

  @Test("sequences of characters have the width that wcwidth gives them")
  func sequences() throws {
    var count = 0
    for line in lines where line.hasPrefix("=") {
      let fields = line.split(separator: " ")
      var text = ""
      for code in fields[1].split(separator: "+") {
        let value = try #require(UInt32(code, radix: 16))
        text.unicodeScalars.append(try #require(Unicode.Scalar(value)))
      }
      #expect(TextWidth.of(text) == Int(fields[2]), "\(text)")
      count += 1
    }
    #expect(count > 20)
  }

  @Test(
    "sequences that terminals draw as one count as one",
    arguments: [
      ("☝🏽", 2), ("a\u{200d}b", 2), ("\u{7}\u{1b}", 0), ("🇰", 1), ("👨‍👩‍👧‍👦", 2), ("1️⃣", 2), ("한국어", 6),
      ("", 0), ("\u{1100}\u{1161}\u{11a8}", 2), ("👍🏽👍", 4), ("🇰🇷🇰", 3),
    ])
  func clusters(_ text: String, _ width: Int) {
    #expect(TextWidth.of(text) == width)
    #expect(text.reduce(0) { $0 + TextWidth.of($1) } == width)
  }

  @Test("padding counts columns, not characters")
  func padding() {
    #expect("한글".padded(to: 6) == "한글  ")
    #expect("7".padded(to: 3, .right) == "  7")
    #expect("ab".padded(to: 5, .center) == " ab  ")
    #expect("longer".padded(to: 3) == "longer")
  }

  @Test(
    "truncation keeps clusters whole",
    arguments: [
      ("abcdef", 4, "abc…"), ("abcd", 4, "abcd"), ("한국어", 5, "한국…"), ("한국어", 4, "한…"), ("👩‍💻👩‍💻", 3, "👩‍💻…"),
      ("abc", 1, "…"), ("abc", 0, ""), ("e\u{301}e\u{301}e\u{301}", 2, "e\u{301}…"),
    ])
  func truncation(_ text: String, _ width: Int, _ expected: String) {
    let cut = text.truncated(to: width)
    #expect(cut == expected)
    #expect(TextWidth.of(cut) <= width)
  }
}
