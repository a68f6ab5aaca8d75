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

  package init() {}

  /// Whether tokens are counted by the user rather than estimated.
  package var hasCounts: Bool {
    inputTokens != nil || cachedTokens != nil || cacheWriteTokens != nil || cacheWriteHourTokens != nil
  }

  package static var options: [OptionSpec<Self>] {
    counts + plans
      + [.setting(modelInfo, \.models, modelList)]
      + ([ConnectionOptions.profileRow] + ConnectionOptions.pricing).map { $0.lifted(\.connection) }
      + [SamplingOptions.maxTokensRow.described { _ in maxTokensInfo }.lifted(\.sampling)]
      + InputOptions.options.only("file", "no-stdin").map(reworded).map { $0.lifted(\.input) }
      + forms + OutputOptions.everywhere.map { $0.lifted(\.output) }
  }

  private static let modelInfo = ConnectionOptions.modelInfo.worded(
    "Models to price, separated by commas.",
    detail: """
      Each is a model's name at its gateway, or an alias from the configuration; `@PROFILE` \
      selects the gateway. The default is every model of the profile.
      """,
    examples: ["sheep cost -m gpt-4.1,gpt-4o-mini --input 1000 --output 500"], seeAlso: ["profile"])

  private static let maxTokensInfo = SamplingOptions.maxTokensRow.info.worded(
    "Length of the answer to price, at most.",
    detail: "Used where `--output` does not say how long the answer is.", seeAlso: ["output"])

  /// `--file` prices what `chat` would send.
  private static func reworded(_ row: OptionSpec<InputOptions>) -> OptionSpec<InputOptions> {
    guard row.info.long == "file" else { return row }
    return row.described {
      $0.worded(
        "Estimate the tokens of this file.",
        detail: "Text, an image or a PDF, as `sheep chat` would send it. `-` is standard input.",
        examples: ["sheep cost -m gpt-4.1 -f report.txt --max-tokens 1000"])
    }
  }

  private static let explainInfo = ConnectionOptions.explainInfo.worded(
    "Show how each amount is calculated.",
    detail: """
      For each model: tokens, price and amount of every kind, the source of each price and the \
      day it was last checked. A single model is always explained.
      """)

  /// The meaning of `--requests` everywhere.
  package static let requestsInfo = OptionInfo(
    long: "requests", valueName: "N[/PERIOD]", group: .pricing,
    summary: "Forecast the cost of N requests a month.",
    detail: """
      `20/hour`, `1000/day` and `5000000/year` also work; a year has 365 days and twelve equal \
      months. In `sheep compare` it adds a table of what moving from the baseline would change.
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
          "input", "Prompt tokens, including cached ones.",
          "No text is read then, and standard input is not used."), \.inputTokens, tokens),
      .value(count("cached", "Prompt tokens read from the cache."), \.cachedTokens, tokens),
      .value(
        count("cache-write", "Prompt tokens written to the 5-minute cache."),
        \.cacheWriteTokens, tokens),
      .value(
        count("cache-write-1h", "Prompt tokens written to the 1-hour cache."),
        \.cacheWriteHourTokens, tokens),
      .value(
        count(
          "output", "Answer tokens, including reasoning.",
          "Without it `--max-tokens`, or the model's own limit, is the upper bound."),
        \.outputTokens, tokens),
      .value(count("reasoning", "Answer tokens spent on reasoning."), \.reasoningTokens, tokens),
      .value(
        OptionInfo(
          long: "usages", valueName: "FILE", group: .counts,
          summary: "Price a file of usages in JSON lines.",
          detail: """
            Lines are the output of `sheep chat --json`, or objects with `model`, `input_tokens`, \
            `output_tokens` and optionally `profile`, `cached_input_tokens`, `cache_write_tokens`, \
            `cache_write_1h_tokens` and `reasoning_tokens`. `-` is standard input. A cost reported \
            by the provider takes precedence.
            """,
          hint: .file, hasEnvironmentDefault: false), \.usages, PlainText.path),
    ]
  }

  private static var plans: [OptionSpec<Self>] {
    [
      .value(
        OptionInfo(
          long: "service", valueName: "TIER", group: .pricing,
          summary: "Use prices of a service tier.",
          detail: "If the tier has no published price, the standard price is used, with a note.",
          hint: .choice(PriceService.words), conflicts: ["batch"]), \.service, PriceService.parse),
      .flag(
        OptionInfo(
          long: "batch", negatable: true, group: .pricing, summary: "Use batch prices.",
          detail: "Same as `--service batch`.", conflicts: ["service"]), \.batch),
      .value(
        requestsInfo, \.requests, RequestRate.parse),
      .value(
        OptionInfo(
          long: "fee", valueName: "USD", group: .pricing, summary: "Add a flat monthly fee.",
          detail: "It is added to each model's monthly cost, but not to the `--versus` side.",
          seeAlso: ["requests", "versus"], hasEnvironmentDefault: false), \.fee, DecimalText.dollars),
      .value(
        OptionInfo(
          long: "versus", knownAs: ["vs", "what-if"], valueName: "MODEL|PRICE",
          group: .pricing, summary: "Show savings against another model or price.",
          detail: "Give a model, or a price in the form of `--price`.",
          examples: [
            "sheep cost -m gpt-4.1 --input 900 --output 90 --versus gpt-5@openai",
            "sheep cost -m gpt-4.1 --input 900 --output 90 --versus in=15,out=15",
          ], hasEnvironmentDefault: false), \.versus, PriceOrModel.parse),
    ]
  }

  private static var forms: [OptionSpec<Self>] {
    [
      .flag(explainInfo, \.explain),
      .flag(csvInfo, \.csv),
    ]
  }

  /// The meaning of `--csv` everywhere.
  static let csvInfo = OptionInfo(
    long: "csv", negatable: true, group: .output, summary: "Print comma-separated values.",
    detail: "The first line has the names. Amounts are exact; unknown ones are empty.",
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
    let wayOut = "use a number such as 100000, or 1000/day"
    let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    let period: Period?
    if parts.count == 2 {
      period = Period(rawValue: String(parts[1]))
    } else {
      period = .month
    }
    guard let period else {
      throw ValueProblem(
        "\(Quoted.text(String(parts[1]))) is not a period", "use hour, day, month or year")
    }
    do {
      return RequestRate(count: try WholeNumber.between(0, 1_000_000_000_000)(String(parts[0])), per: period)
    } catch {
      throw ValueProblem(error.problem, wayOut)
    }
  }
}
