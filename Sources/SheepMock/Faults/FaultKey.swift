import SheepCore

/// One key of the fault grammar: its name, what it takes, what it does. The parser and the
/// description that `sheep mock` prints both read the table.
struct FaultKey: Sendable {
  /// What a key does to a fault.
  enum Kind: Sendable {
    case flag(@Sendable (inout MockFault) -> Void)
    /// Returns whether the value fits. The first member is what the description shows.
    case value(String, @Sendable (inout MockFault, String) -> Bool)
  }

  var name: String
  var kind: Kind
  /// One line for people.
  var summary: String

  /// How the item is written: `status=N`.
  var form: String {
    switch kind {
    case .flag: name
    case .value(let placeholder, _): "\(name)=\(placeholder)"
    }
  }

  /// All keys' names, for error messages.
  static var names: String { all.map(\.name).joined(separator: ", ") }

  /// All keys in the order of the description.
  static let all: [FaultKey] = groups.flatMap(\.keys)

  /// The keys under their headings.
  static let groups: [(heading: String, keys: [FaultKey])] = [
    ("which requests", choice), ("another answer", answer), ("the connection", connection),
    ("the stream", stream), ("the content", content), ("the speed", pace),
  ]

  private static let choice = [
    count("times", \.times, "affect only the first N requests with this fault"),
    count("skip", \.skip, "let N requests pass first"),
  ]

  private static let answer = [
    FaultKey("status", "N", "answer with this status and an error body") { fault, text in
      assign(FaultValue.status(text), to: &fault.status)
    },
    header("retry-after", "the header Retry-After: any text"),
    header("retry-after-ms", "the header Retry-After-Ms: any text"),
    FaultKey("header", "NAME: TEXT", "an extra header; can be repeated") { fault, text in
      guard let field = FaultValue.header(text) else { return false }
      fault.headers.append(field.name, field.value)
      return true
    },
    FaultKey("redirect", "URL", "answer 307 (or status=) with this Location") { fault, text in
      guard FaultValue.header("Location: " + text) != nil else { return false }
      fault.headers.set("Location", text)
      fault.status = fault.status ?? 307
      return true
    },
    FaultKey("body", "TEXT", "replace the body") { fault, text in
      fault.body = Array(text.utf8)
      return true
    },
    choice("shape", \.shape, "the format of an error body"),
    text("message", \.errorMessage, "the error message"),
    text("type", \.errorType, "the error type"),
    text("code", \.errorCode, "the error code, such as insufficient_quota"),
    text("param", \.errorParam, "the error param"),
    text("refuse", \.refusedMember, "answer 400 to requests with this field", "MEMBER"),
    FaultKey("content-type", "TEXT", "the content type; empty for none") { fault, text in
      guard FaultValue.header("a:" + text) != nil else { return false }
      fault.contentType = text
      return true
    },
    flag("gzip", \.compresses, "compress the body without being asked"),
    choice("echo-key", \.echoesKey, "repeat the request's key there"),
  ]

  private static let connection = [
    silence(.never, "read the request and never answer"),
    silence(.close, "close after reading the request"),
    silence(.reset, "reset the connection (RST) after reading the request"),
    silence(.closeSecond, "close a connection after reading its second request"),
    duration("head-delay", \.headDelay, "wait before the header"),
    duration("head-every", \.headInterval, "send the header byte by byte at this interval"),
    flag("head-never", \.headNeverEnds, "send half a header and nothing more"),
    duration("body-delay", \.bodyDelay, "wait between header and body"),
    count("headers", \.headerCount, "N extra header fields"),
    count("header-bytes", \.headerBytes, "one header field of N bytes"),
    FaultKey("informational", "100|103", "an interim response before the real one") { fault, text in
      guard let status = FaultValue.count(text), (100...199).contains(status), status != 101
      else { return false }
      fault.informational.append(status)
      return true
    },
    choice("framing", \.framing, "how the end of the body is marked"),
    FaultKey("split", "N", "at most N bytes per write") { fault, text in
      guard let count = FaultValue.count(text), count > 0 else { return false }
      fault.bytesPerWrite = count
      return true
    },
    FaultKey("split-every", "MS", "pause between these writes") { fault, text in
      guard let pause = FaultValue.duration(text) else { return false }
      fault.writePause = pause
      return true
    },
    flag("each", \.separateWrites, "write each event separately, even without pacing"),
    flag("endless", \.endless, "repeat the text or the body endlessly"),
  ]

  private static let stream = [
    flag("wrong-kind", \.ignoresStream, "JSON instead of a stream, or the reverse"),
    count("cut-after", \.cutAfter, "end after N text events (bytes of a JSON answer)"),
    flag("cut-reset", \.cutResets, "end with RST"),
    count("stall-after", \.stallAfter, "send nothing more after N text events"),
    text("gate", \.gate, "wait until a test releases this gate", "NAME"),
    duration("heartbeat", \.heartbeat, "send a comment line at this interval"),
    count("error-after", \.errorAfter, "an error event after N text events"),
    choice("error-form", \.errorForm, "the format of that event"),
    choice("malformed", \.malformed, "an event of this kind"),
    count("event-bytes", \.eventBytes, "an event of N bytes (33M)"),
    FaultKey("at", "N", "where malformed and event-bytes come; 1 if not given") { fault, text in
      guard let count = FaultValue.count(text) else { return false }
      fault.insertAfter = count
      return true
    },
    flag("unknown", \.sendsUnknown, "insert unknown events, fields and members"),
    count("comments", \.comments, "N comment lines first (empty lines before JSON)"),
    flag("empty-first", \.emptyFirst, "a first event without choices"),
    flag("no-done", \.omitsDone, "no [DONE]"),
    flag("no-finish", \.omitsFinish, "no finish reason"),
    flag("no-last-blank", \.omitsLastBlank, "no empty line at the end"),
    flag("text-after-finish", \.textAfterFinish, "text and a second finish after the first"),
    choice("line-end", \.lineEnd, "the line endings"),
    flag("bom", \.byteOrderMark, "a byte order mark first"),
    flag("no-blank", \.omitsBlankAfterColon, "data:{ without the space"),
  ]

  private static let content = [
    text("text", \.text, "answer exactly this"),
    count("tokens", \.tokens, "an answer of N tokens"),
    count("reasoning", \.reasoningTokens, "N tokens of reasoning first"),
    choice("reasoning-field", \.reasoningField, "its fields in the stream"),
    text("refusal", \.refusal, "refuse with this text"),
    text("finish", \.finishReason, "this finish reason"),
    choice("usage", \.usagePlace, "where the stream has the usage"),
    text("usage-json", \.usageText, "use this as the usage", "JSON"),
    text("cost", \.reportedCost, "report this cost in the usage", "USD"),
    text("served", \.servedModel, "name this as the answering model", "MODEL"),
  ]

  private static let pace = [
    duration("ttft", \.firstTokenAfter, "time to first token"),
    decimal("rate", \.tokensPerSecond, "tokens per second"),
    decimal("speed", \.speed, "times faster; 0 for no pauses"),
  ]
}

extension FaultKey {
  private init(
    _ name: String, _ placeholder: String, _ summary: String,
    _ set: @escaping @Sendable (inout MockFault, String) -> Bool
  ) {
    self.init(name: name, kind: .value(placeholder, set), summary: summary)
  }

  private static func assign<Value>(_ value: Value?, to member: inout Value?) -> Bool {
    guard let value else { return false }
    member = value
    return true
  }

  private typealias Member<Value> = any WritableKeyPath<MockFault, Value> & Sendable

  private static func flag(_ name: String, _ member: Member<Bool>, _ summary: String) -> FaultKey {
    FaultKey(name: name, kind: .flag { $0[keyPath: member] = true }, summary: summary)
  }

  private static func silence(_ silence: MockFault.Silence, _ summary: String) -> FaultKey {
    FaultKey(name: silence.rawValue, kind: .flag { $0.silence = silence }, summary: summary)
  }

  private static func count(_ name: String, _ member: Member<Int?>, _ summary: String) -> FaultKey {
    FaultKey(name, "N", summary) { assign(FaultValue.count($1), to: &$0[keyPath: member]) }
  }

  private static func count(_ name: String, _ member: Member<Int>, _ summary: String) -> FaultKey {
    FaultKey(name, "N", summary) { fault, text in
      guard let count = FaultValue.count(text) else { return false }
      fault[keyPath: member] = count
      return true
    }
  }

  private static func duration(
    _ name: String, _ member: Member<Duration?>, _ summary: String
  ) -> FaultKey {
    FaultKey(name, "MS", summary) { assign(FaultValue.duration($1), to: &$0[keyPath: member]) }
  }

  private static func decimal(
    _ name: String, _ member: Member<Double?>, _ summary: String
  ) -> FaultKey {
    FaultKey(name, "X", summary) { assign(FaultValue.decimal($1), to: &$0[keyPath: member]) }
  }

  private static func text(
    _ name: String, _ member: Member<String?>, _ summary: String, _ placeholder: String = "TEXT"
  ) -> FaultKey {
    FaultKey(name, placeholder, summary) { fault, text in
      fault[keyPath: member] = text
      return true
    }
  }

  private static func header(_ name: String, _ summary: String) -> FaultKey {
    FaultKey(name, "TEXT", summary) { fault, text in
      guard FaultValue.header("a:" + text) != nil else { return false }
      fault.headers.append(name, text)
      return true
    }
  }

  private static func choice<Value: RawRepresentable<String> & CaseIterable & Sendable>(
    _ name: String, _ member: Member<Value>, _ summary: String
  ) -> FaultKey {
    FaultKey(name, Value.allCases.map(\.rawValue).joined(separator: "|"), summary) { fault, text in
      guard let value = Value(rawValue: text) else { return false }
      fault[keyPath: member] = value
      return true
    }
  }

  private static func choice<Value: RawRepresentable<String> & CaseIterable & Sendable>(
    _ name: String, _ member: Member<Value?>, _ summary: String
  ) -> FaultKey {
    FaultKey(name, Value.allCases.map(\.rawValue).joined(separator: "|"), summary) { fault, text in
      assign(Value(rawValue: text), to: &fault[keyPath: member])
    }
  }
}
