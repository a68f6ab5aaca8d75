import SheepCore
import SheepListener

/// Decides the answer to a request. Pure: what it needs to know is handed in.
struct Responder {
  let configuration: MockConfiguration
  /// The time that answers carry, in seconds since 1970.
  let created: Int64

  /// The whole answer to a request with that fault.
  func answer(to exchange: MockExchange, fault: MockFault) -> ResponseProgram {
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
      request: exchange.head, fault: fault, requestID: requestID(exchange.number),
      dialect: exchange.route?.dialect ?? ChatDialect.self)
    if let forced = forced(exchange, assembly) { return forced }
    do throws(ChatProblem) {
      return try routed(exchange, assembly)
    } catch {
      return refusal(error.body, assembly, headers: error.headers)
    }
  }

  /// An answer to bytes that are no request; the connection ends with it.
  static func answer(to refusal: RequestRefusal) -> ResponseProgram {
    let body = MockErrorBody(status: refusal.status, message: refusal.problem)
    var head = ResponseHead(status: refusal.status)
    let bytes = body.rendered(ChatDialect.self).bytes
    head.headers.append("Content-Type", "application/json")
    head.headers.append("Content-Length", String(bytes.count))
    head.headers.append("Connection", "close")
    return ResponseProgram([.send(head.bytes + bytes), .close])
  }

  private func requestID(_ number: Int) -> String {
    "req_mock_\(configuration.seed)_\(number)"
  }

  // MARK: Answers that a fault asks for

  private func forced(_ exchange: MockExchange, _ assembly: AnswerAssembly) -> ResponseProgram? {
    let fault = assembly.fault
    if let member = fault.refusedMember, exchange.json?[member] != nil {
      let message = "Unsupported parameter: '\(member)' is not supported with this model."
      let body = MockErrorBody(
        status: 400, message: fault.errorMessage ?? message, code: "unsupported_parameter",
        param: member)
      return refusal(body, assembly)
    }
    let isError = fault.status.map { !(200...299).contains($0) } ?? false
    if let bytes = fault.body {
      return assembly.document(status: fault.status ?? 200, bytes, contentType: "application/json")
    }
    if fault.echoesKey == .body {
      var body = MockErrorBody(status: fault.status ?? 401)
      body.message += " Your " + (fault.echoedText ?? "") + "."
      return refusal(body, assembly)
    }
    guard isError, fault.errorAfter == nil, let status = fault.status else { return nil }
    if (300...399).contains(status) {
      return assembly.document(status: status, [], contentType: nil)
    }
    let body = MockErrorBody(
      status: status, message: fault.errorMessage, type: fault.errorType, code: fault.errorCode,
      param: fault.errorParam)
    return refusal(body, assembly)
  }

  private func refusal(
    _ body: MockErrorBody, _ assembly: AnswerAssembly, headers: HTTPHeaders = HTTPHeaders()
  ) -> ResponseProgram {
    let (bytes, type) = assembly.fault.shape.map(body.rendered) ?? body.rendered(assembly.dialect)
    return assembly.document(status: body.status, bytes, contentType: type, headers: headers)
  }

  // MARK: Routes

  private func routed(
    _ exchange: MockExchange, _ assembly: AnswerAssembly
  ) throws(ChatProblem) -> ResponseProgram {
    let method = exchange.head.method
    guard let route = exchange.route else {
      throw ChatProblem(
        body: MockErrorBody(
          status: 404, message: "Unknown request URL: \(method) \(exchange.head.path).",
          code: "unknown_url"))
    }
    var allowed = HTTPHeaders()
    allowed.append("Allow", route.methods.joined(separator: ", "))
    guard route.methods.contains(method) else {
      let body = MockErrorBody(
        status: 405, message: "Not allowed to \(method) \(exchange.head.path).",
        code: "method_not_supported")
      throw ChatProblem(body: body, headers: allowed)
    }
    if method == "OPTIONS" {
      return assembly.document(status: 204, [], contentType: nil, headers: allowed)
    }
    try checkKey(exchange, route.dialect)
    switch route.reply {
    case .answer(let dialect):
      try dialect.check(exchange)
      return try ask(dialect, exchange, assembly)
    case .document(let make):
      let bytes = try make(exchange, configuration.seed)
      return assembly.document(status: 200, bytes, contentType: "application/json")
    }
  }

  private func checkKey(
    _ exchange: MockExchange, _ dialect: any MockDialect.Type
  ) throws(ChatProblem) {
    if configuration.acceptedKeys.isEmpty { return }
    if let key = exchange.key, configuration.acceptedKeys.contains(Secret(key)) { return }
    throw ChatProblem(body: dialect.refusal(ofKey: exchange.key))
  }

  /// An answer in one of the dialects.
  private func ask(
    _ dialect: any MockDialect, _ exchange: MockExchange, _ assembly: AnswerAssembly
  ) throws(ChatProblem) -> ResponseProgram {
    let (body, name) = try exchange.asked()
    let model = try MockModel.required(name)
    let call = try ChatCall(try dialect.chatBody(of: body), model: name)
    let fault = assembly.fault
    let answer = MockAnswer(
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
