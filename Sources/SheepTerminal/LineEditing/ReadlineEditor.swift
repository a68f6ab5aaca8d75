import CReadline
import CSystem

/// The prompt's editor on the real terminal.
///
/// readline is the engine: it keeps the line, its keys and the kill ring, and searches the
/// history. Reading keys, the terminal's modes, pastes and the screen are done here (decision
/// 0006): keys go through a queue of our own, so nothing typed is lost, and the screen is drawn
/// by `PromptScreen`, so lines, wide characters and controls are right.
///
/// There can be one in a process at a time; all calls come from the loop's thread.
package final class ReadlineEditor: LineEditor {
  package var completer: ((CompletionRequest) -> CompletionAnswer)?
  package var pasteNote: ((String) -> String?)?
  /// Told when the process was stopped between two reads and goes on: what stood on the screen
  /// may be gone.
  package var resumed: (() -> Void)?

  let loop: PromptLoop
  let terminal: TerminalDevice
  let library: ReadlineLibrary
  let historyAccess: HistoryAccess
  let runEditor: (String) -> Bool
  let isDumb: Bool

  var screen: PromptScreen
  var dumbScreen: DumbScreen
  var input = KeyInput()
  /// Bytes on their way into readline.
  var feeding: [UInt8] = []
  private var isAfterEscape = false
  /// With libedit: the bytes of a key that is not complete yet.
  var openKey: [UInt8] = []
  var standIns = StandInTable()
  var rules = MessageRules()
  var list = HistoryList()
  var walk: HistoryWalk?
  var completion: CompletionState?
  /// The paste that readline was just told of.
  var pendingPaste: String?
  /// What the line in the works is sent as, once readline has finished it.
  var pendingMessage: String?
  /// The last line that was sent, as it was meant and as the line held it.
  var lastSent: (text: String, shown: String)?

  var prompt = ""
  var ink: Ink = []
  var handler: ((LineEvent) -> Void)?
  /// How the read ended, until it is told.
  var outcome: LineEvent?
  var isPumping = false
  private var isPumpDue = false
  var isGone = false
  private var isClosed = false
  /// Forgets the timer that waits for the rest of a key; `nil` when none waits.
  private var cancelEscapeTimer: (() -> Void)?

  /// An editor on the terminal of standard input; `nil` when that is none, or when neither
  /// readline nor libedit is there.
  ///
  /// - Parameters:
  ///   - info: what is known of the terminal: whether it has colours, whether lines can be
  ///     drawn anew.
  ///   - runEditor: runs the user's editor on a file, on the terminal, to its end, and says
  ///     whether that went well.
  package convenience init?(
    loop: PromptLoop, info: TerminalInfo, history: HistoryAccess,
    libraryNames: [String]? = nil, runEditor: @escaping (String) -> Bool
  ) {
    // The library first: without one the terminal is left alone.
    guard let library = ReadlineLibrary(names: libraryNames ?? ReadlineLibrary.usualNames),
      let terminal = TerminalDevice(isDumb: !info.canRedraw)
    else { return nil }
    self.init(loop, library, terminal, info, history, runEditor)
  }

  private init(
    _ loop: PromptLoop, _ library: ReadlineLibrary, _ terminal: TerminalDevice, _ info: TerminalInfo,
    _ history: HistoryAccess, _ runEditor: @escaping (String) -> Bool
  ) {
    self.loop = loop
    self.library = library
    self.terminal = terminal
    self.runEditor = runEditor
    historyAccess = history
    isDumb = !info.canRedraw
    screen = PromptScreen(hasColor: info.hasColor)
    dumbScreen = DumbScreen()
    input.interruptKey = terminal.interruptKey
    input.suspendKey = terminal.suspendKey
    library.prepare(for: self, isDumb: isDumb)
    library.feedKeys = { [unowned self] in feed($0) }
    for text in history.load() { addToList(text) }
    takeBack(terminal.enter(SHEEP_TERMINAL_BETWEEN))
    loop.watch(0) { [unowned self] in readKeys() }
    if terminal.signals >= 0 {
      loop.watch(terminal.signals) { [unowned self] in takeSignals() }
    }
  }

  deinit { close() }

  // MARK: - One read

  package func read(prompt: String, ink: Ink, text: String, _ handler: @escaping (LineEvent) -> Void) {
    guard !isClosed else { return }
    self.prompt = EscapeFilter.visible(prompt)
    self.ink = ink
    self.handler = handler
    rules = MessageRules()
    walk = nil
    completion = nil
    pendingMessage = nil
    sheep_readline_begin(self.prompt)
    if !terminal.change(to: SHEEP_TERMINAL_PROMPT) { waitForForeground() }
    startScreen()
    if !text.isEmpty { insertForeign(text, isLarge: text.utf8.count > Self.largestShown) }
    if isPumping { return }
    draw()
    schedulePump()
  }

  /// A prefilled text beyond this many bytes is shown by its size.
  private static let largestShown = 16 << 10

  /// Ends the read: its line is left on the screen, and what is typed from now on is kept for
  /// the next one.
  private func finish(_ event: LineEvent) {
    _ = terminal.change(to: SHEEP_TERMINAL_BETWEEN)
    let handler = handler
    self.handler = nil
    outcome = nil
    handler?(event)
  }

  package func interrupt() {
    guard handler != nil, !isPumping else { return }
    interruptLine()
    if let outcome { finish(outcome) }
  }

  package func close() {
    guard !isClosed else { return }
    isClosed = true
    if handler != nil {
      // The program ends, by a signal perhaps: what was typed is not lost with it.
      keepGivenUp(library.line.text)
      leaveLine()
      sheep_readline_end()
      handler = nil
    }
    cancelEscapeTimer?()
    cancelEscapeTimer = nil
    if !isGone { loop.unwatch(0) }
    if terminal.signals >= 0 { loop.unwatch(terminal.signals) }
    terminal.release()
  }

  // MARK: - Keys

  private func readKeys() {
    switch terminal.read() {
    case .nothing: return
    case .gone: losesTerminal()
    case .bytes(let bytes): take(bytes, handler == nil ? .between : .prompt)
    }
    pump()
  }

  private func take(_ bytes: [UInt8], _ origin: KeyInput.Origin) {
    for key in input.take(bytes, origin) {
      // Pressed at the prompt that has just gone: it means what it means now.
      if Int32(key) == input.interruptKey {
        sheep_signal_self(Int32(SHEEP_SIGNAL_INTERRUPT))
      } else {
        suspend(isWholeJob: true)
      }
    }
  }

  /// Keys that were typed before the terminal was taken.
  func takeBack(_ bytes: [UInt8]?) {
    if let bytes, !bytes.isEmpty { _ = input.take(bytes, .cooked) }
  }

  private func losesTerminal() {
    isGone = true
    loop.unwatch(0)
  }

  private func schedulePump() {
    guard !isPumpDue, !input.isEmpty || isGone else { return }
    isPumpDue = true
    _ = loop.schedule(.zero) { [weak self] in
      self?.isPumpDue = false
      self?.pump()
    }
  }

  /// Hands keys to readline as long as there are some and somebody reads.
  func pump() {
    guard !isPumping, !isClosed else { return }
    isPumping = true
    while handler != nil {
      if let token = input.next() {
        press(token)
      } else if isGone {
        giveUpLine()
      } else {
        break
      }
      if let outcome { finish(outcome) }
    }
    isPumping = false
    guard handler != nil else { return }
    draw()
    waitForRestOfKey()
  }

  private func press(_ token: KeyInput.Token) {
    switch token {
    case .paste(let bytes):
      completion = nil
      pendingPaste = String(decoding: bytes, as: UTF8.self)
      if library.isGNU { feed(Array("\u{1b}[200~".utf8)) } else { paste() }
    case .key(let bytes):
      let single = bytes.count == 1 ? Int32(bytes[0]) : -2
      if single != 9 { completion = nil }
      if single == input.interruptKey {
        interruptLine()
      } else if single == input.suspendKey {
        suspend(isWholeJob: true)
      } else if library.isGNU {
        feed(bytes)
      } else {
        pressLibedit(bytes)
      }
    }
  }

  /// Hands bytes to the library, which does what they ask for.
  func feed(_ bytes: [UInt8]) {
    feeding = bytes.reversed()
    while !feeding.isEmpty, outcome == nil, handler != nil { sheep_readline_step() }
    feeding = []
  }

  /// The next byte for readline. It asks for more than it was given only inside a key that it
  /// reads at one go; then the rest is waited for.
  func nextByte() -> Int32 {
    while true {
      if let byte = feeding.popLast() {
        isAfterEscape = byte == 0x1b
        return library.isGNU || byte < 0x80 ? Int32(byte) : codePoint(after: byte)
      }
      if case .key(let bytes)? = input.next() {
        feeding = bytes.reversed()
        continue
      }
      if isGone || !input.isEmpty { return -1 }
      switch terminal.read() {
      case .bytes(let bytes): _ = input.take(bytes, .prompt)
      case .gone: losesTerminal()
      case .nothing: continue
      }
    }
  }

  /// The character of which that is the first byte: libedit takes no less.
  private func codePoint(after lead: UInt8) -> Int32 {
    var bytes = [lead]
    while let byte = feeding.last, byte & 0xc0 == 0x80 {
      bytes.append(byte)
      feeding.removeLast()
    }
    let scalar = String(decoding: bytes, as: UTF8.self).unicodeScalars.first
    return Int32(scalar?.value ?? 0xfffd)
  }

  /// Whether readline may look at one more byte. Asked for text it would run ahead, past keys
  /// that are not its own; after an escape byte it has to know whether that is a key of its own.
  var hasByte: Bool { !feeding.isEmpty || isAfterEscape && !input.isEmpty }

  /// An escape byte may be the Escape key or begin a paste: after a moment it was the key.
  private func waitForRestOfKey() {
    guard input.holdsBack, cancelEscapeTimer == nil else { return }
    cancelEscapeTimer = loop.schedule(.milliseconds(50)) { [weak self] in
      guard let self else { return }
      cancelEscapeTimer = nil
      input.release()
      pump()
    }
  }
}

/// A walk through the history with the Up and Down keys.
struct HistoryWalk {
  /// What had been typed, to come back to.
  var draft: String
  /// What the entries begin with.
  var prefix: String
  /// The entry that is shown; the number of entries for the draft.
  var place: Int
  /// What the line was made: when it is something else now, the walk is over.
  var shown: String
}

/// A completion whose possibilities are shown.
struct CompletionState {
  var table: CandidateTable
  var line: String
  var rows: [PromptLayout.Row]
  /// The page that another Tab shows.
  var next: Int
}
