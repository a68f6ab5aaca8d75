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
  /// The file that gets a line for each attempt.
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

  /// Nothing given.
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
    return models + shared.map { $0.lifted(\.call) } + plan + judging + shown + files
  }

  /// `--model` and `--seed` as everywhere, but several models add up.
  private static var models: [OptionSpec<Self>] {
    let rows = ConnectionOptions.options.filter { $0.info.long == "model" }
    return rows.map { row in
      OptionSpec<Self>(info: row.info) { text, _, values throws(ValueProblem) in
        values.models += try list(text)
      }
    } + [.value(SamplingOptions.seedInfo, \.call.sampling.seed, WholeNumber.any)]
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
          summary: "Times that every target is asked.",
          detail: """
            Each round asks every target once, in a fresh random order, so that a provider's ups \
            and downs meet all alike; `--seed` repeats the order. The default is 1, a quick look \
            without verdicts. From 6 rounds on it is said which difference is real; 10 is a good \
            measure, and 20 show differences of about a fifth.
            """,
          examples: ["sheep compare --rounds 10 -m gpt-4.1,gpt-4o-mini --demo Hello"],
          seeAlso: ["baseline", "seed"]), \.rounds, WholeNumber.between(1, 1000)),
      .value(
        OptionInfo(
          long: "warmup", valueName: "N", group: .compare, summary: "Tiny calls before the first round.",
          detail: """
            They open the connections; their cost is printed and their times are not counted. The \
            default is 1 with several rounds, else 0.
            """, seeAlso: ["cold"]), \.warmup, WholeNumber.between(0, 20)),
      .flag(
        OptionInfo(
          long: "parallel", negatable: true, group: .compare,
          summary: "Ask all targets of a round at once.",
          detail: "Faster, but the answers share the line; one after the other is the default."),
        \.parallel),
      .flag(
        OptionInfo(
          long: "cold", negatable: true, group: .compare, summary: "A fresh connection for every call.",
          detail: "The time to the first token then counts from the start, connecting included."),
        \.cold),
      .value(
        OptionInfo(
          long: "cache", valueName: "RULE", group: .compare, summary: "What to do about prompt caches.",
          detail: """
            `bust` puts a random line before the prompt, so that no run finds it cached; `warm` \
            fills the cache with one call and counts hits only; `off` sends the prompt as it is. \
            A run in the wrong state is marked and left out. The default is `bust` for prompts of \
            about 1024 tokens or more, which providers cache by themselves, else `off`.
            """,
          hint: .choice(CacheGuard.words)), \.cache, CacheGuard.parse),
      .value(
        OptionInfo(
          long: "prompts", knownAs: ["prompt-file", "dataset"], valueName: "FILE", group: .compare,
          summary: "File with one prompt a line.",
          detail: """
            Plain text, or JSON lines with a `prompt` each. A prompt on the command line goes \
            before each of them, and `{}` in it marks where they go instead.
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
          long: "jsonl", knownAs: ["ndjson", "json-lines"], valueName: "FILE", group: .output,
          summary: "File that gets a JSON line for each attempt.",
          detail: "Appended the moment the attempt ends, so that nothing is lost.", hint: .file,
          hasEnvironmentDefault: false), \.attemptsFile, PlainText.path),
      .append(
        OptionInfo(
          long: "export", knownAs: ["output-file", "report"], valueName: "FILE", group: .output,
          summary: "Write a report: .json, .csv, .md or .html.",
          detail: """
            Repeatable, and written anew after each round. JSON can be read again with `--load`; CSV \
            has a row for each attempt; HTML is one page with charts, without scripts, for a browser \
            or for printing. Prompts and answers are in them as `--answers` says.
            """,
          hint: .file,
          examples: [
            "sheep compare --demo -m gpt-4.1,gpt-4o-mini --export a.json Hi"
          ]),
        \.exports, CompareExport.parse),
      .flag(
        OptionInfo(
          long: "load", group: .compare, summary: "Show saved comparisons, asking nobody.",
          detail: "The operands are files that `--export` wrote as JSON; several are set side by side.",
          examples: ["sheep compare --load monday.json friday.json"], hasEnvironmentDefault: false),
        \.loads),
    ]
  }

  private static var shown: [OptionSpec<Self>] {
    [
      .value(
        OptionInfo(
          long: "baseline", valueName: "MODEL", group: .compare,
          summary: "Target that the others are compared with.",
          detail: """
            As it is written in `--model`, or as the table calls it. The default is the one with \
            the fastest median.
            """,
          examples: ["sheep compare -m gpt-4.1,gpt-4o-mini --baseline gpt-4.1 Hello"]),
        \.baseline, PlainText.nonEmpty),
      requestsRow,
      OptionSpec<Self>(
        info: OptionInfo(
          long: "answers", negatable: true, group: .compare, summary: "Print the answers after the table.",
          detail: """
            Side by side where the width allows. The default with one prompt and one round; \
            otherwise those of the first round.
            """)
      ) { _, isOn, values throws(ValueProblem) in values.answers = isOn },
    ]
  }
}

extension CacheGuard: WordChoice {}
