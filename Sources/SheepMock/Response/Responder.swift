import SheepCore

/// Decides the answer to a request. Pure: what it needs to know is handed in.
struct Responder: ~Copyable {
  let configuration: MockConfiguration
  /// The time that answers carry, in seconds since 1970.
  let created: Int64

  /// The whole answer to a request with that fault.
  func answer(to exchange: Exchange, fault: MockFault) -> ResponseProgram {
    var fault = fault
    if fault.echoesKey != nil { fault.echoedText = "key: " + (exchange.key ?? "none") }
    switch fault.silence {
    case .never: return ResponseProgram([.awaitClose])
    case .close: return ResponseProgram([.close])
    case .reset: return ResponseProgram([.reset])
    case .closeSecond:
      if exchange.numberOnConnection >= 2 { return ResponseProgram([.close]) }
    case nil: break
    }
    let isAnthropic = Self.isAnthropic(exchange.head)
    let shape = isAnthropic ? .anthropic : Route(path: exchange.head.path)?.errorShape ?? .openai
    let assembly = AnswerAssembly(
      request: exchange.head, fault: fault, requestID: requestID(exchange.number), errorShape: shape)
    if let forced = forced(exchange, assembly) { return forced }
    do throws(ChatProblem) {
      return try routed(exchange, assembly)
    } catch {
      return refusal(error.body, assembly, headers: error.headers)
    }
  }

  /// An answer to bytes that are no request; the connection ends with it.
  static func answer(to refusal: RequestRefusal) -> ResponseProgram {
    let body = ErrorBody(status: refusal.status, message: refusal.problem)
    var head = ResponseHead(status: refusal.status)
    let bytes = body.rendered(.openai).bytes
    head.headers.append("Content-Type", "application/json")
    head.headers.append("Content-Length", String(bytes.count))
    head.headers.append("Connection", "close")
    return ResponseProgram([.send(head.bytes + bytes), .close])
  }

  private func requestID(_ number: Int) -> String {
    "req_mock_\(configuration.seed)_\(number)"
  }

  // MARK: Answers that a fault asks for

  private func forced(_ exchange: Exchange, _ assembly: AnswerAssembly) -> ResponseProgram? {
    let fault = assembly.fault
    if let member = fault.refusedMember, exchange.json?[member] != nil {
      let message = "Unsupported parameter: '\(member)' is not supported with this model."
      let body = ErrorBody(
        status: 400, message: fault.errorMessage ?? message, code: "unsupported_parameter",
        param: member)
      return refusal(body, assembly)
    }
    let isError = fault.status.map { !(200...299).contains($0) } ?? false
    if let bytes = fault.body {
      return assembly.document(status: fault.status ?? 200, bytes, contentType: "application/json")
    }
    if fault.echoesKey == .body {
      var body = ErrorBody(status: fault.status ?? 401)
      body.message += " Your " + (fault.echoedText ?? "") + "."
      return refusal(body, assembly)
    }
    guard isError, fault.errorAfter == nil, let status = fault.status else { return nil }
    if (300...399).contains(status) {
      return assembly.document(status: status, [], contentType: nil)
    }
    let body = ErrorBody(
      status: status, message: fault.errorMessage, type: fault.errorType, code: fault.errorCode,
      param: fault.errorParam)
    return refusal(body, assembly)
  }

  private func refusal(
    _ body: ErrorBody, _ assembly: AnswerAssembly, headers: HTTPHeaders = HTTPHeaders()
  ) -> ResponseProgram {
    let (bytes, type) = body.rendered(assembly.fault.shape ?? assembly.errorShape)
    return assembly.document(status: body.status, bytes, contentType: type, headers: headers)
  }

  // MARK: Routes

  private func routed(
    _ exchange: Exchange, _ assembly: AnswerAssembly
  ) throws(ChatProblem) -> ResponseProgram {
    let method = exchange.head.method
    guard let route = Route(path: exchange.head.path) else {
      throw ChatProblem(
        body: ErrorBody(
          status: 404, message: "Unknown request URL: \(method) \(exchange.head.path).",
          code: "unknown_url"))
    }
    var allowed = HTTPHeaders()
    allowed.append("Allow", route.methods.joined(separator: ", "))
    guard route.methods.contains(method) else {
      let body = ErrorBody(
        status: 405, message: "Not allowed to \(method) \(exchange.head.path).",
        code: "method_not_supported")
      throw ChatProblem(body: body, headers: allowed)
    }
    if method == "OPTIONS" {
      return assembly.document(status: 204, [], contentType: nil, headers: allowed)
    }
    try checkKey(exchange, assembly.errorShape)
    switch route {
    case .chat: return try ask(ChatDialect(), exchange, assembly)
    case .responses: return try ask(ResponsesDialect(), exchange, assembly)
    case .messages:
      try Self.checkVersion(exchange)
      return try ask(MessagesDialect(), exchange, assembly)
    case .countTokens:
      try Self.checkVersion(exchange)
      let (body, model) = try asked(exchange)
      return document(try Self.tokenCount(body, model: model), assembly)
    case .gemini(_, let streams):
      // The gateway's own address has one path for both, and streams where events are asked for.
      let asEvents = exchange.head.target.mentions("alt=sse")
      return try ask(GeminiDialect(streams: streams || asEvents, asEvents: asEvents), exchange, assembly)
    case .embeddings: return try embed(exchange, assembly, isGemini: false)
    case .geminiEmbeddings: return try embed(exchange, assembly, isGemini: true)
    case .models where assembly.errorShape == .anthropic:
      return document(Self.messagesModels(exchange.head), assembly)
    case .models:
      let list: JSON = ["object": "list", "data": .array(MockModel.all.map(Self.entry))]
      return document(list, assembly)
    case .model(let id):
      guard let model = MockModel.named(id) else { throw Self.unknown(id) }
      let isAnthropic = assembly.errorShape == .anthropic
      return document(isAnthropic ? Self.messagesEntry(model) : Self.entry(model), assembly)
    }
  }

  private func document(_ value: JSON, _ assembly: AnswerAssembly) -> ResponseProgram {
    assembly.document(
      status: 200, Array(value.serialized().utf8), contentType: "application/json")
  }

  private static func entry(_ model: MockModel) -> JSON {
    [
      "id": .string(model.id), "object": "model", "created": 1_735_689_600,
      "owned_by": .string(model.owner), "context_length": .number(JSONNumber(model.context)),
    ]
  }

  private func checkKey(_ exchange: Exchange, _ shape: ErrorShape) throws(ChatProblem) {
    if configuration.acceptedKeys.isEmpty { return }
    let isGemini = shape == .gemini
    if let key = exchange.key {
      if configuration.acceptedKeys.contains(Secret(key)) { return }
      // Google answers a wrong key with 400.
      let gemini = ErrorBody(
        status: 400, message: "API key not valid. Please pass a valid API key.", code: "API_KEY_INVALID")
      throw ChatProblem(body: isGemini ? gemini : ErrorBody(status: 401))
    }
    let gemini = ErrorBody(
      status: 403,
      message: "Method doesn't allow unregistered callers. Please use API Key to call this API.")
    let message = "You didn't provide an API key."
    throw ChatProblem(
      body: isGemini ? gemini : ErrorBody(status: 401, message: message, code: "missing_api_key"))
  }

  private static func unknown(_ model: String) -> ChatProblem {
    ChatProblem(
      body: ErrorBody(
        status: 404, message: "The model '\(model)' does not exist or you do not have access to it.",
        code: "model_not_found", param: "model"))
  }

  /// An answer in one of the dialects.
  private func ask(
    _ dialect: any MockDialect, _ exchange: Exchange, _ assembly: AnswerAssembly
  ) throws(ChatProblem) -> ResponseProgram {
    let (body, name) = try asked(exchange)
    guard let model = MockModel.named(name) else { throw Self.unknown(name) }
    let call = try ChatCall(try dialect.chatBody(of: body), model: name)
    let fault = assembly.fault
    let answer = ChatAnswer(
      to: call, model: model, fault: fault, seed: configuration.seed, created: created,
      key: exchange.key)
    let schedule = schedule(of: model, fault)
    if call.isStreamed != fault.ignoresStream {
      return assembly.stream(dialect.chunks(answer, fault: fault, call: call), schedule: schedule)
    }
    let pieces = answer.reasoning.count + answer.text.count
    return assembly.document(
      status: 200, dialect.document(answer, fault: fault), contentType: "application/json",
      after: schedule.isPaced ? schedule.due(piece: max(0, pieces - 1)) : .zero)
  }

  /// The body and the model's name of a request that asks a model.
  private func asked(_ exchange: Exchange) throws(ChatProblem) -> (body: JSON, model: String) {
    guard let body = exchange.json, body.object != nil else {
      throw ChatProblem(
        body: ErrorBody(status: 400, message: "The body of the request is not a JSON object."))
    }
    guard let wanted = exchange.wanted, !wanted.id.utf8.isEmpty else {
      throw ChatProblem(
        body: ErrorBody(
          status: 400, message: "You must provide a model parameter.", param: "model"))
    }
    return (body, wanted.id)
  }

  private func embed(
    _ exchange: Exchange, _ assembly: AnswerAssembly, isGemini: Bool
  ) throws(ChatProblem) -> ResponseProgram {
    let (body, model) = try asked(exchange)
    guard MockEmbedding.serves(model) else { throw Self.unknown(model) }
    let bytes =
      isGemini
      ? try MockEmbedding.gemini(body, model: model, seed: configuration.seed)
      : try MockEmbedding.openAI(body, model: model, seed: configuration.seed)
    return assembly.document(status: 200, bytes, contentType: "application/json")
  }

  private func schedule(of model: MockModel, _ fault: MockFault) -> PacingSchedule {
    let speed = fault.speed ?? configuration.speed
    var schedule = PacingSchedule(
      firstTokenAfter: model.firstTokenAfter,
      tokensPerSecond: fault.tokensPerSecond ?? model.tokensPerSecond,
      // A rate that was asked for holds, whatever the gateway's own speed is.
      speed: fault.tokensPerSecond != nil && fault.speed == nil ? 1 : speed)
    if let first = fault.firstTokenAfter { schedule.firstPiece = first }
    return schedule
  }
}
