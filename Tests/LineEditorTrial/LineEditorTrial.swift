import CSystem
import SheepCore
import SheepCurl
import SheepRun
import SheepStore
import SheepTerminal

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A loop that reads lines with the prompt's editor and writes what it hears to a file, one JSON
/// object a line. For the tests, which drive it in a real terminal.
///
/// Lines that begin with `:` steer it: `:stream` stands for an answer that streams until a byte
/// comes through the gate, `:edit TEXT` opens the user's editor, `:history` tells the history,
/// `:text TEXT` puts a text into the next line, `:block` serves nothing until the gate opens.
final class LineEditorTrial {
  /// What the command line asks for.
  struct Options {
    var events = ""
    var history: String?
    var gate: String?
    var libraries: [String]?
    var prompt = "sheep ▸ "
    var candidates = 0
    var hasNotes = false
  }

  private let options: Options
  private let loop: CurlLoop
  private let editor: ReadlineEditor
  private let events: Int32
  private let gate: Int32
  private var isOver = false
  private var signal: Int32 = 0

  /// Runs until the input ends, then ends the process.
  static func run(_ arguments: [String]) -> Never {
    sheep_install_crash_handlers()
    var options = Options()
    var rest = arguments[...]
    while let name = rest.popFirst() {
      switch name {
      case "--events": options.events = rest.popFirst() ?? ""
      case "--history": options.history = rest.popFirst()
      case "--gate": options.gate = rest.popFirst()
      case "--library": options.libraries = rest.popFirst().map { [$0] }
      case "--prompt": options.prompt = rest.popFirst() ?? ""
      case "--candidates": options.candidates = rest.popFirst().flatMap { Int($0) } ?? 0
      case "--notes": options.hasNotes = true
      default: exit(2)
      }
    }
    guard let trial = LineEditorTrial(options) else { exit(3) }
    let signal = trial.serve()
    if signal != 0 { sheep_die_by_signal(signal) }
    exit(0)
  }

  private init?(_ options: Options) {
    self.options = options
    loop = CurlLoop(environment: CurlEnvironment(variable: { _ in nil }))
    // Before the editor: a signal must find the terminal's keeper.
    let signals = sheep_watch_signals()
    let info = TerminalInfo(isTTY: isatty(0) == 1) { getenv($0).map { String(cString: $0) } }
    let history = options.history.map { folder in
      let file = HistoryFile(folder: folder, capacity: HistoryList.capacity)
      return HistoryAccess(load: file.load, append: file.append)
    }
    guard
      let editor = ReadlineEditor(
        loop: PromptLoop(loop), info: info, history: history ?? .none, libraryNames: options.libraries,
        runEditor: Self.runEditor)
    else { return nil }
    self.editor = editor
    events = open(options.events, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
    gate = options.gate.map { open($0, O_RDWR | O_NONBLOCK | O_CLOEXEC) } ?? -1
    loop.watch(descriptor: signals) { [unowned self] in take(sheep_next_signal(signals)) }
    editor.pasteNote = { "pasted \($0.utf8.count) bytes" }
    if options.candidates > 0 { editor.completer = complete }
  }

  private func take(_ number: Int32) {
    tell(["event": "signal", "number": .number(JSONNumber(Int64(number)))])
    if number == SIGINT {
      sheep_rearm_signal(SIGINT)
      editor.interrupt()
    } else {
      signal = number
      isOver = true
    }
  }

  private func serve() -> Int32 {
    tell(["event": "ready", "pid": .number(JSONNumber(Int64(getpid())))])
    read("")
    loop.run(until: { self.isOver })
    editor.close()
    return signal
  }

  private func read(_ text: String) {
    editor.read(prompt: options.prompt, ink: [.bold, .cyan], text: text) { self.heard($0) }
  }

  private func heard(_ event: LineEvent) {
    switch event {
    case .ended:
      tell(["event": "ended"])
      isOver = true
      return
    case .interrupted(let wasEmpty): tell(["event": "interrupted", "empty": .bool(wasEmpty)])
    case .submitted(let text):
      if text.hasPrefix(":") {
        steer(text)
        return
      }
      tell(["event": "submitted", "text": .string(text)])
      editor.remember(text)
    }
    read("")
  }

  private func steer(_ text: String) {
    let word = text.split(separator: " ", maxSplits: 1)
    let rest = word.count > 1 ? String(word[1]) : ""
    switch word[0] {
    case ":stream": stream()
    case ":edit":
      let result = editor.edit(rest)
      tell(["event": "edited", "text": result.map { .string($0) } ?? .null])
      read("")
    case ":history":
      tell(["event": "history", "entries": .array(editor.history.map { .string($0) })])
      read("")
    case ":text": read(rest)
    case ":block": block()
    default: read("")
    }
  }

  /// Until the gate opens nobody reads.
  private func stream() {
    tell(["event": "streaming"])
    loop.watch(descriptor: gate) { [unowned self] in
      var byte: UInt8 = 0
      guard Glibc.read(gate, &byte, 1) == 1 else { return }
      loop.unwatch(descriptor: gate)
      tell(["event": "streamed"])
      read("")
    }
  }

  /// Nothing is served until the gate opens, signals neither.
  private func block() {
    tell(["event": "blocked"])
    var entry = pollfd(fd: gate, events: Int16(POLLIN), revents: 0)
    while poll(&entry, 1, -1) < 0 {}
  }

  private func complete(_ request: CompletionRequest) -> CompletionAnswer {
    let word =
      request.head.split(separator: " ", omittingEmptySubsequences: false).last.map(String.init) ?? ""
    let names = ["모델-하나", "모델-둘"] + (0..<options.candidates).map { "model-\($0)" }
    let found = names.filter { $0.hasPrefix(word) }
    return CompletionAnswer(
      word: word,
      candidates: found.map { .init($0, note: options.hasNotes ? "about \($0)" : "") })
  }

  private func tell(_ event: JSON) {
    var line: [UInt8] = []
    event.write(to: &line)
    line.append(0x0a)
    _ = line.withUnsafeBytes { write(events, $0.baseAddress, $0.count) }
  }

  private static func runEditor(_ path: String) -> Bool {
    let name = getenv("EDITOR").map { String(cString: $0) } ?? "vi"
    var words: [UnsafeMutablePointer<CChar>?] = [strdup(name), strdup(path), nil]
    defer { words.forEach { free($0) } }
    var process: pid_t = 0
    guard posix_spawnp(&process, name, nil, nil, &words, environ) == 0 else { return false }
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    return status == 0
  }
}
