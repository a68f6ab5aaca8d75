package import SheepCore
package import SheepOptions
package import SheepStore
package import SheepTerminal

/// Everything outside the process that the program touches, as one value: the real one is
/// built in `ProcessMain.swift`, tests make their own and run the whole program in-process.
package struct Environment {
  /// The arguments after the program's name.
  package var arguments: [String]
  /// Looks up an environment variable; `nil` when it is unset.
  package var variable: (String) -> String?
  package var standardInput: any InputSource
  package var standardOutput: any ByteSink
  package var standardError: any ByteSink
  /// Reads a whole file.
  package var readFile: (String) throws(SystemError) -> [UInt8]
  /// Writes a whole file in the place of what was there: all of it or nothing.
  package var replaceFile: (String, [UInt8]) throws(SystemError) -> Void = { (_, _) throws(SystemError) in
    throw SystemError(number: 0, text: "cannot be written here")
  }
  /// Appends to a file, which is made when it does not exist; written when it returns.
  package var appendFile: (String, [UInt8]) throws(SystemError) -> Void = { (_, _) throws(SystemError) in
    throw SystemError(number: 0, text: "cannot be written here")
  }
  /// Facts about a file that holds a key: whether others can read it, and whose it is.
  package var keyFileProblem: (String) -> String?
  /// Runs a program without a shell and returns what it prints, within a time limit.
  package var runCommand: ([String], Duration) throws(CommandError) -> [UInt8]
  /// Runs a program on the user's terminal and returns its exit status; for an editor.
  package var runInteractively: ([String]) throws(CommandError) -> Int32
  /// Runs a program without a shell, with these bytes as its input, within a time limit. With
  /// `nil` for the input it returns what the program prints, at most 16 MiB; else nothing of it
  /// is read, for a clipboard's tool may go on in the background. What it says on standard error
  /// is not shown.
  package var runFilter: (_ words: [String], _ input: [UInt8]?, Duration) throws(CommandError) -> [UInt8] = {
    (_, _, _) throws(CommandError) in throw CommandError(problem: "cannot be started here")
  }
  /// The names in a folder, folders with a slash behind them; none where it cannot be read.
  package var folderNames: (String) -> [String] = { _ in [] }
  /// The program's own files: the configuration and roles.
  package var files: FileAccess { settings.files }
  /// The configuration file and what it says; read when it is first asked for.
  package let settings: Settings
  /// Makes the event loop with its transport; called once, and only by commands that need it.
  package var makeLoop: () -> any EventLoop
  /// Makes the probes of single network steps, which report on that loop; `nil` where there are
  /// none: a diagnosis then knows only what its transfers tell.
  package var makeNetworkProbe: ((any EventLoop) -> any NetworkProbe)?
  /// The gateway that `mock` and `--demo` start; `nil` where there is none.
  package var localGateway: (any LocalGateway.Type)?
  /// Makes the editor of the prompt on the terminal, fed by that loop; `nil` where standard input
  /// is no terminal. Without `keepsHistory` what is typed leaves nothing on the disk.
  package var makeLineEditor: ((any EventLoop, _ keepsHistory: Bool) -> (any LineEditor)?)?
  /// Begins to catch the signals that ask the program to end; `nil` where there are none.
  package var signals: () -> (any SignalSource)?
  /// What would be opened: libcurl's version, and the prompt's library with its version
  /// (`readline 8.2`, `libedit 2.0.70`); `nil`: missing.
  package var libraryVersions: () -> (curl: String?, editor: String?)
  /// The time of day, in seconds since 1970: chooses between former and new prices.
  package var unixTime: @Sendable () -> Int
  /// Evenly distributed numbers, 0 ..< 1.
  package var random: @Sendable () -> Double

  /// An environment of these parts; without `files` there is no configuration to read.
  package init(
    arguments: [String],
    variable: @escaping (String) -> String?,
    standardInput: any InputSource,
    standardOutput: any ByteSink,
    standardError: any ByteSink,
    readFile: @escaping (String) throws(SystemError) -> [UInt8],
    keyFileProblem: @escaping (String) -> String?,
    runCommand: @escaping ([String], Duration) throws(CommandError) -> [UInt8],
    makeLoop: @escaping () -> any EventLoop,
    signals: @escaping () -> (any SignalSource)?,
    libraryVersions: @escaping () -> (curl: String?, editor: String?),
    unixTime: @escaping @Sendable () -> Int,
    random: @escaping @Sendable () -> Double,
    files: FileAccess = .none,
    runInteractively: @escaping ([String]) throws(CommandError) -> Int32 = { _ throws(CommandError) in
      throw CommandError(problem: "cannot be started here")
    }
  ) {
    self.arguments = arguments
    self.variable = variable
    self.standardInput = standardInput
    self.standardOutput = standardOutput
    self.standardError = standardError
    self.readFile = readFile
    self.keyFileProblem = keyFileProblem
    self.runCommand = runCommand
    self.makeLoop = makeLoop
    self.signals = signals
    self.libraryVersions = libraryVersions
    self.unixTime = unixTime
    self.random = random
    self.runInteractively = runInteractively
    settings = Settings(variable: variable, files: files)
  }
}

extension Environment {
  /// Starts the gateway of `mock` and `--demo`.
  package func startGateway(_ settings: LocalGatewaySettings) throws(LocalGatewayProblem) -> any LocalGateway
  {
    guard let localGateway else { throw .cannotStart("there is none here", wayOut: nil) }
    return try localGateway.init(settings)
  }
}

/// Why a command that should print a key did not.
package struct CommandError: Error, Equatable, Sendable {
  /// What happened, as a clause: `exited with status 1`.
  package let problem: String

  /// A problem in words.
  package init(problem: String) {
    self.problem = problem
  }
}

/// The signals that ask the program to end, made readable by the loop.
package protocol SignalSource: AnyObject {
  /// Becomes readable when a signal has come.
  var descriptor: Int32 { get }

  /// The number of the next signal that has come; `nil` when there is none.
  func next() -> Int32?

  /// Says that a signal was dealt with and the program goes on: without that, the same signal a
  /// second time ends the process at once.
  func rearm(_ number: Int32)
}

extension SignalSource {
  /// A source whose signals may come again as they are.
  package func rearm(_ number: Int32) {}
}

/// How the program ends.
package enum Termination: Equatable, Sendable {
  case exit(ExitStatus)
  /// By the same signal, so that the parent process sees the truth.
  case signal(Int32)
}
