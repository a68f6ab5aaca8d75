import SheepTerminal
import Testing

@Suite("escape filter")
struct EscapeFilterTests {
  private func filtered(
    _ pieces: [[UInt8]], _ mode: EscapeFilter.Mode = .answer
  ) -> (text: [UInt8], removed: Int) {
    var filter = EscapeFilter(mode)
    var output: [UInt8] = []
    for piece in pieces { filter.write(piece, to: &output) }
    filter.finish(to: &output)
    return (output, filter.removed)
  }

  private static let esc = "\u{1b}"

  /// What a model or a server may send, and what of it is text.
  static let corpus: [(name: String, input: String, output: String, removed: Int)] = [
    ("colour", "a\(esc)[31mred\(esc)[0m", "ared", 2),
    ("clear screen", "\(esc)[2J\(esc)[Hx", "x", 2),
    ("title", "a\(esc)]0;evil\u{07}b\(esc)]2;evil\(esc)\\c", "abc", 2),
    ("link", "\(esc)]8;;https://evil.example\(esc)\\text\(esc)]8;;\(esc)\\", "text", 2),
    ("unclosed link", "a\(esc)]8;;https://evil.example text\nnext", "a\nnext", 1),
    ("clipboard", "a\(esc)]52;c;ZXZpbA==\u{07}b", "ab", 1),
    ("colour queries", "\(esc)]4;1;?\u{07}\(esc)]10;?\u{07}\(esc)]11;?\(esc)\\x", "x", 3),
    ("cursor query", "a\(esc)[6nb", "ab", 1),
    ("DECRQSS", "a\(esc)P$qm\(esc)\\b", "ab", 1),
    ("end of bracketed paste", "a\(esc)[201~b", "ab", 1),
    ("APC, PM, SOS", "a\(esc)_G\(esc)\\b\(esc)^p\(esc)\\c\(esc)Xs\(esc)\\d", "abcd", 3),
    ("two bytes", "a\(esc)cb\(esc)7c\(esc)(Bd\(esc)#8e", "abcde", 4),
    ("C1 CSI", "a\u{9b}31mb", "ab", 1),
    ("C1 OSC", "a\u{9d}0;evil\u{9c}b\u{90}x\u{9c}c\u{85}d", "abcd", 3),
    ("sequence inside a string", "a\(esc)]0;x\(esc)[31mb", "ab", 1),
    ("sequence inside a sequence", "a\(esc)[3\(esc)[1mb", "ab", 1),
    ("line end inside a sequence", "a\(esc)[31\nb", "a\nb", 1),
    ("text inside a sequence", "a\(esc)[3한b", "a한b", 1),
    ("abort", "a\(esc)]0;x\u{18}b\(esc)[3\u{1a}c", "abc", 2),
    ("open at the end", "a\(esc)[31", "a", 1),
    ("string terminator alone", "a\(esc)\\b", "ab", 1),
    ("carriage return", "safe\rEVIL", "safe\nEVIL", 0),
    ("line ends", "a\r\nb\rc\nd\r\r\ne\n\rf", "a\nb\nc\nd\n\ne\n\nf", 0),
    ("backspaces", "rm\u{8}\u{8}ls\u{7f}", "rmls", 3),
    ("tab", "a\tb", "a\tb", 0),
    ("bidi", "a\u{202e}b\u{2066}c\u{2069}\u{200f}d", "abcd", 4),
    ("separators", "a\u{2028}b\u{2029}c", "abc", 2),
    ("tags", "a\u{e0041}\u{e007f}b", "ab", 2),
    ("zero width", "a\u{200b}b\u{feff}c\u{2060}d", "abcd", 3),
    ("joiners and selectors", "👩\u{200d}💻 ❤\u{fe0f} a\u{200c}b", "👩\u{200d}💻 ❤\u{fe0f} a\u{200c}b", 0),
    ("plain", "Hello, 세계! é 漢字 😀\n", "Hello, 세계! é 漢字 😀\n", 0),
  ]

  @Test("a text that ends in a carriage return does not swallow the first line feed of the next one")
  func carriageReturnAtTheEnd() {
    var filter = EscapeFilter(.answer)
    var output: [UInt8] = []
    filter.write(Array("a\r".utf8), to: &output)
    filter.finish(to: &output)
    filter.write(Array("\nb".utf8), to: &output)
    filter.finish(to: &output)
    #expect(String(decoding: output, as: UTF8.self) == "a\n\nb")
  }

  @Test("known escape sequences are filtered however their bytes are cut", arguments: corpus.map(\.name))
  func knownSequences(_ name: String) throws {
    let entry = try #require(Self.corpus.first { $0.name == name })
    let bytes = Array(entry.input.utf8)
    let whole = filtered([bytes])
    #expect(String(decoding: whole.text, as: UTF8.self) == entry.output)
    #expect(whole.removed == entry.removed)
    for cut in 0...bytes.count {
      let parts = filtered([Array(bytes[..<cut]), Array(bytes[cut...])])
      #expect(parts == whole, "cut at \(cut)")
    }
    #expect(filtered(bytes.map { [$0] }) == whole)
  }

  @Test("an unclosed string sequence hides at most 4 KiB")
  func unclosedString() {
    let text = [UInt8](repeating: 0x61, count: 10_000)
    let output = filtered([Array("\u{1b}]0;".utf8) + text]).text
    #expect(output.count > 10_000 - 4096 && output.count < 10_000)
    let korean = Array(String(repeating: "한", count: 4000).utf8)
    let shown = filtered([Array("\u{1b}]0;".utf8) + korean]).text
    #expect(shown.count > korean.count - 4100 && shown.count < korean.count)
  }

  @Test("a million bells are removed and counted")
  func bells() {
    let result = filtered([[UInt8](repeating: 7, count: 1_000_000), [0x61]])
    #expect(result.text == [0x61])
    #expect(result.removed == 1_000_000)
  }

  static let badUTF8: [[UInt8]] = [
    [0x80], [0xc0, 0x80], [0xc1, 0xbf], [0xe0, 0x80, 0x80], [0xed, 0xa0, 0x80], [0xf0, 0x80, 0x80, 0x80],
    [0xf4, 0x90, 0x80, 0x80], [0xf5, 0x80], [0xff, 0xfe], [0xe2, 0x82], [0xf0, 0x9f, 0x98], [0xc3],
    [0xe2, 0x28, 0xa1], [0xf0, 0x9f, 0x41, 0x42], [0x9b, 0x33, 0x31, 0x6d], [0xe2, 0x82, 0xe2, 0x82, 0xac],
    [0xed, 0xbf, 0xbf, 0xed, 0x9f, 0xbf], [0x41, 0xe1, 0x80, 0xe2, 0xf0, 0x91, 0x92, 0xf1, 0xbf, 0x41],
  ]

  @Test("bytes that are not UTF-8 become replacement characters", arguments: badUTF8)
  func replacement(_ bytes: [UInt8]) {
    let expected = Array(String(decoding: bytes, as: UTF8.self).utf8)
    #expect(filtered([bytes]).text == expected)
    #expect(filtered(bytes.map { [$0] }).text == expected)
    // Beside other text the fast path meets them.
    let beside = Array("한글 text ".utf8) + bytes + Array(" 漢字 and more text".utf8)
    #expect(filtered([beside]).text == Array(String(decoding: beside, as: UTF8.self).utf8))
  }

  /// Bytes that are often special, so that random text meets every state.
  private static let alphabet: [UInt8] =
    Array("\u{1b}\u{1b}\u{1b}[[]]PX^_\\;0123mHJ?(B\r\n\t\u{7}\u{8}\u{18}\u{7f}ab ".utf8)
    + [
      0x80, 0x9b, 0x9c, 0x9d, 0xc2, 0xc2, 0xc3, 0xe2, 0x80, 0xae, 0xa8, 0xed, 0xa0, 0xf0, 0x9f, 0x98, 0xf3,
      0xa0, 0x81,
    ]

  private func isSafe(_ bytes: [UInt8], linesToo: Bool = false) -> Bool {
    String(decoding: bytes, as: UTF8.self).unicodeScalars.allSatisfy { scalar in
      switch scalar.value {
      case 0x09, 0x0a: !linesToo
      case 0..<0x20, 0x7f..<0xa0, 0x202a...0x202e, 0x2066...0x2069, 0x2028, 0x2029: false
      default: true
      }
    } && String(validating: bytes, as: UTF8.self) != nil
  }

  @Test("random bytes are safe and the same however they are cut", arguments: 1...200)
  func randomBytes(_ seed: Int) {
    var generator = SeededGenerator(UInt64(seed))
    let bytes = (0..<300).compactMap { _ in Self.alphabet.randomElement(using: &generator) }
    for mode in [EscapeFilter.Mode.answer, .visible(.keep), .visible(.symbol), .visible(.space)] {
      let whole = filtered([bytes], mode)
      let isOneLine =
        if case .visible(.keep) = mode { false } else if case .answer = mode { false } else { true }
      #expect(isSafe(whole.text, linesToo: isOneLine))
      for longest in [1, 2, 7, 50] {
        #expect(filtered(randomPieces(bytes, longest: longest, using: &generator), mode) == whole)
      }
    }
  }

  @Test(
    "a name shows the control characters in it as visible text",
    arguments: [
      ("a\u{1b}[31mb", "a^[[31mb"), ("a\u{7}\u{7f}b", "a^G^?b"), ("a\u{9b}31m", "a<U+009B>31m"),
      ("a\u{202e}b", "a<U+202E>b"), ("a\u{e0041}b", "a<U+E0041>b"), ("a\nb\r\nc", "a␤b␤c"), ("a\tb", "a b"),
      ("모델-1", "모델-1"), ("a\u{0}b", "a^@b"),
    ])
  func names(_ input: String, _ output: String) {
    #expect(EscapeFilter.visible(input) == output)
  }

  @Test("line feeds become spaces, or stay")
  func lineFeeds() {
    #expect(EscapeFilter.visible("a\r\nb", lineFeeds: .space) == "a b")
    #expect(EscapeFilter.visible("a\r\nb\t", lineFeeds: .keep) == "a\nb\t")
  }
}
