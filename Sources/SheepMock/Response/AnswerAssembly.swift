import SheepCore
import SheepListener

/// Puts head and body of an answer together and lets the faults of both have their way.
struct AnswerAssembly {
  /// The request that is answered.
  let request: RequestHead
  let fault: MockFault
  let requestID: String
  /// Whose form errors and headers have.
  let dialect: any MockDialect.Type

  /// An answer whose body is known as a whole.
  /// - Parameter wait: how long after the request the answer begins.
  func document(
    status: Int, _ body: [UInt8], contentType: String?, headers: HTTPHeaders = HTTPHeaders(),
    after wait: Duration = .zero
  ) -> ResponseProgram {
    let body = fault.compresses ? Gzip.stored(body) : body
    var framing = fault.framing ?? .length
    if fault.endless && framing == .length { framing = .chunked }
    var head = head(status, contentType: contentType, framing: framing, extra: headers)
    let hasBody = status != 204 && status != 304
    if framing == .length, hasBody { head.headers.append("Content-Length", String(body.count)) }
    var actions = wait > .zero ? [MockAction.waitUntil(wait)] : []
    actions += opening(head)
    if request.method == "HEAD" || !hasBody {
      actions.append(.finish)
    } else {
      actions += documentActions(body, framing)
    }
    return program(Self.joined(actions), events: nil, framing: framing)
  }

  private func documentActions(_ body: [UInt8], _ framing: BodyFraming) -> [MockAction] {
    func framed(_ piece: some Sequence<UInt8>) -> MockAction {
      var bytes: [UInt8] = []
      framing.append(Array(piece), to: &bytes)
      return .send(bytes)
    }
    if fault.endless { return [framed(body)].map(Self.repeated) }
    if let cut = fault.cutAfter, cut < body.count {
      return [framed(body.prefix(cut)), fault.cutResets ? .reset : .close]
    }
    if let stall = fault.stallAfter {
      let silence = fault.gate.map { MockAction.awaitGate($0) } ?? .awaitClose
      return [
        framed(body.prefix(stall)), silence, framed(body.dropFirst(stall)), .send(framing.end),
        .finish,
      ]
    }
    return [framed(body), .send(framing.end), .finish]
  }

  private static func repeated(_ action: MockAction) -> MockAction {
    if case .send(let bytes) = action, !bytes.isEmpty { .sendForever(bytes) } else { .awaitClose }
  }

  /// A streamed answer.
  func stream(_ chunks: any AnswerChunks, schedule: PacingSchedule) -> ResponseProgram {
    var framing = fault.framing ?? .chunked
    // HTTP/1.0 knows no chunks.
    if request.minorVersion == 0 && framing == .chunked { framing = .close }
    let type = "text/event-stream; charset=utf-8"
    var fault = fault
    fault.lineEnd = fault.lineEnd ?? chunks.lineEnd
    let events = EventStream(chunks, fault: fault, schedule: schedule, framing: framing)
    if fault.compresses {
      return document(status: 200, events.completeBody(), contentType: type)
    }
    var head = head(200, contentType: type, framing: framing, extra: HTTPHeaders())
    head.headers.append("Cache-Control", "no-cache")
    if framing == .length {
      head.headers.append("Content-Length", String(events.completeBody().count))
    }
    return program(opening(head), events: events, framing: framing)
  }

  private func program(
    _ actions: [MockAction], events: EventStream?, framing: BodyFraming
  ) -> ResponseProgram {
    var program = ResponseProgram(actions, events: events)
    program.bytesPerWrite = fault.bytesPerWrite
    program.writePause = fault.writePause
    program.keepsAlive = request.wantsKeepAlive && framing != .close
    return program
  }

  private func head(
    _ status: Int, contentType: String?, framing: BodyFraming, extra: HTTPHeaders
  ) -> ResponseHead {
    var head = ResponseHead(status: status)
    let type = fault.contentType ?? contentType
    if let type, !type.utf8.isEmpty { head.headers.append("Content-Type", type) }
    head.headers.append(dialect.requestIDHeader, requestID)
    if framing == .chunked { head.headers.append("Transfer-Encoding", "chunked") }
    if !request.wantsKeepAlive || framing == .close {
      head.headers.append("Connection", "close")
    } else if request.minorVersion == 0 {
      head.headers.append("Connection", "keep-alive")
    }
    if fault.compresses { head.headers.append("Content-Encoding", "gzip") }
    if fault.echoesKey == .header, let text = fault.echoedText {
      head.headers.append("x-echo", text)
    }
    for field in extra.fields + fault.headers.fields {
      head.headers.append(field.name, field.value)
    }
    for number in 0..<fault.headerCount { head.headers.append("x-flood-\(number)", "full") }
    if fault.headerBytes > 0 {
      head.headers.append("x-long", String(repeating: "a", count: fault.headerBytes))
    }
    return head
  }

  /// The head's bytes at the pace of the faults.
  private func opening(_ head: ResponseHead) -> [MockAction] {
    var actions: [MockAction] = []
    for status in fault.informational { actions.append(.send(ResponseHead(status: status).bytes)) }
    if let delay = fault.headDelay { actions.append(.pause(delay)) }
    let bytes = head.bytes
    if fault.headNeverEnds {
      return actions + [.send(Array(bytes.prefix(bytes.count / 2))), .awaitClose]
    }
    if let interval = fault.headInterval {
      for byte in bytes { actions += [.send([byte]), .pause(interval)] }
    } else {
      actions.append(.send(bytes))
    }
    if let delay = fault.bodyDelay { actions.append(.pause(delay)) }
    return actions
  }

  /// Makes one write of neighbouring ones, so that a small answer is one packet.
  private static func joined(_ actions: [MockAction]) -> [MockAction] {
    var joined: [MockAction] = []
    for action in actions {
      if case .send(let bytes) = action, case .send(let before)? = joined.last {
        joined[joined.count - 1] = .send(before + bytes)
      } else {
        joined.append(action)
      }
    }
    return joined
  }
}
