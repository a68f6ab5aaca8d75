/// The tokens of inline markup whose meaning is not settled yet.
struct InlineTokens: Sendable {
  /// A mark that opens and closes a look.
  enum Mark: Sendable, Equatable {
    case strong(UInt32)
    case emphasis(UInt32)
    case strike
    case link
    case image

    /// The mark that `count` (1 or 2) delimiters make.
    init(_ delimiter: UInt32, _ count: Int) {
      self =
        delimiter == UInt32(ascii: "~")
        ? .strike : count == 2 ? .strong(delimiter) : .emphasis(delimiter)
    }

    var ink: Ink {
      switch self {
      case .strong: .bold
      case .emphasis: .italic
      case .strike: .strike
      case .link, .image: .underline
      }
    }

    var literal: [UInt32] {
      switch self {
      case .strong(let delimiter): [delimiter, delimiter]
      case .emphasis(let delimiter): [delimiter]
      case .strike: [UInt32(ascii: "~"), UInt32(ascii: "~")]
      case .link: [UInt32(ascii: "[")]
      case .image: [UInt32(ascii: "!"), UInt32(ascii: "[")]
      }
    }

    var isBracket: Bool { self == .link || self == .image }

    /// The delimiters that close it; 0 for brackets and other delimiters.
    func size(closedBy delimiter: UInt32) -> Int {
      switch self {
      case .strong(let own): own == delimiter ? 2 : 0
      case .emphasis(let own): own == delimiter ? 1 : 0
      case .strike: delimiter == UInt32(ascii: "~") ? 2 : 0
      case .link, .image: 0
      }
    }
  }

  enum Look: Sendable, Equatable { case text, code, target }

  private enum Token: Sendable {
    case character(UInt32, Look)
    case on(Mark)
    case off(Mark)
    case literal(Mark)
  }

  /// An opening that waits for its end; `token` is nil once it has been shown.
  private struct Opening: Sendable {
    var mark: Mark
    var token: Int?
  }

  private var tokens: [Token] = []
  private var openings: [Opening] = []
  /// The looks in force after all that was flushed.
  private(set) var active: Ink = []

  var isEmpty: Bool { tokens.isEmpty && openings.isEmpty }
  var count: Int { tokens.count }
  /// Whether a token waits for its end to be understood.
  var hasOpen: Bool { openings.contains { $0.token != nil } }
  var hasBracket: Bool { openings.contains { $0.mark.isBracket } }
  /// Deep nesting means nothing and would cost time.
  var canOpenMore: Bool { openings.count < 12 }

  mutating func put(_ value: UInt32, _ look: Look) { tokens.append(.character(value, look)) }

  /// Opens a mark, to be closed later or turned into text.
  mutating func open(_ mark: Mark) {
    guard canOpenMore else {
      for value in mark.literal { put(value, .text) }
      return
    }
    openings.append(Opening(mark: mark, token: tokens.count))
    tokens.append(.literal(mark))
  }

  /// Closes the nearest opening of at most this many delimiters, an equal one
  /// first; the number used, or nil when there is none.
  mutating func close(_ delimiter: UInt32, atMost count: Int) -> Int? {
    func nearest(_ fits: (Int) -> Bool) -> Int? {
      openings.lastIndex { fits($0.mark.size(closedBy: delimiter)) }
    }
    guard
      let index = (count < 3 ? nearest { $0 == count } : nil)
        ?? nearest({ $0 > 0 && $0 <= count })
    else { return nil }
    let mark = openings[index].mark
    settle(index)
    tokens.append(.off(mark))
    return mark.size(closedBy: delimiter)
  }

  /// Ends the innermost bracket as a link to `target`.
  mutating func closeLink(target: [UInt32]) {
    guard let index = openings.lastIndex(where: { $0.mark.isBracket }),
      let start = openings[index].token
    else { return }
    let mark = openings[index].mark
    let label = tokens[(start + 1)...].compactMap { token -> UInt32? in
      if case .character(let value, _) = token { value } else { nil }
    }
    settle(index)
    tokens.append(.off(mark))
    guard !target.isEmpty, label != target else { return }
    put(UInt32(ascii: " "), .text)
    put(UInt32(ascii: "("), .target)
    for value in target { put(value, .target) }
    put(UInt32(ascii: ")"), .target)
  }

  /// The innermost bracket is no link.
  mutating func discardBracket() {
    guard let index = openings.lastIndex(where: { $0.mark.isBracket }) else { return }
    openings.remove(at: index)
  }

  /// Makes an opening take effect and drops those inside it, which stay text.
  private mutating func settle(_ index: Int) {
    if let token = openings[index].token { tokens[token] = .on(openings[index].mark) }
    for inner in openings[(index + 1)...] where inner.token == nil {
      tokens.append(.off(inner.mark))
    }
    openings.removeSubrange(index...)
  }

  /// Settles every opening: as in force, or as text.
  ///
  /// With `onlyStrong` the bold ones take effect and stay open, and only the
  /// others become text.
  mutating func resolveAll(asOpen: Bool, onlyStrong: Bool = false) {
    var kept: [Opening] = []
    for opening in openings {
      let isStrong = if case .strong = opening.mark { true } else { false }
      guard asOpen, isStrong || !(onlyStrong || opening.mark.isBracket) else { continue }
      if let token = opening.token { tokens[token] = .on(opening.mark) }
      kept.append(Opening(mark: opening.mark, token: nil))
    }
    openings = kept
  }

  /// Hands all tokens to the wrapper.
  mutating func flush(to wrapper: inout LineWrapper, base: Ink, keepsMarks: Bool) {
    for token in tokens {
      switch token {
      case .character(let value, .text): wrapper.put(value, base.union(active))
      case .character(let value, .code):
        wrapper.put(value, Self.code.union(active.intersection([.bold, .strike])))
      case .character(let value, .target): wrapper.put(value, .dim)
      case .literal(let mark): put(mark, base.union(active), &wrapper)
      case .on(let mark):
        active.formUnion(mark.ink)
        if keepsMarks, !mark.isBracket { put(mark, base.union(active), &wrapper) }
      case .off(let mark):
        if keepsMarks, !mark.isBracket { put(mark, base.union(active), &wrapper) }
        active.subtract(mark.ink)
      }
    }
    tokens.removeAll(keepingCapacity: true)
    for index in openings.indices { openings[index].token = nil }
  }

  private static let code: Ink = .cyan

  private func put(_ mark: Mark, _ ink: Ink, _ wrapper: inout LineWrapper) {
    for value in mark.literal { wrapper.put(value, ink) }
  }
}
