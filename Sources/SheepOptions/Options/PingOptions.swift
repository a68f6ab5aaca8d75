package import SheepCore

/// The parsed form of `sheep ping`.
package struct PingOptions: CommandValues, Equatable {
  package var connection = ConnectionOptions()
  package var output = OutputOptions()
  /// Also the checks that cost tokens.
  package var deep = false
  /// How many probes; nil without end where an interval is given, else one diagnosis.
  package var count: Int?
  /// Between the beginnings of two probes; nil is one second.
  package var interval: Duration?
  /// Limits whose passing has an exit code of its own.
  package var serviceLevels: [ServiceLevel] = []
  /// The checks to show; empty for all.
  package var only: [Check] = []
  package var listsChecks = false
  /// The profiles to check, in this order.
  package var operands: [String] = []

  package init() {}

  package static var options: [OptionSpec<Self>] {
    DiagnosisOptions.connection.map { $0.lifted(\.connection) } + own
      + DiagnosisOptions.output(["json", "strict", "color", "quiet"]).map { $0.lifted(\.output) }
  }

  private static var own: [OptionSpec<Self>] {
    [
      .flag(DiagnosisOptions.deepInfo, \.deep),
      .value(
        OptionInfo(
          long: "count", short: "c", valueName: "N", group: .diagnosis, summary: "Number of probes.",
          detail: """
            Prints a line for each probe and statistics at the end or on Ctrl-C, like ping(8). A \
            probe is a free request; with `--deep` it is a small call that costs tokens.
            """, examples: ["sheep ping -c 10 -i 2"], seeAlso: ["interval"]),
        \.count, WholeNumber.between(1, 1_000_000)),
      .value(
        OptionInfo(
          long: "interval", short: "i", valueName: "TIME", group: .diagnosis,
          summary: "Time between probes.", initial: "1s",
          detail: """
            Without `--count`, probes continue until Ctrl-C. Without a unit the value is in \
            seconds; `500ms`, `2m` and `1h` also work.
            """, seeAlso: ["count"]), \.interval, interval),
      .setting(
        OptionInfo(
          long: "slo", knownAs: ["threshold"], valueName: "NAME=MS,...", group: .diagnosis,
          summary: "Exit with 10 if a time exceeds its limit.",
          detail: """
            Times are `connect`, `ttfb` (first byte), `ttft` (first token), `ttft-visible` and \
            `total`; a number without a unit is milliseconds. `ttft` and `ttft-visible` need \
            `--deep`.
            """, examples: ["sheep ping --deep --slo ttft=800,total=3000"]),
        \.serviceLevels, serviceLevels),
      .setting(
        OptionInfo(
          long: "only", valueName: "CHECK,...", group: .diagnosis, summary: "Show only these checks.",
          detail: """
            Checks they depend on run too, and are shown if they fail. `--list-checks` lists all \
            checks.
            """, examples: ["sheep ping --only tls,auth"]), \.only, checks),
      .flag(
        OptionInfo(
          long: "list-checks", group: .diagnosis, summary: "List the checks and exit.",
          hasEnvironmentDefault: false), \.listsChecks),
    ]
  }

  private static func interval(_ text: String) throws(ValueProblem) -> Duration {
    let span = try TimeSpan.seconds(text)
    guard span >= .milliseconds(100) else {
      throw ValueProblem("\(Quoted.text(text)) is too short", "use 0.1 or more, to spare the gateway")
    }
    return span
  }

  private static func checks(_ text: String) throws(ValueProblem) -> [Check] {
    var checks: [Check] = []
    for word in text.split(separator: ",") {
      guard let check = Check(rawValue: String(word)) else {
        throw ValueProblem(
          "\(Quoted.text(String(word))) is not a check",
          "use " + Check.allCases.map(\.rawValue).joined(separator: ", "))
      }
      checks.append(check)
    }
    guard !checks.isEmpty else { throw ValueProblem("is empty", "use names such as tls,auth") }
    return checks
  }

  private static func serviceLevels(_ text: String) throws(ValueProblem) -> [ServiceLevel] {
    var levels: [ServiceLevel] = []
    for item in text.split(separator: ",") {
      let parts = item.split(separator: "=", maxSplits: 1)
      guard parts.count == 2, let metric = ServiceLevel.Metric(rawValue: String(parts[0])) else {
        let names = ServiceLevel.Metric.allCases.map(\.rawValue).joined(separator: ", ")
        throw ValueProblem(
          "\(Quoted.text(String(item))) is not a limit", "write it like ttft=800; the names are \(names)")
      }
      levels.append(ServiceLevel(metric, atMost: try TimeSpan.milliseconds(String(parts[1]))))
    }
    guard !levels.isEmpty else { throw ValueProblem("is empty", "write it like ttft=800,total=3000") }
    return levels
  }
}

/// Rows that the commands of diagnosis share with each other and with the rest.
enum DiagnosisOptions {
  /// The connection's rows but those of retries and money: nothing is retried here.
  static var connection: [OptionSpec<ConnectionOptions>] {
    ConnectionOptions.options.filter { !["max-retries", "max-cost"].contains($0.info.long) }
  }

  /// The output rows of these names, in the order of help.
  static func output(_ names: [String]) -> [OptionSpec<OutputOptions>] {
    OutputOptions.options.filter { names.contains($0.info.long) }
  }

  /// The meaning of `--deep` everywhere.
  static let deepInfo = OptionInfo(
    long: "deep", group: .diagnosis, summary: "Also call a model, for a few tokens.",
    detail: """
      `sheep ping` streams an answer of at most 24 tokens and prints its cost. `sheep \
      validate-key` asks for one token if a free request is inconclusive.
      """)
}
