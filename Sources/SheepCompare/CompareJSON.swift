package import SheepCore

/// A comparison as one JSON document: what it is made of, and what is said about it. Reading
/// takes the first alone; the second is reckoned anew.
package enum CompareJSON {
  /// A number for JSON with at most four decimals; `null` for what is no number.
  static func number(_ value: Double?) -> JSON {
    guard let value, value.isFinite, let scaled = Int64(exactly: (value * 10_000).rounded()) else {
      return .null
    }
    var text = Figures.fixed(scaled, decimals: 4)
    while text.last == "0" { text.removeLast() }
    if text.last == "." { text.removeLast() }
    return JSONNumber(text: text).map { .number($0) } ?? .null
  }

  /// The document of `--json` and `--export x.json`.
  package static func document(
    _ document: CompareDocument, _ analysis: CompareAnalysis, includesText: Bool
  ) -> JSON {
    let baseline = document.baseline.map { JSON.string(document.entries[$0].label) } ?? .null
    return [
      "schema": 1, "kind": "comparison", "sheep": .string(document.version),
      "prices_updated": .string(document.pricesUpdated), "created": int(document.created),
      "rounds": int(document.rounds), "prompts": int(document.prompts),
      "seed": .number(JSONNumber(document.seed)), "parallel": .bool(document.isParallel),
      "cold": .bool(document.isCold), "cache": .string(document.cache.rawValue),
      "interleaved": .bool(document.isInterleaved), "requested_baseline": baseline,
      "until": number(document.until), "stopped": document.stopped.map { .string($0) } ?? .null,
      "judge": document.judging?.json(document.entries, analysis.judging, includesText: includesText)
        ?? .null,
      "warmup": sum(document.warmup), "spent": sum(document.spent),
      "baseline": analysis.baseline.map { .string(document.entries[$0].label) } ?? .null,
      "headline": .string(analysis.headline.rawValue),
      "resolution": number(analysis.resolution), "missing_rounds": int(analysis.missingRounds),
      "method": [
        "percentiles": "linear interpolation at (n-1)p", "success_interval": "Wilson 95%",
        "verdict": "Hodges-Lehmann paired log-ratio, exact signed-rank interval, Holm",
        "least_pairs": int(Verdict.leastPairs), "least_effect": number(Verdict.leastEffect),
      ],
      "runs": .array(document.runs.map(run)),
      "questions": .array(includesText ? document.questions.map { .string($0) } : []),
      "targets": .array(document.entries.indices.map { target(document, analysis, $0) }),
      "attempts": .array(
        document.records.compactMap { record in
          record.json(document.entries[record.target], includesText: includesText)
        }),
    ]
  }

  private static func int(_ value: Int) -> JSON { .number(JSONNumber(value)) }

  private static func sum(_ sum: CostSum) -> JSON {
    ["calls": int(sum.count), "usd": sum.known?.json ?? .null, "unpriced": int(sum.unpriced)]
  }

  private static func target(
    _ document: CompareDocument, _ analysis: CompareAnalysis, _ index: Int
  ) -> JSON {
    let entry = document.entries[index]
    let own = analysis.figures[index]
    let interval = WilsonInterval(successes: own.succeeded, of: own.attempted)
    return [
      "label": .string(entry.label), "model": .string(entry.model),
      "profile": entry.profile.map { .string($0) } ?? .null, "host": .string(entry.host),
      "api": .string(entry.api), "run": int(entry.run + 1), "attempted": int(own.attempted),
      "ok": int(own.succeeded),
      "ok_low": number(interval?.low), "ok_high": number(interval?.high),
      "ttft_ms": sample(own.firstToken), "ttft_visible_ms": sample(own.firstVisible),
      "ttft_total_ms": sample(own.firstTokenTotal), "e2e_ms": sample(own.endToEnd),
      "total_ms": sample(own.total), "tpot_ms": sample(own.perToken),
      "tokens_per_second": sample(own.decodeRate), "e2e_tokens_per_second": sample(own.endToEndRate),
      "longest_stall_ms": sample(own.longestStall), "connect_ms": sample(own.connecting),
      "client_ms": sample(own.ownDelay), "client_share": number(own.ownShare),
      "input_tokens": sample(own.inputTokens), "cached_input_tokens": sample(own.cachedTokens),
      "output_tokens": sample(own.outputTokens), "reasoning_tokens": sample(own.reasoningTokens),
      "mean_cost_usd": own.meanCost?.json ?? .null,
      "cost_sources": .array(own.costSources.map { .string($0) }),
      "finish_reasons": .object(
        JSONObject(own.finishReasons.map { .init(name: $0.reason, value: int($0.count)) })),
      "flags": .object(
        JSONObject(
          CompareRecord.Flag.allCases.compactMap { flag in
            own.flags[flag].map { .init(name: flag.rawValue, value: int($0)) }
          })),
      "verdicts": .object(
        JSONObject(
          CompareAnalysis.Metric.allCases.compactMap { metric in
            analysis.verdicts[metric]?[index].map { .init(name: metric.rawValue, value: verdict($0)) }
          })),
      "pareto": analysis.front.map { .bool($0.contains(index)) } ?? .null,
      "expected": int(own.quality.expected), "solved": int(own.quality.solved),
      "usd_per_solved": own.quality.costPerSolved?.json ?? .null,
      "judged": analysis.judging?.scores[index]?.json ?? .null,
    ]
  }

  private static func sample(_ sample: Sample) -> JSON {
    guard sample.count > 0 else { return .null }
    return [
      "n": int(sample.count), "median": number(sample.median), "mean": number(sample.mean),
      "min": number(sample.minimum), "max": number(sample.maximum),
      "p95": number(sample.percentile95), "cv": number(sample.coefficientOfVariation),
      "outliers": int(sample.outliers),
    ]
  }

  private static func verdict(_ verdict: Verdict) -> JSON {
    [
      "word": .string(verdict.word.rawValue), "ratio": number(verdict.ratio),
      "low": number(verdict.low), "high": number(verdict.high), "level": number(verdict.level),
      "p": number(verdict.pValue), "pairs": int(verdict.completePairs),
    ]
  }

  // MARK: Reading

  /// Reads a document that `--json` or `--export` wrote.
  /// - Throws: `usage` for anything else, naming the file.
  package static func read(_ bytes: [UInt8], name: String) throws(Failure) -> CompareDocument {
    let json: JSON
    do throws(JSONError) { json = try JSON.parse(bytes) } catch {
      throw Failure(
        .usage, name, "is not JSON: \(error.problem) at byte \(error.offset + 1)",
        advice: "use a file written by --export x.json")
    }
    guard json["kind"]?.string == "comparison", json["schema"]?.count == 1,
      let targets = json["targets"]?.array, !targets.isEmpty, targets.count <= 1000
    else {
      throw Failure(
        .usage, name, "is not a saved comparison", advice: "use a file written by --export x.json")
    }
    var document = CompareDocument(entries: targets.map(entry))
    document.rounds = max(1, min(1_000_000, json["rounds"]?.count ?? 1))
    document.prompts = max(1, min(1_000_000, json["prompts"]?.count ?? 1))
    document.seed = json["seed"]?.number.flatMap { UInt64($0.text) } ?? 0
    document.created = json["created"]?.count ?? 0
    document.isParallel = json["parallel"]?.bool ?? false
    document.isCold = json["cold"]?.bool ?? false
    if json["interleaved"]?.bool == false, targets.allSatisfy({ $0["run"] == nil }) {
      for index in document.entries.indices { document.entries[index].run = index }
    }
    document.runs = (json["runs"]?.array ?? []).map(run)
    document.questions = (json["questions"]?.array ?? []).compactMap(\.string)
    document.version = json["sheep"]?.string ?? "?"
    if let updated = json["prices_updated"]?.string { document.pricesUpdated = updated }
    document.cache = json["cache"]?.string.flatMap(CacheGuard.init) ?? .off
    document.until = json["until"]?.number?.double
    document.stopped = json["stopped"]?.string
    document.baseline = json["requested_baseline"]?.string.flatMap { name in
      document.entries.firstIndex { $0.label == name }
    }
    let warmup = json["warmup"] ?? .null
    add(
      calls: min(100_000, warmup["calls"]?.count ?? 0), unpriced: warmup["unpriced"]?.count ?? 0,
      known: warmup["usd"]?.number.flatMap { Money(dollars: $0.text) }, to: &document.warmup)
    for attempt in json["attempts"]?.array ?? [] {
      guard let label = attempt["target"]?.string,
        let index = document.entries.firstIndex(where: { $0.label == label }),
        let record = CompareRecord(attempt, target: index)
      else { throw Failure(.usage, name, "contains an unreadable attempt") }
      document.records.append(record)
    }
    document.judging = CompareJudging(json["judge"], entries: document.entries)
    return document
  }

  private static func entry(_ json: JSON) -> CompareDocument.Entry {
    var entry = CompareDocument.Entry(
      label: json["label"]?.string ?? "?", model: json["model"]?.string ?? "?",
      profile: json["profile"]?.string, host: json["host"]?.string ?? "?",
      api: json["api"]?.string ?? "?")
    entry.run = max(0, min(1000, json["run"]?.count ?? 1) - 1)
    return entry
  }

  private static func run(_ run: CompareDocument.Run) -> JSON {
    [
      "name": .string(run.name), "created": int(run.created), "rounds": int(run.rounds),
      "prompts": int(run.prompts), "seed": .number(JSONNumber(run.seed)), "sheep": .string(run.version),
    ]
  }

  private static func run(_ json: JSON) -> CompareDocument.Run {
    CompareDocument.Run(
      name: json["name"]?.string ?? "?", created: json["created"]?.count ?? 0,
      rounds: json["rounds"]?.count ?? 1, prompts: json["prompts"]?.count ?? 1,
      seed: json["seed"]?.number.flatMap { UInt64($0.text) } ?? 0, version: json["sheep"]?.string ?? "?")
  }

  /// Adds several calls at once, of which the sum alone is known.
  private static func add(calls: Int, unpriced: Int, known: Money?, to sum: inout CostSum) {
    for index in 0..<max(0, calls) {
      sum.add(index < unpriced ? .unknown : .reported(index == unpriced ? known ?? .zero : .zero))
    }
  }
}
