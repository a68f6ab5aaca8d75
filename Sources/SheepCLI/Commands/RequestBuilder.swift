import SheepCore

/// Makes the request from what was typed, piped and named.
struct RequestBuilder {
  let environment: Environment

  /// What to say when there is no prompt.
  enum PromptAdvice {
    case chat, stream, compare
  }

  /// The request for these options.
  /// - Throws: `usage` for input that cannot be read or sent, naming it.
  func build(
    _ options: CallOptions, model: String, schema: JSON?, promptAdvice: PromptAdvice
  ) throws(Failure) -> Request {
    var messages: [Message] = []
    if let system = try system(options.sampling.system) { messages.append(Message(.system, system)) }
    messages.append(try userTurn(options, promptAdvice))
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

  private func system(_ source: TextSource?) throws(Failure) -> String? {
    switch source {
    case nil: nil
    case .text(let text): text
    case .file(let path): try PromptText.decode(try readFile(path), subject: path)
    }
  }

  private func userTurn(_ options: CallOptions, _ advice: PromptAdvice) throws(Failure) -> Message {
    if let key = options.prompt.first(where: KeyShape.matches) {
      throw Failure(
        .usage, "prompt",
        "the word ending in \(String(key.suffix(4))) looks like an API key, so nothing was sent",
        advice: KeyShape.keyAdvice)
    }
    var parts: [Message.Part] = []
    for path in options.input.files {
      let name = path == "-" ? "standard input" : path
      let bytes = path == "-" ? try readInput() : try readFile(path)
      parts.append(try Attachment.part(name: name, bytes: bytes))
    }
    let words = options.prompt.joined(separator: " ")
    let prompt = words.isEmpty ? nil : words
    let input = try pipedInput(options, hasPrompt: prompt != nil || !parts.isEmpty)
    guard let text = PromptText.join(prompt: prompt, input: input) else {
      if parts.isEmpty { throw Self.nothingToAsk(advice) }
      return Message(role: .user, parts: parts)
    }
    return Message(role: .user, parts: Self.merged(parts + [.text(text)]))
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
    let bytes = try readInput()
    return bytes.isEmpty ? nil : try PromptText.decode(bytes, subject: "standard input")
  }

  private func readInput() throws(Failure) -> [UInt8] {
    do throws(SystemError) {
      return try environment.standardInput.readAll()
    } catch {
      throw Failure(.usage, "standard input", error.text)
    }
  }

  private func readFile(_ path: String) throws(Failure) -> [UInt8] {
    do throws(SystemError) {
      return try environment.readFile(path)
    } catch {
      throw Failure(.usage, path, error.text, advice: "check the file's name and its permissions")
    }
  }

  private static func nothingToAsk(_ advice: PromptAdvice) -> Failure {
    switch advice {
    case .compare:
      Failure(
        .usage, "compare", "there is no prompt",
        advice: "write one after 'sheep compare', pipe text into it, or give a file with --prompts")
    case .chat:
      Failure(
        .usage, "chat", "there is no prompt", advice: "write one after 'sheep chat', or pipe text into it")
    case .stream:
      Failure(
        .usage, "stream", "there is no prompt", advice: "write one after 'sheep stream', or pipe text into it"
      )
    }
  }
}
