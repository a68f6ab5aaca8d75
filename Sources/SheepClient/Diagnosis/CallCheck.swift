package import SheepCore
import SheepWire

/// What the money of a small call comes to, as the caller reckons it.
package struct PricedCall: Equatable, Sendable {
  /// For people: `$0.000123`, `free`.
  package var text: String
  /// The exact amount; `nil` when the price is unknown.
  package var amount: Money?

  /// An amount and how it is shown.
  package init(text: String, amount: Money?) {
    self.text = text
    self.amount = amount
  }
}

/// What a small streamed call says about the layers that cost tokens. Pure.
struct CallCheck {
  let target: Target
  let price: (Answer) -> PricedCall

  /// The call: short, the same every time, and long enough to see whether it streams.
  static func request(model: String) -> Request {
    var request = Request(
      model: model, messages: [Message(.user, "Count from 1 to 30, with a comma between the numbers.")])
    request.maxTokens = 24
    return request
  }

  /// The results, in the order of the layers; the last one may have failed, and may be of an
  /// earlier layer than the call's own.
  func results(_ outcome: Outcome, head: HTTPHead?) -> [CheckResult] {
    let answer = outcome.answer
    if let failure = outcome.failure, !(failure.kind == .incomplete && answer.isComplete) {
      return failed(failure, answer)
    }
    let headers = head?.headers ?? HTTPHeaders()
    return [
      CheckResult(.quota, .ok, "a paid call succeeds"), stream(answer),
      shape(answer, headers), usage(answer), limits(headers), server(headers, answer),
    ]
  }

  private func failed(_ failure: Failure, _ answer: Answer) -> [CheckResult] {
    let time = answer.timing.total
    let id: [(String, JSON)] = [("request_id", failure.requestID.map { .string($0) } ?? .null)]
    switch failure.kind {
    case .authentication, .permission: return [.failed(.auth, failure, facts: id)]
    case .model: return [.failed(.model, failure, facts: id)]
    case .rateLimit, .quota:
      var failure = failure
      if failure.kind == .quota {
        failure.advice = failure.advice ?? "see the account's billing page; waiting does not help"
      } else if let wait = failure.retryAfter {
        failure.advice = "wait \(DurationText.limit(wait)), or send requests less often"
      }
      return [.failed(.quota, failure, facts: id)]
    case .nameResolution: return [.failed(.dns, failure)]
    case .proxy: return [.failed(.proxy, failure)]
    case .connect: return [.failed(.tcp, failure)]
    case .tls: return [.failed(.tls, failure)]
    default:
      var failure = failure
      if let request = failure.requestID { failure.problem += " (request \(request))" }
      return [
        CheckResult(.quota, .skipped, "inconclusive"), .failed(.stream, failure, time: time, facts: id),
      ]
    }
  }

  private func stream(_ answer: Answer) -> CheckResult {
    let timing = answer.timing
    func ms(_ span: Duration?) -> JSON {
      span.map { .number(JSONNumber($0.nanoseconds / 1_000_000)) } ?? .null
    }
    let perToken = timing.timePerOutputToken(
      usage: answer.usage, streamedReasoning: answer.streamedReasoning)
    // Deltas that came together have no pace of their own.
    let isPaced = StreamShape(timing, outputTokens: answer.usage?.outputTotal) == .incremental
    let speed = perToken.flatMap { isPaced && $0 > .zero ? 10_000_000_000 / $0.nanoseconds : nil }
    var result = CheckResult(
      .stream, .ok, "", time: timing.total,
      facts: [
        ("ttft_ms", ms(timing.timeToFirstToken)), ("ttft_visible_ms", ms(timing.timeToFirstVisibleToken)),
        ("ttft_total_ms", ms(timing.totalTimeToFirstToken)), ("total_ms", ms(timing.total)),
        ("tokens_per_second", speed.map { .number(JSONNumber($0 / 10)) } ?? .null),
        ("served_model", answer.servedModel.map { .string($0) } ?? .null),
        ("request_id", answer.requestID.map { .string($0) } ?? .null),
      ])
    guard let first = timing.timeToFirstToken else {
      result.state = .warning
      result.value = "the answer is empty (\(answer.finishReason?.rawValue ?? "no reason given"))"
      result.advice = "a model that reasons first may use up all tokens; try it with 'sheep chat'"
      return result
    }
    var parts = ["first token \(DurationText.of(first))"]
    if let visible = timing.timeToFirstVisibleToken, visible > first + .milliseconds(50) {
      parts.append("visible \(DurationText.of(visible))")
    }
    if let speed { parts.append("\((speed + 5) / 10) tok/s") }
    result.value = parts.joined(separator: ", ")
    return result
  }

  private func shape(_ answer: Answer, _ headers: HTTPHeaders) -> CheckResult {
    let timing = answer.timing
    let shape = StreamShape(timing, outputTokens: answer.usage?.outputTotal)
    let count = "\(timing.deltas) pieces in \(timing.arrivals) arrivals"
    let facts: [(String, JSON)] = [
      ("verdict", .string(shape.rawValue)), ("deltas", .number(JSONNumber(timing.deltas))),
      ("arrivals", .number(JSONNumber(timing.arrivals))),
      (
        "longest_stall_ms",
        timing.longestStall.map { .number(JSONNumber($0.nanoseconds / 1_000_000)) } ?? .null
      ),
    ]
    switch shape {
    case .incremental: return CheckResult(.incremental, .ok, count, facts: facts)
    case .unknown: return CheckResult(.incremental, .skipped, count + ", too short to tell", facts: facts)
    case .partly: return held("partly buffered: " + count, headers, facts)
    case .buffered: return held("buffered: " + count, headers, facts)
    case .notStreamed: return held("not streamed: it arrived all at once", headers, facts)
    }
  }

  private func held(_ value: String, _ headers: HTTPHeaders, _ facts: [(String, JSON)]) -> CheckResult {
    let by = headers["server"].map { " (\($0.prefix(30)))" } ?? ""
    return CheckResult(
      .incremental, .warning, value,
      advice: "a proxy in between\(by) buffers the stream: set proxy_buffering off and "
        + "proxy_http_version 1.1 there, or send X-Accel-Buffering: no", facts: facts)
  }

  private func usage(_ answer: Answer) -> CheckResult {
    guard let usage = answer.usage, usage.source != .estimated, let input = usage.inputTotal,
      let output = usage.outputTotal
    else {
      return CheckResult(
        .usage, .warning, "the gateway reports no token counts",
        advice: "costs will be estimates, because it ignores stream_options.include_usage")
    }
    let price = price(answer)
    let facts: [(String, JSON)] = [
      ("input_tokens", .number(JSONNumber(input))), ("output_tokens", .number(JSONNumber(output))),
      ("usd", price.amount?.json ?? .null),
    ]
    let value = "\(input) in + \(output) out, cost \(price.text)"
    if price.amount != nil { return CheckResult(.usage, .ok, value, facts: facts) }
    return CheckResult(
      .usage, .warning, value, advice: "set the price with --price in=USD,out=USD", facts: facts)
  }

  private func limits(_ headers: HTTPHeaders) -> CheckResult {
    let limits = RateLimits(headers)
    guard let tightest = limits.tightest else {
      return CheckResult(.limits, .skipped, "the gateway sends no limits")
    }
    let parts = limits.limits.map { limit in
      "\(limit.remaining)\(limit.limit.map { " of \($0)" } ?? "") \(limit.name)"
    }
    let facts: [(String, JSON)] = limits.limits.map { limit in
      (
        limit.name,
        [
          "remaining": .number(JSONNumber(limit.remaining)),
          "limit": limit.limit.map { .number(JSONNumber($0)) } ?? .null,
          "reset": limit.reset.map { .string($0) } ?? .null,
        ]
      )
    }
    var result = CheckResult(.limits, .ok, parts.joined(separator: ", ") + " left", facts: facts)
    if tightest.isLow {
      result.state = .warning
      let reset = tightest.reset.map { ", full again in \($0)" } ?? ""
      result.advice = "\(tightest.name) will run out first\(reset)"
    }
    return result
  }

  private func server(_ headers: HTTPHeaders, _ answer: Answer) -> CheckResult {
    guard let own = ServerTime.of(headers) else {
      return CheckResult(.serverTime, .skipped, "the gateway does not report it")
    }
    var value = DurationText.of(own) + " at the server"
    if let first = answer.timing.timeToFirstToken, first >= own {
      value += ", \(DurationText.of(first - own)) of the time to first token elsewhere"
    }
    return CheckResult(
      .serverTime, .ok, value, time: own,
      facts: [("ms", .number(JSONNumber(own.nanoseconds / 1_000_000)))])
  }
}
