package import SheepCore

extension CompareRecord {
  /// The record as one JSON object: a line of `--jsonl`, an element of `--json`.
  package func json(_ entry: CompareDocument.Entry, includesText: Bool) -> JSON {
    var object = JSONObject([
      .init(name: "target", value: .string(entry.label)),
      .init(name: "round", value: .number(JSONNumber(round))),
      .init(name: "prompt", value: .number(JSONNumber(prompt))),
      .init(name: "ok", value: .bool(isOK)),
      .init(name: "error", value: failure?.json ?? .null),
      .init(name: "model", value: Self.string(servedModel)),
      .init(name: "requested_model", value: .string(entry.model)),
      .init(name: "profile", value: Self.string(entry.profile)),
      .init(name: "host", value: .string(entry.host)),
      .init(name: "finish_reason", value: Self.string(finishReason?.rawValue)),
      .init(name: "usage", value: usage),
      .init(
        name: "cost", value: ["usd": cost?.json ?? .null, "source": .string(costSource.rawValue)]),
      .init(name: "timing", value: times.json),
      .init(name: "tokens_per_second", value: CompareJSON.number(decodeRate)),
      .init(name: "e2e_tokens_per_second", value: CompareJSON.number(endToEndRate)),
      .init(name: "attempts", value: .number(JSONNumber(attempts))),
      .init(name: "request_id", value: Self.string(requestID)),
      .init(name: "http_version", value: Self.string(httpVersion)),
      .init(
        name: "flags",
        value: .array(Flag.allCases.filter(flags.contains).map { .string($0.rawValue) })),
    ])
    if let missed, let hasPassed {
      object["passed"] = .bool(hasPassed)
      object["missed"] = .array(missed.map { .string($0) })
    }
    if includesText, let text { object["text"] = .string(text) }
    return .object(object)
  }

  private var usage: JSON {
    [
      "input_tokens": Self.number(inputTokens), "cached_input_tokens": Self.number(cachedTokens),
      "output_tokens": Self.number(outputTokens), "reasoning_tokens": Self.number(reasoningTokens),
      "source": .string(tokensAreEstimated ? "estimated" : "reported"),
    ]
  }

  private static func string(_ text: String?) -> JSON { text.map { .string($0) } ?? .null }
  private static func number(_ value: Int?) -> JSON {
    value.map { .number(JSONNumber($0)) } ?? .null
  }

  /// Reads a record of the target at `index`; `nil` when it is none.
  init?(_ json: JSON, target index: Int) {
    guard let round = json["round"]?.count, let prompt = json["prompt"]?.count,
      (1...1_000_000).contains(round), (1...1_000_000).contains(prompt)
    else { return nil }
    self.init(target: index, round: round, prompt: prompt)
    failure = json["error"].flatMap(Problem.init)
    servedModel = json["model"]?.string
    finishReason = json["finish_reason"]?.string.flatMap(FinishReason.init)
    inputTokens = json["usage"]?["input_tokens"]?.count
    cachedTokens = json["usage"]?["cached_input_tokens"]?.count
    outputTokens = json["usage"]?["output_tokens"]?.count
    reasoningTokens = json["usage"]?["reasoning_tokens"]?.count
    tokensAreEstimated = json["usage"]?["source"]?.string == "estimated"
    cost = json["cost"]?["usd"]?.number.flatMap { Money(dollars: $0.text) }
    costSource = json["cost"]?["source"]?.string.flatMap(Cost.Source.init) ?? .unknown
    times = Times(json["timing"] ?? .null)
    attempts = json["attempts"]?.count ?? 1
    requestID = json["request_id"]?.string
    httpVersion = json["http_version"]?.string
    flags = Set((json["flags"]?.array ?? []).compactMap { $0.string.flatMap(Flag.init) })
    text = json["text"]?.string
    missed = json["missed"]?.array.map { $0.compactMap(\.string) }
  }
}

extension CompareRecord.Problem {
  /// The member `error`.
  var json: JSON {
    [
      "kind": .string(kind.rawValue), "status": status.map { .number(JSONNumber($0)) } ?? .null,
      "message": .string(message),
    ]
  }

  /// Reads that member; `nil` when it is none.
  init?(_ json: JSON) {
    guard let name = json["kind"]?.string else { return nil }
    // A kind of a later version is a failure all the same.
    let kind = Failure.Kind(rawValue: name) ?? .server
    self.init(kind: kind, status: json["status"]?.count, message: json["message"]?.string ?? "")
  }
}

extension CompareRecord.Times {
  fileprivate var json: JSON {
    func milliseconds(_ duration: Duration?) -> JSON { duration.map(Milliseconds.json) ?? .null }
    return [
      "connect_ms": milliseconds(connecting), "ttft_ms": milliseconds(firstToken),
      "ttft_visible_ms": milliseconds(firstVisible), "ttft_total_ms": milliseconds(firstTokenTotal),
      "e2e_ms": milliseconds(endToEnd), "total_ms": milliseconds(total),
      "tpot_ms": milliseconds(perToken), "longest_stall_ms": milliseconds(longestStall),
      "connection_reused": reused.map { .bool($0) } ?? .null, "client_ms": milliseconds(ownDelay),
    ]
  }

  fileprivate init(_ json: JSON) {
    func duration(_ name: String) -> Duration? {
      guard let value = json[name]?.number?.double, value >= 0, value < 1e12,
        let nanoseconds = Int64(exactly: (value * 1_000_000).rounded())
      else { return nil }
      return .nanoseconds(nanoseconds)
    }
    self.init()
    connecting = duration("connect_ms")
    firstToken = duration("ttft_ms")
    firstVisible = duration("ttft_visible_ms")
    firstTokenTotal = duration("ttft_total_ms")
    endToEnd = duration("e2e_ms")
    total = duration("total_ms")
    perToken = duration("tpot_ms")
    longestStall = duration("longest_stall_ms")
    reused = json["connection_reused"]?.bool
    ownDelay = duration("client_ms")
  }
}
