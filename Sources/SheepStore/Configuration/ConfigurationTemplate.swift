/// The file that `sheep config init` writes: everything that can be set, commented out.
package enum ConfigurationTemplate {
  /// The text. A `#` right before a setting comments it out; prose has a blank after it.
  package static let text = """
    # Configuration of sheep. Lines that start with # are comments; remove the # to use a
    # setting. 'sheep config check' reports mistakes; 'sheep config show' prints the settings
    # in effect and where each comes from. Keys do not belong in this file.

    # The gateway and the model to use if none is given.
    #default_profile = "holysheep"
    #default_model = "gpt-4.1"

    # Defaults for options, by long name; the command line and SHEEP_... variables take
    # precedence.
    #[options]
    #max-tokens = 2000
    #temperature = 0.2
    #usage = true

    # Short names for models, for --model.
    #[aliases]
    #mini = "gpt-4o-mini@openai"
    #local = "llama3.2@ollama"

    # Models for tasks, for --task.
    #[tasks]
    #simple = "gpt-4o-mini@openai"
    #advanced = "gpt-4.1"

    # Your own contract prices, in US dollars per million tokens.
    #[prices."my-model@work"]
    #in = 2.50
    #out = 10.00
    #cached = 0.25

    # Your own gateway, or other settings for a built-in one.
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

    # Where a server differs from the API it claims to speak.
    #[profiles.work.quirks]
    #max_tokens_field = "max_completion_tokens"
    #system_role = "developer"
    #stream_options = false

    """
}
