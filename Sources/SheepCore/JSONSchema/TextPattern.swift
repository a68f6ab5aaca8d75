/// A regular expression as JSON schemas use them: the part of ECMA-262 that a finite automaton
/// can match, so that matching takes time in proportion to text and pattern, whatever both are.
///
/// Knows literals, `.`, classes, `\d \w \s` and their opposites, anchors, word boundaries,
/// groups, alternation and counted repetition. Swift's own `Regex` is not used: it backtracks,
/// and its parser would be most of the program's size.
package struct TextPattern: Sendable {
  /// The pattern as the schema has it.
  package let source: String
  private let program: [Instruction]

  /// One step of the automaton.
  enum Instruction: Equatable, Sendable {
    case scalar(ScalarSet)
    case check(Anchor)
    case split(Int, Int)
    case jump(Int)
    case match
  }

  /// A condition on a place in the text.
  enum Anchor: Equatable, Sendable {
    case start, end, wordBoundary, noWordBoundary
  }

  /// Prepares a pattern; `nil` when it needs what an automaton cannot do (look-around, back
  /// references), names Unicode properties, is larger than is sensible, or is malformed.
  package init?(_ source: String) {
    var parser = TextPatternParser(source)
    guard let tree = parser.parse() else { return nil }
    var program: [Instruction] = []
    guard Self.emit(tree, into: &program) else { return nil }
    program.append(.match)
    self.source = source
    self.program = program
  }

  private static let sizeLimit = 4000

  private static func emit(_ tree: TextPatternParser.Tree, into program: inout [Instruction]) -> Bool {
    if program.count > sizeLimit { return false }
    switch tree {
    case .scalar(let set): program.append(.scalar(set))
    case .anchor(let anchor): program.append(.check(anchor))
    case .sequence(let parts): return parts.allSatisfy { emit($0, into: &program) }
    case .choice(let alternatives): return emit(alternatives, into: &program)
    case .repeated(let part, let least, let most):
      for _ in 0..<least {
        let before = program.count
        guard emit(part, into: &program) else { return false }
        if program.count == before { break }  // An empty part: once is as good as a million times.
      }
      guard let most else {
        let split = program.count
        program.append(.match)
        guard emit(part, into: &program) else { return false }
        program.append(.jump(split))
        program[split] = .split(split + 1, program.count)
        return true
      }
      var splits: [Int] = []
      for _ in least..<max(least, most) {
        splits.append(program.count)
        program.append(.match)
        guard emit(part, into: &program) else { return false }
      }
      for split in splits { program[split] = .split(split + 1, program.count) }
    }
    return true
  }

  private static func emit(
    _ alternatives: [TextPatternParser.Tree], into program: inout [Instruction]
  ) -> Bool {
    var jumps: [Int] = []
    for (index, alternative) in alternatives.enumerated() {
      let split = program.count
      let isLast = index == alternatives.count - 1
      if !isLast { program.append(.match) }
      guard emit(alternative, into: &program) else { return false }
      if isLast { break }
      jumps.append(program.count)
      program.append(.match)
      program[split] = .split(split + 1, program.count)
    }
    for jump in jumps { program[jump] = .jump(program.count) }
    return true
  }

  /// Whether the pattern occurs anywhere in `text`. Takes time in proportion to the text and the
  /// pattern, so it needs no other limit.
  package func occurs(in text: String) -> Bool {
    var budget = Int.max
    return occurs(in: text, budget: &budget) ?? false
  }

  /// Whether the pattern occurs anywhere in `text`; `nil` when `budget`, in steps, ran out.
  func occurs(in text: String, budget: inout Int) -> Bool? {
    var states = StateSet(capacity: program.count)
    var following = StateSet(capacity: program.count)
    var stack: [Int] = []
    var previous: Unicode.Scalar?
    var rest = text.unicodeScalars[...]
    while true {
      let next = rest.first
      if follow(0, &states, &stack, previous, next) { return true }
      guard let next else { return false }
      rest.removeFirst()
      let after = rest.first
      following.removeAll()
      for state in states.members {
        guard case .scalar(let set) = program[state], set.contains(next) else { continue }
        if follow(state + 1, &following, &stack, next, after) { return true }
      }
      budget -= states.members.count + 1
      if budget < 0 { return nil }
      swap(&states, &following)
      previous = next
    }
  }

  /// Adds a state and all that are reached from it without a scalar; true when one is the end.
  private func follow(
    _ first: Int, _ states: inout StateSet, _ stack: inout [Int], _ previous: Unicode.Scalar?,
    _ next: Unicode.Scalar?
  ) -> Bool {
    stack.append(first)
    while let state = stack.popLast() {
      guard states.insert(state) else { continue }
      switch program[state] {
      case .match:
        stack.removeAll(keepingCapacity: true)
        return true
      case .scalar: break
      case .jump(let target): stack.append(target)
      case .split(let one, let other):
        stack.append(other)
        stack.append(one)
      case .check(let anchor):
        if Self.holds(anchor, previous, next) { stack.append(state + 1) }
      }
    }
    return false
  }

  private static func holds(_ anchor: Anchor, _ previous: Unicode.Scalar?, _ next: Unicode.Scalar?) -> Bool {
    switch anchor {
    case .start: return previous == nil
    case .end: return next == nil
    case .wordBoundary, .noWordBoundary:
      let left = previous.map(ScalarSet.word.contains) ?? false
      let right = next.map(ScalarSet.word.contains) ?? false
      return (left != right) == (anchor == .wordBoundary)
    }
  }

  /// A set of states that is emptied in no time.
  private struct StateSet {
    var members: [Int] = []
    private var isMember: [Bool]

    init(capacity: Int) {
      isMember = Array(repeating: false, count: capacity)
    }

    mutating func insert(_ state: Int) -> Bool {
      if isMember[state] { return false }
      isMember[state] = true
      members.append(state)
      return true
    }

    mutating func removeAll() {
      for member in members { isMember[member] = false }
      members.removeAll(keepingCapacity: true)
    }
  }
}

/// A set of Unicode scalars.
struct ScalarSet: Equatable, Sendable {
  /// The ranges, by value; they may overlap.
  var ranges: [ClosedRange<UInt32>]
  /// Whether the set is everything but the ranges.
  var isInverted = false

  /// `\d`
  static let digit = ScalarSet(ranges: [0x30...0x39])
  /// `\w`
  static let word = ScalarSet(ranges: [0x30...0x39, 0x41...0x5a, 0x5f...0x5f, 0x61...0x7a])
  /// `\s`
  static let space = ScalarSet(ranges: [
    0x09...0x0d, 0x20...0x20, 0xa0...0xa0, 0x1680...0x1680, 0x2000...0x200a, 0x2028...0x2029,
    0x202f...0x202f, 0x205f...0x205f, 0x3000...0x3000, 0xfeff...0xfeff,
  ])
  /// `.`
  static let notLineEnd = ScalarSet(
    ranges: [0x0a...0x0a, 0x0d...0x0d, 0x2028...0x2029], isInverted: true)

  /// Everything that is not in this set.
  var inverted: ScalarSet { ScalarSet(ranges: ranges, isInverted: !isInverted) }

  /// Whether the set has the scalar.
  func contains(_ scalar: Unicode.Scalar) -> Bool {
    ranges.contains { $0.contains(scalar.value) } != isInverted
  }

  /// Adds the other set's scalars.
  mutating func formUnion(_ other: ScalarSet) {
    ranges += other.isInverted ? other.gaps : other.ranges
  }

  /// The ranges between the ranges.
  private var gaps: [ClosedRange<UInt32>] {
    var result: [ClosedRange<UInt32>] = []
    var next: UInt32 = 0
    for range in ranges.ordered(by: { $0.lowerBound < $1.lowerBound }) {
      if range.lowerBound > next { result.append(next...range.lowerBound - 1) }
      next = max(next, range.upperBound + 1)
    }
    if next <= 0x10_ffff { result.append(next...0x10_ffff) }
    return result
  }
}
