// Generated from the option table by `make generate`; do not edit.

extension Help {
  /// `sheep -h`.
  static var programSummary: String {
    #"""
    Usage: sheep COMMAND [OPTIONS] [--] [OPERANDS]

    Call language models from the command line.

    Commands
      chat          Ask a model and print its answer.
      stream        Print an answer raw, token by token.
      models        List models, their limits and prices.
      cost          Work out what tokens cost.
      ping          Find out what is wrong with a connection.
      validate-key  Check a key before anything depends on it.
      compare       Ask several models or gateways the same.
      embed         Turn texts into vectors.
      mock          Run a local gateway for trying and testing.
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

    sheep sends a prompt to a language model behind an OpenAI-compatible gateway
    and prints the answer as it arrives. Standard output carries the answer and
    nothing else; the receipt with tokens, cost and timings, the model's thinking,
    notes and errors go to standard error.

    To try it without a key and without a network:
    sheep chat --demo 'Write a haiku'. To call the gateway, put your key into
    HOLYSHEEP_API_KEY.

    Commands
      chat          Ask a model and print its answer.
      stream        Print an answer raw, token by token.
      models        List models, their limits and prices.
      cost          Work out what tokens cost.
      ping          Find out what is wrong with a connection.
      validate-key  Check a key before anything depends on it.
      compare       Ask several models or gateways the same.
      embed         Turn texts into vectors.
      mock          Run a local gateway for trying and testing.
      config        Show, check and change the configuration.
      help          Explain a command, or sheep itself.

    Options
      -h, --help     Show help.
      -V, --version  Print the version.

    Options may follow operands, letters may be grouped (-qu), and a value may be
    written as --name VALUE, --name=VALUE, -n VALUE or -nVALUE. After -- everything
    is an operand. --no-NAME turns a switch off again. 'sheep COMMAND -h' lists a
    command's options.

    Environment
      HOLYSHEEP_API_KEY
          The key of holysheep, the default gateway; sent nowhere else.
      OPENAI_API_KEY
          The key of openai; sent nowhere else.
      ANTHROPIC_API_KEY
          The key of anthropic; sent nowhere else.
      GEMINI_API_KEY
          The key of gemini; sent nowhere else; GOOGLE_API_KEY counts more where it
          is set.
      DEEPSEEK_API_KEY
          The key of deepseek; sent nowhere else.
      OPENROUTER_API_KEY
          The key of openrouter; sent nowhere else.
      GROQ_API_KEY
          The key of groq; sent nowhere else.
      MISTRAL_API_KEY
          The key of mistral; sent nowhere else.
      XAI_API_KEY
          The key of xai; sent nowhere else.
      TOGETHER_API_KEY
          The key of together; sent nowhere else.
      FIREWORKS_API_KEY
          The key of fireworks; sent nowhere else.
      AZURE_OPENAI_API_KEY
          The key of azure; sent nowhere else.
      SHEEP_API_KEY
          The key for --base-url or SHEEP_BASE_URL; sent nowhere else.
      SHEEP_<LONG_OPTION>
          The default of any option: its long name in capitals, with _ for each
          hyphen. SHEEP_MODEL=gpt-4.1 stands for --model, SHEEP_NO_STREAM=1 for
          --no-stream. Switches take 1, true, yes or on, and 0, false, no or off.
          The command line counts more; an empty variable counts as unset.
      https_proxy, all_proxy, no_proxy
          The proxy to use, as curl reads them; --proxy counts more.
      NO_COLOR
          With any value but an empty one, no colour unless --color asks for it.
      CLICOLOR_FORCE
          With a value other than 0, colour also where there is no terminal.
      XDG_CONFIG_HOME
          The folder of the folder with configuration and roles; ~/.config without
          it.
      XDG_DATA_HOME
          The folder of the folder with the sessions; ~/.local/share without it.
      VISUAL, EDITOR
          The editor of 'sheep config edit'.
      TERM
          With the value dumb, neither colour nor rendering.

    Exit codes
      0    Done: a complete answer (a length stop is noted on standard error)
      1    The asked condition is false, or targets or items failed in different
           ways
      2    Usage, configuration, input or unsafe setting; nothing was sent
      3    Authentication or permission
      4    Rate limit, quota or billing
      5    Network: proxy, DNS, TCP, TLS, or no answer in time
      6    Provider error: 5xx, overloaded, protocol violation
      7    Model unknown or not allowed
      8    Refused or filtered by the provider
      9    Incomplete answer: cut, stalled or failed after it had begun (what
           arrived was delivered)
      10   A limit that the user set: cost cap or deadline
      11   Local input or output: disk full, output not writable
      12   The answer is complete but not what was asked: schema mismatch, --strict
           length
      70   Internal error
      129  Ended by SIGHUP
      130  Ended by SIGINT
      143  Ended by SIGTERM

    """#
  }
}
