package import SheepCore

extension Judgement {
  /// The judgement as one JSON object: a line of `--jsonl`, an element of `judge.judgements`.
  package func json(_ entries: [CompareDocument.Entry], includesText: Bool) -> JSON {
    func number(_ value: Int?) -> JSON { value.map { .number(JSONNumber($0)) } ?? .null }
    func label(_ index: Int) -> JSON {
      entries.indices.contains(index) ? .string(entries[index].label) : .null
    }
    var object = JSONObject([
      .init(name: "kind", value: "judgement"), .init(name: "target", value: label(target)),
      .init(name: "reference", value: label(reference)), .init(name: "round", value: number(round)),
      .init(name: "prompt", value: number(prompt)),
      .init(name: "target_first", value: .bool(targetIsFirst)),
      .init(name: "choice", value: choice.map { .string($0.rawValue) } ?? .null),
      .init(name: "asked", value: .bool(wasAsked)),
      .init(name: "error", value: failure?.json ?? .null),
      .init(
        name: "usage",
        value: [
          "input_tokens": number(inputTokens), "output_tokens": number(outputTokens),
          "source": .string(costIsEstimate ? "estimated" : "reported"),
        ]),
      .init(
        name: "cost", value: ["usd": cost?.json ?? .null, "source": .string(costSource.rawValue)]),
      .init(name: "request_id", value: requestID.map { .string($0) } ?? .null),
    ])
    // A reason repeats the answers, which stay out of files unless they are asked for.
    if includesText, let reason { object["reason"] = .string(reason) }
    return .object(object)
  }

  /// Reads a judgement; `nil` when it is none, or names other targets.
  init?(_ json: JSON, entries: [CompareDocument.Entry]) {
    func index(_ name: String) -> Int? {
      json[name]?.string.flatMap { label in entries.firstIndex { $0.label == label } }
    }
    guard let round = json["round"]?.count, let prompt = json["prompt"]?.count,
      (1...1_000_000).contains(round), (1...1_000_000).contains(prompt),
      let target = index("target"), let reference = index("reference"),
      let isFirst = json["target_first"]?.bool
    else { return nil }
    self.init(
      round: round, prompt: prompt, target: target, reference: reference, targetIsFirst: isFirst)
    choice = json["choice"]?.string.flatMap(Choice.init)
    wasAsked = json["asked"]?.bool ?? true
    failure = json["error"].flatMap(CompareRecord.Problem.init)
    inputTokens = json["usage"]?["input_tokens"]?.count
    outputTokens = json["usage"]?["output_tokens"]?.count
    costIsEstimate = json["usage"]?["source"]?.string == "estimated"
    cost = json["cost"]?["usd"]?.number.flatMap { Money(dollars: $0.text) }
    costSource = json["cost"]?["source"]?.string.flatMap(Cost.Source.init) ?? .unknown
    requestID = json["request_id"]?.string
    reason = json["reason"]?.string
  }
}

extension CompareJudging {
  /// The member `judge` of the document: who judged, how, and what it comes to.
  func json(
    _ entries: [CompareDocument.Entry], _ analysis: JudgeAnalysis?, includesText: Bool
  ) -> JSON {
    let spent = spent
    func int(_ value: Int) -> JSON { .number(JSONNumber(value)) }
    return [
      "label": .string(judge.label), "model": .string(judge.model),
      "profile": judge.profile.map { .string($0) } ?? .null, "host": .string(judge.host),
      "api": .string(judge.api), "rubric": .string(rubric),
      "spent": [
        "calls": int(spent.count), "usd": spent.known?.json ?? .null, "unpriced": int(spent.unpriced),
      ],
      "pairs_in_both_orders": int(analysis?.asked ?? 0),
      "orders_agree": CompareJSON.number(analysis?.agreement),
      "rounds_agree": CompareJSON.number(analysis?.stability),
      "first_chosen": CompareJSON.number(analysis?.firstShare),
      "method":
        "both orders must agree, otherwise a tie; Wilson 95% of wins among wins and losses; sign test, Holm",
      "judgements": .array(judgements.map { $0.json(entries, includesText: includesText) }),
    ]
  }

  /// Reads that member; `nil` when it is none.
  init?(_ json: JSON?, entries: [CompareDocument.Entry]) {
    guard let json, let label = json["label"]?.string, let rubric = json["rubric"]?.string else {
      return nil
    }
    self.init(
      judge: CompareDocument.Entry(
        label: label, model: json["model"]?.string ?? "?", profile: json["profile"]?.string,
        host: json["host"]?.string ?? "?", api: json["api"]?.string ?? "?"),
      rubric: rubric)
    judgements = (json["judgements"]?.array ?? []).compactMap { Judgement($0, entries: entries) }
  }
}

extension JudgeAnalysis.Score {
  /// The member `judged` of a target.
  var json: JSON {
    func int(_ value: Int) -> JSON { .number(JSONNumber(value)) }
    return [
      "won": int(won), "tied": int(tied), "lost": int(lost), "identical": int(identical),
      "unjudged": int(unjudged), "win_rate": CompareJSON.number(winRate),
      "win_rate_low": CompareJSON.number(interval?.low),
      "win_rate_high": CompareJSON.number(interval?.high), "p": CompareJSON.number(pValue),
      "word": .string(word.rawValue),
    ]
  }
}
