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
    switch Program.run(environment()) {
    case .exit(let status): exit(status.rawValue)
    case .signal(let number): sheep_die_by_signal(number)
    }
  }

  private static func environment() -> Environment {
    Environment(
      arguments: arguments(),
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
  }

  /// The arguments after the program's name, as UTF-8; bytes that are not become U+FFFD.
  private static func arguments() -> [String] {
    Array(CommandLine.arguments.dropFirst())
  }

  private static func variable(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }
  }
}
