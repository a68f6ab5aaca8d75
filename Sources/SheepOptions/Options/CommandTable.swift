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
  package static let summary = "Call language models from the command line."

  /// The same at more length.
  package static let detail = """
    `sheep` sends a prompt to a language model behind an OpenAI-compatible gateway and prints \
    the answer as it arrives. Standard output carries the answer and nothing else; the receipt \
    with tokens, cost and timings, the model's thinking, notes and errors go to standard error.

    To try it without a key and without a network: `sheep chat --demo 'Write a haiku'`. To call \
    the gateway, put your key into HOLYSHEEP_API_KEY.
    """

  /// How piped input and the prompt are joined; the same for every command that takes a prompt.
  private static let promptRule = """
    The words of the prompt are joined by spaces. Input from a pipe or a file comes first, then \
    a blank line, then the prompt; `{}` in the prompt marks where the input goes instead.
    """

  private static let prompt = OperandInfo(
    name: "PROMPT", count: .any, summary: "What to ask; joined by spaces.")

  private static let chat = CommandInfo(
    name: "chat", summary: "Ask a model and print its answer.",
    detail: """
      Prints one answer. On a terminal its Markdown is rendered while it arrives; in a pipe the \
      text is plain. `--json`, `--extract` and `--schema` wait for the whole answer.

      With `--session` or `--continue` it goes on with a conversation, and keeps what is said. \
      Without a prompt `--jsonl` holds a conversation with a program, a message on each line.

      \(promptRule)
      """,
    operands: [prompt],
    examples: [
      Example(
        line: "sheep chat 'Why is the sky blue?'",
        purpose: "Ask, and read the answer as it arrives."),
      Example(
        line: "git diff | sheep chat 'Write a commit message'", purpose: "Ask about piped input."),
      Example(
        line: "sheep chat -m gpt-4.1 -f photo.png 'What is this?'",
        purpose: "Choose the model and send an image along."),
      Example(
        line: "sheep chat --json 'Hello' | jq .cost.usd", purpose: "See what an answer cost."),
      Example(
        line: "sheep chat -x 'A Python function that adds' > add.py", purpose: "Keep only the code."
      ),
      Example(line: "sheep chat -c 'And shorter?'", purpose: "Go on with the last session."),
      Example(
        line: "git diff --staged | sheep chat -r commit-message", purpose: "Ask in a role that is built in."),
    ])

  private static let stream = CommandInfo(
    name: "stream", summary: "Print an answer raw, token by token.",
    detail: """
      Writes each piece of the answer the moment it arrives, never rendered, also into a pipe; \
      or the events themselves with `--jsonl` or `--sse`.

      \(promptRule)
      """,
    operands: [prompt],
    examples: [
      Example(
        line: "sheep stream 'Tell a story' | tee story.txt", purpose: "Watch and keep an answer."),
      Example(
        line: "sheep stream --jsonl 'Count to ten' | jq -r .t_ms",
        purpose: "See when each piece arrived."),
      Example(
        line: "sheep stream --sse --demo 'Hello'", purpose: "Feed a web page, here without a key."),
    ])

  private static let models = CommandInfo(
    name: "models", summary: "List models, their limits and prices.",
    detail: """
      Lists what the profile offers, from the list that is built into the program: nobody is \
      asked and no key is needed. `--live` asks the endpoint itself. A pattern picks the models \
      with this text in their name, or, with `*` or `?`, of this shape.

      Prices are in US dollars for a million tokens; `unknown` is not free. The fields of \
      `--json` are described in docs/prices.md.
      """,
    operands: [
      OperandInfo(name: "PATTERN", count: .optional, summary: "Which models: a part of a name, or a shape.")
    ],
    examples: [
      Example(line: "sheep models", purpose: "The default gateway's models."),
      Example(
        line: "sheep models --all 'claude-*' --sort output", purpose: "One family, the cheapest first."),
      Example(line: "sheep models --json -P openai | jq -r '.models[].id'", purpose: "Ids for a script."),
      Example(line: "sheep models --check --demo", purpose: "What the endpoint has that the list has not."),
    ])

  private static let cost = CommandInfo(
    name: "cost", summary: "Work out what tokens cost.",
    detail: """
      Prices tokens that you count, or text and files whose tokens are estimated: `~` marks an \
      estimate, and its range goes along. Several models are listed side by side, the cheapest \
      first; without `--model` all that the profile has. Nobody is asked; nothing is sent.

      Amounts are exact. What has no known price is `unknown`, and the exit code is 7 when such a \
      model was named. The fields of `--json` and `--csv` are described in docs/prices.md.
      """,
    operands: [
      OperandInfo(name: "TEXT", count: .any, summary: "Text whose tokens are estimated; joined by spaces.")
    ],
    examples: [
      Example(line: "sheep cost -m gpt-4.1 --input 1000 --output 500", purpose: "One call, explained."),
      Example(
        line: "sheep cost -m gpt-4.1,gpt-4.1@openai --input 1000 --output 500",
        purpose: "One model at two gateways."),
      Example(
        line: "sheep cost -m gpt-4.1 -f report.txt --max-tokens 1000",
        purpose: "From a file, before it is sent."),
      Example(
        line: "sheep cost -m gpt-4.1 --input 900 --output 100 --requests 50000",
        purpose: "A month of calls."),
      Example(line: "sheep cost --usages calls.jsonl --csv > calls.csv", purpose: "Price a log of calls."),
    ])

  private static let ping = CommandInfo(
    name: "ping", summary: "Find out what is wrong with a connection.",
    detail: """
      Checks the layers one by one, from the settings to the list of models, and stops at the \
      first that fails; what is behind it is not reached. That much is free. `--deep` also asks a \
      model for a few tokens and sees whether the answer streams, what it costs and what is left \
      of the rate limits.

      With `--count` or `--interval` it repeats a small probe and ends with statistics.
      """,
    operands: [
      OperandInfo(name: "PROFILE", count: .any, summary: "The gateways to check; default: the one in effect.")
    ],
    examples: [
      Example(line: "sheep ping", purpose: "Check the default gateway, for free."),
      Example(line: "sheep ping --deep -m gpt-4.1", purpose: "Check also what costs a few tokens."),
      Example(line: "sheep ping -c 20 -i 5", purpose: "Watch a connection."),
      Example(
        line: "sheep ping --json | jq -c \'.targets[].checks[] | [.check, .state]\'",
        purpose: "Read the layers in a script."),
    ])

  private static let validateKey = CommandInfo(
    name: "validate-key", summary: "Check a key before anything depends on it.",
    detail: """
      Tells where the key comes from, whether it has the form of one, and whether the gateway \
      accepts it: a free request with the key must be let in, and the same with a broken key must \
      not. No more than the last four characters of a key are ever shown.

      The exit code is 0 when it is accepted, 2 when it is malformed, 3 when there is none or it is \
      refused, 5 when the gateway cannot be reached, and 1 when it cannot be told.
      """,
    operands: [
      OperandInfo(
        name: "PROFILE", count: .any, summary: "The gateways whose keys to check; default: the one in effect."
      )
    ],
    examples: [
      Example(line: "sheep validate-key", purpose: "Check the default gateway's key."),
      Example(
        line: "sheep validate-key --offline openai groq", purpose: "Look at two keys, sending nothing."),
      Example(
        line: "sheep validate-key --key-file ~/team.key && echo good",
        purpose: "Check a key that lies in a file."),
    ])

  private static let compare = CommandInfo(
    name: "compare", summary: "Ask several models or gateways the same.",
    detail: """
      Sends one prompt, or a file of them, to every model of `--model`, and shows latency, speed \
      and exact cost side by side. With `--rounds` it also says which differences are real.

      Times count from the moment a ready connection sends the request: TTFT is the time to the \
      first token of any kind, E2E to the last. A verdict is the Hodges-Lehmann ratio of rounds \
      paired with each other, with the exact signed-rank interval, corrected for the number of \
      targets after Holm; a failed call counts as infinitely slow. `~` means that no difference \
      can be seen, `~ (<5%)` one too small to matter.

      \(promptRule)
      """,
    operands: [prompt],
    examples: [
      Example(
        line: "sheep compare -m gpt-4.1,gemini-2.5-flash 'Why is the sky blue?'",
        purpose: "Look at two answers, their speed and their cost."),
      Example(
        line: "sheep compare --rounds 10 -m gpt-4.1,gemini-2.5-flash 'Hello'",
        purpose: "Measure, and see which difference is real."),
      Example(
        line: "sheep compare --rounds 10 -m gpt-4.1@openai,gpt-4.1@holysheep 'Hello'",
        purpose: "The same model at two gateways."),
      Example(
        line: "sheep compare --judge gpt-4.1 -m gpt-4o-mini,gemini-2.5-flash 'Why blue?'",
        purpose: "Let a third model say which answer is better, without their names."),
    ])

  private static let embed = CommandInfo(
    name: "embed", summary: "Turn texts into vectors.",
    detail: """
      Embeds each text, in as many calls as they need, and prints the vectors in the order of \
      the texts: one JSON array a line, or as `--json`, `--csv` or `--raw` say. Without `-m` the \
      model is `text-embedding-3-small`, or `gemini-embedding-001` in the Gemini dialect.

      Texts are the operands, then the lines of `--file`; without either, the lines of standard \
      input. An empty line is an error, because leaving it out would shift all that follow.
      """,
    operands: [OperandInfo(name: "TEXT", count: .any, summary: "A text to embed; each by itself.")],
    examples: [
      Example(line: "sheep embed 'black sheep' 'white sheep'", purpose: "Two texts, two vectors."),
      Example(
        line: "sheep embed -f lines.txt --raw > vectors.f32",
        purpose: "A file of lines as little-endian float32."),
      Example(
        line: "sheep embed --demo --json 'Hello' | jq .dimensions",
        purpose: "Try it without a key."),
    ])

  private static let mock = CommandInfo(
    name: "mock", summary: "Run a local gateway for trying and testing.",
    detail: """
      Serves every dialect of `--api` on 127.0.0.1, with generated answers, until it is interrupted. \
      It can misbehave on demand, so that other programs can be tested against it.
      """,
    examples: [
      Example(line: "sheep mock", purpose: "Serve on port 4010."),
      Example(
        line: "sheep chat --base-url http://127.0.0.1:4010 'Hello'",
        purpose: "Ask it, from another terminal."),
      Example(
        line: "sheep mock --port 0 --speed 10 --seed 7", purpose: "Fast and repeatable, for a test."
      ),
    ])

  private static let help = CommandInfo(
    name: "help", summary: "Explain a command, or sheep itself.",
    operands: [OperandInfo(name: "COMMAND", count: .optional, summary: "The command to explain.")],
    examples: [Example(line: "sheep help chat", purpose: "All about asking a model.")])

  /// The variables that the program reads besides `SHEEP_<LONG_OPTION>`, in the markup
  /// of `Markup`.
  package static var variables: [(name: String, meaning: String)] { keyVariables + settings }

  /// One for each profile with a key, the default one first, and the one for any other address.
  private static var keyVariables: [(name: String, meaning: String)] {
    let profiles = Profile.builtIn.compactMap { profile in
      profile.keyVariable.map { variable in
        let isDefault = profile.name == Profile.defaultName ? ", the default gateway" : ""
        let stronger = profile.strongerKeyVariable.map { "; \($0) counts more where it is set" } ?? ""
        return (
          name: variable,
          meaning: "The key of `\(profile.name)`\(isDefault); sent nowhere else\(stronger)."
        )
      }
    }
    return profiles + [
      ("SHEEP_API_KEY", "The key for `--base-url` or SHEEP_BASE_URL; sent nowhere else.")
    ]
  }

  private static let settings: [(name: String, meaning: String)] = [
    (
      "SHEEP_<LONG_OPTION>",
      """
      The default of any option: its long name in capitals, with `_` for each hyphen. \
      SHEEP_MODEL=gpt-4.1 stands for `--model`, SHEEP_NO_STREAM=1 for `--no-stream`. Switches \
      take 1, true, yes or on, and 0, false, no or off. The command line counts more; an empty \
      variable counts as unset.
      """
    ),
    (
      "https_proxy, all_proxy, no_proxy",
      "The proxy to use, as curl reads them; `--proxy` counts more."
    ),
    ("NO_COLOR", "With any value but an empty one, no colour unless `--color` asks for it."),
    ("CLICOLOR_FORCE", "With a value other than 0, colour also where there is no terminal."),
    (
      "XDG_CONFIG_HOME",
      "The folder of the folder with configuration and roles; `~/.config` without it."
    ),
    ("XDG_DATA_HOME", "The folder of the folder with the sessions; `~/.local/share` without it."),
    ("VISUAL, EDITOR", "The editor of `sheep config edit`."),
    ("TERM", "With the value `dumb`, neither colour nor rendering."),
  ]

  /// The files that the program reads or writes by itself, in the markup of `Markup`.
  package static let files = """
    `config.toml` in `$XDG_CONFIG_HOME/sheep`, or in `~/.config/sheep`: profiles, defaults, \
    aliases, tasks and prices; see `sheep help config`. Beside it `roles`, a Markdown file for each \
    role. Sessions lie in `sessions` in `$XDG_DATA_HOME/sheep`, or in `~/.local/share/sheep`. \
    Everything that is written is readable by its owner alone. Beside these `sheep` reads only the files that its options name, and the \
    system's certificates; it reads no configuration from the working directory.
    """
}
