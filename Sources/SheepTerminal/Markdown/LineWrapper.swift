/// Lays styled text out in rows of a given width.
///
/// What is in `output` is final; the word that is still growing is held back. A
/// word that no longer fits its row moves to the next one, and one that is longer
/// than a row is cut.
struct LineWrapper: Sendable {
  /// What stands at the left of a row: quote bars, list markers, indentation.
  struct Margin: Sendable {
    var text: [(UInt32, Ink)] = []
    var width = 0

    mutating func append(_ string: String, _ ink: Ink = []) {
      for scalar in string.unicodeScalars { text.append((scalar.value, ink)) }
      width += TextWidth.of(string)
    }

    /// The margin of an empty row: nothing invisible at its end.
    var withoutBlanks: Margin {
      var margin = self
      while margin.text.last?.0 == UInt32(ascii: " ") {
        margin.text.removeLast()
        margin.width -= 1
      }
      return margin
    }
  }

  /// The rows and parts of rows that are final, less what the owner took away.
  var output: [UInt8] = []
  /// The columns of the open row that are final.
  private(set) var column = 0
  /// How the terminal's text looks at the end of `output`.
  private(set) var ink: Ink = []
  /// The widths of the finished rows; kept only when `recordsRows`.
  private(set) var rowWidths: [Int] = []
  /// The width of the widest word so far; kept only when `recordsRows`.
  private(set) var widestWord = 0

  private var width: Int
  private let isStyled: Bool
  private let recordsRows: Bool
  private var continuation = Margin()
  private var isAtRowStart = true
  private var spaces = 0
  private var spaceInk: Ink = []
  private var word: [UInt8] = []
  private var wordWidth = 0
  private var wordStartInk: Ink = []
  private var wordInk: Ink = []
  private var last: UInt32 = UInt32(ascii: " ")
  private var meter = WidthMeter()

  /// Rows of `width` columns; `recordsRows` keeps their widths.
  init(width: Int, isStyled: Bool, recordsRows: Bool = false) {
    self.width = max(width, 2)
    self.isStyled = isStyled
    self.recordsRows = recordsRows
  }

  /// Gives the rows that follow another width; the open row keeps what it has.
  mutating func resize(to width: Int) {
    self.width = max(width, 2)
    if continuation.width + 4 > self.width { continuation = Margin() }
  }

  /// Begins a line: its first row starts with one margin, the others with another.
  mutating func beginLine(_ first: Margin = Margin(), continuation: Margin = Margin()) {
    self.continuation = continuation.width + 4 <= width ? continuation : Margin()
    if first.width + 4 <= width { write(first) }
    isAtRowStart = true
    forgetWord()
  }

  /// Adds one character of text.
  @inline(__always)
  mutating func put(_ value: UInt32, _ ink: Ink) {
    if value == UInt32(ascii: " ") || value == UInt32(ascii: "\t") {
      endWord()
      spaces += 1
      spaceInk = ink
      last = UInt32(ascii: " ")
      meter = WidthMeter()
      return
    }
    putInWord(value, ink)
  }

  private mutating func putInWord(_ value: UInt32, _ ink: Ink) {
    let columns = meter.advance(value)
    if meter.beganCluster, !word.isEmpty,
      wordWidth + columns > width - continuation.width
        || LineBreaking.isAllowed(between: last, and: value)
    {
      endWord()
    }
    if word.isEmpty {
      wordStartInk = ink
      wordInk = ink
    } else if wordInk != ink {
      if isStyled { Ink.appendChange(from: wordInk, to: ink, to: &word) }
      wordInk = ink
    }
    appendUTF8(value, to: &word)
    wordWidth += columns
    last = value
    if !isAtRowStart, column + spaces + wordWidth > width { breakRow() }
  }

  /// Adds a run of ASCII letters and digits, as `put` would one by one.
  mutating func putLetters(_ run: UnsafeBufferPointer<UInt8>, _ ink: Ink) {
    guard let end = run.last else { return }
    if word.isEmpty || wordInk != ink || last >= 0x2e80
      || wordWidth + run.count > width - continuation.width
    {
      for byte in run { putInWord(UInt32(byte), ink) }
      return
    }
    word.append(contentsOf: run)
    wordWidth += run.count
    last = UInt32(end)
    _ = meter.advance(last)
    if !isAtRowStart, column + spaces + wordWidth > width { breakRow() }
  }

  /// Makes the open word final.
  mutating func endWord() {
    guard !word.isEmpty else { return }
    if !isAtRowStart, column + spaces + wordWidth > width { breakRow() }
    if spaces > 0, column + spaces + wordWidth <= width {
      change(to: spaceInk)
      for _ in 0..<spaces { output.append(UInt8(ascii: " ")) }
      column += spaces
    }
    spaces = 0
    change(to: wordStartInk)
    output.append(contentsOf: word)
    ink = wordInk
    column += wordWidth
    if recordsRows { widestWord = max(widestWord, wordWidth) }
    isAtRowStart = false
    forgetWord()
  }

  /// Ends the line and its last row.
  mutating func endLine() {
    endWord()
    finishRow()
    spaces = 0
    meter = WidthMeter()
  }

  /// Adds a character that is never wrapped: code keeps its lines whole.
  mutating func putUnwrapped(_ value: UInt32, _ ink: Ink) {
    change(to: ink)
    appendUTF8(value, to: &output)
    column += meter.advance(value)
    isAtRowStart = false
  }

  /// Writes a margin, or any text that is known to fit.
  mutating func write(_ margin: Margin) {
    for (value, ink) in margin.text {
      change(to: ink)
      appendUTF8(value, to: &output)
    }
    column += margin.width
  }

  /// Writes blanks that are no part of a word.
  mutating func writeBlanks(_ count: Int) {
    change(to: [])
    for _ in 0..<count { output.append(UInt8(ascii: " ")) }
    column += count
  }

  /// Writes text that was laid out elsewhere and begins and ends without a look.
  mutating func writeStyled(_ bytes: [UInt8], columns: Int) {
    change(to: [])
    output.append(contentsOf: bytes)
    column += columns
  }

  /// Takes the final bytes away, for the terminal.
  mutating func takeOutput() -> [UInt8] {
    let taken = output
    output = []
    return taken
  }

  /// Changes the look of what follows.
  mutating func change(to new: Ink) {
    if isStyled { Ink.appendChange(from: ink, to: new, to: &output) }
    ink = new
  }

  private mutating func breakRow() {
    finishRow()
    write(continuation)
    isAtRowStart = true
    spaces = 0
  }

  private mutating func finishRow() {
    change(to: [])
    if recordsRows { rowWidths.append(column) }
    output.append(UInt8(ascii: "\n"))
    column = 0
    isAtRowStart = true
  }

  private mutating func forgetWord() {
    word.removeAll(keepingCapacity: true)
    wordWidth = 0
  }
}
