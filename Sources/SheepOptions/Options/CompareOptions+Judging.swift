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
          summary: "Model that says which answer is better.",
          detail: """
            It is asked after all was measured, about each answer beside that of the baseline, or \
            of the first target where there is no `--baseline`. It sees no names, and sees each pair \
            in both orders: a choice counts when both agree, otherwise it is a tie. The budget, \
            `--max-cost` and the totals include its cost.
            """,
          hint: .model,
          examples: ["sheep compare --demo --judge gpt-4.1 -m gpt-4.1,gpt-4o-mini Hello"],
          seeAlso: ["rubric", "expect"]), \.judge, ModelTarget.parse),
      .value(
        OptionInfo(
          long: "rubric", knownAs: ["criteria", "judge-prompt"], valueName: "TEXT|@FILE",
          group: .compare, summary: "What the judge looks for.",
          detail: """
            `@FILE` reads it from a file. The default asks for answers that are correct, whole and \
            no longer than needed.
            """,
          repetition: .once, seeAlso: ["judge"]), \.rubric, TextSource.textOrFile),
      .append(
        OptionInfo(
          long: "expect", knownAs: ["assert", "expected"], valueName: "KIND:VALUE", group: .compare,
          summary: "What every answer must be; repeatable.",
          detail: """
            `contains:TEXT`, `exact:TEXT` without the white space around it, `regex:PATTERN` as in \
            JSON schemas, `schema:FILE` or a schema itself for answers that are JSON. A line of \
            `--prompts` can add its own with `expect`. The table then shows how many were met and \
            the money for each of them, and the exit code is 1 when an answer misses one.
            """,
          examples: ["sheep compare --demo --expect regex:[a-z] -m gpt-4.1 'Korea?'"],
          hasEnvironmentDefault: false), \.expectations, Expectation.parse),
      .flag(
        OptionInfo(
          long: "diff", negatable: true, group: .compare, summary: "Print how the answers differ.",
          detail: """
            Word by word, the answer of the baseline or of the first target with that of each other \
            one, for each prompt of the first round.
            """, seeAlso: ["answers"]), \.diffs),
      .value(
        OptionInfo(
          long: "until", knownAs: ["stop-at", "precision"], valueName: "PERCENT", group: .compare,
          summary: "End when differences of so much can be seen.",
          detail: """
            `--rounds` is then the most, 50 unless given. It is looked at a few times only, after \
            rounds that are fixed beforehand, and never at who leads.
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
