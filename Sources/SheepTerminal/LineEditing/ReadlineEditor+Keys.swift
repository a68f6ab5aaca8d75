import CReadline

/// The keys that are not readline's own.
extension ReadlineEditor {
  /// A key's function was asked for, `count` times; negative: the other way round.
  func pressed(_ key: sheep_readline_key, _ count: Int) {
    switch key {
    case SHEEP_KEY_ACCEPT: accept()
    case SHEEP_KEY_NEW_LINE: library.insert("\n")
    case SHEEP_KEY_PASTE: paste()
    case SHEEP_KEY_COMPLETE: complete()
    case SHEEP_KEY_PREVIOUS: repeated(count, goUp, goDown)
    case SHEEP_KEY_NEXT: repeated(count, goDown, goUp)
    case SHEEP_KEY_BACKWARD: repeated(count, goBackward, goForward)
    case SHEEP_KEY_FORWARD: repeated(count, goForward, goBackward)
    case SHEEP_KEY_DELETE: repeated(count, deleteForward, deleteBackward)
    case SHEEP_KEY_RUB_OUT: repeated(count, deleteBackward, deleteForward)
    case SHEEP_KEY_LINE_START: goToLineStart()
    case SHEEP_KEY_LINE_END: goToLineEnd()
    case SHEEP_KEY_KILL: killToLineEnd()
    case SHEEP_KEY_DISCARD: killToLineStart()
    case SHEEP_KEY_CLEAR_SCREEN: clearScreen()
    case SHEEP_KEY_EDITOR: editLine()
    default: break
    }
  }

  private func repeated(_ count: Int, _ action: () -> Void, _ opposite: () -> Void) {
    // Nobody means more; a slip of the finger must not take minutes.
    for _ in 0..<min(abs(count), 10_000) { if count < 0 { opposite() } else { action() } }
  }

  // MARK: - Moving and deleting

  private func goBackward() { library.moveCursor(to: library.line.previous()) }
  private func goForward() { library.moveCursor(to: library.line.next()) }

  private func deleteForward() {
    let line = library.line
    library.delete(line.point..<line.next())
  }

  private func deleteBackward() {
    let line = library.line
    library.delete(line.previous()..<line.point)
  }

  /// To the beginning of the cursor's line, and from there to that of the text.
  private func goToLineStart() {
    let line = library.line
    library.moveCursor(to: line.point == line.lineStart ? 0 : line.lineStart)
  }

  private func goToLineEnd() {
    let line = library.line
    library.moveCursor(to: line.point == line.lineEnd ? line.bytes.count : line.lineEnd)
  }

  /// At a line's end the line end itself goes.
  private func killToLineEnd() {
    let line = library.line
    let end = line.point == line.lineEnd ? min(line.lineEnd + 1, line.bytes.count) : line.lineEnd
    library.delete(line.point..<end, isKept: true)
  }

  private func killToLineStart() {
    let line = library.line
    let start = line.point == line.lineStart ? max(0, line.lineStart - 1) : line.lineStart
    library.delete(start..<line.point, isKept: true)
  }

  // MARK: - Up and Down

  /// To the line above in the text, or to the entry before in the history that begins as the
  /// text before the cursor does.
  private func goUp() {
    let line = library.line
    if currentWalk(line) == nil, !line.isOnFirstLine {
      library.moveCursor(to: line.moved(lines: -1))
    } else {
      walkHistory(line, by: -1)
    }
  }

  private func goDown() {
    let line = library.line
    if currentWalk(line) == nil, !line.isOnLastLine {
      library.moveCursor(to: line.moved(lines: 1))
    } else {
      walkHistory(line, by: 1)
    }
  }

  /// The walk, as long as the line is what it was made by it.
  private func currentWalk(_ line: EditLine) -> HistoryWalk? {
    guard let walk, line.point == line.bytes.count, walk.shown == line.text else { return nil }
    return walk
  }

  private func walkHistory(_ line: EditLine, by step: Int) {
    let entries = list.entries
    let current = currentWalk(line)
    guard current != nil || step < 0 else { return }
    var walk =
      current ?? HistoryWalk(draft: line.text, prefix: line.head, place: entries.count, shown: line.text)
    if let place = list.find(walk.prefix, from: walk.place, by: step, other: walk.shown) {
      walk.place = place
      walk.shown = entries[place].shown
      rules.foreignLine = walk.shown
      rules.foreignHead = walk.shown
      rules.foreignTail = walk.shown
    } else if step > 0, walk.place < entries.count {
      walk.place = entries.count
      walk.shown = walk.draft
      rules = MessageRules()
    } else {
      return
    }
    library.replaceLine(with: walk.shown)
    self.walk = walk
  }

  // MARK: - Pastes

  /// A paste of so many lines or bytes is shown by its size.
  private static let largePaste = (lines: 10, bytes: 2_000)

  func paste() {
    guard let pasted = pendingPaste else { return }
    pendingPaste = nil
    let text = Self.withPlainLineEnds(pasted)
    guard !text.isEmpty else { return }
    let isLarge = text.utf8.count >= Self.largePaste.bytes || Self.lineCount(text) >= Self.largePaste.lines
    if isLarge, let note = pasteNote?(text), !note.isEmpty { showAbove(note) }
    insertForeign(text, isLarge: isLarge)
  }

  /// Inserts text that nobody typed: it is kept as it is, whatever it begins and ends with.
  func insertForeign(_ text: String, isLarge: Bool) {
    let line = library.line
    var shown = standIns.protected(text)
    if isLarge || text.utf8.count > HistoryList.longestShown,
      let standIn = standIns.standIn(for: text, label: Self.label(text))
    {
      shown = standIn
    }
    if line.point == 0 { rules.foreignHead = shown }
    // A shorter one before it would not be found at the line's end any more.
    if line.point == line.bytes.count { rules.foreignTail = shown }
    library.insert(shown)
  }

  private static func label(_ text: String) -> String {
    let lines = lineCount(text)
    if lines > 1 { return "[pasted \(lines) lines]" }
    return "[pasted \(text.unicodeScalars.count) characters]"
  }

  /// A line end at the text's end begins no line of its own.
  private static func lineCount(_ text: String) -> Int {
    let ends = text.utf8.reduce(0) { $1 == UInt8(ascii: "\n") ? $0 + 1 : $0 }
    return text.utf8.last == UInt8(ascii: "\n") ? ends : ends + 1
  }

  /// CR LF and CR, as terminals send line ends, as LF.
  private static func withPlainLineEnds(_ text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: "\r")) else { return text }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count)
    var wasReturn = false
    for byte in text.utf8 {
      if byte == UInt8(ascii: "\r") {
        bytes.append(UInt8(ascii: "\n"))
      } else if byte != UInt8(ascii: "\n") || !wasReturn {
        bytes.append(byte)
      }
      wasReturn = byte == UInt8(ascii: "\r")
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  // MARK: - Completion

  private func complete() {
    let line = library.line
    if let shown = completion, shown.line == line.text {
      showPage(shown.table, shown.next, line)
      return
    }
    // At the beginning of a further line Tab indents.
    let before = line.bytes[line.lineStart..<line.point]
    if line.lineStart > 0, before.allSatisfy({ $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }) {
      library.insert("\t")
      return
    }
    guard let completer else { return }
    let answer = completer(CompletionRequest(line: line.text, head: line.head))
    guard let first = answer.candidates.first, line.head.hasSuffix(answer.word) else { return }
    if answer.candidates.count == 1 {
      let hasSpace = line.point < line.bytes.count && line.bytes[line.point] == UInt8(ascii: " ")
      replaceWord(answer.word, first.text + (answer.addsSpace && !hasSpace ? " " : ""))
      return
    }
    let table = CandidateTable(candidates: answer.candidates)
    let common = table.commonPrefix
    if common.utf8.count > answer.word.utf8.count || common.isEmpty == false && common != answer.word {
      replaceWord(answer.word, common.utf8.count >= answer.word.utf8.count ? common : answer.word)
    }
    if library.line.text == line.text { showPage(table, 0, line) }
  }

  private func replaceWord(_ word: String, _ text: String) {
    let point = library.line.point
    sheep_readline_group(1)
    library.delete(point - word.utf8.count..<point)
    library.insert(standIns.protected(text))
    sheep_readline_group(0)
  }

  private func showPage(_ table: CandidateTable, _ page: Int, _ line: EditLine) {
    let size = terminal.size
    // Half the screen at most: the prompt and what was said before stay in sight.
    let (rows, next) = table.rows(page: page, width: size.width, height: min(16, max(3, size.height / 2)))
    completion = CompletionState(table: table, line: line.text, rows: rows, next: next)
    if isDumb { for row in rows { showAbove(row.cells.map(\.text).joined()) } }
  }
}
