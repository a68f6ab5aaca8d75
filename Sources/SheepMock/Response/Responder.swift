import SheepCore

/// Decides the answer to a request. Pure: what it needs to know is handed in.
struct Responder: Sendable {
  /// The places that are served.
  enum Route: Equatable {
    case chat
    case models
    case model(String)

    /// The route of a path, under any prefix, with or without `/v1`.
    init?(path: String) {
      var steps = path.utf8.split(separator: 0x2f).map { String(decoding: $0, as: UTF8.self) }
      guard let last = steps.popLast() else { return nil }
      if last == "completions", steps.last == "chat" {
        self = .chat
      } else if last == "models" {
        self = .models
      } else if let place = steps.lastIndex(of: "models") {
        self = .model((steps[(place + 1)...] + [last]).joined(separator: "/"))
      } else {
        return nil
      }
    }

    /// The methods that it takes.
    var methods: [String] {
      self == .chat ? ["POST", "OPTIONS"] : ["GET", "HEAD", "OPTIONS"]
    }
  }

  var configuration: MockConfiguration
  /// The time that answers carry, in seconds since 1970.
  var created: Int64

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
    let assembly = AnswerAssembly(
      request: exchange.head, fault: fault, requestID: requestID(exchange.number))
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
    let (bytes, type) = body.rendered(assembly.fault.shape)
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
    try checkKey(exchange)
    switch route {
    case .chat: return try chat(exchange, assembly)
    case .models:
      let list: JSON = ["object": "list", "data": .array(MockModel.all.map(Self.entry))]
      return document(list, assembly)
    case .model(let id):
      guard let model = MockModel.named(id) else { throw Self.unknown(id) }
      return document(Self.entry(model), assembly)
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

  private func checkKey(_ exchange: Exchange) throws(ChatProblem) {
    if configuration.acceptedKeys.isEmpty { return }
    if let key = exchange.key {
      if configuration.acceptedKeys.contains(Secret(key)) { return }
      throw ChatProblem(body: ErrorBody(status: 401))
    }
    let message = "You didn't provide an API key."
    throw ChatProblem(body: ErrorBody(status: 401, message: message, code: "missing_api_key"))
  }

  private static func unknown(_ model: String) -> ChatProblem {
    ChatProblem(
      body: ErrorBody(
        status: 404, message: "The model '\(model)' does not exist or you do not have access to it.",
        code: "model_not_found", param: "model"))
  }

  private func chat(
    _ exchange: Exchange, _ assembly: AnswerAssembly
  ) throws(ChatProblem) -> ResponseProgram {
    guard let body = exchange.json, body.object != nil else {
      throw ChatProblem(
        body: ErrorBody(status: 400, message: "The body of the request is not a JSON object."))
    }
    guard let wanted = exchange.wanted, !wanted.id.utf8.isEmpty else {
      throw ChatProblem(
        body: ErrorBody(
          status: 400, message: "You must provide a model parameter.", param: "model"))
    }
    guard let model = MockModel.named(wanted.id) else { throw Self.unknown(wanted.id) }
    let call = try ChatCall(body, model: wanted.id)
    let fault = assembly.fault
    let answer = ChatAnswer(
      to: call, model: model, fault: fault, seed: configuration.seed, created: created,
      key: exchange.key)
    let schedule = schedule(of: model, fault)
    if call.isStreamed != fault.ignoresStream {
      let chunks = ChatChunks(answer, fault: fault, includesUsage: call.includesUsage)
      return assembly.stream(chunks, schedule: schedule)
    }
    let pieces = answer.reasoning.count + answer.text.count
    return assembly.document(
      status: 200, ChatDocument.bytes(answer, fault: fault), contentType: "application/json",
      after: schedule.isPaced ? schedule.due(piece: max(0, pieces - 1)) : .zero)
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
