import SheepCLI
import SheepCore
import SheepCurl
import SheepMock
import SheepOptions
import SheepRun
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// One run of the whole program inside the test's process, over real sockets.
struct CommandRun {
  var status: Int32 = 0
  var output = ""
  var errors = ""
  /// The output as JSON; `nil` when it is none.
  var json: JSON? { try? JSON.parse(text: output) }

  /// The line of a check.
  func line(_ check: String) -> String {
    output.split(separator: "\n").map(String.init).first {
      $0.hasPrefix("  ") && $0.dropFirst(4).hasPrefix(check + " ")
    } ?? ""
  }

  /// The mark before a check: `✓`, `!`, `✗` or `-`.
  func mark(_ check: String) -> String { String(line(check).dropFirst(2).prefix(1)) }

  /// Runs a command line.
  /// - Parameters:
  ///   - columns: of the terminal that looks at it; `nil` for a pipe.
  ///   - afterLine: called with each piece of the output; may interrupt the program by the
  ///     returned signal.
  static func of(
    _ arguments: [String], variables: [String: String] = [:], files: [String: String] = [:],
    columns: Int? = nil, unixTime: Int? = nil, interrupt: ((String) -> Int32?)? = nil
  ) -> CommandRun {
    var run = CommandRun()
    let signals = TestSignals()
    let output = TestSink(columns: columns) { text in
      if let number = interrupt?(text) { signals.raise(number) }
    }
    let errors = TestSink(columns: nil) { _ in }
    var environment = Environment(
      arguments: arguments, variable: { variables[$0] }, standardInput: NoInput(), standardOutput: output,
      standardError: errors,
      readFile: { path throws(SystemError) in
        guard let text = files[path] else { throw SystemError(number: 2, text: "No such file or directory") }
        return Array(text.utf8)
      },
      keyFileProblem: { _ in nil },
      runCommand: { words, _ throws(CommandError) in Array((words.last ?? "").utf8) },
      makeLoop: { CurlLoop(environment: CurlEnvironment { variables[$0] }) },
      signals: { signals }, libraryVersions: { (nil, nil) },
      unixTime: { unixTime ?? time(nil) }, random: { 0.5 })
    environment.makeNetworkProbe = { SystemNetworkProbe(loop: $0) }
    environment.localGateway = MockGateway.self
    switch Program.run(environment) {
    case .exit(let status): run.status = status.rawValue
    case .signal(let number): run.status = 128 + number
    }
    run.output = output.text
    run.errors = errors.text
    return run
  }
}

private final class TestSink: ByteSink {
  let columns: Int?
  private var bytes: [UInt8] = []
  private let heard: (String) -> Void

  init(columns: Int?, heard: @escaping (String) -> Void) {
    self.columns = columns
    self.heard = heard
  }

  var isTerminal: Bool { columns != nil }
  var text: String { String(decoding: bytes, as: UTF8.self) }

  func write(_ new: UnsafeRawBufferPointer) -> WriteResult {
    bytes += new
    heard(String(decoding: new, as: UTF8.self))
    return .written
  }
}

private final class NoInput: InputSource {
  let kind = InputKind.other
  func readAll() throws(SystemError) -> [UInt8] { [] }
}

/// Signals that a test raises, by way of a pipe.
private final class TestSignals: SignalSource {
  let descriptor: Int32
  private let writing: Int32
  private var pending: [Int32] = []

  init() {
    var ends: [Int32] = [-1, -1]
    _ = pipe(&ends)
    ends.forEach { _ = fcntl($0, F_SETFD, FD_CLOEXEC) }
    (descriptor, writing) = (ends[0], ends[1])
  }

  deinit {
    close(descriptor)
    close(writing)
  }

  func raise(_ number: Int32) {
    pending.append(number)
    var byte: UInt8 = 1
    _ = write(writing, &byte, 1)
  }

  func next() -> Int32? {
    var byte: UInt8 = 0
    _ = read(descriptor, &byte, 1)
    return pending.isEmpty ? nil : pending.removeFirst()
  }
}
