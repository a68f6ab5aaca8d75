package import SheepCore

/// The parsed form of `sheep compare`.
package struct CompareOptions: CommandValues, Equatable {
  package var call = CallOptions()
  /// The targets in the order given; empty: the profile's default model.
  package var models: [ModelTarget] = []
  package var rounds = 1
  /// Tiny calls per target before the first round; nil: 1 when there are several rounds.
  package var warmup: Int?
  package var parallel = false
  package var cold = false
  /// nil: `bust` for prompts that providers cache, else `off`.
  package var cache: CacheGuard?
  /// A file of prompts.
  package var prompts: String?
  /// The target that the others are compared with; nil: the fastest.
  package var baseline: String?
  /// Whether the answers follow the table; nil: with one prompt and one round.
  package var answers: Bool?
  /// How many requests there are, for the migration table.
  package var requests: RequestRate?
  /// The file to which a line is appended for each attempt.
  package var attemptsFile: String?
  package var exports: [CompareExport] = []
  /// Whether the operands are saved comparisons instead of a prompt.
  package var loads = false
  /// Who compares the answers; nil: nobody.
  package var judge: ModelTarget?
  /// What the judge looks for; nil: `JudgePrompt.usualRubric`.
  package var rubric: TextSource?
  /// What every answer must be.
  package var expectations: [Expectation] = []
  /// Whether the differences of the answers follow.
  package var diffs = false
  /// The resolution that ends a comparison before its last round, a share of 0 ... 1; nil: none.
  package var until: Double?

  package init() {}

  package var operands: [String] {
    get { call.prompt }
    set { call.prompt = newValue }
  }

  /// The rows of other groups that mean nothing to a comparison.
  private static let leftOut: Set<String> = [
    "model", "seed", "json", "jsonl", "sse", "no-stream", "extract", "usage", "strict", "schema", "tools",
    "tool-choice", "no-log",
  ]

  package static var options: [OptionSpec<Self>] {
    let shared = CallOptions.options.filter { !leftOut.contains($0.info.long) }
    return models + plan + judging + shown + shared.map(reworded).map { $0.lifted(\.call) } + files
  }

  /// `--model`, of which several add up, and `--seed`, which is not sent to the models.
  private static var models: [OptionSpec<Self>] {
    let model = ConnectionOptions.modelInfo.worded(
      "Models to compare, separated by commas.",
      detail: """
        Each is a model's name at its gateway, or an alias from the configuration; `@PROFILE` \
        selects the gateway. The option may be repeated. The default is the profile's default \
        model.
        """,
      examples: ["sheep compare -m gpt-4.1@openai,gpt-4.1@holysheep Hello"], seeAlso: ["profile", "task"])
    let seed = SamplingOptions.seedInfo.worded(
      "Repeat the random order of an earlier run.",
      detail: """
        It fixes the order of the calls in each round. Without it the order is new each time. It \
        is not sent to the models.
        """)
    return [
      OptionSpec<Self>(info: model) { text, _, values throws(ValueProblem) in
        values.models += try list(text)
      },
      .value(seed, \.call.sampling.seed, WholeNumber.any),
    ]
  }

  /// The defaults that differ in a comparison.
  private static func reworded(_ row: OptionSpec<CallOptions>) -> OptionSpec<CallOptions> {
    guard row.info.long == "max-retries" else { return row }
    return row.described {
      $0.worded(
        "Maximum retries per call.", initial: "0",
        detail: "A call that was retried is shown, but its times are not compared.")
    }
  }

  /// Reads `A,B@PROFILE,C`.
  private static func list(_ text: String) throws(ValueProblem) -> [ModelTarget] {
    var targets: [ModelTarget] = []
    for name in text.split(separator: ",", omittingEmptySubsequences: false) {
      targets.append(try ModelTarget.parse(String(name)))
    }
    return targets
  }

  /// `--requests` as in `sheep cost`: adds the table of what a move would mean.
  private static var requestsRow: OptionSpec<Self> {
    .value(CostOptions.requestsInfo, \.requests, RequestRate.parse)
  }

  private static var plan: [OptionSpec<Self>] {
    [
      .setting(
        OptionInfo(
          long: "rounds", knownAs: ["runs", "repeat", "iterations"], valueName: "N", group: .compare,
          summary: "Number of rounds.", initial: "1",
          detail: """
            Each round calls every target once, in a new random order, so that fluctuations of a \
            provider affect all targets alike; `--seed` repeats the order. One round is a quick \
            look without verdicts. With 6 or more, `sheep` tells which differences are real; 10 is \
            a good choice, and 20 can show differences of about 20%.
            """,
          examples: ["sheep compare --rounds 10 -m gpt-4.1,gpt-4o-mini --demo Hello"],
          seeAlso: ["baseline", "seed"]), \.rounds, WholeNumber.between(1, 1000)),
      .value(
        OptionInfo(
          long: "warmup", valueName: "N", group: .compare, summary: "Warm-up calls per target.",
          detail: """
            Tiny calls before the first round that open the connections. Their cost is counted, \
            their times are not. The default is 1 with several rounds, otherwise 0.
            """, seeAlso: ["cold"]), \.warmup, WholeNumber.between(0, 20)),
      .flag(
        OptionInfo(
          long: "parallel", negatable: true, group: .compare,
          summary: "Call all targets of a round at once.",
          detail: "Faster, but the answers share your bandwidth. By default targets are called in turn."),
        \.parallel),
      .flag(
        OptionInfo(
          long: "cold", negatable: true, group: .compare, summary: "Open a new connection for every call.",
          detail: "Time to first token then includes connecting."),
        \.cold),
      .value(
        OptionInfo(
          long: "cache", valueName: "RULE", group: .compare, summary: "How to treat prompt caches.",
          detail: """
            `bust` puts a random line before the prompt so that it is never cached; `warm` fills \
            the cache with one call and counts only cache hits; `off` sends the prompt as it is. A \
            call in the wrong cache state is marked and not compared. The default is `bust` for \
            prompts of about 1024 tokens or more, which providers cache automatically, otherwise \
            `off`.
            """,
          hint: .choice(CacheGuard.words)), \.cache, CacheGuard.parse),
      .value(
        OptionInfo(
          long: "prompts", knownAs: ["prompt-file", "dataset"], valueName: "FILE", group: .compare,
          summary: "Read prompts from a file, one per line.",
          detail: """
            Lines are plain text, or JSON objects with a `prompt`. A prompt on the command line is \
            put before each of them; `{}` in it marks where they go instead.
            """,
          hint: .file), \.prompts, PlainText.path),
    ]
  }

  private static var files: [OptionSpec<Self>] {
    var json: [OptionSpec<Self>] = OutputOptions.options.only("json").map {
      $0.lifted(\CompareOptions.call.output)
    }
    // What excludes the forms of an answer excludes nothing here.
    json = json.map { row in
      var info = row.info
      info.conflicts = []
      return OptionSpec(info: info, apply: row.apply)
    }
    return json + [
      .value(
        OptionInfo(
          long: "records", knownAs: ["attempts-file"], formerNames: ["jsonl", "ndjson", "json-lines"],
          valueName: "FILE", group: .output,
          summary: "Append a JSON line per attempt to a file.",
          detail: "Each line is written as its attempt ends, so that nothing is lost.", hint: .file,
          hasEnvironmentDefault: false), \.attemptsFile, PlainText.path),
      .append(
        OptionInfo(
          long: "export", knownAs: ["output-file", "report"], valueName: "FILE", group: .output,
          summary: "Write a report: .json, .csv, .md or .html.",
          detail: """
            The file is rewritten after each round. JSON can be read back with `--load`. CSV has \
            one row per attempt. HTML is a single page with charts and no scripts, for a browser \
            or for printing. `--answers` decides whether prompts and answers are included.
            """,
          hint: .file,
          examples: [
            "sheep compare --demo -m gpt-4.1,gpt-4o-mini --export a.json Hi"
          ]),
        \.exports, CompareExport.parse),
      .flag(
        OptionInfo(
          long: "load", group: .compare, summary: "Show saved comparisons; send nothing.",
          detail: "The operands are JSON files written by `--export`; several are shown side by side.",
          examples: ["sheep compare --load monday.json friday.json"], hasEnvironmentDefault: false),
        \.loads),
    ]
  }

  private static var shown: [OptionSpec<Self>] {
    [
      .value(
        OptionInfo(
          long: "baseline", valueName: "MODEL", group: .compare,
          summary: "Target to compare the others with.",
          detail: """
            Write it as in `--model` or as in the table. The default is the target with the \
            fastest median.
            """,
          examples: ["sheep compare -m gpt-4.1,gpt-4o-mini --baseline gpt-4.1 Hello"]),
        \.baseline, PlainText.nonEmpty),
      requestsRow,
      OptionSpec<Self>(
        info: OptionInfo(
          long: "answers", negatable: true, group: .compare, summary: "Print the answers after the table.",
          detail: """
            They are shown side by side if the terminal is wide enough. This is the default with \
            one prompt and one round. With several rounds, the answers of the first are printed.
            """)
      ) { _, isOn, values throws(ValueProblem) in values.answers = isOn },
    ]
  }
}

extension CacheGuard: WordChoice {}
