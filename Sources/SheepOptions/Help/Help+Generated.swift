// Generated from the option table by `make generate`; do not edit.

extension Help {
  /// `sheep -h`.
  static var programSummary: String {
    #"""
    Usage: sheep COMMAND [OPTIONS] [--] [OPERANDS]

    Call and compare language models from the terminal.

    Commands
      chat          Chat with a model, or ask it one question.
      stream        Print an answer as it arrives, unrendered.
      models        List models, their limits and prices.
      cost          Calculate what tokens cost.
      ping          Find out why a connection fails.
      validate-key  Check that a key works.
      compare       Compare models or gateways on the same prompt.
      embed         Turn texts into vectors.
      mock          Run a local gateway for testing.
      config        Show, check and change the configuration.
      help          Explain a command, or sheep itself.

    Options
      -h, --help     Show help.
      -V, --version  Print the version.

    Try it without a key:  sheep chat --demo 'Write a haiku'
    More about a command:  sheep help chat

    """#
  }

  /// `sheep --help`.
  static var programText: String {
    #"""
    Usage: sheep COMMAND [OPTIONS] [--] [OPERANDS]

    Chat in a terminal, call models from scripts, find out why a connection fails,
    compare models, and see what every call costs. Standard output has the answer
    and nothing else; the receipt with tokens, cost and timings, the model's
    reasoning, notes and errors go to standard error.

    To try it without a key or a network, run sheep chat --demo 'Write a haiku'. To
    call the default gateway, set HOLYSHEEP_API_KEY to your key.

    Commands
      chat          Chat with a model, or ask it one question.
      stream        Print an answer as it arrives, unrendered.
      models        List models, their limits and prices.
      cost          Calculate what tokens cost.
      ping          Find out why a connection fails.
      validate-key  Check that a key works.
      compare       Compare models or gateways on the same prompt.
      embed         Turn texts into vectors.
      mock          Run a local gateway for testing.
      config        Show, check and change the configuration.
      help          Explain a command, or sheep itself.

    Options
      -h, --help     Show help.
      -V, --version  Print the version.

    Options can follow operands, and one-letter switches can be grouped (-qu).
    Write values as --name VALUE, --name=VALUE, -n VALUE or -nVALUE. After --
    everything is an operand. --no-NAME turns a switch off. 'sheep COMMAND -h'
    lists a command's options.

    Environment
      HOLYSHEEP_API_KEY
          The key for holysheep, the default gateway; never sent elsewhere.
      OPENAI_API_KEY
          The key for openai; never sent elsewhere.
      ANTHROPIC_API_KEY
          The key for anthropic; never sent elsewhere.
      GEMINI_API_KEY
          The key for gemini; never sent elsewhere; GOOGLE_API_KEY overrides it.
      DEEPSEEK_API_KEY
          The key for deepseek; never sent elsewhere.
      OPENROUTER_API_KEY
          The key for openrouter; never sent elsewhere.
      GROQ_API_KEY
          The key for groq; never sent elsewhere.
      MISTRAL_API_KEY
          The key for mistral; never sent elsewhere.
      XAI_API_KEY
          The key for xai; never sent elsewhere.
      TOGETHER_API_KEY
          The key for together; never sent elsewhere.
      FIREWORKS_API_KEY
          The key for fireworks; never sent elsewhere.
      AZURE_OPENAI_API_KEY
          The key for azure; never sent elsewhere.
      SHEEP_API_KEY
          The key for --base-url or SHEEP_BASE_URL; never sent elsewhere.
      SHEEP_<LONG_OPTION>
          The default of any option: its long name in capitals, with _ for each
          hyphen. For example, SHEEP_MODEL=gpt-4.1 sets --model and
          SHEEP_NO_STREAM=1 sets --no-stream. Switches take 1, true, yes or on, and
          0, false, no or off. The command line takes precedence. An empty variable
          is ignored.
      https_proxy, all_proxy, no_proxy
          The proxy to use, as in curl; --proxy overrides it.
      NO_COLOR
          If set and not empty, color is off unless --color turns it on.
      CLICOLOR_FORCE
          If set and not 0, color is on even without a terminal.
      XDG_CONFIG_HOME
          Where the sheep configuration folder is; ~/.config by default.
      XDG_DATA_HOME
          Where the sheep data folder is; ~/.local/share by default.
      VISUAL, EDITOR
          The editor for 'sheep config edit' and for /edit in a conversation.
      TERM
          If it is dumb, there is no color and no rendering.

    Exit codes
      0    Success: a complete answer (a cut at the length limit is noted on
           standard error)
      1    The condition asked for is false, or targets or items failed in
           different ways
      2    Wrong usage, configuration or input, or an unsafe setting; nothing was
           sent
      3    Authentication or permission denied
      4    Rate limit, quota or billing
      5    Network error: proxy, DNS, TCP, TLS, or no answer in time
      6    Provider error: 5xx, overloaded, protocol violation, or a rejected
           request
      7    Model unknown or not allowed
      8    Refused or filtered by the provider
      9    Incomplete answer: cut, stalled or failed after it had started (the
           partial answer was delivered)
      10   A limit you set was reached: cost, deadline or --slo
      11   Local I/O error: disk full, output not writable
      12   The answer is complete but not what was asked for: schema mismatch, or
           cut at the length limit with --strict
      70   Internal error
      129  Ended by SIGHUP
      130  Ended by SIGINT
      143  Ended by SIGTERM

    """#
  }
}
