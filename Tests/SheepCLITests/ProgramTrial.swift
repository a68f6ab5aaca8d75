import SheepCLI
import SheepCore
import SheepMock
import SheepStore
import SheepTesting
import Synchronization
import Testing

/// The whole program in this process: a command line in, transfers by script, and everything
/// that came out of it.
final class ProgramTrial {
  /// A key that must not be seen anywhere but in a request's credential.
  static let key = "sk-canary-7f3a91c25e8b4d60"

  var variables = ["HOLYSHEEP_API_KEY": ProgramTrial.key]
  var input = TrialInput(kind: .terminal)
  let output = TrialSink()
  let errors = TrialSink()
  /// What the files hold; others do not exist.
  var files: [String: [UInt8]] = [:]
  /// Where files are written to; `nil`: none can be written.
  var written: TrialFiles?
  /// The program's own files.
  let stored = TrialPrivateFiles()
  /// What an editor does with a file; returns its exit status.
  var editor: ((_ words: [String]) -> Int32)?
  /// Who types at the prompt; `nil`: there is no prompt.
  var typist: ScriptedLineEditor?
  /// What names lead to; `nil`: nothing is looked up.
  var network: ScriptedNetwork?
  /// Programs that take or give text; the bytes they were given are noted.
  var filters: [String: [UInt8]] = [:]
  private(set) var filtered: [(words: [String], input: [UInt8]?)] = []
  /// Why a file is no safe place for a key.
  var keyFileProblems: [String: String] = [:]
  /// What the programs of `--key-cmd` print.
  var commands: [[String]: [UInt8]] = [:]
  /// The time of day: 2026-11-21, on which the price list was checked.
  var unixTime: @Sendable () -> Int = { 1_795_219_200 }
  private(set) var commandsRun: [[String]] = []
  let loop: ScriptedLoop
  let signals = TrialSignals()
  private let location: SourceLocation

  init(_ scripts: [TransferScript] = [], sourceLocation: SourceLocation = #_sourceLocation) {
    loop = ScriptedLoop(scripts, sourceLocation: sourceLocation)
    location = sourceLocation
  }

  /// A program whose one request is answered with a stream of these pieces.
  convenience init(answer pieces: String..., sourceLocation: SourceLocation = #_sourceLocation) {
    let events =
      [ChatStream.role] + pieces.map { ChatStream.text($0) }
      + [ChatStream.finish(), ChatStream.usage(prompt: 9, completion: 20), ChatStream.done]
    self.init([.stream(events)], sourceLocation: sourceLocation)
  }

  /// Runs the program with these arguments.
  @discardableResult
  func run(_ arguments: String...) -> Termination { run(arguments) }

  /// Runs the program with these arguments.
  @discardableResult
  func run(_ arguments: [String]) -> Termination {
    let files = files
    var environment =
      Environment(
        arguments: arguments, variable: { [variables] in variables[$0] }, standardInput: input,
        standardOutput: output, standardError: errors,
        readFile: { (path) throws(SystemError) in
          guard let bytes = files[path] else {
            throw SystemError(number: 2, text: "No such file or directory")
          }
          return bytes
        },
        keyFileProblem: { [keyFileProblems] in keyFileProblems[$0] },
        runCommand: { (words, _) throws(CommandError) in try self.command(words) },
        makeLoop: { self.loop }, signals: { self.signals }, libraryVersions: { ("8.0.0", nil) },
        unixTime: unixTime, random: { 0.5 }, files: stored.access,
        runInteractively: { [editor] (words) throws(CommandError) in
          guard let editor else { throw CommandError(problem: "cannot be started: is it installed?") }
          return editor(words)
        })
    if let written {
      environment.replaceFile = { path, bytes throws(SystemError) in written.replace(path, bytes) }
      environment.appendFile = { path, bytes throws(SystemError) in written.append(path, bytes) }
    }
    if let network { environment.makeNetworkProbe = { _ in network } }
    environment.localGateway = MockGateway.self
    if let typist {
      environment.makeLineEditor = { loop, _ in
        typist.loop = loop
        return typist
      }
    }
    environment.runFilter = { (words, input, _) throws(CommandError) in
      guard let output = self.filters[words[0]] else { throw CommandError(problem: "is not there") }
      self.filtered.append((words, input))
      return output
    }
    let termination = Program.run(environment)
    #expect(!output.text.contains(Self.key), "no key on standard output", sourceLocation: location)
    #expect(!errors.text.contains(Self.key), "no key on standard error", sourceLocation: location)
    return termination
  }

  private func command(_ words: [String]) throws(CommandError) -> [UInt8] {
    commandsRun.append(words)
    guard let bytes = commands[words] else { throw CommandError(problem: "exited with status 1") }
    return bytes
  }

  /// The lines of standard error.
  var notes: [String] {
    errors.text.split(separator: "\n").map(String.init)
  }

  /// The body of the first request that was sent.
  var body: JSON? { loop.received.first?.json }

  /// The prompt of that request: the content of its last message.
  var prompt: String? { body?["messages"]?.array?.last?["content"]?.string }

  /// The key that the first request carried.
  var sentKey: String? { loop.received.first?.request.credential?.secret.exposed }

  /// Standard output as one JSON object.
  var json: JSON? { try? JSON.parse(output.bytes) }

  /// The error object on the last line of standard error.
  var errorObject: JSON? { notes.last.flatMap { try? JSON.parse(text: $0) }?["error"] }
}

/// The files that a trial has written.
final class TrialFiles {
  private(set) var content: [String: [UInt8]] = [:]
  /// How often a file was written as a whole.
  private(set) var replacements: [String: Int] = [:]

  func replace(_ path: String, _ bytes: [UInt8]) {
    content[path] = bytes
    replacements[path, default: 0] += 1
  }

  func append(_ path: String, _ bytes: [UInt8]) {
    content[path, default: []] += bytes
  }
}

/// The program's own files, in memory.
final class TrialPrivateFiles: Sendable {
  private let contents = Mutex<[String: [UInt8]]>([:])
  private let readPaths = Mutex<[String]>([])

  /// What a file holds; `nil` when there is none.
  subscript(_ path: String) -> String? {
    get { contents.withLock { $0[path] }.map { String(decoding: $0, as: UTF8.self) } }
    set { contents.withLock { $0[path] = newValue.map { Array($0.utf8) } } }
  }

  /// The paths that were asked for, in order.
  var reads: [String] { readPaths.withLock { $0 } }

  var access: FileAccess {
    var access = FileAccess(
      read: { path throws(FileProblem) in
        self.readPaths.withLock { $0.append(path) }
        return self.contents.withLock { $0[path] }
      },
      write: { path, bytes, mayReplace throws(FileProblem) in
        let isThere = self.contents.withLock { $0[path] != nil }
        if isThere, !mayReplace { throw FileProblem(.exists, "exists already") }
        self.contents.withLock { $0[path] = bytes }
      })
    access.names = { folder in
      let start = folder + "/"
      return self.contents.withLock { $0.keys.filter { $0.hasPrefix(start) } }
        .map { String($0.dropFirst(start.count)) }
    }
    return access
  }
}

/// Standard input of a trial.
final class TrialInput: InputSource {
  let kind: InputKind
  private let bytes: [UInt8]
  private let error: SystemError?
  private(set) var reads = 0

  init(kind: InputKind, bytes: [UInt8] = [], error: SystemError? = nil) {
    self.kind = kind
    self.bytes = bytes
    self.error = error
  }

  /// A pipe with this text in it.
  convenience init(piped text: String) {
    self.init(kind: .finite, bytes: Array(text.utf8))
  }

  func readAll() throws(SystemError) -> [UInt8] {
    reads += 1
    if let error { throw error }
    return bytes
  }
}

/// Standard output or standard error of a trial: a pipe unless it is made a terminal.
final class TrialSink: ByteSink {
  var isTerminal = false
  var width = 80
  var columns: Int? { isTerminal ? width : nil }
  private(set) var bytes: [UInt8] = []
  private(set) var writes = 0
  /// What writes come to after this many; `nil`: all are written.
  var end: (after: Int, result: WriteResult)?
  /// Called after each write.
  var onWrite: (() -> Void)?

  /// What is written to this one too ends up in the same place.
  weak var twin: TrialSink?

  func isSame(as other: any ByteSink) -> Bool { other === self || other === twin }

  func write(_ bytes: UnsafeRawBufferPointer) -> WriteResult {
    writes += 1
    if let end, writes > end.after { return end.result }
    self.bytes += bytes
    onWrite?()
    return .written
  }

  var text: String { String(decoding: bytes, as: UTF8.self) }
}

/// Signals of a trial.
final class TrialSignals: SignalSource {
  let descriptor: Int32 = -7
  var pending: [Int32] = []

  func next() -> Int32? { pending.isEmpty ? nil : pending.removeFirst() }
}
