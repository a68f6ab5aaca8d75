import CSystem
import SheepCLI
import SheepCore
import SheepCurl
import SheepMock
import SheepOptions
import SheepRun
import SheepStore
import SheepTerminal

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The real process around the program.
enum ProcessMain {
  /// Runs the program and ends the process as it says.
  static func run() -> Never {
    // Before anything that could hold a key: a crash must not print memory.
    sheep_install_crash_handlers()
    sheep_ignore_broken_pipes()
    // libcurl would write every session's keys to the file that this names.
    unsetenv("SSLKEYLOGFILE")
    sheep_hold_standard_descriptors()
    let environment = environment()
    do throws(Failure) { try checkArguments() } catch {
      _exit(Program.refuse(error, environment).rawValue)
    }
    switch Program.run(environment) {
    // Not `exit`: everything has been written, and OpenSSL would tidy its tables first.
    case .exit(let status): _exit(status.rawValue)
    case .signal(let number): sheep_die_by_signal(number)
    }
  }

  private static func environment() -> Environment {
    var environment = Environment(
      arguments: Array(CommandLine.arguments.dropFirst()),
      variable: variable,
      standardInput: DescriptorSource(0),
      standardOutput: DescriptorSink(1),
      standardError: DescriptorSink(2),
      readFile: SystemFile.read,
      keyFileProblem: SystemFile.keyFileProblem,
      runCommand: ProcessCommand.output,
      makeLoop: { CurlLoop(environment: CurlEnvironment(variable: variable)) },
      signals: { ProcessSignals() },
      libraryVersions: {
        let found = LibraryVersions.find(editors: ReadlineEditor.libraryNames)
        return (found.curl, found.editor)
      },
      unixTime: { time(nil) },
      random: { Double.random(in: 0..<1) },
      files: .system,
      runInteractively: ProcessCommand.runInteractively)
    environment.replaceFile = SystemFile.replace
    environment.appendFile = SystemFile.append
    environment.makeLineEditor = { loop, keepsHistory in
      ProcessLineEditor.make(loop, keepsHistory: keepsHistory) ?? CookedLineEditor(loop)
    }
    environment.runFilter = ProcessCommand.filter
    environment.folderNames = SystemFile.names
    environment.makeNetworkProbe = { SystemNetworkProbe(loop: $0) }
    environment.localGateway = MockGateway.self
    return environment
  }

  /// Refuses arguments that are not UTF-8: what cannot be sent as it was typed is not sent.
  /// `CommandLine.arguments` has them repaired.
  private static func checkArguments() throws(Failure) {
    for number in 1..<max(1, Int(CommandLine.argc)) {
      guard let argument = CommandLine.unsafeArgv[number] else { return }
      let bytes = UnsafeRawBufferPointer(start: argument, count: strlen(argument))
      _ = try PromptText.decode(Array(bytes), subject: "argument \(number)")
    }
  }

  private static func variable(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }
}
