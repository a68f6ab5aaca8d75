import SheepClient
import SheepCore
import SheepOptions
import SheepRun
import SheepTerminal

/// What `ping` writes for people.
struct PingReport {
  let terminal: TerminalInfo
  let isQuiet: Bool

  private var style: Style { terminal.style }
  private static let nameWidth = 11
  private static let timeWidth = 7
  /// Mark, blanks, name and time before the value of a line.
  private static let indent = 2 + 2 + nameWidth + 1 + timeWidth + 2

  // MARK: - One diagnosis

  /// All lines of one target.
  func block(
    _ target: PingTarget, _ shown: [CheckResult], whole: DiagnosisReport, missed: [ServiceLevel]
  ) -> String {
    var text = isQuiet ? "" : heading(target)
    for result in shown where !isQuiet || result.state == .warning || result.state == .failed {
      text += line(result)
    }
    if !isQuiet, whole.failure == nil, missed.isEmpty { text += closing(target, whole) }
    return text
  }

  private func heading(_ target: PingTarget) -> String {
    let name = Messages.filtered(target.name)
    guard let address = target.baseURL else { return style.bold(name) + "\n" }
    let more = target.profile == nil ? "" : style.dim("  " + Messages.filtered(address))
    return style.bold(name) + more + "\n"
  }

  private func line(_ result: CheckResult) -> String {
    let (mark, ink): (String, Ink) =
      switch result.state {
      case .ok: ("✓", .green)
      case .warning: ("!", .yellow)
      case .failed: ("✗", .red)
      case .notReached, .skipped: ("-", .dim)
      }
    let time = (result.time.map(DurationText.of) ?? "").padded(to: Self.timeWidth, .right)
    let value = result.state == .notReached ? "not reached" : result.value
    var text = "  " + style(mark, ink) + " "
    text += result.check.rawValue.padded(to: Self.nameWidth) + " "
    text += (result.time == nil ? time : style.dim(time)) + "  "
    text += wrapped(value, ink: mark == "-" ? .dim : result.state == .failed ? .red : [])
    if result.state == .warning, let advice = result.advice {
      text += String(repeating: " ", count: Self.indent) + wrapped(advice, ink: .yellow)
    }
    return text
  }

  /// The text in the column of values, further lines beneath the first; ends in a line feed.
  private func wrapped(_ value: String, ink: Ink) -> String {
    let value = Messages.filtered(value)
    guard let width = terminal.width, width > Self.indent + 20 else { return style(value, ink) + "\n" }
    let lines = WordWrap.rows(value, width: width - Self.indent)
    let gap = "\n" + String(repeating: " ", count: Self.indent)
    return lines.map { style($0, ink) }.joined(separator: gap) + "\n"
  }

  private func closing(_ target: PingTarget, _ whole: DiagnosisReport) -> String {
    let name = Messages.filtered(target.name)
    switch whole.warnings {
    case 0: return style.green("\(name) works.") + "\n"
    case 1: return style.yellow("\(name) works, with one warning.") + "\n"
    case let count: return style.yellow("\(name) works, with \(count) warnings.") + "\n"
    }
  }

  // MARK: - Probes

  /// The line before the first probe.
  func opening(_ target: PingTarget, _ options: PingOptions) -> String {
    if isQuiet { return "" }
    let what =
      options.deep ? "a call to \(target.model ?? "the model") for about 24 tokens" : "the model list"
    let pause = DurationText.of(options.interval ?? .seconds(1))
    return Messages.filtered("ping \(target.name): \(what), every \(pause)") + "\n"
  }

  /// The line of one probe.
  func probe(_ sample: PingSample, number: Int, name: String?) -> String {
    let head = (name.map { Messages.filtered($0) + " " } ?? "") + "probe \(number): "
    if let failure = sample.failure {
      return head + style.red(Messages.filtered(failure.statement)) + "\n"
    }
    var parts: [String] = []
    if let first = sample.measures.firstToken { parts.append("first token \(DurationText.of(first))") }
    parts.append("total \(DurationText.of(sample.total))")
    if sample.reused == false, let connect = sample.measures.connect {
      parts.append("connected in \(DurationText.of(connect))")
    }
    if let price = sample.price { parts.append(price.text) }
    return head + parts.joined(separator: ", ") + "\n"
  }

  /// The lines at the end.
  func statistics(
    _ name: String, _ statistics: PingStatistics, missed: Int, _ levels: [ServiceLevel]
  ) -> String {
    let loss = statistics.lossPerMille
    var counts = "\(statistics.sent) sent, \(statistics.ok) ok, \(loss / 10).\(loss % 10) % lost"
    if statistics.reconnects > 0 { counts += ", \(statistics.reconnects) reconnects" }
    if !levels.isEmpty { counts += ", \(missed) slower than --slo" }
    if let cost = statistics.cost { counts += ", \(cost.display)" }
    var text = style.bold("--- \(Messages.filtered(name)) statistics ---") + "\n" + counts + "\n"
    var isRough = false
    for (title, spread) in [("total", statistics.total), ("first token", statistics.firstToken)] {
      guard let spread else { continue }
      var parts = ["min \(DurationText.of(spread.minimum))", "median \(DurationText.of(spread.median))"]
      if let high = spread.percentile95 {
        parts.append("p95\(spread.isRough ? "*" : "") \(DurationText.of(high))")
        isRough = isRough || spread.isRough
      }
      parts.append("max \(DurationText.of(spread.maximum))")
      if title == "total", let jitter = statistics.jitter {
        parts.append("jitter \(DurationText.of(jitter))")
      }
      text += title.padded(to: 12) + parts.joined(separator: ", ") + "\n"
    }
    if isRough {
      text +=
        style.dim("* fewer than \(PingStatistics.enoughForPercentile) probes, so only a rough figure") + "\n"
    }
    return text
  }
}
