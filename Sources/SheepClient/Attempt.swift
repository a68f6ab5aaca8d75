import SheepCore
import SheepWire

/// One sending of a call's request: decodes the response, builds the answer, and says at its end
/// what it came to.
final class Attempt: Sending {
  private let call: Call
  private let keptLimit: Int
  private let watchesCost: Bool
  private var decoder: (any DecoderHolder)?
  // The runtime's check of each access costs as much as the folding. It cannot find anything:
  // a builder calls nobody, so that no access to it begins within another.
  @exclusivity(unchecked) private var builder: AnswerBuilder
  /// Bytes of the body so far.
  private var received = 0

  init(_ http: HTTPRequest, of call: Call, policy: CallPolicy, loop: any EventLoop) {
    self.call = call
    keptLimit = policy.keptLimit
    watchesCost = policy.maximumCost != nil
    builder = AnswerBuilder(start: loop.now, keepsText: policy.keepsText)
    super.init(http, to: call.target, limits: policy.limits, loop: loop)
  }

  /// Stops at once; nothing more is said.
  /// - Returns: the answer as far as it has come.
  func interrupt(at instant: Instant) -> Answer {
    if state != .over { builder.timing.end = instant }
    stop()
    return answer(isComplete: false)
  }

  /// Output tokens so far, estimated from the text.
  var estimatedOutput: (visible: Int, reasoning: Int) { builder.estimatedOutput }

  private func answer(isComplete: Bool) -> Answer {
    var answer = builder.build()
    answer.timing.sent = watchdog.sent
    answer.timing.head = watchdog.head
    answer.isComplete = isComplete
    answer.requestID = head.flatMap { ServerFailure.requestID($0.headers) }
    return answer
  }

  // MARK: - The body

  override func open(_ head: HTTPHead, at instant: Instant) {
    decoder = target.dialect.makeDecoder(for: head).held()
    for omission in target.dialect.omissions(in: call.request) { pass(.notice(omission), at: instant) }
  }

  override func take(_ bytes: UnsafeRawBufferPointer, at instant: Instant) {
    guard let decoder else { return }
    do throws(Failure) {
      // The last of several end markers is the answer's end.
      if try decoder.feed(bytes, { event in pass(event, at: instant) }), state.isReading {
        builder.timing.end = instant
        noteComplete(at: instant)
      }
    } catch { fail(error) }
    received += bytes.count
    // A text is at most three times as long as what was received: looking is dear, so it waits.
    if received > keptLimit / 3, builder.keptBytes > keptLimit { fail(tooLong) }
    if watchesCost, state == .answering { call.noteProgress(of: self) }
  }

  /// Lets the decoder pass on what it has held back for its other half.
  override func close(at instant: Instant) {
    guard let decoder = decoder.take() else { return }
    do throws(Failure) {
      if try decoder.finish({ event in pass(event, at: instant) }) { noteComplete(at: instant) }
    } catch { fail(error) }
  }

  /// Passes an event on. Once the call is over nobody hears of the rest of a chunk.
  @inline(__always)
  private func pass(_ event: Event, at instant: Instant) {
    builder.fold(event, at: instant)
    if case .text = event {
      noteContent(at: instant)
      call.pass(event, at: instant)
    } else {
      passRare(event, at: instant)
    }
  }

  private func passRare(_ event: Event, at instant: Instant) {
    switch event {
    case .reasoning, .refusal, .toolCall: noteContent(at: instant)
    default: break
    }
    call.pass(target.redacted(event), at: instant)
  }

  private var tooLong: Failure {
    Failure(
      .protocolViolation, target.name, "the answer has more than \(keptLimit >> 20) MiB of text",
      advice: "lower --max-tokens, or use 'sheep stream', which has no such limit")
  }

  // MARK: - The end

  override func ended(_ end: Sending.End) {
    builder.timing.connection = end.connection
    builder.timing.end = builder.timing.end ?? end.instant
    var answer = answer(isComplete: end.reached == .complete)
    let phase = answer.hasBegun ? .shown : end.phase
    var failure =
      failure(of: end, model: call.request.model, unixTime: call.unixTime) ?? verdict(&answer)
    if let found = failure, answer.hasBegun, found.kind != .filtered, found.kind != .incomplete {
      failure = found.brokenOff
      answer.isComplete = false
      answer.finishReason = found.kind == .timeout || found.kind == .network ? .truncated : .error
    }
    call.attemptEnded(answer, failure, phase)
  }

  /// What an answer may lack even though nothing failed on its way.
  private func verdict(_ answer: inout Answer) -> Failure? {
    let name = target.name
    if !answer.isComplete {
      answer.finishReason = .truncated
      return Failure(.network, name, "the answer ended without its end marker")
    }
    if answer.finishReason == nil { answer.finishReason = answer.toolCalls.isEmpty ? .stop : .tool }
    if !answer.refusal.isEmpty { answer.finishReason = .refused }
    switch answer.finishReason {
    case .filtered:
      return Failure(
        .filtered, name, "the provider's filter withheld the answer",
        advice: "reword the prompt or ask another model")
    case .refused:
      return Failure(.filtered, name, "the model declined", advice: "reword the prompt or ask another model")
    case .error:
      return Failure(.server, name, "the answer ended with an error")
    default: return nil
    }
  }
}

extension Failure {
  /// The same failure when part of an answer was delivered before it.
  var brokenOff: Failure {
    var broken = self
    broken.kind = .incomplete
    broken.advice = "the partial answer was kept; " + (advice ?? "ask again for a complete one")
    return broken
  }
}
