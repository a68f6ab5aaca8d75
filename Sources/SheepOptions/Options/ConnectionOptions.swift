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
  /// The user's own prices, which take precedence over the built-in list.
  package var prices: [UserPrice] = []
  /// The path of a file with such prices; `--price` overrides it.
  package var priceFile: String?
  package var demo = false
  /// A task with a model in the configuration's table.
  package var task: String?
  package var explain = false
  /// The origin that the key options and the headers belong to, where it is settled already; they are
  /// sent to no other. `nil`: the origin that these options lead to.
  package var secretOrigin: String?
  /// Whether every call opens a connection of its own.
  package var usesFreshConnection = false

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
      The model's name at the gateway, or an alias from the configuration. `@PROFILE` selects \
      the gateway for this model, like `--profile`. The default is the profile's default model.
      """,
    hint: .model, conflicts: ["task"], examples: ["sheep chat -m gpt-4.1 'Name three rivers'"],
    seeAlso: ["profile", "task"])

  /// The row of `--profile`.
  static var profileRow: OptionSpec<Self> {
    .value(
      OptionInfo(
        long: "profile", short: "P", knownAs: ["provider", "gateway"], valueName: "NAME",
        group: .model, summary: "Gateway to call.", initial: "holysheep",
        detail: """
          A profile is a gateway's address and where to find its key. Built in are \
          \(Markup.list(Profile.builtIn.map(\.name))). The configuration can change them and add \
          others. A profile written after the model, as in `gpt-4.1@openai`, takes precedence.
          """,
        hint: .profile, conflicts: ["demo"]), \.profile, PlainText.unbroken)
  }

  /// The rows of the user's own prices.
  static var pricing: [OptionSpec<Self>] {
    [
      .append(
        OptionInfo(
          long: "price", valueName: "in=USD,out=USD", group: .pricing,
          summary: "Set your own price per million tokens.",
          detail: """
            For models missing from the built-in list, or for your own contract prices. You can \
            also set `cached`, `write`, `write-1h`, `reasoning` and `request` (a fee per call). \
            `MODEL:in=...` applies to one model only.
            """,
          examples: ["sheep chat -m my-model --price in=2.50,out=15 'Hello'"],
          seeAlso: ["prices", "max-cost"]),
        \.prices, userPrice),
      .value(
        OptionInfo(
          long: "prices", knownAs: ["price-file"], valueName: "FILE", group: .pricing,
          summary: "Read your own prices from a file.",
          detail: """
            A JSON list of models in the same format as the built-in list. It overrides the \
            built-in list; `--price` overrides both.
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
          group: .connection, summary: "Call this address, not the profile's.",
          detail: """
            `/v1` at the end is optional, a trailing slash is fine, and a path prefix is kept. \
            The key comes from SHEEP_API_KEY, `--key-env`, `--key-file` or `--key-cmd`; a \
            profile's key is never sent to another address. Plain `http://` with a key is refused, \
            except to this machine.
            """,
          conflicts: ["demo"],
          examples: ["sheep chat --base-url http://127.0.0.1:4010 -m demo 'Hello'"]),
        \.baseURL, PlainText.webAddress),
      .value(
        OptionInfo(
          long: "api", valueName: "DIALECT", group: .connection,
          summary: "API the endpoint speaks.",
          detail: """
            The default is the profile's own API, and `openai` for any other address. A gateway \
            may speak several.
            """,
          hint: .choice(DialectName.words),
          examples: ["sheep chat --api anthropic -m claude-sonnet-4 'Hello'"]),
        \.api, DialectName.parse),
      .append(
        OptionInfo(
          long: "header", short: "H", valueName: "'NAME: VALUE'", group: .connection,
          summary: "Add a request header.",
          detail: """
            Headers that carry keys are refused, because other users on this machine can read the \
            command line. So are headers that set a request's length or destination.
            """,
          examples: ["sheep chat -H 'X-Team: search' 'Hello'"], seeAlso: ["key-file"]),
        \.headers, HeaderField.parse),
      .value(
        OptionInfo(
          long: "proxy", knownAs: ["http-proxy"], valueName: "URL", group: .connection,
          summary: "Use this proxy.",
          detail: """
            The default comes from `https_proxy`, `all_proxy` and `no_proxy`, as in curl. An empty \
            value bypasses any proxy.
            """), \.proxy, proxyAddress),
      .value(
        OptionInfo(
          long: "ca-file", knownAs: ["cacert", "ca-bundle"], valueName: "FILE", group: .connection,
          summary: "Trust the CA certificates in this PEM file.",
          detail: "They replace the system's certificates for this call.", hint: .file),
        \.caFile, PlainText.path),
      .flag(
        OptionInfo(
          long: "demo", negatable: true, group: .connection,
          summary: "Use a built-in gateway: no key, no cost.",
          detail: """
            The gateway runs inside this process, listens on loopback only and generates its \
            answers locally. The HTTP is real. A line on standard error says that the answers are \
            generated locally.
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
          summary: "Read the key from a file.",
          detail: "The key is the first line. A file that other users can read is refused.",
          hint: .file, conflicts: ["key-env", "key-cmd", "demo"]), \.keyFile, PlainText.path),
      .value(
        OptionInfo(
          long: "key-env", knownAs: ["api-key-env"], valueName: "NAME", group: .connection,
          summary: "Read the key from an environment variable.",
          detail: "Give the variable's name, not the key: `--key-env TEAM_KEY`.",
          conflicts: ["key-file", "key-cmd", "demo"]),
        \.keyEnvironmentName, PlainText.variableName),
      .value(
        OptionInfo(
          long: "key-cmd", knownAs: ["api-key-cmd", "key-command"], valueName: "COMMAND",
          group: .connection, summary: "Run a command that prints the key.",
          detail: """
            The command is split into words at spaces, with quotes and backslashes as in a shell, \
            and run without a shell. The key is the first line it prints. It must finish within \
            30 seconds.
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
          "connect-timeout", "Maximum time to connect.",
          "It covers the name lookup, the connection and the TLS handshake.", initial: "10s"),
        \.connectTimeout, TimeSpan.seconds),
      .value(
        time(
          "first-byte-timeout", "Maximum wait for the first byte.",
          """
          It runs from the end of the request to the first byte of the answer. The default is \
          `10m` where the model reasons first or the answer is not streamed.
          """, initial: "2m"), \.firstByteTimeout, TimeSpan.seconds),
      .value(
        time(
          "idle-timeout", "Maximum silence in an answer.",
          """
          Stop when nothing arrives for this long. The partial answer is kept and the exit code \
          is 9. The default is `10m` where the model reasons.
          """, initial: "90s"), \.idleTimeout, TimeSpan.seconds),
      .value(
        time(
          "max-time", "Maximum time, retries included.",
          """
          In `sheep ping` and `sheep validate-key` it limits each diagnosis, probe or key, and \
          there is no default.
          """, initial: "30m", knownAs: ["timeout"]),
        \.maxTime, TimeSpan.seconds),
      .value(
        OptionInfo(
          long: "max-retries", knownAs: ["retries", "retry"], valueName: "N", group: .connection,
          summary: "Maximum number of retries.", initial: "2",
          detail: """
            Only failures that a retry can fix are retried, and never after text has been printed. \
            A wait the server asks for is respected. The default is 0 in `sheep compare`.
            """), \.maxRetries, WholeNumber.between(0, 20)),
      .value(
        OptionInfo(
          long: "max-cost", knownAs: ["budget", "max-budget"], valueName: "USD", group: .pricing,
          summary: "Maximum cost of the call.",
          detail: """
            The call is refused before it is sent if the prompt, or the longest answer that \
            `--max-tokens` allows, could cost more. It is stopped when the answer reaches the \
            limit. A model without a known price is refused. In `sheep compare` the limit covers \
            all calls together. The exit code is 10.
            """,
          examples: ["sheep chat --max-cost 0.05 -f report.txt 'Summarize this'"],
          seeAlso: ["dry-run", "max-tokens"]), \.maxCost, DecimalText.dollars),
    ]
  }

  /// A limit of time; all of them read the same values.
  private static func time(
    _ long: String, _ summary: String, _ detail: String, initial: String, knownAs: [String] = []
  ) -> OptionInfo {
    OptionInfo(
      long: long, knownAs: knownAs, valueName: "TIME", group: .connection, summary: summary,
      initial: initial,
      detail: detail
        + " Without a unit the value is in seconds; `500ms`, `2m` and `1h` also work. `0` means no limit.")
  }

  /// A price in the form of `--price`.
  static func userPrice(_ text: String) throws(ValueProblem) -> UserPrice {
    do throws(Failure) {
      return try UserPrice(parsing: text)
    } catch {
      throw ValueProblem(error.problem, error.advice ?? "write it like in=2.50,out=15")
    }
  }

  /// Any proxy address, or nothing for none.
  private static func proxyAddress(_ text: String) throws(ValueProblem) -> String {
    text.isEmpty ? text : try PlainText.unbroken(text)
  }
}
