/// Reads the inline markup of one line, a character at a time, into a wrapper.
///
/// Plain text goes straight on. From an opening mark on, tokens are held until
/// the mark is closed, or until it is plain that it never will be: then it is
/// text, as in `**kwargs`.
struct InlineParser: Sendable {
  private enum State: Sendable {
    case text
    case backslash
    /// A run of one delimiter, whose next character is awaited.
    case run(UInt32, Int)
    /// Inside a code span that this many backticks opened.
    case code(Int)
    /// After `]`, where `(` makes a link of the bracket.
    case afterBracket
    /// Inside a link's target; the number is of open parentheses.
    case target(Int)
    /// After `!`, where `[` makes an image.
    case bang
  }

  /// Held text beyond this is let go: a mark this far from its end is no mark, or
  /// a long bold passage that had better show.
  private static let longestHold = 400
  private static let longestTarget = 2048

  /// The look of text without markup.
  var base: Ink = []
  private let keepsMarks: Bool
  private var state = State.text
  private var tokens = InlineTokens()
  /// What a code span or a link target has brought so far.
  private var held: [UInt32] = []
  private var previous: UInt32 = UInt32(ascii: " ")

  /// `keepsMarks` shows the marks themselves: for a terminal without styles.
  init(keepsMarks: Bool) { self.keepsMarks = keepsMarks }

  /// Whether plain letters may go to the wrapper without passing here.
  var isIdle: Bool {
    if case .text = state { return tokens.isEmpty }
    return false
  }

  /// Tells what letters went past, so that the next mark knows its neighbour.
  mutating func passed(_ letter: UInt32) { previous = letter }

  /// Takes the next character of the line.
  mutating func put(_ value: UInt32, _ wrapper: inout LineWrapper) {
    switch state {
    case .text: text(value, &wrapper)
    case .backslash: backslash(value, &wrapper)
    case .run(let mark, let count): run(mark, count, value, &wrapper)
    case .code(let count): code(count, value, &wrapper)
    case .afterBracket: afterBracket(value, &wrapper)
    case .target(let depth): target(depth, value, &wrapper)
    case .bang:
      state = .text
      if value == UInt32(ascii: "[") {
        tokens.open(.image)
        previous = value
      } else {
        emit(UInt32(ascii: "!"), &wrapper)
        text(value, &wrapper)
      }
    }
  }

  /// Ends the line: what was not closed is text.
  mutating func endLine(_ wrapper: inout LineWrapper) {
    // Each round closes the state; replayed text may open another, shorter one.
    while true {
      switch state {
      case .text:
        tokens.resolveAll(asOpen: false)
        flush(&wrapper)
        tokens = InlineTokens()
        previous = UInt32(ascii: " ")
        return
      case .backslash:
        state = .text
        emit(UInt32(ascii: "\\"), &wrapper)
      case .bang:
        state = .text
        emit(UInt32(ascii: "!"), &wrapper)
      case .run(let mark, let count):
        state = .text
        close(mark, count, next: UInt32(ascii: " "), &wrapper)
      case .code, .target: replay(&wrapper)
      case .afterBracket:
        state = .text
        tokens.discardBracket()
        emit(UInt32(ascii: "]"), &wrapper)
      }
    }
  }

  /// Shows what is held as if every open mark were going to be closed: for the
  /// open line on the screen. The parser is spent afterwards.
  mutating func preview(_ wrapper: inout LineWrapper) {
    switch state {
    case .bang: emit(UInt32(ascii: "!"), &wrapper)
    case .afterBracket: emit(UInt32(ascii: "]"), &wrapper)
    default: break
    }
    tokens.resolveAll(asOpen: true)
    flush(&wrapper)
    if case .code = state {
      for value in held { tokens.put(value, .code) }
      flush(&wrapper)
    }
  }

  private mutating func text(_ value: UInt32, _ wrapper: inout LineWrapper) {
    switch value {
    case UInt32(ascii: "*"), UInt32(ascii: "_"), UInt32(ascii: "`"), UInt32(ascii: "~"):
      state = .run(value, 1)
    case UInt32(ascii: "\\"): state = .backslash
    case UInt32(ascii: "!"): state = .bang
    case UInt32(ascii: "["):
      tokens.open(.link)
      previous = value
    case UInt32(ascii: "]") where tokens.hasBracket: state = .afterBracket
    default: emit(value, &wrapper)
    }
  }

  private mutating func emit(_ value: UInt32, _ wrapper: inout LineWrapper) {
    previous = value
    if tokens.isEmpty, tokens.active.isEmpty {
      wrapper.put(value, base)
      return
    }
    tokens.put(value, .text)
    if tokens.count > Self.longestHold {
      tokens.resolveAll(asOpen: true, onlyStrong: true)
      flush(&wrapper)
    } else if !tokens.hasOpen {
      flush(&wrapper)
    }
  }

  private mutating func flush(_ wrapper: inout LineWrapper) {
    tokens.flush(to: &wrapper, base: base, keepsMarks: keepsMarks)
  }

  private mutating func backslash(_ value: UInt32, _ wrapper: inout LineWrapper) {
    state = .text
    switch value {
    case UInt32(ascii: "*"), UInt32(ascii: "_"), UInt32(ascii: "`"), UInt32(ascii: "#"), UInt32(ascii: "|"),
      UInt32(ascii: "~"), UInt32(ascii: ">"), UInt32(ascii: "<"), UInt32(ascii: "-"), UInt32(ascii: "+"),
      UInt32(ascii: "."), UInt32(ascii: "!"):
      emit(value, &wrapper)
    case UInt32(ascii: "["), UInt32(ascii: "]"), UInt32(ascii: "("), UInt32(ascii: ")"), UInt32(ascii: "\\"):
      // Formulas begin and end in these far oftener than they are escapes.
      emit(UInt32(ascii: "\\"), &wrapper)
      emit(value, &wrapper)
    default:
      emit(UInt32(ascii: "\\"), &wrapper)
      text(value, &wrapper)
    }
  }

  private mutating func run(
    _ mark: UInt32, _ count: Int, _ value: UInt32, _ wrapper: inout LineWrapper
  ) {
    if value == mark, count < Self.longestHold {
      state = .run(mark, count + 1)
    } else if mark == UInt32(ascii: "`") {
      state = .code(count)
      held.removeAll(keepingCapacity: true)
      code(count, value, &wrapper)
    } else {
      state = .text
      close(mark, count, next: value, &wrapper)
      text(value, &wrapper)
    }
  }

  /// Decides what a whole run of delimiters is, by the characters at its sides.
  private mutating func close(
    _ mark: UInt32, _ count: Int, next: UInt32, _ wrapper: inout LineWrapper
  ) {
    func literal(_ count: Int) { for _ in 0..<count { emit(mark, &wrapper) } }
    guard mark == UInt32(ascii: "~") ? count == 2 : mark != UInt32(ascii: "`") && count <= 3 else {
      return literal(count)
    }
    let before = previous
    var canOpen = !isSpace(next)
    var canClose = !isSpace(before)
    if mark == UInt32(ascii: "_") {
      canOpen = canOpen && !isWord(before)
      canClose = canClose && !isWord(next)
    } else if mark == UInt32(ascii: "*"), count == 1, isLatinWord(before), isLatinWord(next) {
      // `2*3*4` is a product.
      canOpen = false
    }
    var left = count
    while canClose, left > 0, let size = tokens.close(mark, atMost: left) { left -= size }
    if left == count, canOpen, tokens.canOpenMore {
      if count != 1 { tokens.open(InlineTokens.Mark(mark, 2)) }
      if count != 2 { tokens.open(InlineTokens.Mark(mark, 1)) }
    } else {
      literal(left)
    }
    previous = mark
    if !tokens.hasOpen { flush(&wrapper) }
  }

  private mutating func code(_ count: Int, _ value: UInt32, _ wrapper: inout LineWrapper) {
    if value == UInt32(ascii: "`") {
      held.append(value)
      if held.count > Self.longestHold { replay(&wrapper) }
      return
    }
    if trailing(held) == count {
      state = .text
      closeCode(count, &wrapper)
      text(value, &wrapper)
      return
    }
    held.append(value)
    if held.count > Self.longestHold { replay(&wrapper) }
  }

  private mutating func closeCode(_ count: Int, _ wrapper: inout LineWrapper) {
    held.removeLast(count)
    var content = held[...]
    // One blank at both ends only keeps backticks apart.
    if content.count > 2, content.first == UInt32(ascii: " "), content.last == UInt32(ascii: " ") {
      content = content.dropFirst().dropLast()
    }
    let marks = keepsMarks ? count : 0
    for _ in 0..<marks { tokens.put(UInt32(ascii: "`"), .text) }
    for value in content { tokens.put(value, .code) }
    for _ in 0..<marks { tokens.put(UInt32(ascii: "`"), .text) }
    held.removeAll(keepingCapacity: true)
    previous = UInt32(ascii: "`")
    if !tokens.hasOpen { flush(&wrapper) }
  }

  private mutating func afterBracket(_ value: UInt32, _ wrapper: inout LineWrapper) {
    if value == UInt32(ascii: "(") {
      state = .target(0)
      held.removeAll(keepingCapacity: true)
      return
    }
    state = .text
    tokens.discardBracket()
    emit(UInt32(ascii: "]"), &wrapper)
    text(value, &wrapper)
  }

  private mutating func target(_ depth: Int, _ value: UInt32, _ wrapper: inout LineWrapper) {
    if value == UInt32(ascii: ")"), depth == 0 {
      state = .text
      let target = held.split(separator: UInt32(ascii: " "), maxSplits: 1).first.map(Array.init) ?? []
      tokens.closeLink(target: target)
      held.removeAll(keepingCapacity: true)
      previous = value
      if !tokens.hasOpen { flush(&wrapper) }
      return
    }
    // After a blank only a title in quotes may follow.
    let breaksTarget =
      held.last == UInt32(ascii: " ") && !held.contains(UInt32(ascii: "\"")) && value != UInt32(ascii: "\"")
    held.append(value)
    state = .target(value == UInt32(ascii: "(") ? depth + 1 : value == UInt32(ascii: ")") ? depth - 1 : depth)
    if breaksTarget || held.count > Self.longestTarget { replay(&wrapper) }
  }

  /// A code span or a link that came to nothing: its opening is text, and what
  /// followed is read again.
  private mutating func replay(_ wrapper: inout LineWrapper) {
    let again = held
    held = []
    switch state {
    case .code(let count):
      // A span may end with the line.
      if trailing(again) == count {
        held = again
        state = .text
        closeCode(count, &wrapper)
        return
      }
      state = .text
      for _ in 0..<count { emit(UInt32(ascii: "`"), &wrapper) }
      for value in again { put(value, &wrapper) }
    default:
      state = .text
      tokens.discardBracket()
      emit(UInt32(ascii: "]"), &wrapper)
      emit(UInt32(ascii: "("), &wrapper)
      // Not read for markup again, or `[a](` many times over would cost its square.
      for value in again.dropLast() { emit(value, &wrapper) }
      if let value = again.last { text(value, &wrapper) }
    }
  }

  /// The number of backticks at the end.
  private func trailing(_ values: [UInt32]) -> Int {
    values.count - (values.lastIndex { $0 != UInt32(ascii: "`") }.map { $0 + 1 } ?? 0)
  }

  private func isSpace(_ value: UInt32) -> Bool {
    value == UInt32(ascii: " ") || value == UInt32(ascii: "\t") || value == 0xa0 || value == 0x3000
  }

  private func isLatinWord(_ value: UInt32) -> Bool {
    switch value {
    case UInt32(ascii: "0")...UInt32(ascii: "9"), UInt32(ascii: "A")...UInt32(ascii: "Z"),
      UInt32(ascii: "a")...UInt32(ascii: "z"):
      true
    default: false
    }
  }

  private func isWord(_ value: UInt32) -> Bool {
    isLatinWord(value) || (value >= 0xc0 && !(0x2000...0x206f ~= value) && !(0x3000...0x303f ~= value))
  }
}
