package import SheepCore

/// The parsed form of `sheep cost`.
package struct CostOptions: CommandValues, Equatable {
  package var connection = ConnectionOptions()
  package var input = InputOptions()
  package var sampling = SamplingOptions()
  package var output = OutputOptions()
  /// The models to price; empty: all of the profile's list.
  package var models: [ModelTarget] = []
  /// Tokens; `nil` where not given. The totals hold their parts, as in `chat --json`.
  package var inputTokens: Int?
  package var cachedTokens: Int?
  package var cacheWriteTokens: Int?
  package var cacheWriteHourTokens: Int?
  package var outputTokens: Int?
  package var reasoningTokens: Int?
  /// A file of usages, one JSON object a line.
  package var usages: String?
  package var service: PriceService?
  package var batch = false
  package var requests: RequestRate?
  /// A flat fee a month, in US dollars.
  package var fee: DecimalText?
  package var versus: PriceOrModel?
  package var explain = false
  package var csv = false
  /// The text whose tokens are estimated.
  package var operands: [String] = []

  /// Nothing given.
  package init() {}

  /// Whether tokens are counted by the user rather than estimated.
  package var hasCounts: Bool {
    inputTokens != nil || cachedTokens != nil || cacheWriteTokens != nil || cacheWriteHourTokens != nil
  }

  package static var options: [OptionSpec<Self>] {
    counts + plans
      + [.setting(ConnectionOptions.modelInfo, \.models, modelList)]
      + ([ConnectionOptions.profileRow] + ConnectionOptions.pricing).map { $0.lifted(\.connection) }
      + [SamplingOptions.maxTokensRow.lifted(\.sampling)]
      + InputOptions.options.only("file", "no-stdin").map { $0.lifted(\.input) }
      + forms + OutputOptions.everywhere.map { $0.lifted(\.output) }
  }

  /// The meaning of `--requests` everywhere.
  package static let requestsInfo = OptionInfo(
    long: "requests", valueName: "N[/PERIOD]", group: .counts,
    summary: "How many requests a month, for a forecast.",
    detail: """
      `20/hour`, `1000/day` and `5000000/year` work too: a year has 365 days and twelve \
      equal months.
      """,
    examples: ["sheep cost -m gpt-4.1 --input 2000 --output 500 --requests 1000/day"],
    hasEnvironmentDefault: false)

  private static let tokens = WholeNumber.between(0, 1_000_000_000_000)

  /// A count: from the command line only, because one that is left in the environment would
  /// price every text wrongly.
  private static func count(_ long: String, _ summary: String, _ detail: String = "") -> OptionInfo {
    OptionInfo(
      long: long, knownAs: [long + "-tokens"], valueName: "N", group: .counts, summary: summary,
      detail: detail, hasEnvironmentDefault: false)
  }

  private static var counts: [OptionSpec<Self>] {
    [
      .value(
        count(
          "input", "Tokens of the prompt, cached ones included.",
          "With it no text is read and standard input is left alone."), \.inputTokens, tokens),
      .value(count("cached", "How many of them come from the cache."), \.cachedTokens, tokens),
      .value(
        count("cache-write", "How many of them are written to the cache.", "For five minutes."),
        \.cacheWriteTokens, tokens),
      .value(
        count("cache-write-1h", "How many are written to it for an hour."),
        \.cacheWriteHourTokens, tokens),
      .value(
        count(
          "output", "Tokens of the answer, reasoning included.",
          "Without it the answer is bounded by `--max-tokens`, or by the model's own limit."),
        \.outputTokens, tokens),
      .value(count("reasoning", "How many of them are reasoning."), \.reasoningTokens, tokens),
      .value(
        OptionInfo(
          long: "usages", valueName: "FILE", group: .counts,
          summary: "Price many usages, one JSON object a line.",
          detail: """
            Lines of `sheep chat --json`, or objects with `model`, `input_tokens`, `output_tokens` \
            and, where known, `profile`, `cached_input_tokens`, `cache_write_tokens`, \
            `cache_write_1h_tokens` and `reasoning_tokens`. `-` is standard input. A cost that the \
            provider reported is kept.
            """,
          hint: .file, hasEnvironmentDefault: false), \.usages, PlainText.path),
    ]
  }

  private static var plans: [OptionSpec<Self>] {
    [
      .value(
        OptionInfo(
          long: "service", valueName: "TIER", group: .counts,
          summary: "Service tier: batch, flex or priority.",
          detail: "Where no price of the tier is published the standard price is taken, with a note.",
          hint: .choice(PriceService.words), conflicts: ["batch"]), \.service, PriceService.parse),
      .flag(
        OptionInfo(
          long: "batch", negatable: true, group: .counts, summary: "Prices of the batch tier.",
          detail: "The same as `--service batch`.", conflicts: ["service"]), \.batch),
      .value(
        requestsInfo, \.requests, RequestRate.parse),
      .value(
        OptionInfo(
          long: "fee", valueName: "USD", group: .counts, summary: "Flat fee a month beside the tokens.",
          detail: "Added to every model's month, but not to what `--versus` names.",
          seeAlso: ["requests", "versus"], hasEnvironmentDefault: false), \.fee, DecimalText.dollars),
      .value(
        OptionInfo(
          long: "versus", knownAs: ["vs", "what-if"], valueName: "MODEL|PRICE",
          group: .counts, summary: "What it would save against another.",
          detail: "A model, or a price in the form of `--price`.",
          examples: [
            "sheep cost -m gpt-4.1 --input 900 --output 90 --versus gpt-5@openai",
            "sheep cost -m gpt-4.1 --input 900 --output 90 --versus in=15,out=15",
          ], hasEnvironmentDefault: false), \.versus, PriceOrModel.parse),
    ]
  }

  private static var forms: [OptionSpec<Self>] {
    [
      .flag(ConnectionOptions.explainInfo, \.explain),
      .flag(csvInfo, \.csv),
    ]
  }

  /// The meaning of `--csv` everywhere.
  static let csvInfo = OptionInfo(
    long: "csv", negatable: true, group: .output, summary: "Comma-separated values, one line a row.",
    detail: """
      A table has a line of names; its amounts are exact, and empty where unknown. Vectors are \
      numbers alone.
      """,
    conflicts: ["json"])

  /// Reads `MODEL[@PROFILE],…`.
  private static func modelList(_ text: String) throws(ValueProblem) -> [ModelTarget] {
    var models: [ModelTarget] = []
    for name in text.split(separator: ",", omittingEmptySubsequences: false) {
      let model = try ModelTarget.parse(String(name))
      if !models.contains(model) { models.append(model) }
    }
    return models
  }
}

/// The service tiers that have prices of their own.
package enum PriceService: String, WordChoice {
  case batch, flex, priority
}

/// What models are compared with: another one, or a price.
package enum PriceOrModel: Equatable, Sendable {
  case model(ModelTarget)
  /// A price together with the text that gave it.
  case price(UserPrice, text: String)

  /// Reads `MODEL[@PROFILE]` or `in=…,out=…`.
  package static func parse(_ text: String) throws(ValueProblem) -> PriceOrModel {
    if text.utf8.contains(UInt8(ascii: "=")) {
      return .price(try ConnectionOptions.userPrice(text), text: text)
    }
    return .model(try ModelTarget.parse(text))
  }
}

extension RequestRate {
  /// Reads `1000`, which is a month's, or `1000/day`.
  package static func parse(_ text: String) throws(ValueProblem) -> RequestRate {
    let wayOut = "give a number such as 100000, or 1000/day"
    let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    let period: Period?
    if parts.count == 2 {
      period = Period(rawValue: String(parts[1]))
    } else {
      period = .month
    }
    guard let period else {
      throw ValueProblem(
        "\(Quoted.text(String(parts[1]))) is not a span of time", "give hour, day, month or year")
    }
    do {
      return RequestRate(count: try WholeNumber.between(0, 1_000_000_000_000)(String(parts[0])), per: period)
    } catch {
      throw ValueProblem(error.problem, wayOut)
    }
  }
}
