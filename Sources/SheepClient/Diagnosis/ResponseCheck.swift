import SheepCore
import SheepWire

/// What the free call, the list of models, says about the layers from HTTP upwards. Pure.
struct ResponseCheck {
  let target: Target
  let model: String?
  /// Seconds since 1970.
  let now: Int64

  /// The results of the layers that the outcome says something about, in their order; the last
  /// one may have failed.
  func results(_ outcome: Download.Outcome) -> [CheckResult] {
    if let broken = broken(outcome) { return broken }
    guard let head = outcome.head else {
      return [.failed(.http, Failure(.protocolViolation, target.name, "no answer"))]
    }
    let security = secured(outcome)
    var http = described(head, outcome)
    if let failure = refusal(head, outcome.body) {
      return security + judged(failure, http: http)
    }
    guard !isPage(head, outcome.body), let list = ListedModels(outcome.body) else {
      let what =
        isPage(head, outcome.body) ? "a web page, not an API response" : "something that is not a model list"
      http = .failed(
        .http,
        Failure(
          .protocolViolation, target.baseURL.text, "returned \(what)",
          advice: "check the path of the address, or whether the network requires a sign-in",
          status: head.status), time: http.time, facts: http.facts.map { ($0.name, $0.value) })
      return security + [http]
    }
    return security + [http, accepted(list), found(list)]
  }

  // MARK: - No response

  private func secured(_ outcome: Download.Outcome) -> [CheckResult] {
    guard target.baseURL.isSecure else {
      let reach =
        target.baseURL.isLoopback
        ? "to this machine" : "without a key; others on the network can read prompts and answers"
      return [CheckResult(.tls, .skipped, "plain http, " + reach)]
    }
    return [SecurityCheck.result(outcome.end.connection, now: now)]
  }

  /// The layer at which a transfer broke; `nil` when a response came whole.
  private func broken(_ outcome: Download.Outcome) -> [CheckResult]? {
    if let (expiry, limit) = outcome.silence { return silent(expiry, limit, outcome) }
    guard let problem = outcome.problem else { return nil }
    var failure = TransportFailure.failure(
      problem, target: target, wasSent: outcome.sent != nil, mayBeBilled: false,
      connectLimit: target.settings.connectTimeout)
    switch problem.kind {
    case .certificate, .handshake:
      return [SecurityCheck.failure(problem, outcome.end.connection, host: target.baseURL.host, now: now)]
    case .proxy: return [.failed(.proxy, failure)]
    case .nameResolution: return [.failed(.dns, failure)]
    case .connect: return [.failed(.tcp, failure)]
    case .connectTimeout: return unsecured(target.settings.connectTimeout)
    case .connectionLost where outcome.sent == nil && target.baseURL.isSecure:
      return [SecurityCheck.failure(problem, outcome.end.connection, host: target.baseURL.host, now: now)]
    default:
      if failure.kind == .network, outcome.head == nil, outcome.sent != nil {
        failure.problem = "the connection was closed without an answer"
        failure.advice = "check that an API is listening there, and look at its log"
      } else if failure.kind == .network {
        failure.advice = "try again; a proxy in between may cut answers"
      }
      return (outcome.sent == nil ? [] : secured(outcome)) + [.failed(.http, failure)]
    }
  }

  /// The connection was there a moment ago, so it is the handshake that takes so long.
  private func unsecured(_ limit: Duration) -> [CheckResult] {
    var failure = TransportFailure.silence(
      .connect, limit: limit, of: target.baseURL.host, mayBeBilled: false)
    guard target.baseURL.isSecure else { return [.failed(.tcp, failure)] }
    failure.kind = .tls
    failure.problem = "no TLS handshake within \(DurationText.limit(limit))"
    failure.advice = "check that the port speaks https, or allow more time with --connect-timeout"
    return [.failed(.tls, failure)]
  }

  private func silent(
    _ expiry: Watchdog.Expiry, _ limit: Duration, _ outcome: Download.Outcome
  ) -> [CheckResult] {
    if expiry == .connect { return unsecured(limit) }
    var failure = TransportFailure.silence(expiry, limit: limit, of: target.name, mayBeBilled: false)
    let hint =
      expiry == .firstByte
      ? "the server accepts connections but does not answer, so it may be overloaded or stuck; "
      : "try again, or "
    failure.advice = hint + (failure.advice ?? "")
    return secured(outcome) + [.failed(.http, failure)]
  }

  // MARK: - The response

  private func described(_ head: HTTPHead, _ outcome: Download.Outcome) -> CheckResult {
    let version = outcome.end.connection.httpVersion ?? head.version
    var parts = ["HTTP/\(version ?? "?") \(head.status)"]
    var facts: [(String, JSON)] = [
      ("version", version.map { .string($0) } ?? .null), ("status", .number(JSONNumber(head.status))),
      ("reused", outcome.end.connection.reused.map { .bool($0) } ?? .null),
      ("remote_address", outcome.end.connection.remoteAddress.map { .string($0) } ?? .null),
    ]
    for name in ["Server", "Via", "CF-Ray"] {
      guard let value = head.headers[name], !value.isEmpty else { continue }
      parts.append(name == "Server" ? String(value.prefix(40)) : "\(name) " + value.prefix(40))
      facts.append((name.lowercased(), .string(String(value.prefix(120)))))
    }
    var result = CheckResult(.http, .ok, parts.joined(separator: ", "), facts: facts)
    if let sent = outcome.sent, let headAt = outcome.headAt { result.time = headAt - sent }
    if version == "1.0" {
      result.warn(
        "an old version", advice: "HTTP/1.0 does not keep connections open; set proxy_http_version 1.1")
    }
    if let date = head.headers["date"].flatMap(HTTPDate.parse) {
      let skew = now - date
      result.facts.append(JSONObject.Member(name: "clock_skew_s", value: .number(JSONNumber(skew))))
      if skew.magnitude > 300 {
        let side = skew > 0 ? "ahead of" : "behind"
        result.warn(
          "clocks differ",
          advice:
            "this machine's clock is \(DurationText.coarse(seconds: skew)) \(side) the server's; correct it")
      }
    }
    return result
  }

  /// What a response that is no success says; `nil` for a success that can be read.
  private func refusal(_ head: HTTPHead, _ body: [UInt8]) -> Failure? {
    if (300..<400).contains(head.status) {
      let place = head.headers["location"].map { " to " + $0.prefix(120) } ?? ""
      return Failure(
        .redirect, target.baseURL.text, "redirects (\(head.status))\(place), which is not followed",
        advice: "if that address is right, set it with --base-url; no key is sent there automatically",
        status: head.status)
    }
    if (200..<300).contains(head.status) {
      do throws(Failure) {
        try target.dialect.check(head)
        return nil
      } catch { return error }
    }
    let request = FailedRequest(model: model ?? "", provider: target.name, epochSeconds: now)
    var failure = target.dialect.failure(head: head, body: body, request: request)
    if [404, 405, 501].contains(head.status) {
      failure.kind = isPage(head, body) ? .protocolViolation : .badRequest
      failure.code = "no_list"
    }
    if head.status == 403, failure.kind == .authentication || failure.kind == .permission {
      failure.kind = .permission
      failure.advice = "the key is valid, but not for this project, region or IP address; check its settings"
    }
    return failure
  }

  private func isPage(_ head: HTTPHead, _ body: [UInt8]) -> Bool {
    if head.mediaType == "text/html" { return true }
    return body.first { $0 > 0x20 } == UInt8(ascii: "<")
  }

  /// Which layer a refusal belongs to.
  private func judged(_ failure: Failure, http: CheckResult) -> [CheckResult] {
    switch failure.kind {
    case .authentication, .permission: return [http, .failed(.auth, failure)]
    case .rateLimit, .quota:
      return [
        http, CheckResult(.auth, .skipped, "inconclusive (\(failure.status ?? 429))"),
        CheckResult(.model, .skipped, "no model list"), .failed(.quota, failure),
      ]
    case .badRequest where failure.code == "no_list":
      let unsure = CheckResult(
        .auth, .warning, "no model list here (\(failure.status ?? 404)), so inconclusive",
        advice: "check the path of the address, or use --deep to call a model instead")
      return [http, unsure, CheckResult(.model, .skipped, "no model list")]
    default:
      var failure = failure
      if failure.code == "no_list" {
        failure.subject = target.baseURL.text
        failure.problem = "returned a web page (\(failure.status ?? 404)), not an API response"
        failure.advice = "check the path of the address, such as https://HOST/v1"
      }
      return [.failed(.http, failure, time: http.time, facts: http.facts.map { ($0.name, $0.value) })]
    }
  }

  private func accepted(_ list: ListedModels) -> CheckResult {
    let facts: [(String, JSON)] = [("key", target.maskedKey.map { .string($0) } ?? .null)]
    guard let key = target.maskedKey else {
      return CheckResult(.auth, .ok, "no key required", facts: facts)
    }
    return CheckResult(.auth, .ok, "accepted: \(key) can list models", facts: facts)
  }

  private func found(_ list: ListedModels) -> CheckResult {
    let count = Figures.count(list.ids.count, "model")
    let facts: [(String, JSON)] = [
      ("model", model.map { .string($0) } ?? .null), ("listed", .number(JSONNumber(list.ids.count))),
    ]
    guard let model else {
      return CheckResult(.model, .skipped, "\(count) listed; add -m MODEL to check one", facts: facts)
    }
    if list.contains(model) {
      return CheckResult(.model, .ok, "\(model), one of \(count)", facts: facts)
    }
    if list.hasMore || list.ids.isEmpty {
      return CheckResult(
        .model, .skipped, "\(model) is not among the \(count) on the first page", facts: facts)
    }
    let near = NearModels.nearest(to: model, among: list.ids)
    let advice =
      near.isEmpty ? "see 'sheep models --live'" : "did you mean " + near.joined(separator: ", ") + "?"
    return .failed(
      .model, Failure(.model, "model '\(model)'", "is not among the \(count) listed", advice: advice),
      facts: facts + [("nearest", .array(near.map { .string($0) }))])
  }
}
