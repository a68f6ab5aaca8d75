/// Folds the events of one attempt into an `Answer`.
///
/// The only place where deltas accumulate. Text is kept only when the caller needs it whole,
/// so that a stream that is passed on takes no memory.
package struct AnswerBuilder {
  /// The answer so far; its texts are filled in by `build`.
  package private(set) var answer: Answer
  private let keepsText: Bool
  private var text: [UInt8] = []
  private var reasoning: [UInt8] = []
  private var refusal: [UInt8] = []
  private var toolCalls: [Int: ToolCall] = [:]
  private var toolBytes = 0
  private var estimator = TokenEstimator()
  private var reasoningEstimator = TokenEstimator()

  /// Begins an attempt at `start`.
  package init(start: Instant, keepsText: Bool) {
    answer = Answer(timing: Timing(start: start))
    self.keepsText = keepsText
  }

  /// The attempt's instants, for the transport's side of the story.
  package var timing: Timing {
    get { answer.timing }
    set { answer.timing = newValue }
  }

  /// Takes the next event, which arrived at `instant`.
  @inline(__always)
  package mutating func fold(_ event: Event, at instant: Instant) {
    if case .text(let piece) = event {
      answer.timing.noteDelta(at: instant, visible: true)
      estimator.feed(piece.bytes)
      if keepsText { text.append(contentsOf: piece.bytes) }
    } else {
      foldRare(event, at: instant)
    }
  }

  private mutating func foldRare(_ event: Event, at instant: Instant) {
    switch event {
    case .text: break
    case .reasoning(let piece):
      answer.timing.noteDelta(at: instant, visible: false)
      answer.streamedReasoning = true
      reasoningEstimator.feed(piece.bytes)
      if keepsText { reasoning.append(contentsOf: piece.bytes) }
    case .refusal(let piece):
      answer.timing.noteDelta(at: instant, visible: true)
      estimator.feed(piece.bytes)
      refusal.append(contentsOf: piece.bytes)
    case .toolCall(let delta):
      answer.timing.noteDelta(at: instant, visible: true)
      toolBytes += delta.arguments.utf8.count
      Self.note(delta, in: &toolCalls[delta.index, default: ToolCall(name: "", arguments: "")])
    case .state(let state): answer.providerState.append(state)
    case .started(let id, let model):
      answer.id = answer.id ?? id
      answer.servedModel = answer.servedModel ?? model
    case .usage(let usage): answer.usage = usage
    case .cost(let cost): answer.reportedCost = cost
    case .finished(let reason, let raw):
      if answer.finishReason == nil {
        answer.finishReason = reason
        answer.rawFinishReason = raw
      }
    case .notice(let text):
      if answer.notices.count < 20 { answer.notices.append(text) }
    }
  }

  /// Appends in place: a copy with each piece would make long arguments quadratic.
  private static func note(_ delta: ToolCallDelta, in call: inout ToolCall) {
    if let id = delta.id, !id.isEmpty { call.id = id }
    if let name = delta.name, !name.isEmpty { call.name = name }
    call.arguments += delta.arguments
  }

  /// How many bytes of texts are kept so far; what is only passed on does not count.
  package var keptBytes: Int { text.count + reasoning.count + refusal.count + toolBytes }

  /// Tokens of what has arrived so far, estimated from its text: what a running cost is
  /// reckoned from before the provider reports.
  package var estimatedOutput: (visible: Int, reasoning: Int) {
    (estimator.tokens, reasoningEstimator.tokens)
  }

  /// The answer as far as it has come, texts included.
  package func build() -> Answer {
    var answer = answer
    if keepsText {
      answer.text = String(decoding: text, as: UTF8.self)
      answer.reasoning = String(decoding: reasoning, as: UTF8.self)
    }
    answer.refusal = String(decoding: refusal, as: UTF8.self)
    answer.estimatedOutput = estimator.tokens
    answer.estimatedReasoning = reasoningEstimator.tokens
    if !toolCalls.isEmpty { answer.toolCalls = toolCalls.sorted { $0.key < $1.key }.map(\.value) }
    return answer
  }
}
