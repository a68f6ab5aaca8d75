import SheepCore

/// Everything that can be typed after `sheep`. The parser, help, the man page, the
/// reference and the completions read this table. A command is a row here with its options, and a
/// folder in `SheepCLI` that carries them out.
package enum CommandTable {
  /// The commands in the order of help.
  package static let all: [Command] = [
    Command(ChatOptions.self, { chat }, name: "chat"),
    Command(StreamOptions.self, { stream }, name: "stream"),
    Command(ModelsOptions.self, { models }, name: "models"),
    Command(CostOptions.self, { cost }, name: "cost"),
    Command(PingOptions.self, { ping }, name: "ping"),
    Command(ValidateKeyOptions.self, { validateKey }, name: "validate-key"),
    Command(CompareOptions.self, { compare }, name: "compare"),
    Command(EmbedOptions.self, { embed }, name: "embed"),
    Command(MockOptions.self, { mock }, name: "mock"),
    Command(
      ConfigOptions.self, { ConfigOptions.info }, name: "config",
      checked: { options throws(UsageError) in .values(try options.checked()) }),
    Command(
      HelpOptions.self, { help }, name: "help",
      checked: { options throws(UsageError) in .help(try options.command()) }),
  ]

  /// The commands' names.
  package static var names: [String] { all.map(\.name) }

  /// The command called `name`, exactly.
  package static func command(named name: String) -> Command? { all.first { $0.name == name } }

  /// What other programs call a command: answered with a hint once the command exists,
  /// never run.
  package static let habits: [(word: String, command: String)] = [
    ("ask", "chat"), ("run", "chat"), ("prompt", "chat"), ("repl", "chat"), ("complete", "chat"),
    ("serve", "mock"), ("server", "mock"), ("proxy", "mock"),
    ("list-models", "models"), ("list", "models"), ("doctor", "ping"), ("check", "validate-key"),
    ("embeddings", "embed"), ("price", "cost"), ("prices", "cost"), ("arena", "compare"),
  ]

  /// What the program is, for the head of help and of the man page.
  package static let summary = "Call and compare language models from the terminal."

  /// The same at more length.
  package static let detail = """
    Chat in a terminal, call models from scripts, find out why a connection fails, compare \
    models, and see what every call costs. Standard output has the answer and nothing else; the \
    receipt with tokens, cost and timings, the model's reasoning, notes and errors go to standard \
    error.

    To try it without a key or a network, run `sheep chat --demo 'Write a haiku'`. To call the \
    default gateway, set HOLYSHEEP_API_KEY to your key.
    """

  /// How piped input and the prompt are joined; the same for every command that takes a prompt.
  private static let promptRule = """
    The words of the prompt are joined with spaces. Input from a pipe or a file comes first, then \
    an empty line, then the prompt; `{}` in the prompt marks where the input goes instead.
    """

  private static let prompt = OperandInfo(
    name: "PROMPT", count: .any, summary: "The question; words are joined with spaces.")

  private static let chat = CommandInfo(
    name: "chat", summary: "Chat with a model, or ask it one question.",
    detail: """
      Without a prompt, at a terminal, starts a conversation; type `/help` there for its commands. \
      With a prompt or piped input, prints one answer.

      On a terminal the answer's Markdown is rendered as it arrives; in a pipe the text is plain. \
      `--json`, `--extract` and `--schema` wait for the whole answer. `--session` and `--continue` \
      resume a saved conversation. `--jsonl` without a prompt is a conversation for programs, one \
      message per line.

      \(promptRule)
      """,
    operands: [prompt],
    synopsis: ["sheep chat [OPTIONS]", "sheep chat [OPTIONS] [--] PROMPT..."],
    examples: [
      Example(line: "sheep chat", purpose: "Start a conversation."),
      Example(line: "sheep chat 'Why is the sky blue?'", purpose: "Ask one question."),
      Example(
        line: "git diff | sheep chat 'Write a commit message'", purpose: "Ask about piped input."),
      Example(
        line: "sheep chat -m gpt-4.1 -f photo.png 'What is this?'",
        purpose: "Choose the model and attach an image."),
      Example(
        line: "sheep chat --json 'Hello' | jq .cost.usd", purpose: "See what an answer cost."),
      Example(
        line: "sheep chat -x 'A Python function that adds' > add.py", purpose: "Keep only the code."
      ),
      Example(line: "sheep chat -c", purpose: "Resume the last conversation."),
      Example(line: "sheep chat -c 'And shorter?'", purpose: "Ask one more question in it."),
      Example(
        line: "git diff --staged | sheep chat -r commit-message", purpose: "Use a built-in role."),
    ])

  private static let stream = CommandInfo(
    name: "stream", summary: "Print an answer as it arrives, unrendered.",
    detail: """
      Writes each piece of the answer the moment it arrives, unrendered, even into a pipe. \
      `--jsonl` and `--sse` print the events instead.

      \(promptRule)
      """,
    operands: [prompt],
    examples: [
      Example(
        line: "sheep stream 'Tell a story' | tee story.txt", purpose: "Watch an answer and save it."),
      Example(
        line: "sheep stream --jsonl 'Count to ten' | jq -r .t_ms",
        purpose: "See when each piece arrived."),
      Example(
        line: "sheep stream --sse --demo 'Hello'", purpose: "Feed a web page (here without a key)."),
    ])

  private static let models = CommandInfo(
    name: "models", summary: "List models, their limits and prices.",
    detail: """
      Lists the models of the profile from the list built into the program; this needs no key and \
      no network. `--live` asks the endpoint itself. A pattern selects models whose name contains \
      it; with `*` or `?` it must match the whole name.

      Prices are in US dollars per million tokens; `unknown` does not mean free. docs/prices.md \
      describes the fields of `--json`.
      """,
    operands: [
      OperandInfo(
        name: "PATTERN", count: .optional, summary: "Part of a model's name, or a wildcard pattern.")
    ],
    examples: [
      Example(line: "sheep models", purpose: "List the default gateway's models."),
      Example(
        line: "sheep models --all 'claude-*' --sort output", purpose: "List one family, cheapest first."),
      Example(
        line: "sheep models --json -P openai | jq -r '.models[].id'", purpose: "Print ids for a script."),
      Example(line: "sheep models --check --demo", purpose: "Compare the endpoint with the built-in list."),
    ])

  private static let cost = CommandInfo(
    name: "cost", summary: "Calculate what tokens cost.",
    detail: """
      Prices the tokens you give, or text and files whose tokens are estimated; `~` marks an \
      estimate and comes with its range. Several models are listed cheapest first; without \
      `--model`, every model of the profile. Nothing is sent.

      Amounts are exact. If a model you named has no known price, its amount is `unknown` and the \
      exit code is 7. docs/prices.md describes the fields of `--json` and `--csv`.
      """,
    operands: [
      OperandInfo(name: "TEXT", count: .any, summary: "Text to estimate; words are joined with spaces.")
    ],
    examples: [
      Example(
        line: "sheep cost -m gpt-4.1 --input 1000 --output 500",
        purpose: "Price one call, with an explanation."),
      Example(
        line: "sheep cost -m gpt-4.1,gpt-4.1@openai --input 1000 --output 500",
        purpose: "Price one model at two gateways."),
      Example(
        line: "sheep cost -m gpt-4.1 -f report.txt --max-tokens 1000",
        purpose: "Price a file before you send it."),
      Example(
        line: "sheep cost -m gpt-4.1 --input 900 --output 100 --requests 50000",
        purpose: "Forecast a month of calls."),
      Example(line: "sheep cost --usages calls.jsonl --csv > calls.csv", purpose: "Price a log of calls."),
    ])

  private static let ping = CommandInfo(
    name: "ping", summary: "Find out why a connection fails.",
    detail: """
      Checks each layer in turn, from the settings to the model list, and stops at the first that \
      fails. This is free. `--deep` also asks a model for a few tokens and checks whether the \
      answer streams, what it costs and how much of the rate limits is left.

      With `--count` or `--interval` it repeats a small probe and ends with statistics.
      """,
    operands: [
      OperandInfo(name: "PROFILE", count: .any, summary: "Profiles to check; default: the one in use.")
    ],
    examples: [
      Example(line: "sheep ping", purpose: "Check the default gateway for free."),
      Example(line: "sheep ping --deep -m gpt-4.1", purpose: "Also call a model."),
      Example(line: "sheep ping -c 20 -i 5", purpose: "Watch a connection."),
      Example(
        line: "sheep ping --json | jq -c \'.targets[].checks[] | [.check, .state]\'",
        purpose: "Read the checks in a script."),
    ])

  private static let validateKey = CommandInfo(
    name: "validate-key", summary: "Check that a key works.",
    detail: """
      Shows where the key comes from, whether it looks like a key, and whether the gateway accepts \
      it: a free request with the key must succeed, and the same request with a broken key must \
      fail. Only the last four characters of a key are ever shown.

      The exit code is 0 if the key is accepted, 2 if it is malformed, 3 if it is missing or \
      refused, 5 if the gateway cannot be reached, and 1 if the result is inconclusive.
      """,
    operands: [
      OperandInfo(
        name: "PROFILE", count: .any, summary: "Profiles whose keys to check; default: the one in use."
      )
    ],
    examples: [
      Example(line: "sheep validate-key", purpose: "Check the default gateway's key."),
      Example(
        line: "sheep validate-key --offline openai groq", purpose: "Check the form of two keys; send nothing."
      ),
      Example(
        line: "sheep validate-key --key-file ~/team.key && echo good",
        purpose: "Check a key in a file."),
    ])

  private static let compare = CommandInfo(
    name: "compare", summary: "Compare models or gateways on the same prompt.",
    detail: """
      Sends one prompt, or a file of prompts, to every model of `--model` and shows latency, speed \
      and exact cost side by side. With `--rounds` it also tells which differences are real.

      Times start when a request is sent on an open connection: TTFT is the time to the first token \
      of any kind, E2E to the last. A verdict is the Hodges-Lehmann estimate of the ratio over \
      paired rounds with its exact signed-rank interval, Holm-corrected for the number of targets. \
      A failed call counts as infinitely slow. `~` means that no difference is detectable, \
      `~ (<5%)` that the difference is too small to matter.

      \(promptRule)
      """,
    operands: [prompt],
    examples: [
      Example(
        line: "sheep compare -m gpt-4.1,gemini-2.5-flash 'Why is the sky blue?'",
        purpose: "See two answers with their speed and cost."),
      Example(
        line: "sheep compare --rounds 10 -m gpt-4.1,gemini-2.5-flash 'Hello'",
        purpose: "Measure, and see which differences are real."),
      Example(
        line: "sheep compare --rounds 10 -m gpt-4.1@openai,gpt-4.1@holysheep 'Hello'",
        purpose: "Compare one model at two gateways."),
      Example(
        line: "sheep compare --judge gpt-4.1 -m gpt-4o-mini,gemini-2.5-flash 'Why blue?'",
        purpose: "Let a third model judge the answers blind."),
    ])

  private static let embed = CommandInfo(
    name: "embed", summary: "Turn texts into vectors.",
    detail: """
      Embeds each text, in as many calls as needed, and prints the vectors in the order of the \
      texts: one JSON array per line, or in the form of `--json`, `--csv` or `--raw`. The default \
      model is `text-embedding-3-small`, or `gemini-embedding-001` with the Gemini API.

      Texts are the operands, then the lines of `--file`; without either, the lines of standard \
      input. An empty line is an error, because skipping it would shift all vectors after it.
      """,
    operands: [OperandInfo(name: "TEXT", count: .any, summary: "A text to embed; each operand is one text.")],
    examples: [
      Example(line: "sheep embed 'black sheep' 'white sheep'", purpose: "Embed two texts."),
      Example(
        line: "sheep embed -f lines.txt --raw > vectors.f32",
        purpose: "Embed a file of lines, as little-endian float32."),
      Example(
        line: "sheep embed --demo --json 'Hello' | jq .dimensions",
        purpose: "Try it without a key."),
    ])

  private static let mock = CommandInfo(
    name: "mock", summary: "Run a local gateway for testing.",
    detail: """
      Serves every API of `--api` on 127.0.0.1 with generated answers until interrupted. It can \
      inject faults, so that you can test other programs against it.
      """,
    examples: [
      Example(line: "sheep mock", purpose: "Serve on port 4010."),
      Example(
        line: "sheep chat --base-url http://127.0.0.1:4010 -m gpt-4.1 'Hello'",
        purpose: "Call it from another terminal."),
      Example(
        line: "sheep mock --port 0 --speed 10 --seed 7", purpose: "Run fast and repeatable, for a test."
      ),
    ])

  private static let help = CommandInfo(
    name: "help", summary: "Explain a command, or sheep itself.",
    operands: [OperandInfo(name: "COMMAND", count: .optional, summary: "The command to explain.")],
    examples: [Example(line: "sheep help chat", purpose: "Read all about chat.")])

  /// The variables that the program reads besides `SHEEP_<LONG_OPTION>`, in the markup
  /// of `Markup`.
  package static var variables: [(name: String, meaning: String)] { keyVariables + settings }

  /// One for each profile with a key, the default one first, and the one for any other address.
  private static var keyVariables: [(name: String, meaning: String)] {
    let profiles = Profile.builtIn.compactMap { profile in
      profile.keyVariable.map { variable in
        let isDefault = profile.name == Profile.defaultName ? ", the default gateway" : ""
        let stronger = profile.strongerKeyVariable.map { "; \($0) overrides it" } ?? ""
        return (
          name: variable,
          meaning: "The key for `\(profile.name)`\(isDefault); never sent elsewhere\(stronger)."
        )
      }
    }
    return profiles + [
      ("SHEEP_API_KEY", "The key for `--base-url` or SHEEP_BASE_URL; never sent elsewhere.")
    ]
  }

  private static let settings: [(name: String, meaning: String)] = [
    (
      "SHEEP_<LONG_OPTION>",
      """
      The default of any option: its long name in capitals, with `_` for each hyphen. For \
      example, SHEEP_MODEL=gpt-4.1 sets `--model` and SHEEP_NO_STREAM=1 sets `--no-stream`. \
      Switches take 1, true, yes or on, and 0, false, no or off. The command line takes \
      precedence. An empty variable is ignored.
      """
    ),
    (
      "https_proxy, all_proxy, no_proxy",
      "The proxy to use, as in curl; `--proxy` overrides it."
    ),
    ("NO_COLOR", "If set and not empty, color is off unless `--color` turns it on."),
    ("CLICOLOR_FORCE", "If set and not 0, color is on even without a terminal."),
    (
      "XDG_CONFIG_HOME",
      "Where the `sheep` configuration folder is; `~/.config` by default."
    ),
    ("XDG_DATA_HOME", "Where the `sheep` data folder is; `~/.local/share` by default."),
    ("VISUAL, EDITOR", "The editor for `sheep config edit` and for `/edit` in a conversation."),
    ("TERM", "If it is `dumb`, there is no color and no rendering."),
  ]

  /// The files that the program reads or writes by itself, in the markup of `Markup`.
  package static let files = """
    The configuration is `config.toml` in `$XDG_CONFIG_HOME/sheep` or `~/.config/sheep`; see `sheep \
    help config`. The `roles` folder next to it has one Markdown file per role. Sessions are in \
    `sessions` in `$XDG_DATA_HOME/sheep` or `~/.local/share/sheep`. Only you can read the files that \
    `sheep` writes. It reads no other files except those that options name and the system's \
    certificates, and never a configuration from the working directory.
    """
}
