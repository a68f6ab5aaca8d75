import SheepClient
import SheepCore
import SheepOptions
import SheepRun
import SheepTerminal

/// `sheep validate-key`: is there a key, has it the form of one, and is it accepted.
final class ValidateKeyCommand {
  private let options: ValidateKeyOptions
  private let environment: Environment
  private let messages: Messages
  private let output: BufferedOutput

  init(_ options: ValidateKeyOptions, _ environment: Environment) {
    self.options = options
    self.environment = environment
    messages = Messages(
      to: environment.standardError, isQuiet: options.output.quiet, errorsAsJSON: options.output.json)
    output = BufferedOutput(to: environment.standardOutput)
  }

  /// Runs the command.
  func run() -> Termination {
    do throws(Failure) {
      return try validate()
    } catch {
      messages.error(error)
      return .exit(ExitStatus(error))
    }
  }

  private func validate() throws(Failure) -> Termination {
    try checkOptions()
    let demoKey = Secret("sk-demo-of-sheep-0000000000001234")
    let demo = options.connection.demo ? try DemoGateway.start(environment, keys: [demoKey]) : nil
    defer { demo?.stop() }
    if demo != nil {
      messages.note("demo: a made-up key at a gateway inside this process")
    }
    let signals = environment.signals()
    var findings: [KeyReport] = []
    var signal: Int32?
    for place in try places(demo) {
      let reports = KeyInspection(environment: environment).inspect(
        place, demoKey: demo == nil ? nil : demoKey)
      for var report in reports where signal == nil {
        if let target = report.target, report.failure == nil, !options.offline {
          signal = ask(target, model(place), &report, signals)
        }
        if signal == nil { findings.append(report) }
      }
    }
    return conclude(findings, signal)
  }

  private func checkOptions() throws(Failure) {
    let connection = options.connection
    if let first = options.operands.first, KeyShape.matches(first) {
      throw Failure(
        .usage, Quoted.text(first), "looks like an API key, so nothing was sent", advice: KeyShape.keyAdvice)
    }
    if options.offline, options.deep {
      throw Failure(.usage, "--deep", "asks a model, which --offline forbids", advice: "use one of them")
    }
    guard !options.operands.isEmpty else { return }
    for (isGiven, name) in [
      (connection.baseURL != nil, "--base-url"), (connection.profile != nil, "--profile"),
      (connection.demo, "--demo"),
    ] where isGiven {
      throw Failure(
        .usage, options.operands[0], "cannot be given together with \(name)", advice: "use one of them")
    }
  }

  private func places(_ demo: DemoGateway?) throws(Failure) -> [Place] {
    guard !options.operands.isEmpty else {
      return [
        try Place(
          options.connection, settings: environment.settings, demo: demo, isDemo: demo != nil)
      ]
    }
    return try options.operands.map { name throws(Failure) in
      var connection = options.connection
      connection.profile = name
      return try Place(connection, settings: environment.settings, demo: nil, isDemo: false)
    }
  }

  private func model(_ place: Place) -> String? {
    guard options.deep else { return nil }
    do throws(Failure) { return try place.model() } catch { return nil }
  }

  /// Lets the gateway judge the key; returns the signal that interrupted it, if one did.
  private func ask(
    _ target: Target, _ model: String?, _ report: inout KeyReport, _ signals: (any SignalSource)?
  ) -> Int32? {
    let loop = environment.makeLoop()
    var limits = TimeLimits()
    limits.connect = target.settings.connectTimeout
    limits.firstByte = options.connection.firstByteTimeout ?? .seconds(30)
    limits.idle = options.connection.idleTimeout ?? .seconds(30)
    var result: KeyTrial.Report?
    var signal: Int32?
    if let signals { loop.watch(descriptor: signals.descriptor) { signal = signals.next() } }
    let trial = KeyTrial(
      target, model: model, limits: limits, totalTime: options.connection.userMaxTime, loop: loop
    ) { result = $0 }
    trial.begin()
    loop.run { result != nil || signal != nil }
    if let signals { loop.unwatch(descriptor: signals.descriptor) }
    report.trial = result
    return signal
  }

  private func conclude(_ findings: [KeyReport], _ signal: Int32?) -> Termination {
    let terminal = Presentation.terminal(
      environment.standardOutput, environment, color: options.output.color)
    if options.output.json {
      let object: JSON = ["schema": 1, "keys": .array(findings.map(\.json))]
      let style = JSONStyle(indented: terminal.isTerminal, terminalSafe: terminal.isTerminal)
      output.append { object.write(to: &$0, style: style) }
      output.append("\n")
    } else {
      for report in findings where !options.output.quiet { output.append(report.text(terminal)) }
    }
    output.flush()
    if output.state == .closed { return .exit(.done) }
    if case .failed = output.state {
      messages.error(CallRunner.failure(output.state))
      return .exit(.localIO)
    }
    for failure in findings.compactMap(\.verdict) { messages.error(failure) }
    if let signal { return .signal(signal) }
    let codes = Set(findings.map(\.status))
    return .exit(codes.count > 1 ? .conditionFalse : codes.first ?? .done)
  }
}
