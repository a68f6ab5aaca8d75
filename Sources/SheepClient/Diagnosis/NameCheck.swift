import SheepCore

/// What looking a name up in both families comes to, as results of the layer `dns` (or of the
/// layer `proxy`, for the proxy's own name). Pure.
enum NameCheck {
  /// The answers of both families.
  typealias Answers = [AddressFamily: NameAnswer]

  /// A look-up that takes longer than this is worth a word.
  static let slow: Duration = .seconds(1)

  /// Judges the answers for `host`.
  static func result(_ answers: Answers, host: String) -> CheckResult {
    let families = AddressFamily.allCases.compactMap { family in answers[family].map { (family, $0) } }
    let time = families.map(\.1.time).max()
    let facts: [(String, JSON)] =
      [("host", .string(host))]
      + families.map { ($0.recordType.lowercased(), .array($1.addresses.map { .string($0) })) }
    guard families.contains(where: { !$0.1.addresses.isEmpty }) else {
      return .failed(.dns, failure(families.map(\.1), host: host), time: time, facts: facts)
    }
    var result = CheckResult(
      .dns, .ok, families.map { shown($0.1, $0.0) }.joined(separator: ", "), time: time, facts: facts)
    for (family, answer) in families {
      switch answer.problem {
      case .timeout, .unanswered:
        result.warn(
          "\(family.recordType) unanswered",
          advice: "the name server does not answer for \(family.rawValue), which delays every new connection")
      default: break
      }
    }
    if let time, time > slow, result.state == .ok {
      result.warn("slow", advice: "the name server takes \(DurationText.of(time)); try another one")
    }
    return result
  }

  private static func shown(_ answer: NameAnswer, _ family: AddressFamily) -> String {
    guard let first = answer.addresses.first else { return "no \(family.recordType)" }
    let more = answer.addresses.count > 1 ? " (+\(answer.addresses.count - 1))" : ""
    return "\(family.recordType) \(first)\(more)"
  }

  private static func failure(_ answers: [NameAnswer], host: String) -> Failure {
    let problems = answers.compactMap(\.problem)
    if problems.contains(.timeout) {
      return Failure(
        .nameResolution, host, "the name server does not answer",
        advice: "check /etc/resolv.conf, the network, and whether a VPN should be on or off")
    }
    if problems.contains(.unanswered) {
      return Failure(
        .nameResolution, host, "no name server answered",
        advice: "check the network, /etc/resolv.conf and the spelling of \(host)")
    }
    if case .other(let words)? = problems.first(where: { $0 != .noAddress }) {
      return Failure(
        .nameResolution, host, "the lookup failed (\(words))", advice: "check /etc/resolv.conf")
    }
    return Failure(
      .nameResolution, host, "the name does not exist",
      advice: "check the spelling in --base-url or the profile; some names exist only inside a VPN")
  }
}

/// What connecting over both families comes to. Pure.
enum ConnectionCheck {
  /// One trial.
  struct Trial {
    var family: AddressFamily
    var address: String
    var answer: ConnectAnswer
  }

  /// Judges the trials for `port` of `host`; there is at least one.
  static func result(_ trials: [Trial], host: String, port: UInt16, isLoopback: Bool) -> CheckResult {
    let good = trials.filter { $0.answer.problem == nil }
    let time = (good.isEmpty ? trials : good).map(\.answer.time).min()
    let facts: [(String, JSON)] =
      [("port", .number(JSONNumber(port)))]
      + trials.map { trial in
        (
          trial.family.rawValue.lowercased(),
          [
            "address": .string(trial.address),
            "problem": word(trial.answer.problem).map { .string($0) } ?? .null,
            "ms": .number(JSONNumber(trial.answer.time.nanoseconds / 1_000_000)),
          ]
        )
      }
    guard !good.isEmpty else {
      return .failed(
        .tcp, failure(trials, host: host, port: port, isLoopback: isLoopback), time: time, facts: facts)
    }
    let value = trials.map { trial in
      let end = word(trial.answer.problem) ?? DurationText.of(trial.answer.time)
      return "\(trial.family.rawValue) \(end)"
    }
    var result = CheckResult(
      .tcp, .ok, "port \(port): " + value.joined(separator: ", "), time: time, facts: facts)
    for trial in trials {
      switch trial.answer.problem {
      case nil, .unreachable: break
      default:
        // Without a way out at all the other family is taken at once; a refusal costs time.
        result.state = .warning
        result.advice =
          "\(trial.family.rawValue) does not work although the name has such an address; "
          + "every new connection tries it"
      }
    }
    return result
  }

  private static func word(_ problem: ConnectAnswer.Problem?) -> String? {
    switch problem {
    case nil: nil
    case .refused: "refused"
    case .timeout: "timed out"
    case .unreachable: "unreachable"
    case .other(let words): words
    }
  }

  private static func failure(_ trials: [Trial], host: String, port: UInt16, isLoopback: Bool) -> Failure {
    let place = "\(host):\(port)"
    let problems = trials.map(\.answer.problem)
    if problems.contains(.refused) {
      return Failure(
        .connect, place, "connection refused",
        advice: isLoopback
          ? "is the server running on that port?"
          : "nothing is listening on port \(port) there; check the port and the server")
    }
    if problems.contains(.timeout) {
      let limit = trials.map(\.answer.time).max().map(DurationText.limit) ?? ""
      return Failure(
        .connect, place, "no connection within \(limit)",
        advice: "a firewall may drop it, or the machine is off; use --proxy if the network needs one")
    }
    if problems.contains(.unreachable) {
      return Failure(
        .connect, place, "no route to it", advice: "check the network or VPN")
    }
    return Failure(.connect, place, word(problems[0]) ?? "no connection", advice: "check the network")
  }
}
