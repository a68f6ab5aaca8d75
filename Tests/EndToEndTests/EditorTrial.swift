import SheepCore
import SheepTesting
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The program that reads lines with the prompt's editor, and what it heard.
final class EditorRecord {
  /// The built program, beside `sheep`.
  static let program: String = {
    let path = SheepBinary.path
    return path.hasSuffix("/sheep") ? String(path.dropLast(5)) + "line-editor-trial" : "line-editor-trial"
  }()

  let folder: TemporaryFolder
  let eventsPath: String
  let gatePath: String
  /// A folder that does not exist until the first entry is kept.
  var historyFolder: String { folder.path + "/state" }

  init() throws {
    folder = try TemporaryFolder()
    eventsPath = try folder.write("events", "", mode: 0o600)
    gatePath = folder.path + "/gate"
    try #require(mkfifo(gatePath, 0o600) == 0)
  }

  deinit {
    unlink(gatePath)
    unlink(historyFolder + "/history")
    rmdir(historyFolder)
  }

  /// What every trial is told on its command line.
  var arguments: [String] { ["--events", eventsPath, "--gate", gatePath, "--history", historyFolder] }

  /// What was heard so far; a line in the writing is none yet.
  var events: [JSON] {
    TemporaryFolder.read(eventsPath).utf8.split(separator: 0x0a).compactMap {
      try? JSON.parse(text: String($0) ?? "")
    }
  }

  func count(_ event: String) -> Int { events.filter { $0["event"]?.string == event }.count }

  var submitted: [String] {
    events.filter { $0["event"]?.string == "submitted" }.compactMap { $0["text"]?.string }
  }

  /// The program's process.
  var identifier: pid_t {
    let number = events.compactMap { $0["pid"]?.number?.integer }.last ?? 0
    #expect(number > 1)
    return pid_t(number)
  }

  /// Lets the answer that streams come to its end.
  func openGate() {
    let descriptor = open(gatePath, O_WRONLY | O_NONBLOCK)
    #expect(descriptor >= 0 && write(descriptor, "x", 1) == 1)
    close(descriptor)
  }

  /// The processor time that the program has taken so far; 0 where that cannot be asked for.
  var processorSeconds: Double {
    #if os(Linux)
      var clock = clockid_t()
      var time = timespec()
      guard clock_getcpuclockid(identifier, &clock) == 0, clock_gettime(clock, &time) == 0 else { return 0 }
      return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    #else
      return 0
    #endif
  }

  /// The lines of the history's file.
  var historyLines: [String] {
    TemporaryFolder.read(historyFolder + "/history").split(separator: "\n").map(String.init)
  }
}

/// That program on a terminal.
final class EditorTrial {
  let record: EditorRecord
  let terminal: PseudoTerminal

  init(
    _ arguments: [String] = [], variables: [String: String] = [:], record: EditorRecord? = nil,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let record = try record ?? EditorRecord()
    self.record = record
    let ready = record.count("ready")
    terminal = try PseudoTerminal(
      program: EditorRecord.program, record.arguments + arguments, variables: variables,
      sourceLocation: sourceLocation)
    terminal.wait { record.count("ready") > ready }
  }

  /// Types, and waits for what comes of it.
  func type(_ text: String, until event: String, _ count: Int) {
    terminal.typeAll(text)
    terminal.wait { self.record.count(event) >= count }
  }

  /// Types a message, Enter included, and returns what was submitted last.
  func submit(_ keys: String) -> String {
    type(keys, until: "submitted", record.count("submitted") + 1)
    return record.submitted.last ?? ""
  }

  /// Types without Enter, and waits until that shows.
  func show(_ keys: String, _ text: String) {
    let start = terminal.output.count
    terminal.typeAll(keys)
    terminal.wait { String(decoding: self.terminal.output[start...], as: UTF8.self).contains(text) }
  }
}

/// Keys as a terminal sends them.
enum Key {
  static let enter = "\r"
  static let newLine = "\n"
  static let altEnter = "\u{1b}\r"
  static let backspace = "\u{7f}"
  static let up = "\u{1b}[A"
  static let down = "\u{1b}[B"
  static let right = "\u{1b}[C"
  static let left = "\u{1b}[D"
  static let home = "\u{1b}[H"
  static let end = "\u{1b}[F"
  static let delete = "\u{1b}[3~"

  /// Ctrl and a letter.
  static func ctrl(_ letter: Character) -> String {
    String(UnicodeScalar((letter.asciiValue ?? 0) & 31))
  }

  /// A paste as a terminal marks it, which sends line ends as CR.
  static func paste(_ text: String) -> String { "\u{1b}[200~" + text + "\u{1b}[201~" }
}
