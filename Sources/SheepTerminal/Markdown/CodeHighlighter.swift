/// Colours code lightly, a character at a time: keywords, strings, comments and
/// numbers. It changes no character and drops none.
struct CodeHighlighter: Sendable {
  private enum State: Sendable {
    case plain
    case word
    case number
    case string(quote: UInt32, isTriple: Bool)
    case stringEscape(quote: UInt32, isTriple: Bool)
    case lineComment
    case blockComment
  }

  private static let keyword: Ink = .magenta
  private static let string: Ink = .green
  private static let comment: Ink = .dim
  private static let number: Ink = .cyan
  /// A longer word is no keyword.
  private static let longestWord = 64

  private let language: CodeLanguage?
  private var state = State.plain
  /// A word, or signs that may open a comment.
  private var pending: [UInt32] = []
  /// The last characters of a string or a block comment, to find its end.
  private var tail: [UInt32] = []
  private var previous: UInt32 = UInt32(ascii: "\n")
  private var stringLength = 0
  /// The quote of an empty string that has just ended: one more makes it triple.
  private var closedEmptyString: UInt32?
  /// Whether the last signs were `<` or `</`.
  private var isTagStart = false

  /// For code in this language; nil leaves the code plain.
  init(_ language: CodeLanguage?) { self.language = language }

  /// Takes the next character of a line.
  mutating func put(_ value: UInt32, _ wrapper: inout LineWrapper) {
    guard let language else {
      wrapper.putUnwrapped(value, [])
      return
    }
    switch state {
    case .plain: plain(value, language, &wrapper)
    case .word, .number: word(value, language, &wrapper)
    case .string(let quote, let isTriple): string(value, quote, isTriple, &wrapper)
    case .stringEscape(let quote, let isTriple):
      wrapper.putUnwrapped(value, Self.string)
      stringLength += 1
      tail.removeAll(keepingCapacity: true)
      state = .string(quote: quote, isTriple: isTriple)
    case .lineComment: wrapper.putUnwrapped(value, Self.comment)
    case .blockComment: blockComment(value, language, &wrapper)
    }
  }

  /// Ends a line: what cannot go on to the next one is closed.
  mutating func endLine(_ wrapper: inout LineWrapper) {
    flush(&wrapper)
    switch state {
    case .word, .number, .lineComment: state = .plain
    case .string(let quote, false), .stringEscape(let quote, false):
      state =
        language?.longQuotes.contains(quote) == true ? .string(quote: quote, isTriple: false) : .plain
    default: break
    }
    tail.removeAll(keepingCapacity: true)
    stringLength += 1
    previous = UInt32(ascii: "\n")
    isTagStart = false
  }

  /// Writes the held word or signs in the colour that they have so far.
  mutating func flush(_ wrapper: inout LineWrapper) {
    let ink: Ink =
      switch state {
      case .number: Self.number
      case .word: isKeyword ? Self.keyword : []
      default: []
      }
    for value in pending { wrapper.putUnwrapped(value, ink) }
    pending.removeAll(keepingCapacity: true)
  }

  private var isKeyword: Bool {
    guard let language, pending.count < Self.longestWord else { return false }
    if language.hasTags { return isTagStart }
    var bytes: [UInt8] = []
    for value in pending { appendUTF8(value, to: &bytes) }
    let text = String(decoding: bytes, as: UTF8.self)
    return language.keywords.contains(language.ignoresCase ? text.lowercased() : text)
  }

  private mutating func plain(
    _ value: UInt32, _ language: CodeLanguage, _ wrapper: inout LineWrapper
  ) {
    if Self.mayOpenComment(value), isOpening(pending + [value], language) {
      pending.append(value)
      enterComment(language, &wrapper)
      return
    }
    if !pending.isEmpty {
      // Not a comment after all. The last held sign may still begin one.
      flushSigns(&wrapper)
      plain(value, language, &wrapper)
      return
    }
    if Self.isLetter(value) || Self.isDigit(value) {
      state = Self.isDigit(value) ? .number : .word
      pending.append(value)
      return
    }
    if language.quotes.contains(value) {
      let isTriple = language.tripleQuotes.contains(value) && closedEmptyString == value
      state = .string(quote: value, isTriple: isTriple)
      stringLength = 0
      tail.removeAll(keepingCapacity: true)
      wrapper.putUnwrapped(value, Self.string)
      closedEmptyString = nil
    } else {
      wrapper.putUnwrapped(value, [])
      closedEmptyString = nil
    }
    isTagStart =
      value == UInt32(ascii: "<") || (value == UInt32(ascii: "/") && previous == UInt32(ascii: "<"))
    previous = value
  }

  private mutating func flushSigns(_ wrapper: inout LineWrapper) {
    for value in pending {
      wrapper.putUnwrapped(value, [])
      isTagStart =
        value == UInt32(ascii: "<") || (value == UInt32(ascii: "/") && previous == UInt32(ascii: "<"))
      previous = value
    }
    closedEmptyString = nil
    pending.removeAll(keepingCapacity: true)
  }

  /// Whether this sign occurs in any comment's opening: `#`, `/`, `*`, `-`, `<`, `!`.
  private static func mayOpenComment(_ value: UInt32) -> Bool {
    switch value {
    case UInt32(ascii: "!"), UInt32(ascii: "#"), UInt32(ascii: "*"), UInt32(ascii: "-"), UInt32(ascii: "/"),
      UInt32(ascii: "<"):
      true
    default: false
    }
  }

  /// Whether these signs are a comment's opening or the beginning of one.
  private func isOpening(_ signs: [UInt32], _ language: CodeLanguage) -> Bool {
    if let open = language.blockComment?.open, open.starts(with: signs) { return true }
    if language.commentsNeedBlank, previous != UInt32(ascii: " "), previous != UInt32(ascii: "\n"),
      previous != UInt32(ascii: "\t")
    {
      return false
    }
    return language.lineComments.contains { $0.starts(with: signs) }
  }

  private mutating func enterComment(_ language: CodeLanguage, _ wrapper: inout LineWrapper) {
    if language.lineComments.contains(pending) {
      state = .lineComment
    } else if let open = language.blockComment?.open, open == pending {
      state = .blockComment
    } else {
      return
    }
    for value in pending { wrapper.putUnwrapped(value, Self.comment) }
    pending.removeAll(keepingCapacity: true)
    tail.removeAll(keepingCapacity: true)
  }

  private mutating func word(
    _ value: UInt32, _ language: CodeLanguage, _ wrapper: inout LineWrapper
  ) {
    let isNumber = if case .number = state { true } else { false }
    let goesOn =
      Self.isLetter(value) || Self.isDigit(value) || (isNumber && value == UInt32(ascii: "."))
      || (language.hasTags && value == UInt32(ascii: "-"))
    if goesOn, pending.count < Self.longestWord {
      pending.append(value)
      return
    }
    previous = pending.last ?? previous
    flush(&wrapper)
    closedEmptyString = nil
    isTagStart = false
    if goesOn {
      // Far too long for a keyword: it goes out in parts.
      pending.append(value)
    } else {
      state = .plain
      plain(value, language, &wrapper)
    }
  }

  private mutating func string(
    _ value: UInt32, _ quote: UInt32, _ isTriple: Bool, _ wrapper: inout LineWrapper
  ) {
    wrapper.putUnwrapped(value, Self.string)
    if value == UInt32(ascii: "\\") {
      state = .stringEscape(quote: quote, isTriple: isTriple)
      return
    }
    if value != quote {
      tail.removeAll(keepingCapacity: true)
    } else if !isTriple || tail.count == 2 {
      state = .plain
      closedEmptyString = !isTriple && stringLength == 0 ? quote : nil
      tail.removeAll(keepingCapacity: true)
      previous = value
    } else {
      tail.append(value)
    }
    stringLength += 1
  }

  private mutating func blockComment(
    _ value: UInt32, _ language: CodeLanguage, _ wrapper: inout LineWrapper
  ) {
    wrapper.putUnwrapped(value, Self.comment)
    guard let close = language.blockComment?.close else { return }
    tail.append(value)
    if tail.count > close.count { tail.removeFirst() }
    if tail == close {
      state = .plain
      tail.removeAll(keepingCapacity: true)
      previous = value
    }
  }

  private static func isLetter(_ value: UInt32) -> Bool {
    switch value {
    case UInt32(ascii: "A")...UInt32(ascii: "Z"), UInt32(ascii: "a")...UInt32(ascii: "z"), UInt32(ascii: "_"),
      UInt32(ascii: "@"), 0xc0...0x10ffff:
      true
    default: false
    }
  }

  private static func isDigit(_ value: UInt32) -> Bool { UInt32(ascii: "0")...UInt32(ascii: "9") ~= value }
}
