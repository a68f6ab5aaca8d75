/// The file that `sheep config init` writes: everything that can be set, commented out.
package enum ConfigurationTemplate {
  /// The text. A `#` right before a setting comments it out; prose has a blank after it.
  package static let text = """
    # Configuration of sheep. Every line that begins with # is a comment; take the # away
    # to make a setting count. 'sheep config check' says what is wrong, 'sheep config show'
    # what holds and where it comes from. No key belongs into this file.

    # The gateway and the model that answer when none is named.
    #default_profile = "holysheep"
    #default_model = "gpt-4.1"

    # Defaults of options, by their long names; the command line and SHEEP_... variables
    # count more.
    #[options]
    #max-tokens = 2000
    #temperature = 0.2
    #usage = true

    # Short names for models, for --model.
    #[aliases]
    #mini = "gpt-4o-mini@openai"
    #local = "llama3.2@ollama"

    # Models by kind of work, for --task.
    #[tasks]
    #simple = "gpt-4o-mini@openai"
    #advanced = "gpt-4.1"

    # Prices of your own contract, in US dollars per million tokens.
    #[prices."my-model@work"]
    #in = 2.50
    #out = 10.00
    #cached = 0.25

    # A gateway of your own, or other settings for a built-in one.
    #[profiles.work]
    #base_url = "https://llm.example.com/v1"
    #key_env = "WORK_API_KEY"
    #default_model = "my-model"
    #headers = { X-Team = "search" }
    #proxy = "http://proxy.example.com:3128"
    #ca_file = "/etc/ssl/certs/work.pem"

    # Several keys, used in turn; each from a variable, a file or a command.
    #[profiles.holysheep]
    #keys = [{ env = "HOLYSHEEP_API_KEY" }, { cmd = "pass show holysheep/second" }]

    # Where a server differs from others of its kind.
    #[profiles.work.quirks]
    #max_tokens_field = "max_completion_tokens"
    #system_role = "developer"
    #stream_options = false

    """
}
