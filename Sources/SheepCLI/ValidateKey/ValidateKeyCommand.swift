import SheepClient
package import SheepCore
package import SheepOptions
package import SheepRun
import SheepTerminal

/// `sheep validate-key`: is there a key, has it the form of one, and is it accepted.
struct ValidateKeyCommand {
  private let options: ValidateKeyOptions
  private let run: Run

  init(_ options: ValidateKeyOptions, _ run: Run) {
    self.options = options
    self.run = run
  }

  /// Does what the options ask for.
  func perform() throws(Failure) -> Termination {
    try checkOptions()
    let demoKey = Secret("sk-demo-of-sheep-0000000000001234")
    if options.connection.demo { try run.startDemo(keys: [demoKey]) }
    var findings: [KeyReport] = []
    var signal: Int32?
    for choice in try Destination.choices(options.operands, options.connection, in: run) {
      let reports = KeyInspection().inspect(
        choice, demoKey: choice.isDemo ? demoKey : nil)
      for var report in reports where signal == nil {
        if let target = report.target, report.failure == nil, !options.offline {
          signal = ask(target, model(choice), &report)
        }
        if signal == nil { findings.append(report) }
      }
    }
    return try conclude(findings, signal)
  }

  private func checkOptions() throws(Failure) {
    let connection = options.connection
    if let first = options.operands.first, KeyShape.matches(first) {
      throw Failure(
        .usage, Quoted.text(first), "looks like an API key; nothing was sent", advice: KeyShape.keyAdvice)
    }
    if options.offline, options.deep {
      throw Failure(.usage, "--deep", "cannot be combined with --offline", advice: "use one of them")
    }
    guard !options.operands.isEmpty else { return }
    for (isGiven, name) in [
      (connection.baseURL != nil, "--base-url"), (connection.profile != nil, "--profile"),
      (connection.demo, "--demo"),
    ] where isGiven {
      throw Failure(
        .usage, options.operands[0], "cannot be combined with \(name)", advice: "use one of them")
    }
  }

  private func model(_ choice: Destination.Choice) -> String? {
    guard options.deep else { return nil }
    do throws(Failure) { return try choice.requiredModel() } catch { return nil }
  }

  /// Lets the gateway judge the key; returns the signal that interrupted it, if one did.
  private func ask(_ target: Target, _ model: String?, _ report: inout KeyReport) -> Int32? {
    var limits = TimeLimits()
    limits.connect = target.settings.connectTimeout
    limits.firstByte = options.connection.firstByteTimeout ?? .seconds(30)
    limits.idle = options.connection.idleTimeout ?? .seconds(30)
    var result: KeyTrial.Report?
    let trial = KeyTrial(
      target, model: model, limits: limits, totalTime: options.connection.userMaxTime, loop: run.loop
    ) { result = $0 }
    trial.begin()
    let signal = run.serve { result != nil }
    report.trial = result
    return signal
  }

  private func conclude(_ findings: [KeyReport], _ signal: Int32?) throws(Failure) -> Termination {
    if options.output.json {
      try run.write(["schema": 1, "keys": .array(findings.map(\.json))])
    } else if !options.output.quiet {
      try run.write(findings.map { $0.text(run.outputTerminal) }.joined())
    }
    for failure in findings.compactMap(\.verdict) { run.messages.error(failure) }
    return signal.map { .signal($0) } ?? .exit(ExitStatus(common: findings.map(\.status)))
  }
}

extension ValidateKeyOptions: CommandBody {
  package var withoutConfiguration: String? {
    connection.demo ? "the configuration was not read" : nil
  }

  package func carryOut(_ run: Run) throws(Failure) -> Termination {
    try ValidateKeyCommand(self, run).perform()
  }
}
