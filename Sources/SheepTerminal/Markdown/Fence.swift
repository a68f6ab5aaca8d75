/// An open code fence: what closes it, and what stands before its lines.
struct Fence: Sendable {
  /// What the beginning of a line inside the fence says.
  enum Line: Equatable {
    case undecided
    case close
    /// The line is outside of the quote that held the fence.
    case left
    /// The line is code from this byte on.
    case code(Int)
  }

  /// The margin of the code and, for a fence after a list marker, of its label.
  var margin = LineWrapper.Margin()
  var outerMargin = LineWrapper.Margin()
  private var mark: UInt8 = UInt8(ascii: "`")
  private var length = 3
  private var indent = 0
  private var quoteDepth = 0
  private var infoStart = 0

  init() {}

  /// The fence that begins with these bytes, after `indent` columns of blanks.
  init(_ text: ArraySlice<UInt8>, indent: Int, quoteDepth: Int) {
    mark = text.first ?? UInt8(ascii: "`")
    self.indent = indent
    self.quoteDepth = quoteDepth
    infoStart = text.startIndex
  }

  /// The fence itself, as it was written.
  var text: String { String(repeating: mark == UInt8(ascii: "`") ? "`" : "~", count: length) }

  /// Whether this line, though it began like one, is no fence: a backtick in the
  /// info string makes it a code span.
  func refuses(_ line: [UInt8]) -> Bool {
    guard mark == UInt8(ascii: "`") else { return false }
    return line[infoStart...].drop { $0 == mark }.contains(mark)
  }

  /// The info string of the whole opening line; the fence learns its length.
  mutating func info(_ line: [UInt8]) -> String {
    let rest = line[infoStart...].drop { $0 == mark }
    length = rest.startIndex - infoStart
    let words = rest.split { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }.map {
      String(decoding: $0, as: UTF8.self)
    }
    return words.joined(separator: " ")
  }

  /// Judges the beginning of a line of code.
  func read(_ line: [UInt8], isWhole: Bool) -> Line {
    var index = 0
    for _ in 0..<quoteDepth {
      while index < line.count, index < 3, line[index] == UInt8(ascii: " ") { index += 1 }
      guard index < line.count else { return isWhole ? .left : .undecided }
      guard line[index] == UInt8(ascii: ">") else { return .left }
      index += 1
      if index == line.count { return isWhole ? .code(index) : .undecided }
      if line[index] == UInt8(ascii: " ") { index += 1 }
    }
    let start = index
    while index < line.count, line[index] == UInt8(ascii: " ") { index += 1 }
    let code = min(index, start + indent)
    let marks = index
    while index < line.count, line[index] == mark { index += 1 }
    let count = index - marks
    while index < line.count, line[index] == UInt8(ascii: " ") { index += 1 }
    if index < line.count { return .code(code) }
    if isWhole { return count >= length ? .close : .code(code) }
    // Long runs are no fence, and held lines have to stay short.
    return line.count < 128 ? .undecided : .code(code)
  }
}
