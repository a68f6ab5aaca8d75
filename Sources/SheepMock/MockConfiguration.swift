package import SheepCore
package import SheepListener

/// How a local gateway behaves.
package struct MockConfiguration: Sendable {
  /// The loopback port; 0 takes any free one.
  package var port: UInt16 = 0
  /// Decides all texts, with the model and the prompt.
  package var seed: UInt64 = 1
  /// How many times faster than their own speed the models are; 0 without any pause.
  package var speed: Double = 1
  /// The keys that are accepted, as `Authorization: Bearer KEY` or `x-api-key: KEY`. Without
  /// any, every key and none is.
  package var acceptedKeys: [Secret] = []
  /// What goes wrong with every request that says nothing of its own.
  package var fault = MockFault()
  /// What the first requests get, one step each; then the normal behaviour follows.
  package var script: [MockStep] = []
  /// Reads `x-mock-fault` headers and `MODEL#SPEC` names.
  package var acceptsFaultRequests = true
  /// The time in the answers, in seconds since 1970; `nil` for the real one.
  package var created: Int64?

  /// At most so many connections at once; further ones get 503.
  package var connectionLimit = 4_096
  /// The most bytes of a request body.
  package var bodyLimit = 64 << 20
  /// How long a connection may be idle or slow with its request.
  package var idleLimit: Duration = .seconds(300)
  /// How many requests and connections are remembered, the latest ones.
  package var recordLimit = 10_000
  /// How many bytes of bodies are remembered in all.
  package var recordedBytesLimit = 128 << 20

  /// The defaults, on any free port.
  package init() {}

  /// The defaults with the models' pauses taken away, as most tests want it.
  package static func instant(
    fault: MockFault = MockFault(), script: [MockStep] = [], keys: [String] = []
  ) -> MockConfiguration {
    var configuration = MockConfiguration()
    configuration.speed = 0
    configuration.fault = fault
    configuration.script = script
    configuration.acceptedKeys = keys.map { Secret($0) }
    return configuration
  }
}

/// What one request of a script gets.
package struct MockStep: Sendable {
  /// The kinds of answers.
  package enum Answer: Sendable {
    /// The normal answer with a fault; the empty fault for the normal answer itself.
    indirect case fault(MockFault)
    /// These actions and nothing else; a request's answer ends with `.finish` or a close.
    case actions([MockAction])
  }

  package var answer: Answer
  /// Which model's requests take the step; `nil` for the next request whatever its model.
  package var model: String?

  /// A step of an answer.
  package init(_ answer: Answer, model: String? = nil) {
    self.answer = answer
    self.model = model
  }

  /// The normal answer.
  package static let normal = MockStep(.fault(MockFault()))

  /// The normal answer with a fault.
  package static func fault(_ fault: MockFault, model: String? = nil) -> MockStep {
    MockStep(.fault(fault), model: model)
  }

  /// The normal answer with a fault in the grammar.
  /// - Throws: `MockError.badFault`.
  package static func fault(_ text: String, model: String? = nil) throws(MockError) -> MockStep {
    MockStep(.fault(try MockFault(parsing: text)), model: model)
  }

  /// These bytes, then a close.
  package static func raw(_ bytes: [UInt8], model: String? = nil) -> MockStep {
    MockStep(.actions([.send(bytes), .close]), model: model)
  }

  /// These actions.
  package static func actions(_ actions: [MockAction], model: String? = nil) -> MockStep {
    MockStep(.actions(actions), model: model)
  }

  /// A `200 OK` stream of these bytes as they are, chunked or until the close.
  package static func stream(
    _ body: [UInt8], framing: BodyFraming = .chunked, model: String? = nil
  ) -> MockStep {
    var head = ResponseHead(status: 200)
    head.headers.append("Content-Type", "text/event-stream")
    switch framing {
    case .chunked: head.headers.append("Transfer-Encoding", "chunked")
    case .length: head.headers.append("Content-Length", String(body.count))
    case .close: head.headers.append("Connection", "close")
    }
    var bytes = head.bytes
    framing.append(body, to: &bytes)
    let last: MockAction = framing == .close ? .close : .finish
    return MockStep(.actions([.send(bytes + framing.end), last]), model: model)
  }
}
