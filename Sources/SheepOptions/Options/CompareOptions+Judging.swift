import SheepCore

extension CompareOptions {
  /// Rounds at most where `--until` ends them and `--rounds` does not say.
  package static let mostRoundsUntil = 50

  /// Rounds at most.
  package var plannedRounds: Int {
    until != nil && rounds == 1 ? Self.mostRoundsUntil : rounds
  }

  /// The rows about what the answers are worth, and about the end of the rounds.
  static var judging: [OptionSpec<Self>] {
    [
      .value(
        OptionInfo(
          long: "judge", valueName: "MODEL[@PROFILE]", group: .compare,
          summary: "Let this model judge the answers.",
          detail: """
            After all measurements, the judge compares each answer with the answer of the \
            baseline, or of the first target without `--baseline`. It sees no model names and gets \
            each pair in both orders; a choice counts only if both orders agree, otherwise the \
            pair is a tie. Its cost is included in the totals and in `--max-cost`.
            """,
          hint: .model,
          examples: ["sheep compare --demo --judge gpt-4.1 -m gpt-4.1,gpt-4o-mini Hello"],
          seeAlso: ["rubric", "expect"]), \.judge, ModelTarget.parse),
      .value(
        OptionInfo(
          long: "rubric", knownAs: ["criteria", "judge-prompt"], valueName: "TEXT|@FILE",
          group: .compare, summary: "What the judge should look for.",
          detail: """
            `@FILE` reads it from a file. The default asks for answers that are correct, complete \
            and concise.
            """,
          repetition: .once, seeAlso: ["judge"]), \.rubric, TextSource.textOrFile),
      .append(
        OptionInfo(
          long: "expect", knownAs: ["assert", "expected"], valueName: "KIND:VALUE", group: .compare,
          summary: "Require something of every answer.",
          detail: """
            `contains:TEXT`, `exact:TEXT` (ignoring surrounding white space), `regex:PATTERN` (as \
            in JSON Schema), or `schema:FILE` for JSON answers; the schema itself works too. A \
            line of `--prompts` can add its own with `expect`. The table then shows how many \
            answers passed and the cost of each one that did. The exit code is 1 if any answer \
            fails.
            """,
          examples: ["sheep compare --demo --expect regex:[a-z] -m gpt-4.1 'Korea?'"],
          hasEnvironmentDefault: false), \.expectations, Expectation.parse),
      .flag(
        OptionInfo(
          long: "diff", negatable: true, group: .compare, summary: "Show how the answers differ.",
          detail: """
            A word diff between the answer of the baseline, or of the first target, and every \
            other answer, for each prompt of the first round.
            """, seeAlso: ["answers"]), \.diffs),
      .value(
        OptionInfo(
          long: "until", knownAs: ["stop-at", "precision"], valueName: "PERCENT", group: .compare,
          summary: "Stop once a PERCENT difference is detectable.",
          detail: """
            `--rounds` is then the maximum, 50 by default. The check is made only after a few \
            rounds that are fixed in advance, and it does not look at which target leads.
            """,
          examples: ["sheep compare --demo --until 20% -m gpt-4.1,gpt-4o-mini Hello"],
          seeAlso: ["rounds", "max-cost"]), \.until, percent),
    ]
  }

  /// Reads `15` or `15%`.
  private static func percent(_ text: String) throws(ValueProblem) -> Double {
    let digits = text.utf8.last == UInt8(ascii: "%") ? String(text.dropLast()) : text
    return Double(try WholeNumber.between(1, 100)(digits)) / 100
  }
}
