import SheepCLI
package import SheepCore
import SheepMock
package import SheepRun
import SheepStore
package import Testing

/// The whole program in this process: a command line in, transfers by script, and everything
/// that came out of it.
package final class ProgramTrial {
  /// A key that must not be seen anywhere but in a request's credential.
  package static let key = "sk-canary-7f3a91c25e8b4d60"

  package var variables = ["HOLYSHEEP_API_KEY": ProgramTrial.key]
  package var input = TrialInput(kind: .terminal)
  package let output = TrialSink()
  package let errors = TrialSink()
  /// What the files hold; others do not exist.
  package var files: [String: [UInt8]] = [:]
  /// Where files are written to; `nil`: none can be written.
  package var written: TrialFiles?
  /// The program's own files.
  package let stored = TrialPrivateFiles()
  /// What an editor does with a file; returns its exit status.
  package var editor: ((_ words: [String]) -> Int32)?
  /// Who types at the prompt; `nil`: there is no prompt.
  package var typist: ScriptedLineEditor?
  /// What names lead to; `nil`: nothing is looked up.
  package var network: ScriptedNetwork?
  /// Programs that take or give text; the bytes they were given are noted.
  package var filters: [String: [UInt8]] = [:]
  package private(set) var filtered: [(words: [String], input: [UInt8]?)] = []
  /// Why a file is no safe place for a key.
  package var keyFileProblems: [String: String] = [:]
  /// What the programs of `--key-cmd` print.
  package var commands: [[String]: [UInt8]] = [:]
  /// The time of day: 2026-11-21, on which the price list was checked.
  package var unixTime: @Sendable () -> Int = { 1_795_219_200 }
  package private(set) var commandsRun: [[String]] = []
  package let loop: ScriptedLoop
  package let signals = TrialSignals()
  private let location: SourceLocation

  package init(_ scripts: [TransferScript] = [], sourceLocation: SourceLocation = #_sourceLocation) {
    loop = ScriptedLoop(scripts, sourceLocation: sourceLocation)
    location = sourceLocation
  }

  /// A program whose one request is answered with a stream of these pieces.
  package convenience init(answer pieces: String..., sourceLocation: SourceLocation = #_sourceLocation) {
    let events =
      [ChatStream.role] + pieces.map { ChatStream.text($0) }
      + [ChatStream.finish(), ChatStream.usage(prompt: 9, completion: 20), ChatStream.done]
    self.init([.stream(events)], sourceLocation: sourceLocation)
  }

  /// Runs the program with these arguments.
  @discardableResult
  package func run(_ arguments: String...) -> Termination { run(arguments) }

  /// Runs the program with these arguments.
  @discardableResult
  package func run(_ arguments: [String]) -> Termination {
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
  package var notes: [String] {
    errors.text.split(separator: "\n").map(String.init)
  }

  /// The body of the first request that was sent.
  package var body: JSON? { loop.received.first?.json }

  /// The prompt of that request: the content of its last message.
  package var prompt: String? { body?["messages"]?.array?.last?["content"]?.string }

  /// The key that the first request carried.
  package var sentKey: String? { loop.received.first?.request.credential?.secret.exposed }

  /// Standard output as one JSON object.
  package var json: JSON? { try? JSON.parse(output.bytes) }

  /// The error object on the last line of standard error.
  package var errorObject: JSON? { notes.last.flatMap { try? JSON.parse(text: $0) }?["error"] }
}
