/// Turns a stream of Markdown into rows for a terminal, one character at a time.
///
/// The output depends on the characters only, never on how they were cut into
/// pieces. A line's beginning is held until it tells what the line is; a table
/// until it ends; everything else goes on at once.
struct MarkdownFlow: Sendable {
  private enum Mode: Sendable {
    /// At a line's beginning, in `line`.
    case head
    case text
    /// Inside the info string of a fence, or a table's line, in `line`.
    case fenceInfo, tableLine
    /// At the beginning of a line of code, in `line`.
    case codeHead
    case code
  }

  private static let longestInfo = 256

  var wrapper: LineWrapper
  private var width: Int
  private let isStyled: Bool
  private var mode = Mode.head
  private var line: [UInt8] = []
  private var inline: InlineParser
  private var blocks = BlockNesting()
  private var inItem = false
  /// A first margin that a list marker on this line has made.
  private var itemMargin: LineWrapper.Margin?
  private var blankPending = false
  private var hasText = false
  private var fence = Fence()
  private var highlighter = CodeHighlighter(nil)
  /// A line that may be a table's header, with the margin of its place.
  private var header: [UInt8]?
  private var table: MarkdownTable?
  private var tableMargin = LineWrapper.Margin()
  private var tableHasHeader = true

  /// Rows of `width` columns. Without styles the marks of headings, emphasis and
  /// code stay visible.
  init(width: Int, isStyled: Bool) {
    self.width = max(width, 8)
    self.isStyled = isStyled
    wrapper = LineWrapper(width: self.width, isStyled: isStyled)
    inline = InlineParser(keepsMarks: !isStyled)
  }

  /// Gives what is not laid out yet another width.
  mutating func resize(to width: Int) {
    self.width = max(width, 8)
    wrapper.resize(to: self.width)
  }

  /// Whether the open row can be shown before it is final.
  var canPreview: Bool {
    switch mode {
    case .text, .code: true
    default: false
    }
  }

  /// Takes filtered, whole UTF-8 text.
  mutating func write(_ text: [UInt8]) {
    text.withUnsafeBufferPointer { bytes in
      var index = 0
      while index < bytes.count {
        if mode == .text, inline.isIdle {
          let end = Self.endOfLetters(bytes, from: index)
          if end > index {
            wrapper.putLetters(UnsafeBufferPointer(rebasing: bytes[index..<end]), inline.base)
            inline.passed(UInt32(bytes[end - 1]))
            index = end
            continue
          }
        }
        index += put(bytes, at: index)
      }
    }
  }

  /// Ends the text: whatever is held is written, and the last line is ended.
  mutating func finish() {
    let isAtStart = line.isEmpty && (mode == .head || mode == .codeHead)
    if !isAtStart { endLine() }
    flushTable()
  }

  /// Writes what the open row holds back, as it looks so far. The flow is spent
  /// afterwards: this is for a copy.
  mutating func preview() {
    if mode == .text {
      inline.preview(&wrapper)
      wrapper.endWord()
    } else if mode == .code {
      highlighter.flush(&wrapper)
    }
  }

  private static func endOfLetters(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    var end = start
    while end < bytes.count {
      let byte = bytes[end]
      let isLetter = (byte | 0x20) &- UInt8(ascii: "a") < 26 || byte &- UInt8(ascii: "0") < 10
      if !isLetter { break }
      end += 1
    }
    return end
  }

  /// Takes the character at `index`; the number of its bytes.
  private mutating func put(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> Int {
    let lead = bytes[index]
    if lead == UInt8(ascii: "\n") {
      endLine()
      return 1
    }
    var length = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4
    length = min(length, bytes.count - index)
    if mode == .text || mode == .code {
      var value = length == 1 ? UInt32(lead) : UInt32(lead) & (0x7f >> UInt32(length))
      for offset in 1..<max(length, 1) { value = value << 6 | UInt32(bytes[index + offset] & 0x3f) }
      put(value)
    } else {
      for offset in 0..<length { line.append(bytes[index + offset]) }
      held()
    }
    return length
  }

  private mutating func put(_ value: UInt32) {
    if mode == .text {
      inline.put(value, &wrapper)
    } else if value == UInt32(ascii: "\t") {
      for _ in 0..<(4 - max(0, wrapper.column - fence.margin.width) % 4) {
        highlighter.put(UInt32(ascii: " "), &wrapper)
      }
    } else {
      highlighter.put(value, &wrapper)
    }
  }

  /// Looks at a line that has grown by one character and is held back.
  private mutating func held() {
    switch mode {
    case .head: readHead(isWhole: false)
    case .codeHead: readCodeHead(isWhole: false)
    case .fenceInfo where line.count > Self.longestInfo || fence.refuses(line): beginText()
    case .tableLine where line.count > MarkdownTable.longestRow:
      flushTable()
      beginText()
    default: break
    }
  }

  private mutating func endLine() {
    switch mode {
    case .head:
      readHead(isWhole: true)
      // The head has become known only now, and its kind may hold lines too.
      if mode != .head { endLine() }
    case .text:
      inline.endLine(&wrapper)
      wrapper.endLine()
      beginHead()
    case .fenceInfo: openFence()
    case .tableLine: endTableLine()
    case .codeHead: readCodeHead(isWhole: true)
    case .code: endCodeLine()
    }
  }

  private mutating func beginHead() {
    mode = .head
    line.removeAll(keepingCapacity: true)
    blocks.beginLine()
    inItem = false
    itemMargin = nil
    inline.base = []
  }

  private mutating func readHead(isWhole: Bool) {
    while mode == .head {
      let head = LineHead.read(line, isWhole: isWhole, inItem: inItem)
      if head.kind == .undecided { return }
      if head.kind != .table { flushTable() }
      switch head.kind {
      case .undecided: return
      case .blank: return endBlankLine()
      case .quote:
        blocks.enterQuote()
        line.removeFirst(head.consumed)
      case .bullet, .ordered:
        beginItem(head)
        line.removeFirst(head.consumed)
      case .heading(let level): beginHeading(level, head)
      case .rule: return writeRule()
      case .fence:
        blocks.place(indent: head.indent, inItem: inItem)
        fence = Fence(line[head.consumed...], indent: head.indent, quoteDepth: blocks.quoteDepth)
        mode = .fenceInfo
      case .table:
        blocks.place(indent: head.indent, inItem: inItem)
        mode = .tableLine
      case .text:
        blocks.place(indent: head.indent, inItem: inItem)
        beginText()
      }
    }
  }

  private mutating func beginItem(_ head: LineHead) {
    itemMargin = blocks.enterItem(head)
    inItem = true
  }

  private mutating func beginHeading(_ level: Int, _ head: LineHead) {
    blocks.leaveLists()
    line.removeFirst(head.consumed)
    inline.base = level <= 2 ? [.bold, .cyan] : [.bold]
    if level == 1 { inline.base.insert(.underline) }
    if !isStyled {
      line.insert(contentsOf: Array(repeating: UInt8(ascii: "#"), count: level) + [UInt8(ascii: " ")], at: 0)
    }
    beginText()
  }

  /// Begins the rows of a line of text; what the head holds is its first part.
  private mutating func beginText() {
    beginRows()
    mode = .text
    let text = line.drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
    line.removeAll(keepingCapacity: true)
    forEachCodePoint(in: Array(text)) { inline.put($0, &wrapper) }
  }

  private mutating func beginRows() {
    writeBlankIfPending()
    let margin = blocks.margin
    wrapper.beginLine(itemMargin ?? margin, continuation: margin)
    hasText = true
  }

  private mutating func writeBlankIfPending() {
    if blankPending { wrapper.endLine() }
    blankPending = false
  }

  private mutating func endBlankLine() {
    if inItem || blocks.quoteDepth > 0 {
      beginRows()
      wrapper.endLine()
    } else {
      blankPending = hasText
      blocks.sawBlankLine()
    }
    beginHead()
  }

  private mutating func writeRule() {
    blocks.leaveLists()
    beginRows()
    var rule = LineWrapper.Margin()
    rule.append(String(repeating: "─", count: max(1, width - blocks.margin.width)), .dim)
    wrapper.write(rule)
    wrapper.endLine()
    beginHead()
  }
}

// Code.
extension MarkdownFlow {
  private mutating func openFence() {
    writeBlankIfPending()
    hasText = true
    var margin = blocks.margin
    fence.outerMargin = itemMargin ?? margin
    margin.append("  ")
    fence.margin = margin
    let info = fence.info(line)
    highlighter = CodeHighlighter(isStyled ? CodeLanguage(info: info) : nil)
    // The language stands where the fence stood; without styles so does the fence.
    var label = fence.outerMargin
    label.append(isStyled ? "  " + info : fence.text + info, .dim)
    if isStyled ? !info.isEmpty || itemMargin != nil : true {
      wrapper.write(label)
      wrapper.endLine()
    }
    beginCodeHead()
  }

  private mutating func beginCodeHead() {
    mode = .codeHead
    line.removeAll(keepingCapacity: true)
  }

  private mutating func readCodeHead(isWhole: Bool) {
    switch fence.read(line, isWhole: isWhole) {
    case .undecided: return
    case .close:
      if !isStyled {
        var end = blocks.margin
        end.append(fence.text, .dim)
        wrapper.write(end)
        wrapper.endLine()
      }
      beginHead()
    case .left:
      // The quote around the code has ended, and the code with it.
      let rest = line
      beginHead()
      line = rest
      readHead(isWhole: isWhole)
      if isWhole, mode != .head { endLine() }
    case .code(let start):
      let text = Array(line[start...])
      wrapper.write(text.isEmpty ? fence.margin.withoutBlanks : fence.margin)
      mode = .code
      forEachCodePoint(in: text) { put($0) }
      if isWhole { endCodeLine() }
    }
  }

  private mutating func endCodeLine() {
    highlighter.endLine(&wrapper)
    wrapper.endLine()
    beginCodeHead()
  }
}

// Tables.
extension MarkdownFlow {
  private mutating func endTableLine() {
    let text = line
    if table != nil {
      table?.add(text)
      if let size = table?.byteCount, size > MarkdownTable.mostBytes { writeTable() }
    } else if let first = header {
      if let whole = MarkdownTable(header: first, delimiter: text) {
        table = whole
        header = nil
      } else {
        flushTable()
        header = text
      }
    } else {
      header = text
      tableMargin = itemMargin ?? blocks.margin
    }
    beginHead()
  }

  /// Writes the rows of the table that have come; its header is kept for more.
  private mutating func writeTable() {
    guard let whole = table else { return }
    writeBlankIfPending()
    hasText = true
    let frame = MarkdownTable.Frame(
      width: width - tableMargin.width, isStyled: isStyled, margin: tableMargin,
      hasHeader: tableHasHeader)
    whole.write(frame, to: &wrapper)
    table?.removeRows()
    tableHasHeader = false
  }

  /// Ends a table, or makes text of a line that looked like the header of one.
  private mutating func flushTable() {
    if table != nil {
      if tableHasHeader || table?.rows.count ?? 0 > 1 { writeTable() }
      table = nil
      tableHasHeader = true
    } else if let text = header {
      header = nil
      writeBlankIfPending()
      hasText = true
      wrapper.beginLine(tableMargin, continuation: tableMargin)
      var parser = InlineParser(keepsMarks: !isStyled)
      forEachCodePoint(in: text) { parser.put($0, &wrapper) }
      parser.endLine(&wrapper)
      wrapper.endLine()
    }
  }
}
