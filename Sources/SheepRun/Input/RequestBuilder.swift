package import SheepCore
package import SheepOptions
import SheepStore

/// Makes the request from what was typed, piped and named.
package struct RequestBuilder {
  private let environment: Environment

  /// A builder that reads what `environment` gives.
  package init(environment: Environment) {
    self.environment = environment
  }

  /// What to say when there is no prompt.
  package enum PromptAdvice {
    case chat, stream, compare
  }

  /// The request for these options.
  /// - Throws: `usage` for input that cannot be read or sent, naming it.
  package func build(
    _ options: CallOptions, model: String, schema: JSON?, promptAdvice: PromptAdvice
  ) throws(Failure) -> Request {
    var messages: [Message] = []
    if let system = try system(options) { messages.append(Message(.system, system)) }
    messages.append(Message(role: .user, parts: try question(options, promptAdvice).parts))
    return try request(options, model: model, schema: schema, messages: messages)
  }

  /// The request that puts these messages.
  /// - Throws: `usage` for tools that cannot be read or sent.
  package func request(
    _ options: CallOptions, model: String, schema: JSON?, messages: [Message]
  ) throws(Failure) -> Request {
    var request = Request(model: model, messages: messages)
    let sampling = options.sampling
    request.streams = !options.output.noStream
    request.temperature = sampling.temperature.flatMap { JSONNumber(text: $0.text) }
    request.topP = sampling.topP.flatMap { JSONNumber(text: $0.text) }
    request.maxTokens = sampling.maxTokens
    request.stop = sampling.stop
    request.seed = sampling.seed.map(Int64.init)
    request.reasoningEffort = sampling.reasoningEffort?.rawValue
    request.schema = schema
    request.tools = try ToolList.read(sampling.tools, environment)
    request.toolChoice = try ToolList.choice(sampling.toolChoice, among: request.tools)
    request.extraFields = sampling.bodyFields.map { field in
      JSONObject.Member(
        name: field.key, value: (try? JSON.parse(text: field.value)) ?? .string(field.value))
    }
    return request
  }

  /// The system prompt that the options give; `nil`: none.
  package func system(_ options: CallOptions) throws(Failure) -> String? {
    switch options.sampling.system {
    case nil: nil
    case .text(let text): text
    case .file(let path): try PromptText.decode(try environment.contents(of: path), subject: path)
    }
  }

  /// What is asked: the prompt, what is piped in and the files, in the run's role.
  /// - Throws: `usage` for input that cannot be read or sent, naming it.
  package func question(_ options: CallOptions, _ advice: PromptAdvice) throws(Failure) -> Question {
    if let key = options.prompt.first(where: KeyShape.matches) {
      throw Failure(
        .usage, "prompt",
        "the word ending in \(String(key.suffix(4))) looks like an API key; nothing was sent",
        advice: KeyShape.keyAdvice)
    }
    let parts = try attachments(options.input.files)
    var files = options.input.files.map { $0 == "-" ? Self.inputName : $0 }
    let words = options.prompt.joined(separator: " ")
    let prompt = words.isEmpty ? nil : words
    let input = try pipedInput(options, hasPrompt: prompt != nil || !parts.isEmpty)
    if input != nil { files.append(Self.inputName) }
    var text = PromptText.join(prompt: prompt, input: input)
    let role = environment.settings.role?.filled
    if text == nil, parts.isEmpty, role?.asksByItself != true { throw Self.nothingToAsk(advice) }
    if let role { text = role.prompt(for: text) }
    return Self.question(parts, text, files: files, time: environment.unixTime())
  }

  private static let inputName = "standard input"

  /// A question of files and a text, which comes last.
  package static func question(
    _ parts: [Message.Part], _ text: String?, files: [String], time: Int
  ) -> Question {
    let all = text.map { merged(parts + [.text($0)]) } ?? parts
    return Question(parts: all, files: files, time: time)
  }

  /// Files as parts of a prompt; `-` is standard input.
  package func attachments(_ files: [String]) throws(Failure) -> [Message.Part] {
    try files.map { path throws(Failure) in
      let name = path == "-" ? Self.inputName : path
      return try Attachment.part(
        name: name, bytes: path == "-" ? try environment.inputContents() : try environment.contents(of: path))
    }
  }

  /// Texts that follow each other become one, so that a request without images is plain text.
  private static func merged(_ parts: [Message.Part]) -> [Message.Part] {
    var result: [Message.Part] = []
    for part in parts {
      if case .text(let next) = part, case .text(let before)? = result.last {
        result[result.count - 1] = .text(before + "\n" + next)
      } else {
        result.append(part)
      }
    }
    return result
  }

  /// What is piped in; `nil` when nothing is, or it may not be read.
  ///
  /// With a prompt, only a pipe or a file is read: anything else might never end.
  private func pipedInput(_ options: CallOptions, hasPrompt: Bool) throws(Failure) -> String? {
    if options.input.noStandardInput || options.input.files.contains("-") { return nil }
    switch environment.standardInput.kind {
    case .terminal: return nil
    case .other where hasPrompt: return nil
    default: break
    }
    let bytes = try environment.inputContents()
    return bytes.isEmpty ? nil : try PromptText.decode(bytes, subject: "standard input")
  }

  private static func nothingToAsk(_ advice: PromptAdvice) -> Failure {
    switch advice {
    case .compare:
      Failure(
        .usage, "compare", "there is no prompt",
        advice: "give one after 'sheep compare', pipe text into it, or use --prompts FILE")
    case .chat:
      Failure(
        .usage, "chat", "there is no prompt", advice: "give one after 'sheep chat', or pipe text into it")
    case .stream:
      Failure(
        .usage, "stream", "there is no prompt", advice: "give one after 'sheep stream', or pipe text into it"
      )
    }
  }
}
