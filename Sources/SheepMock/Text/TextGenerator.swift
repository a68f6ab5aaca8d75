/// Makes the text of answers: readable, deterministic, with Markdown now and then.
struct TextGenerator {
  private var random: SeededRandom
  private let book: PhraseBook
  private let isKorean: Bool
  /// The last block's kind: two tables in a row would look odd.
  private var lastKind = 0

  /// A generator for a seed, in Korean or in English.
  init(seed: UInt64, korean: Bool) {
    random = SeededRandom(seed: seed)
    isKorean = korean
    book = korean ? .korean : .english
  }

  /// Whether a prompt asks in Korean: it has a Hangul syllable or letter.
  static func isKorean(_ text: String) -> Bool {
    text.unicodeScalars.contains { scalar in
      switch scalar.value {
      case 0x1100...0x11ff, 0x3130...0x318f, 0xac00...0xd7a3: true
      default: false
      }
    }
  }

  /// A natural answer: an opening, a few blocks, a closing; 40 to 250 tokens.
  mutating func answer() -> [UInt8] {
    var blocks = [opening()]
    let extras = random.below(3)
    for _ in 0..<extras { blocks.append(block()) }
    blocks.append(paragraph(closing: true))
    return Array(blocks.joined(separator: "\n\n").utf8)
  }

  /// A text of exactly `tokens` tokens by `TokenRule`.
  mutating func text(tokens: Int) -> [UInt8] {
    var text = Array(opening().utf8)
    // Where pieces meet, two tokens may become one, hence the reserve.
    let enough = tokens + tokens / 8 + 16
    var count = TokenRule.count(text)
    while count < enough {
      let piece = Array(("\n\n" + block()).utf8)
      count += TokenRule.count(piece)
      text += piece
    }
    let ends = TokenRule.cut(text)
    return tokens <= 0 ? [] : Array(text[..<(ends[min(tokens, ends.count) - 1])])
  }

  /// Reasoning of exactly `tokens` tokens.
  mutating func reasoning(tokens: Int) -> [UInt8] {
    var text: [UInt8] = []
    var count = 0
    while count < tokens {
      let piece = Array(((text.isEmpty ? "" : " ") + (random.pick(book.thoughts) ?? "")).utf8)
      count += TokenRule.count(piece)
      text += piece
    }
    let ends = TokenRule.cut(text)
    return tokens <= 0 ? [] : Array(text[..<(ends[min(tokens, ends.count) - 1])])
  }

  /// A few words, for the strings of a JSON answer.
  mutating func phrase() -> String {
    let subject = random.pick(book.subjects) ?? ""
    let predicate = random.pick(book.predicates) ?? ""
    return "\(subject) \(predicate)"
  }

  private mutating func opening() -> String {
    let first = random.pick(book.openings) ?? ""
    return "\(first) \(sentence()) \(sentence())"
  }

  private mutating func block() -> String {
    var kind = random.below(6)
    if kind == lastKind { kind = (kind + 1) % 6 }
    lastKind = kind
    switch kind {
    case 0:
      let introduction = random.pick(book.listIntroductions) ?? ""
      let start = random.below(book.items.count)
      let items = (0..<3).map { "- " + book.items[(start + $0) % book.items.count] }
      return "\(introduction)\n\n\(items.joined(separator: "\n"))"
    case 1:
      return "\(random.pick(book.codeIntroductions) ?? "")\n\n\(random.pick(book.code) ?? "")"
    case 2: return table()
    case 3: return "## \(random.pick(book.headings) ?? "")\n\n\(paragraph(closing: false))"
    default: return paragraph(closing: false)
    }
  }

  private mutating func table() -> String {
    let rule = book.tableHead.map { _ in "---" }
    let start = random.below(book.tableRows.count)
    let rows = (0..<3).map { book.tableRows[(start + $0) % book.tableRows.count] }
    return ([book.tableHead, rule] + rows)
      .map { "| " + $0.joined(separator: " | ") + " |" }.joined(separator: "\n")
  }

  private mutating func paragraph(closing: Bool) -> String {
    var sentences: [String] = []
    for _ in 0..<(1 + random.below(3)) { sentences.append(sentence()) }
    if closing { sentences.append(random.pick(book.closings) ?? "") }
    return sentences.joined(separator: " ")
  }

  private mutating func sentence() -> String {
    let subject = random.pick(book.subjects) ?? ""
    let predicate = random.pick(book.predicates) ?? ""
    let circumstance = random.pick(book.circumstances) ?? ""
    return isKorean
      ? "\(circumstance) \(subject) \(predicate)" : "\(subject) \(predicate) \(circumstance)."
  }
}
