import SheepClient
import SheepCore
import SheepOptions
import SheepRun

/// The objects of `ping --json`; docs/ping.md describes them.
enum PingJSON {
  /// One target after a diagnosis.
  static func target(
    _ target: PingTarget, _ found: DiagnosisReport, _ shown: [CheckResult], _ levels: [ServiceLevel],
    _ verdict: Failure?
  ) -> JSON {
    var members = head(target)
    members += [
      ("ok", .bool(verdict == nil)),
      ("code", .number(JSONNumber(verdict.map { ExitStatus($0).rawValue } ?? 0))),
      ("problem", text(verdict?.sentence)),
      ("warnings", .number(JSONNumber(found.warnings))),
      ("checks", .array(shown.map(check))),
      ("times", measures(found.measures)),
      ("slo", .array(levels.map { level($0, found.measures) })),
    ]
    return object(members)
  }

  /// One target after its probes.
  static func target(
    _ target: PingTarget, _ samples: [PingSample], _ statistics: PingStatistics, missed: Int
  ) -> JSON {
    var members = head(target)
    members += [
      ("ok", .bool(statistics.ok == statistics.sent && missed == 0)),
      ("probes", .array(samples.map(probe))),
      (
        "statistics",
        [
          "sent": .number(JSONNumber(statistics.sent)), "ok": .number(JSONNumber(statistics.ok)),
          "lost": .number(JSONNumber(statistics.sent - statistics.ok)),
          "reconnects": .number(JSONNumber(statistics.reconnects)),
          "slower_than_slo": .number(JSONNumber(missed)), "usd": statistics.cost?.json ?? .null,
          "jitter_ms": time(statistics.jitter), "total": spread(statistics.total),
          "ttft": spread(statistics.firstToken),
        ]
      ),
    ]
    return object(members)
  }

  private static func head(_ target: PingTarget) -> [(String, JSON)] {
    [
      ("name", .string(target.name)), ("profile", text(target.profile)), ("base_url", text(target.baseURL)),
      ("model", text(target.model)), ("key", text(target.maskedKey)),
    ]
  }

  private static func check(_ result: CheckResult) -> JSON {
    [
      "check": .string(result.check.rawValue), "layer": .number(JSONNumber(result.check.number)),
      "state": .string(result.state.rawValue), "ms": time(result.time),
      "code": .number(JSONNumber(result.failure.map { ExitStatus($0).rawValue } ?? 0)),
      "kind": text(result.failure?.kind.rawValue), "value": .string(result.value),
      "advice": text(result.advice), "facts": .object(JSONObject(result.facts)),
    ]
  }

  private static func probe(_ sample: PingSample) -> JSON {
    [
      "ok": .bool(sample.failure == nil), "total_ms": time(sample.total),
      "connect_ms": time(sample.measures.connect), "ttfb_ms": time(sample.measures.firstByte),
      "ttft_ms": time(sample.measures.firstToken),
      "connection_reused": sample.reused.map { .bool($0) } ?? .null,
      "status": sample.status.map { .number(JSONNumber($0)) } ?? .null,
      "code": .number(JSONNumber(sample.failure.map { ExitStatus($0).rawValue } ?? 0)),
      "kind": text(sample.failure?.kind.rawValue), "problem": text(sample.failure?.sentence),
      "usd": sample.price?.amount?.json ?? .null,
    ]
  }

  private static func measures(_ measures: Measures) -> JSON {
    [
      "connect_ms": time(measures.connect), "ttfb_ms": time(measures.firstByte),
      "ttft_ms": time(measures.firstToken), "ttft_visible_ms": time(measures.firstVisible),
      "total_ms": time(measures.total),
    ]
  }

  private static func level(_ level: ServiceLevel, _ measures: Measures) -> JSON {
    [
      "name": .string(level.metric.rawValue), "limit_ms": time(level.limit),
      "measured_ms": time(level.measured(in: measures)), "met": .bool(level.isMet(by: measures)),
    ]
  }

  private static func spread(_ spread: PingStatistics.Spread?) -> JSON {
    guard let spread else { return .null }
    return [
      "min_ms": time(spread.minimum), "median_ms": time(spread.median), "p95_ms": time(spread.percentile95),
      "max_ms": time(spread.maximum), "count": .number(JSONNumber(spread.count)),
    ]
  }

  private static func time(_ span: Duration?) -> JSON { span.map(Milliseconds.json) ?? .null }
  private static func text(_ value: String?) -> JSON { value.map { .string($0) } ?? .null }
  private static func object(_ members: [(String, JSON)]) -> JSON {
    .object(JSONObject(members.map { JSONObject.Member(name: $0.0, value: $0.1) }))
  }
}
