package import SheepCore
package import SheepOptions
package import SheepTerminal

/// The running program: everything that a command needs besides its own options.
///
/// Made once from the options that commands have in common. The loop and the signals begin when they
/// are first asked for, so that commands which need no network start without them.
package final class Run {
  package let environment: Environment
  /// What is said beside the answer, on standard error.
  package let messages: Messages
  /// Standard output.
  package let output: BufferedOutput
  /// The options that something has set, each with its origin.
  package let given: GivenOptions
  private let color: When

  /// The gateway of `--demo`; `nil` before it is started.
  package private(set) var demo: DemoGateway?

  /// The loop that all calls of this run share.
  package private(set) lazy var loop: any EventLoop = environment.makeLoop()
  /// The signals that ask the program to end, caught from the moment they are first asked for; `nil`
  /// where there are none.
  package private(set) lazy var signals: (any SignalSource)? = environment.signals()

  /// The configuration and the role of this run.
  package var settings: Settings { environment.settings }

  /// A run that speaks as `options` ask.
  package convenience init(
    _ environment: Environment, _ options: OutputOptions, given: GivenOptions = GivenOptions()
  ) {
    let style = Self.terminal(environment.standardError, environment, options.color).style
    self.init(
      environment, color: options.color, given: given,
      messages: Messages(
        to: environment.standardError, isQuiet: options.quiet,
        errorsAsJSON: options.format == .json || options.format == .jsonLines, style: style))
  }

  /// A run that speaks through `messages`.
  package init(_ environment: Environment, color: When, given: GivenOptions, messages: Messages) {
    self.environment = environment
    self.given = given
    self.color = color
    self.messages = messages
    output = BufferedOutput(to: environment.standardOutput)
  }

  // MARK: - Terminals

  /// What is known of standard output now: its width changes when the window does.
  package var outputTerminal: TerminalInfo {
    Self.terminal(environment.standardOutput, environment, color)
  }

  /// The same of standard error; under `--quiet` it counts as no terminal.
  package var errorTerminal: TerminalInfo {
    if messages.isQuiet { return TerminalInfo(isTerminal: false) }
    return Self.terminal(environment.standardError, environment, color)
  }

  /// The columns that a table on standard output may take; `nil`: as many as it needs.
  package var tableWidth: Int? {
    let terminal = outputTerminal
    return terminal.isTerminal ? terminal.width ?? 80 : nil
  }

  /// What is known of the terminal behind `sink`, under `--color`.
  package static func terminal(
    _ sink: any ByteSink, _ environment: Environment, _ color: When
  ) -> TerminalInfo {
    TerminalInfo(
      isTTY: sink.isTerminal, size: sink.columns.map { (columns: $0, rows: 0) },
      color: ColorChoice(rawValue: color.rawValue) ?? .auto, variable: environment.variable)
  }

  // MARK: - Standard output

  /// JSON for a person on a terminal, and for programs elsewhere.
  package var jsonStyle: JSONStyle {
    let isTerminal = environment.standardOutput.isTerminal
    return JSONStyle(indented: isTerminal, terminalSafe: isTerminal)
  }

  /// JSON on one line.
  package var jsonLineStyle: JSONStyle {
    JSONStyle(indented: false, terminalSafe: environment.standardOutput.isTerminal)
  }

  /// Writes a text at once.
  /// - Throws: `output` when it cannot be written, or nobody reads any more.
  package func write(_ text: String) throws(Failure) {
    output.append(text)
    try flush()
  }

  /// Writes a JSON value and a line end.
  /// - Throws: `output` when it cannot be written, or nobody reads any more.
  package func write(_ json: JSON, style: JSONStyle? = nil) throws(Failure) {
    let style = style ?? jsonStyle
    output.append { json.write(to: &$0, style: style) }
    try write("\n")
  }

  /// Writes a table in the width and the colours of standard output.
  /// - Throws: `output` when it cannot be written, or nobody reads any more.
  package func write(table: (_ width: Int?, _ style: Style) -> String) throws(Failure) {
    try write(table(tableWidth, outputTerminal.style))
  }

  /// Writes what is gathered.
  /// - Throws: `output` when it cannot be written, or nobody reads any more.
  package func flush() throws(Failure) {
    output.flush()
    if output.state != .written { throw output.state.failure }
  }

  // MARK: - Signals

  /// Serves the loop until `done`. The first signal that comes is passed to `cancel`, after which
  /// `done` must come true; without `cancel` the signal itself is the end.
  ///
  /// - Returns: that signal; `nil`: none came.
  @discardableResult
  package func serve(
    until done: () -> Bool, cancel: ((_ signal: Int32) -> Void)? = nil
  ) -> Int32? {
    var signal: Int32?
    if let signals {
      loop.watch(descriptor: signals.descriptor) {
        guard let number = signals.next(), signal == nil else { return }
        signal = number
        cancel?(number)
      }
    }
    let endsBySignal = cancel == nil
    loop.run { done() || endsBySignal && signal != nil }
    if let signals { loop.unwatch(descriptor: signals.descriptor) }
    return signal
  }

  // MARK: - The demo

  /// Starts the gateway of `--demo` and says so; with `keys` it refuses all others.
  /// - Throws: `internalError` when this machine gives no port.
  package func startDemo(keys: [Secret] = []) throws(Failure) {
    demo = try DemoGateway.start(environment, keys: keys)
    messages.note("demo: answers are generated locally; nothing is charged")
  }

  /// Ends the gateway of `--demo`, if there is one.
  package func stopDemo() {
    demo?.stop()
    demo = nil
  }

  // MARK: - The end

  /// Says a failure, and finds how the program ends by it. A reader of standard output who has gone
  /// is no failure: `| head` has seen enough.
  package func end(_ failure: Failure) -> Termination {
    if failure.isClosedOutput { return .exit(.done) }
    messages.error(failure)
    return .exit(ExitStatus(failure))
  }
}
