import SheepClient
import SheepCore
import SheepOptions
import SheepRun
import SheepTerminal

/// What `validate-key` found out about one key, as text and as JSON. It never holds the key.
struct KeyReport {
  /// What people call it: the profile, or the host.
  var name: String
  var baseURL: String?
  var profile: String?
  /// Where the key lies; `nil` without one.
  var source: String?
  var sourceKind: String?
  var mask: String?
  /// Whether there is no key and none is needed.
  var isNeedless = false
  var findings: [KeyForm.Finding] = []
  /// Why it cannot be used; `nil` when it can.
  var failure: Failure?
  /// Whom to ask; `nil` when nothing can be asked.
  var target: Target?
  /// What the gateway said; `nil` when it was not asked.
  var trial: KeyTrial.Report?

  init(name: String) {
    self.name = name
  }

  /// The failure to report; `nil` when the key is good, or good as far as was looked.
  var verdict: Failure? {
    if let failure { return failure }
    switch trial?.verdict {
    case .rejected(let failure):
      var failure = failure
      failure.subject = name
      failure.problem = "the key \(mask ?? "") is not accepted: " + failure.problem
      return failure
    case .failed(let failure): return failure
    case .unknown(let reason):
      return Failure(
        .mismatch, name, "the check of key \(mask ?? "") is inconclusive: \(reason)",
        advice: trial?.wasCalled == true ? nil : "add --deep to request one token from a model")
    case .accepted, nil: return nil
    }
  }

  /// The exit code for it. What cannot be told is a condition that is not met.
  var status: ExitStatus {
    if case .unknown? = trial?.verdict, failure == nil { return .conditionFalse }
    return verdict.map { ExitStatus($0) } ?? .done
  }

  private var word: String {
    if failure?.kind == .authentication, source == nil { return "missing" }
    if failure != nil { return "malformed" }
    if isNeedless { return "not_needed" }
    switch trial?.verdict {
    case .accepted: return "accepted"
    case .rejected: return "rejected"
    case .unknown: return "unknown"
    case .failed: return "unreachable"
    case nil: return "not_asked"
    }
  }

  // MARK: - JSON

  /// The object of `--json`; docs/ping.md describes it.
  var json: JSON {
    func text(_ value: String?) -> JSON { value.map { .string($0) } ?? .null }
    func number(_ value: Int?) -> JSON { value.map { .number(JSONNumber($0)) } ?? .null }
    let findings = findings.map { finding -> JSON in
      [
        "code": .string(finding.code), "problem": .string(finding.problem),
        "advice": .string(finding.advice), "fatal": .bool(finding.isFatal),
      ]
    }
    return [
      "name": .string(name), "profile": text(profile), "base_url": text(baseURL), "source": text(source),
      "source_kind": text(sourceKind), "key": text(mask), "verdict": .string(word),
      "code": .number(JSONNumber(status.rawValue)), "problem": text(verdict?.sentence),
      "findings": .array(findings), "ms": trial?.time.map(Milliseconds.json) ?? .null,
      "status": number(trial?.status), "control_status": number(trial?.controlStatus),
      "models": number(trial?.models), "asked_a_model": .bool(trial?.wasCalled ?? false),
    ]
  }

  // MARK: - Text

  /// The lines for people; what failed is said once more, with advice, on standard error.
  func text(_ terminal: TerminalInfo) -> String {
    let style = terminal.style
    var lines = style.bold(Messages.filtered(name))
    if let baseURL, baseURL != name { lines += style.dim("  " + Messages.filtered(baseURL)) }
    lines += "\n"
    for row in rows {
      let (mark, ink): (String, Ink) =
        switch row.state {
        case .ok: ("✓", .green)
        case .warning: ("!", .yellow)
        case .failed: ("✗", .red)
        case .notReached, .skipped: ("-", .dim)
        }
      lines += "  " + style(mark, ink) + " " + row.name.padded(to: 11)
      lines += style(Messages.filtered(row.value), ink == .dim ? .dim : []) + "\n"
    }
    return lines
  }

  private typealias Row = (state: CheckResult.State, name: String, value: String)

  private var rows: [Row] {
    if isNeedless { return [(.ok, "presence", "no key, and none is needed")] }
    guard let source else { return [(.failed, "presence", failure?.problem ?? "no key")] }
    var rows: [Row] = [(.ok, "presence", "from \(source): \(mask ?? "****")")]
    for finding in findings { rows.append((finding.isFatal ? .failed : .warning, "form", finding.problem)) }
    if findings.isEmpty {
      rows.append(failure == nil ? (.ok, "form", "well formed") : (.failed, "form", "malformed"))
    }
    rows.append(acceptance)
    return rows
  }

  private var acceptance: Row {
    if failure != nil { return (.notReached, "acceptance", "not checked") }
    guard let trial else { return (.skipped, "acceptance", "not checked (--offline)") }
    let models = trial.models.map { Figures.count($0, "model") }
    switch trial.verdict {
    case .accepted where trial.wasCalled: return (.ok, "acceptance", "a model answered")
    case .accepted:
      let control = trial.controlStatus.map { "a broken key is refused (\($0))" } ?? "a broken key is refused"
      return (
        .ok, "acceptance",
        [models.map { "lists \($0)" }, control].compactMap { $0 }.joined(separator: ", ")
      )
    case .rejected(let failure): return (.failed, "acceptance", "refused (\(failure.status ?? 0))")
    case .unknown(let reason): return (.warning, "acceptance", "inconclusive: \(reason)")
    case .failed(let failure): return (.failed, "acceptance", failure.problem)
    }
  }
}
