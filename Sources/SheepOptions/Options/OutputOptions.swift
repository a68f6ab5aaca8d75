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

  /// Nothing given.
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
    summary: "No receipt, notes or progress.", detail: "Errors are still printed.")

  /// The rows of the group, in the order of help.
  package static var options: [OptionSpec<Self>] { forms + looks + notes }

  /// The rows that every command has which prints something.
  static var everywhere: [OptionSpec<Self>] { [jsonRow, colorRow, .flag(quietInfo, \.quiet)] }

  private static var jsonRow: OptionSpec<Self> {
    .flag(
      OptionInfo(
        long: "json", negatable: true, group: .output,
        summary: "One JSON object, when all of it is there.",
        detail: """
          The answer with usage, exact cost, timings and retries, or whatever else the command \
          prints; what was not given is `null`. Errors end with one JSON line on standard error.
          """,
        conflicts: ["jsonl", "sse", "csv"], examples: ["sheep chat --json 'Hello' | jq .cost.usd"]),
      \.json)
  }

  private static var colorRow: OptionSpec<Self> {
    .setting(
      OptionInfo(
        long: "color", knownAs: ["colour"], valueName: "WHEN", group: .output,
        summary: "Use colour: auto, always or never.",
        detail: """
          `auto` colours on a terminal, unless NO_COLOR is set or TERM is `dumb`; \
          CLICOLOR_FORCE colours everywhere.
          """,
        hint: .choice(When.words)), \.color, When.parse)
  }

  private static var forms: [OptionSpec<Self>] {
    [
      jsonRow,
      .flag(
        OptionInfo(
          long: "jsonl", knownAs: ["ndjson", "json-lines"], negatable: true, group: .output,
          summary: "One JSON line for each event.",
          detail: """
            Each line is written the moment its event arrives; the last has the fields of \
            `--json` less the text. `sheep chat --jsonl` without a prompt holds a conversation: it \
            reads a message from each line of standard input, and answers each with one line.
            """,
          conflicts: ["json", "sse"],
          examples: ["sheep stream --jsonl 'Count to ten'", "sheep chat --jsonl < questions.txt"]),
        \.jsonLines),
      .flag(
        OptionInfo(
          long: "sse", negatable: true, group: .output,
          summary: "Server-sent events, ending in [DONE].",
          detail: "For passing an answer on to a web page.", conflicts: ["json", "jsonl"]),
        \.serverSentEvents),
      .flag(
        OptionInfo(
          long: "no-stream", negatable: true, group: .output,
          summary: "Ask for the answer in one piece.",
          detail: "Nothing is printed until all of it has arrived."), \.noStream),
      .flag(
        OptionInfo(
          long: "extract", short: "x", aliases: ["code"], negatable: true, group: .output,
          summary: "Print the first code block only.",
          detail: "The whole answer is printed when it holds no code block, with a note.",
          examples: ["sheep chat -x 'A shell line that counts files' > count.sh"]), \.extract),
      .flag(
        OptionInfo(
          long: "strict", negatable: true, group: .output,
          summary: "Fail where else it would only warn.",
          detail: """
            An answer that the length limit ends makes `sheep chat` and `sheep stream` exit 12; a \
            check that warns makes `sheep ping` exit 1. Without it both count as done.
            """,
          seeAlso: ["max-tokens"]), \.strict),
    ]
  }

  private static var looks: [OptionSpec<Self>] {
    [
      .setting(
        OptionInfo(
          long: "markdown", knownAs: ["md", "render"], valueName: "WHEN", group: .output,
          summary: "Render Markdown: auto, always or never.",
          detail: """
            `auto` renders on a terminal and prints the plain text elsewhere. `sheep stream` \
            never renders.
            """,
          hint: .choice(When.words), conflicts: ["raw"]), \.markdown, When.parse),
      .flag(
        OptionInfo(
          long: "raw", knownAs: ["no-markdown", "no-md", "plain"], negatable: true, group: .output,
          summary: "The answer as it came.",
          detail: """
            The text as the model wrote it, the same as `--markdown never`; on a terminal, control \
            sequences are filtered even so. From `sheep embed` the numbers as bytes: little-endian \
            float32, one vector behind the other.
            """,
          conflicts: ["markdown"]), \.raw),
      colorRow,
    ]
  }

  private static var notes: [OptionSpec<Self>] {
    [
      .flag(
        OptionInfo(
          long: "usage", short: "u", knownAs: ["stats", "receipt"], negatable: true, group: .output,
          summary: "Print the receipt also into a pipe.",
          detail: """
            Model, time to the first token, total time, speed, tokens and cost on standard \
            error. On a terminal it is printed anyway.
            """), \.usage),
      .flag(quietInfo, \.quiet),
      .flag(
        OptionInfo(
          long: "no-log", negatable: true, group: .output, summary: "Keep no record of the call.",
          detail: "Nothing about the call is written to this machine's disk."), \.noLog),
    ]
  }
}
