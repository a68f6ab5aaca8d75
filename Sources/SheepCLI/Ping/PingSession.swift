import SheepClient
import SheepCore
import SheepOptions
import SheepRun

/// Drives the checks of some targets on one loop and writes what comes of them.
final class PingSession {
  /// How it ended.
  struct End {
    /// One sentence for each target that failed.
    var failures: [Failure] = []
    /// One for each target; of targets that are well, `.done`.
    var statuses: [ExitStatus] = []
    var signal: Int32?
  }

  private let options: PingOptions
  private let run: Run
  private let report: PingReport
  private var loop: any EventLoop { run.loop }
  private var output: BufferedOutput { run.output }
  private var end = End()
  private var json: [JSON] = []

  init(options: PingOptions, run: Run, report: PingReport) {
    self.options = options
    self.run = run
    self.report = report
    loop.beforeWait = { [output] in output.flush() }
  }

  /// Serves the loop until `done`, a signal, or the end of those who read.
  private func serve(until done: () -> Bool) {
    let signal = run.serve { done() || self.isStopped }
    end.signal = end.signal ?? signal
  }

  private var isStopped: Bool { end.signal != nil || output.state != .written }

  private func conclude() -> End {
    loop.beforeWait = nil
    if options.output.json {
      let style = run.jsonStyle
      let object: JSON = ["schema": 1, "targets": .array(json)]
      output.append { object.write(to: &$0, style: style) }
      output.append("\n")
    }
    return end
  }

  // MARK: - One diagnosis each

  /// Checks all targets, one after the other.
  func diagnose(_ targets: [PingTarget]) -> End {
    for (index, target) in targets.enumerated() {
      guard let found = diagnose(target) else { break }
      let shown = selected(found)
      let missed = options.serviceLevels.filter { found.failure == nil && !$0.isMet(by: found.measures) }
      let verdict = self.verdict(found, missed, target)
      if options.output.json {
        json.append(PingJSON.target(target, found, shown, options.serviceLevels, verdict))
      } else {
        if index > 0 { output.append("\n") }
        output.append(report.block(target, shown, whole: found, missed: missed))
      }
      end.statuses.append(verdict.map { ExitStatus($0) } ?? strictStatus(found))
      if let verdict { end.failures.append(verdict) }
    }
    return conclude()
  }

  private func strictStatus(_ found: DiagnosisReport) -> ExitStatus {
    options.output.strict && found.warnings > 0 ? .conditionFalse : .done
  }

  /// `nil` when a signal came before the end.
  private func diagnose(_ target: PingTarget) -> DiagnosisReport? {
    guard let plan = target.plan else {
      let rest = Check.allCases.filter { $0 > .config && (options.deep || !$0.isDeep) }
      return DiagnosisReport(results: [target.config] + rest.map { CheckResult($0, .notReached, "") })
    }
    var found: DiagnosisReport?
    let network = run.environment.makeNetworkProbe?(loop)
    let diagnosis = Diagnosis(plan, loop: loop, network: network) { found = $0 }
    diagnosis.begin()
    serve { found != nil }
    if found == nil { diagnosis.cancel() }
    return found
  }

  /// The checks to show: those asked for, and any that failed.
  private func selected(_ found: DiagnosisReport) -> [CheckResult] {
    guard !options.only.isEmpty else { return found.results }
    return found.results.filter { options.only.contains($0.check) || $0.state == .failed }
  }

  private func verdict(
    _ found: DiagnosisReport, _ missed: [ServiceLevel], _ target: PingTarget
  ) -> Failure? {
    if let failure = found.failure { return failure }
    guard !missed.isEmpty else { return nil }
    let parts = missed.map { level in
      let measured = level.measured(in: found.measures).map(DurationText.of) ?? "not measured"
      return "\(level.metric.rawValue) \(measured), allowed \(DurationText.of(level.limit))"
    }
    return Failure(.limit, target.name, "slower than --slo allows: " + parts.joined(separator: ", "))
  }

  // MARK: - Again and again

  /// What is known of one target's probes.
  private final class Series {
    let target: PingTarget
    let probe: PingProbe
    var statistics = PingStatistics()
    var samples: [PingSample] = []
    var missed = 0
    var statuses: Set<ExitStatus> = []
    var lastFailure: Failure?

    init(_ target: PingTarget, _ probe: PingProbe) {
      self.target = target
      self.probe = probe
    }
  }

  /// Probes all targets in rounds, until the count is reached or a signal comes.
  func repeatProbes(_ targets: [PingTarget]) -> End {
    var all: [Series] = []
    for target in targets {
      guard let plan = target.plan else {
        end.failures += [target.config.failure].compactMap { $0 }
        end.statuses.append(target.config.failure.map { ExitStatus($0) } ?? .usage)
        continue
      }
      all.append(Series(target, PingProbe(plan, loop: loop)))
    }
    if !options.output.json { for series in all { output.append(report.opening(series.target, options)) } }
    var round = 0
    while !all.isEmpty, !isStopped, round < options.count ?? .max {
      let start = loop.now
      round += 1
      for series in all where !isStopped { send(series, number: round, isAlone: all.count == 1) }
      if round < options.count ?? .max { wait(until: start + (options.interval ?? .seconds(1))) }
    }
    for series in all { finish(series) }
    return conclude()
  }

  private func send(_ series: Series, number: Int, isAlone: Bool) {
    var sample: PingSample?
    series.probe.send { sample = $0 }
    serve { sample != nil }
    guard let sample else { return series.probe.cancel() }
    series.statistics.add(sample)
    if options.output.json { series.samples.append(sample) }
    if let failure = sample.failure {
      series.statuses.insert(ExitStatus(failure))
      series.lastFailure = failure
    } else if options.serviceLevels.contains(where: { !$0.isMet(by: sample.measures) }) {
      series.missed += 1
    }
    if !options.output.json, !options.output.quiet {
      output.append(report.probe(sample, number: number, name: isAlone ? nil : series.target.name))
    }
  }

  private func wait(until instant: Instant) {
    guard !isStopped else { return }
    var isDue = false
    let timer = loop.schedule(at: instant) { isDue = true }
    serve { isDue }
    loop.cancel(timer)
  }

  private func finish(_ series: Series) {
    if options.output.json {
      json.append(PingJSON.target(series.target, series.samples, series.statistics, missed: series.missed))
    } else {
      output.append(
        report.statistics(series.target.name, series.statistics, missed: series.missed, options.serviceLevels)
      )
    }
    if let failure = series.lastFailure {
      end.failures.append(failure)
      end.statuses.append(series.statuses.count == 1 ? ExitStatus(failure) : .conditionFalse)
    } else if series.missed > 0 {
      end.failures.append(
        Failure(
          .limit, series.target.name,
          "\(series.missed) of \(series.statistics.sent) probes were slower than --slo allows"))
      end.statuses.append(.userLimit)
    } else {
      end.statuses.append(.done)
    }
  }
}
