import SheepClient
import SheepCore
import SheepOptions
import SheepRun
import SheepTerminal

/// `sheep ping`: what is wrong with a connection, layer by layer, once or again and again.
final class PingCommand {
  private let options: PingOptions
  private let environment: Environment
  private let messages: Messages
  private let output: BufferedOutput

  init(_ options: PingOptions, _ environment: Environment) {
    self.options = options
    self.environment = environment
    messages = Messages(
      to: environment.standardError, isQuiet: options.output.quiet, errorsAsJSON: options.output.json)
    output = BufferedOutput(to: environment.standardOutput)
  }

  /// Runs the command.
  func run() -> Termination {
    do throws(Failure) {
      if options.listsChecks { return listChecks() }
      return try ping()
    } catch {
      messages.error(error)
      return .exit(ExitStatus(error))
    }
  }

  private func listChecks() -> Termination {
    var table = Table([
      Table.Column("check", canShrink: false), Table.Column("costs"), Table.Column("looks at"),
    ])
    for check in Check.allCases {
      table.add([check.rawValue, check.isDeep ? "--deep" : "free", check.summary])
    }
    if options.output.json {
      let list = Check.allCases.map { check -> JSON in
        [
          "check": .string(check.rawValue), "layer": .number(JSONNumber(check.number)),
          "deep": .bool(check.isDeep), "looks_at": .string(check.summary),
        ]
      }
      return Program.show(JSON.array(list).serialized() + "\n", environment)
    }
    let terminal = report.terminal
    return Program.show(table.render(width: terminal.width, style: terminal.style), environment)
  }

  private var report: PingReport {
    PingReport(
      terminal: Presentation.terminal(
        environment.standardOutput, environment, color: options.output.color),
      isQuiet: options.output.quiet)
  }

  private func ping() throws(Failure) -> Termination {
    try checkOptions()
    let demo = options.connection.demo ? try DemoGateway.start(environment) : nil
    defer { demo?.stop() }
    if demo != nil { messages.note("demo: the gateway is inside this process; no key, nothing charged") }
    let places = try places(demo)
    let targets = places.map { PingTarget.make($0, options, environment) }
    if options.connection.explain {
      Explanation(environment: environment, messages: messages).show(
        zip(places, targets).map { .init(named: $0.named, model: $1.model, target: $1.plan?.target) })
    }
    if options.deep {
      for target in targets where target.plan != nil && target.model == nil {
        throw Failure(.usage, "--deep", "no model is named for \(target.name)", advice: "add -m MODEL")
      }
    }
    let session = PingSession(
      options: options, environment: environment, output: output, report: report)
    let end =
      options.count == nil && options.interval == nil
      ? session.diagnose(targets) : session.repeatProbes(targets)
    return conclude(end)
  }

  private func checkOptions() throws(Failure) {
    let connection = options.connection
    if !options.operands.isEmpty {
      for (isGiven, name) in [
        (connection.baseURL != nil, "--base-url"), (connection.profile != nil, "--profile"),
        (connection.demo, "--demo"), (connection.model?.profile != nil, "MODEL@PROFILE"),
      ] where isGiven {
        throw Failure(
          .usage, options.operands[0], "cannot be given together with \(name)", advice: "use one of them")
      }
    }
    guard !options.deep else { return }
    if let check = options.only.first(where: \.isDeep) {
      throw Failure(.usage, "--only", "\(check.rawValue) costs tokens", advice: "add --deep")
    }
    if let level = options.serviceLevels.first(where: \.metric.isDeep) {
      throw Failure(
        .usage, "--slo", "\(level.metric.rawValue) is measured on a call that costs tokens",
        advice: "add --deep")
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

  /// Says the failures, and finds the exit that they have in common.
  private func conclude(_ end: PingSession.End) -> Termination {
    output.flush()
    if output.state == .closed { return .exit(.done) }
    if case .failed = output.state {
      messages.error(CallRunner.failure(output.state))
      return .exit(.localIO)
    }
    for failure in end.failures { messages.error(failure) }
    if let signal = end.signal { return .signal(signal) }
    let codes = Set(end.statuses)
    if codes.count > 1 { return .exit(.conditionFalse) }
    return .exit(codes.first ?? .done)
  }
}
