import SheepClient
package import SheepCore
package import SheepOptions
package import SheepRun
import SheepTerminal

/// `sheep ping`: what is wrong with a connection, layer by layer, once or again and again.
struct PingCommand {
  private let options: PingOptions
  private let run: Run

  init(_ options: PingOptions, _ run: Run) {
    self.options = options
    self.run = run
  }

  /// Does what the options ask for.
  func perform() throws(Failure) -> Termination {
    if options.listsChecks { return try listChecks() }
    return try ping()
  }

  private func listChecks() throws(Failure) -> Termination {
    var table = Table([
      Table.Column("check", canShrink: false), Table.Column("costs"), Table.Column("checks"),
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
      try run.write(.array(list), style: run.jsonLineStyle)
    } else {
      try run.write { table.render(width: $0, style: $1) }
    }
    return .exit(.done)
  }

  private var report: PingReport {
    PingReport(terminal: run.outputTerminal, isQuiet: options.output.quiet)
  }

  private func ping() throws(Failure) -> Termination {
    try checkOptions()
    if options.connection.demo { try run.startDemo() }
    let choices = try Destination.choices(options.operands, options.connection, in: run)
    let targets = choices.map { PingTarget.make($0, options, run.environment) }
    if options.connection.explain {
      Explanation(run).show(zip(choices, targets).map { ($0, $1.model, $1.plan?.target) })
    }
    if options.deep {
      for target in targets where target.plan != nil && target.model == nil {
        throw Failure(.usage, "--deep", "no model given for \(target.name)", advice: "add -m MODEL")
      }
    }
    let session = PingSession(
      options: options, run: run, report: report)
    let end =
      options.count == nil && options.interval == nil
      ? session.diagnose(targets) : session.repeatProbes(targets)
    return try conclude(end)
  }

  private func checkOptions() throws(Failure) {
    let connection = options.connection
    if !options.operands.isEmpty {
      for (isGiven, name) in [
        (connection.baseURL != nil, "--base-url"), (connection.profile != nil, "--profile"),
        (connection.demo, "--demo"), (connection.model?.profile != nil, "MODEL@PROFILE"),
      ] where isGiven {
        throw Failure(
          .usage, options.operands[0], "cannot be combined with \(name)", advice: "use one of them")
      }
    }
    guard !options.deep else { return }
    if let check = options.only.first(where: \.isDeep) {
      throw Failure(.usage, "--only", "\(check.rawValue) costs tokens", advice: "add --deep")
    }
    if let level = options.serviceLevels.first(where: \.metric.isDeep) {
      throw Failure(
        .usage, "--slo", "\(level.metric.rawValue) is measured with a call that costs tokens",
        advice: "add --deep")
    }
  }

  /// Says the failures, and finds the exit that they have in common.
  private func conclude(_ end: PingSession.End) throws(Failure) -> Termination {
    try run.flush()
    for failure in end.failures { run.messages.error(failure) }
    return end.signal.map { .signal($0) } ?? .exit(ExitStatus(common: end.statuses))
  }
}

extension PingOptions: CommandBody {
  package var withoutConfiguration: String? {
    connection.demo ? "the configuration was not read" : nil
  }

  package func carryOut(_ run: Run) throws(Failure) -> Termination { try PingCommand(self, run).perform() }
}
