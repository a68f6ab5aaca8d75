import CSystem
import SheepCLI
import SheepCurl

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
    switch Program.run(environment()) {
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
        let found = LibraryVersions.find(libraryPath: variable("LD_LIBRARY_PATH"))
        return (found.curl, found.readline)
      },
      unixTime: { time(nil) },
      random: { Double.random(in: 0..<1) })
    environment.makeNetworkProbe = { SystemNetworkProbe(loop: $0) }
    environment.undecodableArgument = undecodableArgument()
    return environment
  }

  /// The number of the first argument that is not UTF-8: `CommandLine` has repaired it, and
  /// would let a damaged prompt go out without a word.
  private static func undecodableArgument() -> Int? {
    for number in 1..<max(1, Int(CommandLine.argc)) {
      guard let start = CommandLine.unsafeArgv[number] else { continue }
      let bytes = UnsafeRawBufferPointer(start: start, count: strlen(start))
      if UTF8Check.firstBadByte(in: Array(bytes)) != nil { return number }
    }
    return nil
  }

  private static func variable(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }
  }
}
