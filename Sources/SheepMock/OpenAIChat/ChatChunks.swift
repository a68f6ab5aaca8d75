import SheepCore

/// Writes the JSON of each chunk of a streamed answer.
struct ChatChunks: AnswerChunks {
  private let answer: MockAnswer
  private let reasoningField: ReasoningField
  /// Everything of a chunk before its choices.
  private let beginning: [UInt8]
  private let ending: [UInt8]
  /// `nil` when no chunk carries a usage.
  let usagePlace: UsagePlace

  /// Prepares the parts that all chunks share.
  init(_ answer: MockAnswer, fault: MockFault, includesUsage: Bool) {
    self.answer = answer
    reasoningField = fault.reasoningField
    usagePlace = fault.usagePlace ?? (includesUsage ? .own : .none)
    var start = Array(#"{"id":""#.utf8) + Array(answer.id.utf8)
    start += #"","object":"chat.completion.chunk","created":"#.utf8
    start += String(answer.created).utf8
    start += #","model":"#.utf8
    JSON.write(answer.model, to: &start)
    start += #","system_fingerprint":"fp_mock","choices":["#.utf8
    beginning = start
    let hasUsage = usagePlace == .own || usagePlace == .emptyChoice || usagePlace == .last
    ending = Array((hasUsage ? #","usage":null}"# : "}").utf8)
  }

  /// The first chunk: the role.
  var opening: [StreamEvent] {
    let content = answer.tool == nil ? #""content":"""# : #""content":null"#
    return [StreamEvent(chunk(Array(#"{"role":"assistant",\#(content)}"#.utf8)))]
  }

  /// Azure's first event: no choices, empty names.
  var emptyFirst: StreamEvent {
    StreamEvent(
      #"{"choices":[],"created":0,"id":"","model":"","object":"","#
        + #""prompt_filter_results":[{"prompt_index":0,"content_filter_results":{}}]}"#)
  }

  var novel: StreamEvent {
    StreamEvent(#"{"choices":[],"object":"chat.completion.note","novel":{"x":[1,2]}}"#)
  }

  /// How many chunks carry reasoning, text or arguments.
  var count: Int { answer.reasoning.count + answer.text.count }

  /// The chunk of that index: reasoning first, then the text.
  func content(_ index: Int) -> [StreamEvent] {
    var delta: [UInt8] = []
    if index < answer.reasoning.count {
      delta = reasoning(answer.reasoning[index])
    } else {
      let place = index - answer.reasoning.count
      let piece = answer.text[place]
      if let tool = answer.tool {
        delta += #"{"tool_calls":[{"index":0"#.utf8
        if place == 0 {
          delta += #","id":"\#(tool.id)","type":"function","function":{"name":"#.utf8
          JSON.write(tool.name, to: &delta)
          delta += #","arguments":""#.utf8
        } else {
          delta += #","function":{"arguments":""#.utf8
        }
        JSONText.escape(piece, into: &delta)
        delta += #""}}]}"#.utf8
      } else {
        delta += (answer.isRefusal ? #"{"refusal":""# : #"{"content":""#).utf8
        JSONText.escape(piece, into: &delta)
        delta += #""}"#.utf8
      }
    }
    return [StreamEvent(chunk(delta, usage: usagePlace == .every ? answer.usage(after: index + 1) : nil))]
  }

  private func reasoning(_ piece: ArraySlice<UInt8>) -> [UInt8] {
    func named(_ name: String) -> [UInt8] {
      var member = Array(#""\#(name)":""#.utf8)
      JSONText.escape(piece, into: &member)
      return member + [UInt8(ascii: "\"")]
    }
    let details =
      Array(#""reasoning_details":[{"type":"reasoning.text","index":0,"#.utf8) + named("text")
      + Array("}]".utf8)
    let members: [UInt8] =
      switch reasoningField {
      case .content: named("reasoning_content")
      case .plain: named("reasoning")
      case .both: named("reasoning") + [UInt8(ascii: ",")] + details
      case .details: details
      }
    return [UInt8(ascii: "{")] + members + [UInt8(ascii: "}")]
  }

  func text(value: [UInt8]) -> StreamEvent {
    StreamEvent(chunk(Array(#"{"content":"#.utf8) + value + [UInt8(ascii: "}")]))
  }

  func malformed(_ kind: MalformedEvent) -> StreamEvent { StreamEvent(kind.data) }

  func closing(_ fault: MockFault) -> [StreamEvent] {
    var payloads: [[UInt8]] = []
    if !fault.omitsFinish { payloads.append(finish) }
    if fault.textAfterFinish { payloads += [text(" After the end.".utf8).data, finish] }
    if let usage { payloads.append(usage) }
    if !fault.omitsDone { payloads.append(Array("[DONE]".utf8)) }
    return payloads.map { StreamEvent($0) }
  }

  func error(_ body: MockErrorBody, form: StreamErrorForm) -> [StreamPiece] {
    let style = JSONStyle(indented: form == .bare, terminalSafe: false)
    let document = Array(body.openAI.serialized(style).utf8)
    switch form {
    case .openrouter:
      return [.event(StreamEvent(errorBesideChoices(body))), .event(StreamEvent("[DONE]"))]
    case .groq: return [.event(StreamEvent(named: "error", document))]
    default:
      if let raw = Self.bare(body, document: document, form: form) { return [.raw(raw)] }
      return [.event(StreamEvent(document))]
    }
  }

  /// The chunk that ends the choice.
  private var finish: [UInt8] {
    var bytes = chunk(
      Array("{}".utf8), finish: answer.finishReason,
      usage: usagePlace == .last || usagePlace == .every ? answer.usage() : nil)
    if usagePlace == .groq {
      bytes.removeLast()
      bytes += #","x_groq":{"id":"req_mock","usage":"#.utf8 + answer.usage() + Array("}}".utf8)
    }
    return bytes
  }

  /// The chunk that carries nothing but the usage; `nil` when it has another place.
  private var usage: [UInt8]? {
    switch usagePlace {
    case .own: beginning + Array(#"],"usage":"#.utf8) + answer.usage() + [UInt8(ascii: "}")]
    case .emptyChoice:
      beginning + Array(#"{"index":0,"delta":{"content":""},"finish_reason":null}],"usage":"#.utf8)
        + answer.usage() + [UInt8(ascii: "}")]
    case .last, .every, .groq, .none: nil
    }
  }

  /// OpenRouter's form of an error: beside an ordinary choice.
  private func errorBesideChoices(_ error: MockErrorBody) -> [UInt8] {
    var bytes = chunk(Array(#"{"content":""}"#.utf8), finish: "error")
    bytes.removeLast()
    bytes += #","error":{"code":\#(error.status),"message":"#.utf8
    JSON.write(error.message, to: &bytes)
    return bytes + Array("}}".utf8)
  }

  private func chunk(
    _ delta: [UInt8], finish: String? = nil, usage: [UInt8]? = nil
  ) -> [UInt8] {
    var bytes = beginning
    bytes += #"{"index":0,"delta":"#.utf8
    bytes += delta
    bytes += #","logprobs":null,"finish_reason":"#.utf8
    if let finish { JSON.write(finish, to: &bytes) } else { bytes += "null".utf8 }
    bytes += "}]".utf8
    if let usage {
      bytes += #","usage":"#.utf8
      bytes += usage
      bytes.append(UInt8(ascii: "}"))
    } else {
      bytes += ending
    }
    return bytes
  }
}
