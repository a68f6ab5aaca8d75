import CReadline
import CSystem

/// How a line ends, the history, suspending, the user's own editor.
extension ReadlineEditor {
  // MARK: - The end of a line

  /// Enter.
  func accept() {
    let line = library.line
    switch rules.decide(line.text) {
    case .newLine:
      library.insert("\n")
    case .continueLine:
      library.delete(line.bytes.count - 1..<line.bytes.count)
      library.moveCursor(to: line.bytes.count - 1)
      library.insert("\n")
    case .submit(let shown, let endsForeign):
      var message = standIns.expanded(shown)
      if endsForeign, message.utf8.last == UInt8(ascii: "\n") {
        message = String(Substring(message.utf8.dropLast()))
      }
      pendingMessage = message
      lastSent = (message, shown)
      leaveLine()
      library.accept()
    }
  }

  /// readline has finished the line; `nil` at the end of input.
  func finished(_ line: String?) {
    if let line {
      if pendingMessage == nil { leaveLine() }
      outcome = .submitted(pendingMessage ?? standIns.expanded(line))
    } else {
      leaveLine()
      outcome = .ended
    }
    pendingMessage = nil
    sheep_readline_end()
  }

  /// Ctrl-C: the line goes, but not what is in it.
  func interruptLine() {
    let isSearch = library.isSearching
    let line = library.line.text
    sheep_readline_abandon()
    leaveLine(mark: "^C")
    sheep_readline_end()
    if !isSearch { keepGivenUp(line) }
    outcome = .interrupted(wasEmpty: line.isEmpty)
  }

  /// The terminal is gone, and with it the person; what was typed is not.
  func giveUpLine() {
    keepGivenUp(library.line.text)
    sheep_readline_abandon()
    sheep_readline_end()
    outcome = .ended
  }

  func keepGivenUp(_ line: String) {
    let shown = rules.givenUp(line)
    keep(HistoryList.Entry(text: standIns.expanded(shown), shown: shown))
  }

  // MARK: - The history

  package var history: [String] { list.entries.map(\.text) }

  package func remember(_ entry: String) {
    if let lastSent, lastSent.text == entry {
      keep(HistoryList.Entry(text: entry, shown: lastSent.shown))
    } else {
      keep(HistoryList.Entry(text: entry, shown: standIns.protected(entry)))
    }
  }

  private func keep(_ entry: HistoryList.Entry) {
    if addToList(entry) { historyAccess.append(entry.text) }
  }

  /// Adds an entry that is in the file already.
  func addToList(_ text: String) {
    _ = addToList(HistoryList.Entry(text: text, shown: standIns.protected(text)))
  }

  private func addToList(_ entry: HistoryList.Entry) -> Bool {
    let (removed, isAdded) = list.add(entry)
    if let removed { sheep_readline_forget(Int32(removed)) }
    if isAdded { sheep_readline_remember(entry.shown) }
    return isAdded
  }

  // MARK: - Suspending

  func takeSignals() {
    let numbers = terminal.takeSignals()
    if numbers.contains(Int32(SHEEP_SIGNAL_STOP)) {
      suspend(isWholeJob: false)
    } else if numbers.contains(Int32(SHEEP_SIGNAL_CONTINUE)) {
      resume()
    } else if numbers.contains(Int32(SHEEP_SIGNAL_RESIZED)) {
      resized()
    }
  }

  /// Stops the process as Ctrl-Z would, with the terminal given back; returns when it goes on.
  /// - Parameter isWholeJob: stop the job's other processes, too, which a signal of the
  ///   terminal's has reached already.
  func suspend(isWholeJob: Bool) {
    if handler != nil { stepOffScreen() }
    terminal.giveBack()
    sheep_suspend(isWholeJob ? 1 : 0)
    // The signal by which it goes on has been answered herewith.
    _ = terminal.takeSignals()
    resume()
  }

  /// Takes the terminal again after the process was stopped, by whomever.
  func resume() {
    let mode = handler == nil ? SHEEP_TERMINAL_BETWEEN : SHEEP_TERMINAL_PROMPT
    guard let typed = terminal.enter(mode) else {
      // Continued in the background: an answer may go on, a prompt has to wait.
      if handler != nil { waitForForeground() }
      return
    }
    takeBack(typed)
    if handler == nil {
      resumed?()
    } else {
      startScreen()
      draw()
    }
    pump()
  }

  /// Stops until the shell brings the job to the foreground, as reading there does.
  func waitForForeground() {
    sheep_signal_self(Int32(SHEEP_SIGNAL_BACKGROUND_READ))
  }

  // MARK: - The user's editor

  package func edit(_ text: String) -> String? {
    guard let draft = DraftFile(text) else { return nil }
    let isReading = handler != nil
    if isReading { eraseScreen() }
    terminal.giveBack()
    sheep_lend_terminal(1)
    let isDone = runEditor(draft.path)
    sheep_lend_terminal(0)
    takeBack(terminal.enter(isReading ? SHEEP_TERMINAL_PROMPT : SHEEP_TERMINAL_BETWEEN))
    if isReading { startScreen() }
    guard isDone, let result = draft.read() else { return nil }
    // Editors end the last line; it was none of the text.
    return result.utf8.last == UInt8(ascii: "\n") && text.utf8.last != UInt8(ascii: "\n")
      ? String(Substring(result.utf8.dropLast())) : result
  }

  /// The line in the user's editor.
  func editLine() {
    guard let text = edit(standIns.expanded(library.line.text)) else { return }
    library.replaceLine(with: "")
    insertForeign(text, isLarge: false)
  }
}
