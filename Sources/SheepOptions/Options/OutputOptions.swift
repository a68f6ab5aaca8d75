/// The form in which an answer is printed.
package enum OutputFormat: Sendable, Equatable {
  /// The answer's text and nothing else.
  case text
  /// One JSON object at the end.
  case json
  /// One JSON object a line for each event, as it arrives.
  case jsonLines
  /// Server-sent events.
  case serverSentEvents
}

/// What is printed, and where.
package struct OutputOptions: Equatable, Sendable {
  package var json = false
  package var jsonLines = false
  package var serverSentEvents = false
  package var noStream = false
  package var extract = false
  package var raw = false
  package var markdown = When.auto
  package var color = When.auto
  package var usage = false
  package var quiet = false
  package var noLog = false
  package var strict = false

  package init() {}

  /// The form asked for; the table lets at most one of the three switches through.
  package var format: OutputFormat {
    if json { return .json }
    if jsonLines { return .jsonLines }
    return serverSentEvents ? .serverSentEvents : .text
  }

  /// When to render Markdown, with `--raw` counted in.
  package var rendering: When { raw ? .never : markdown }

  /// The meaning of `--quiet` everywhere.
  package static let quietInfo = OptionInfo(
    long: "quiet", short: "q", knownAs: ["silent"], negatable: true, group: .output,
    summary: "Hide the receipt, notes and progress.", detail: "Errors are still printed.")

  /// The rows of the group, in the order of help.
  package static var options: [OptionSpec<Self>] { forms + looks + notes }

  /// The rows that every command has which prints something.
  static var everywhere: [OptionSpec<Self>] { [jsonRow, colorRow, .flag(quietInfo, \.quiet)] }

  private static var jsonRow: OptionSpec<Self> {
    .flag(
      OptionInfo(
        long: "json", negatable: true, group: .output,
        summary: "Print one JSON object at the end.",
        detail: """
          For a call, the answer with usage, exact cost, timings and retries; otherwise the \
          command's own output. Unknown values are `null`. An error is also printed as one line \
          of JSON on standard error.
          """,
        conflicts: ["jsonl", "sse", "csv"], examples: ["sheep chat --json 'Hello' | jq .cost.usd"]),
      \.json)
  }

  private static var colorRow: OptionSpec<Self> {
    .setting(
      OptionInfo(
        long: "color", knownAs: ["colour"], valueName: "WHEN", group: .output,
        summary: "When to use color.", initial: "auto",
        detail: """
          `auto` uses color on a terminal unless NO_COLOR is set or TERM is `dumb`. \
          CLICOLOR_FORCE turns color on everywhere.
          """,
        hint: .choice(When.words)), \.color, When.parse)
  }

  private static var forms: [OptionSpec<Self>] {
    [
      jsonRow,
      .flag(
        OptionInfo(
          long: "jsonl", knownAs: ["ndjson", "json-lines"], negatable: true, group: .output,
          summary: "Print one line of JSON per event.",
          detail: """
            Each line is written as its event arrives; the last has the fields of `--json` without \
            the text. Without a prompt, `sheep chat --jsonl` is a conversation for programs: it \
            reads one message per line from standard input and answers each with one line.
            """,
          conflicts: ["json", "sse"],
          examples: ["sheep stream --jsonl 'Count to ten'", "sheep chat --jsonl < questions.txt"]),
        \.jsonLines),
      .flag(
        OptionInfo(
          long: "sse", negatable: true, group: .output,
          summary: "Print server-sent events, ending in [DONE].",
          detail: "Use it to pass an answer on to a web page.", conflicts: ["json", "jsonl"]),
        \.serverSentEvents),
      .flag(
        OptionInfo(
          long: "no-stream", negatable: true, group: .output,
          summary: "Request the answer in one piece.",
          detail: "Nothing is printed until the whole answer has arrived."), \.noStream),
      .flag(
        OptionInfo(
          long: "extract", short: "x", aliases: ["code"], negatable: true, group: .output,
          summary: "Print the first code block only.",
          detail: "If the answer has no code block, all of it is printed, with a note.",
          examples: ["sheep chat -x 'A shell line that counts files' > count.sh"]), \.extract),
      .flag(
        OptionInfo(
          long: "strict", negatable: true, group: .output,
          summary: "Treat warnings as failures.",
          detail: """
            `sheep chat` and `sheep stream` exit with 12 when the answer is cut at the length \
            limit; `sheep ping` exits with 1 when a check warns. Otherwise both exit with 0.
            """,
          seeAlso: ["max-tokens"]), \.strict),
    ]
  }

  private static var looks: [OptionSpec<Self>] {
    [
      .setting(
        OptionInfo(
          long: "markdown", knownAs: ["md", "render"], valueName: "WHEN", group: .output,
          summary: "When to render Markdown.", initial: "auto",
          detail: """
            `auto` renders on a terminal and prints plain text elsewhere. `sheep stream` never \
            renders.
            """,
          hint: .choice(When.words), conflicts: ["raw"]), \.markdown, When.parse),
      .flag(
        OptionInfo(
          long: "raw", knownAs: ["no-markdown", "no-md", "plain"], negatable: true, group: .output,
          summary: "Print the text without rendering Markdown.",
          detail: "Same as `--markdown never`. On a terminal, control sequences are still filtered.",
          conflicts: ["markdown"]), \.raw),
      colorRow,
    ]
  }

  private static var notes: [OptionSpec<Self>] {
    [
      .flag(
        OptionInfo(
          long: "usage", short: "u", knownAs: ["stats", "receipt"], negatable: true, group: .output,
          summary: "Print the receipt even when piped.",
          detail: """
            Model, time to first token, total time, speed, tokens and cost, on standard error. On \
            a terminal it is printed anyway.
            """), \.usage),
      .flag(quietInfo, \.quiet),
      .flag(
        OptionInfo(
          long: "no-log", negatable: true, group: .output, summary: "Do not save anything about the call.",
          detail: "Nothing is written to disk."), \.noLog),
    ]
  }
}
