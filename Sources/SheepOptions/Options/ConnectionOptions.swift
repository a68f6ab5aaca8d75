package import SheepCore

/// Where a call goes, with which key, and for how long it may take.
package struct ConnectionOptions: Equatable, Sendable {
  /// nil: the profile's own default.
  package var model: ModelTarget?
  package var profile: String?
  package var baseURL: String?
  package var api: DialectName?
  package var keyFile: String?
  package var keyEnvironmentName: String?
  package var keyCommand: String?
  package var headers: [HeaderField] = []
  package var proxy: String?
  package var caFile: String?
  /// The limits; nil is the client's default, zero is no limit.
  package var connectTimeout: Duration?
  package var firstByteTimeout: Duration?
  package var idleTimeout: Duration?
  package var maxTime: Duration?
  /// The limit where the command has none of its own: 0 takes it away.
  package var userMaxTime: Duration? { maxTime.flatMap { $0 > .zero ? $0 : nil } }
  /// Further attempts after the first; nil is the client's default.
  package var maxRetries: Int?
  /// US dollars.
  package var maxCost: DecimalText?
  /// Prices of the user's own, which count more than the built-in list.
  package var prices: [UserPrice] = []
  /// The path of a file with such prices; `--price` counts more.
  package var priceFile: String?
  package var demo = false
  /// A kind of work with a model in the configuration's table.
  package var task: String?
  package var explain = false
  /// The origin that the key options and the headers belong to, where it is settled already; they are
  /// sent to no other. `nil`: the origin that these options lead to.
  package var secretOrigin: String?
  /// Whether every call opens a connection of its own.
  package var usesFreshConnection = false

  /// Nothing given.
  package init() {}

  /// The rows of the group, in the order of help.
  package static var options: [OptionSpec<Self>] {
    place + configured + credentials + limits + pricing
  }

  /// The meaning of `--model` everywhere.
  package static let modelInfo = OptionInfo(
    long: "model", short: "m", knownAs: ["engine", "deployment"],
    valueName: "MODEL[@PROFILE]", group: .model, summary: "Model to call.",
    detail: """
      The name as the gateway knows it. `@PROFILE` picks the gateway for this model, as \
      `--profile` does; an alias of the configuration stands for both. Without this option the \
      profile's default model answers. `sheep cost` and `sheep compare` take several, separated \
      by commas.
      """,
    hint: .model, conflicts: ["task"], examples: ["sheep chat -m gpt-4.1 'Name three rivers'"],
    seeAlso: ["profile", "task"])

  /// The row of `--profile`.
  static var profileRow: OptionSpec<Self> {
    .value(
      OptionInfo(
        long: "profile", short: "P", knownAs: ["provider", "gateway"], valueName: "NAME",
        group: .model, summary: "Gateway to call.",
        detail: """
          A profile is an address together with the places of its keys. Built in are \
          \(Markup.list(Profile.builtIn.map(\.name))); the first is the default. The configuration changes them and adds others. \
          A profile written after the model, as in `gpt-4.1@openai`, counts more.
          """,
        hint: .profile, conflicts: ["demo"]), \.profile, PlainText.unbroken)
  }

  /// The rows of the user's own prices.
  static var pricing: [OptionSpec<Self>] {
    [
      .append(
        OptionInfo(
          long: "price", valueName: "in=USD,out=USD", group: .connection,
          summary: "Your own price, per million tokens.",
          detail: """
            For models that the built-in list does not know, or prices of your own contract. Further \
            names are `cached`, `write`, `write-1h`, `reasoning` and `request` (a fee for each call). \
            `MODEL:in=...` holds for one model only.
            """,
          examples: ["sheep chat -m my-model --price in=2.50,out=15 'Hello'"],
          seeAlso: ["prices", "max-cost"]),
        \.prices, userPrice),
      .value(
        OptionInfo(
          long: "prices", knownAs: ["price-file"], valueName: "FILE", group: .connection,
          summary: "File with prices of your own.",
          detail: """
            A JSON list of models in the form of the built-in one. What it says of a model counts \
            more than the built-in list, and less than `--price`.
            """,
          hint: .file, seeAlso: ["price"]), \.priceFile, PlainText.path),
    ]
  }

  private static var place: [OptionSpec<Self>] {
    [
      .value(modelInfo, \.model, ModelTarget.parse),
      profileRow,
      .value(
        OptionInfo(
          long: "base-url", knownAs: ["url", "endpoint", "api-base", "host"], valueName: "URL",
          group: .connection, summary: "Address to call instead of the profile's.",
          detail: """
            Accepted with and without `/v1`, with a trailing slash and with a path in front. The \
            key for it is taken from SHEEP_API_KEY; a profile's key is never sent to another \
            address. Plain `http://` is refused when a key would travel over it, except to this \
            machine.
            """,
          conflicts: ["demo"],
          examples: ["sheep chat --base-url http://127.0.0.1:4010 -m demo 'Hello'"]),
        \.baseURL, PlainText.webAddress),
      .value(
        OptionInfo(
          long: "api", valueName: "DIALECT", group: .connection,
          summary: "Way of speaking that the address expects.",
          detail: """
            Without it a profile's address is spoken to as its profile says, and any other in \
            `openai`. A gateway may take several.
            """,
          hint: .choice(DialectName.words),
          examples: ["sheep chat --api anthropic -m claude-sonnet-4 'Hello'"]),
        \.api, DialectName.parse),
      .append(
        OptionInfo(
          long: "header", short: "H", valueName: "'NAME: VALUE'", group: .connection,
          summary: "Further request header.",
          detail: """
            Headers that carry keys are refused, because every user of the machine can read a \
            command line; so are those that decide where a request ends and where it goes.
            """,
          examples: ["sheep chat -H 'X-Team: search' 'Hello'"], seeAlso: ["key-file"]),
        \.headers, HeaderField.parse),
      .value(
        OptionInfo(
          long: "proxy", knownAs: ["http-proxy"], valueName: "URL", group: .connection,
          summary: "Proxy to go through.",
          detail: """
            Without it the variables `https_proxy`, `all_proxy` and `no_proxy` are honoured as \
            curl does. An empty value goes straight, whatever they say.
            """), \.proxy, proxyAddress),
      .value(
        OptionInfo(
          long: "ca-file", knownAs: ["cacert", "ca-bundle"], valueName: "FILE", group: .connection,
          summary: "Certificates to trust, in PEM form.",
          detail: "They replace the system's own for this call.", hint: .file),
        \.caFile, PlainText.path),
      .flag(
        OptionInfo(
          long: "demo", negatable: true, group: .connection,
          summary: "Call a gateway inside this process.",
          detail: """
            It listens on this machine only and generates its answers, so no key and no network \
            are needed and nothing is charged. The HTTP between the two is real. A line on \
            standard error says that the answer was generated locally.
            """,
          conflicts: ["base-url", "profile", "key-file", "key-env", "key-cmd"],
          examples: ["sheep chat --demo 'Write a haiku about sheep'"]), \.demo),
    ]
  }

  private static var credentials: [OptionSpec<Self>] {
    [
      .value(
        OptionInfo(
          long: "key-file", knownAs: ["api-key-file"], valueName: "FILE", group: .connection,
          summary: "File that holds the key.",
          detail: """
            The key stands on the first line. A file that other users can read is refused.
            """,
          hint: .file, conflicts: ["key-env", "key-cmd", "demo"]), \.keyFile, PlainText.path),
      .value(
        OptionInfo(
          long: "key-env", knownAs: ["api-key-env"], valueName: "NAME", group: .connection,
          summary: "Variable that holds the key.",
          detail: "The variable's name, not the key: `--key-env TEAM_KEY`.",
          conflicts: ["key-file", "key-cmd", "demo"]),
        \.keyEnvironmentName, PlainText.variableName),
      .value(
        OptionInfo(
          long: "key-cmd", knownAs: ["api-key-cmd", "key-command"], valueName: "COMMAND",
          group: .connection, summary: "Command that prints the key.",
          detail: """
            Split into words at blanks, with quotes and backslashes as in a shell, and run without one; \
            the first line that it prints is the key. It has 30 seconds.
            """,
          conflicts: ["key-file", "key-env", "demo"],
          examples: ["sheep chat --key-cmd 'pass show holysheep' 'Hello'"]),
        \.keyCommand, PlainText.nonEmpty),
    ]
  }

  private static var limits: [OptionSpec<Self>] {
    [
      .value(
        time(
          "connect-timeout", "Time to connect.",
          "From the name's look-up to the end of the TLS handshake. The default is 10 seconds."),
        \.connectTimeout, TimeSpan.seconds),
      .value(
        time(
          "first-byte-timeout", "Time until the answer begins.",
          """
          From the request's last byte to the answer's first. The default is 120 seconds, and \
          600 where the model thinks first or the answer comes in one piece.
          """), \.firstByteTimeout, TimeSpan.seconds),
      .value(
        time(
          "idle-timeout", "Time without a byte.",
          """
          The longest silence once the answer has begun. What had arrived is kept, and the exit \
          code is 9. The default is 90 seconds, and 600 where the model thinks.
          """), \.idleTimeout, TimeSpan.seconds),
      .value(
        time(
          "max-time", "Time for the whole call, retries included.",
          """
          The default is 1800 seconds. `sheep ping` and `sheep validate-key` count it for each \
          diagnosis, probe or key, and have none unless given.
          """, knownAs: ["timeout"]),
        \.maxTime, TimeSpan.seconds),
      .value(
        OptionInfo(
          long: "max-retries", knownAs: ["retries", "retry"], valueName: "N", group: .connection,
          summary: "Further attempts after a failure.",
          detail: """
            Only failures that another attempt can mend are tried again, and never once text has \
            been shown. A wait that the server asks for is kept. The default is 2, and 0 in `sheep compare`; 0 \
            tries once.
            """), \.maxRetries, WholeNumber.between(0, 20)),
      .value(
        OptionInfo(
          long: "max-cost", knownAs: ["budget", "max-budget"], valueName: "USD", group: .connection,
          summary: "Most that the call may cost.",
          detail: """
            The call is refused before it is sent when the prompt, or the longest answer that \
            `--max-tokens` allows, could cost more; while the answer arrives it is stopped when it \
            would. A model without a known price is refused. `sheep compare` counts all its calls \
            together. The exit code is 10.
            """,
          examples: ["sheep chat --max-cost 0.05 -f report.txt 'Sum this up'"],
          seeAlso: ["dry-run", "max-tokens"]), \.maxCost, DecimalText.dollars),
    ]
  }

  /// A limit of time; all of them read the same values.
  private static func time(
    _ long: String, _ summary: String, _ detail: String, knownAs: [String] = []
  ) -> OptionInfo {
    OptionInfo(
      long: long, knownAs: knownAs, valueName: "TIME", group: .connection, summary: summary,
      detail: detail
        + " A bare number is seconds; `500ms`, `2m` and `1h` work too, and `0` lifts the limit.")
  }

  /// A price in the form of `--price`.
  static func userPrice(_ text: String) throws(ValueProblem) -> UserPrice {
    do throws(Failure) {
      return try UserPrice(parsing: text)
    } catch {
      throw ValueProblem(error.problem, error.advice ?? "write it as in=2.50,out=15")
    }
  }

  /// Any proxy address, or nothing for none.
  private static func proxyAddress(_ text: String) throws(ValueProblem) -> String {
    text.isEmpty ? text : try PlainText.unbroken(text)
  }
}
