import SheepCore
import SheepWire

/// Who an attempt belongs to.
protocol AttemptOwner: AnyObject {
  /// The next event of the answer.
  func attempt(_ attempt: Attempt, didReceive event: Event, at instant: Instant)
  /// A piece of the body has been decoded.
  func attemptDidReceiveBytes(_ attempt: Attempt)
  /// The attempt is over; nothing follows.
  func attempt(_ attempt: Attempt, didEnd answer: Answer, failure: Failure?, phase: RetryPolicy.Phase)
}

/// One transfer of one request: joins the transport's callbacks to the decoder, the watchdog
/// and the builder, and says at its end what it came to.
final class Attempt {
  private let call: Call
  private let http: HTTPRequest
  private let streams: Bool
  private let loop: any EventLoop

  private var transfer: (any Transfer)?
  private var head: HTTPHead?
  private var decoder: (any DecoderHolder)?
  private var errorBody: [UInt8] = []
  // The runtime's check of each access costs as much as the folding. It cannot find anything:
  // a builder calls nobody, so that no access to it begins within another.
  @exclusivity(unchecked) private var builder: AnswerBuilder
  private var watchdog: Watchdog
  private var timer: TimerID?
  private var armed = Instant(nanoseconds: .max)
  private var failure: Failure? {
    didSet { isOpen = isOpen && failure == nil }
  }
  /// Whether bytes are still wanted: nothing has failed and the attempt is not over. Asked for
  /// each chunk, where looking at the failure itself would cost as much as decoding one.
  private var isOpen = true
  /// Whether the decoder is at work: an observer may stop the call from inside, and must not
  /// reach the decoder then.
  private var isDecoding = false
  private var wasSent = false
  private var isOver = false
  private var isComplete = false
  private let watchesCost: Bool
  private let keptLimit: Int
  /// Bytes of the body so far.
  private var received = 0

  /// The most of an error's body that is read.
  private static let errorBodyLimit = 64 << 10

  init(
    call: Call, http: HTTPRequest, decoderStreams: Bool, limits: TimeLimits, keepsText: Bool,
    keptLimit: Int, watchesCost: Bool, loop: any EventLoop
  ) {
    self.call = call
    self.http = http
    self.loop = loop
    self.watchesCost = watchesCost
    self.keptLimit = keptLimit
    streams = decoderStreams
    let now = loop.now
    builder = AnswerBuilder(start: now, keepsText: keepsText)
    watchdog = Watchdog(limits: limits, start: now)
  }

  func begin() {
    arm()
    transfer = loop.start(http, handler: self)
  }

  /// Stops at once; nothing more is said.
  func abandon() {
    guard !isOver else { return }
    isOver = true
    isOpen = false
    if let timer { loop.cancel(timer) }
    transfer?.cancel()
    builder.timing.end = loop.now
  }

  /// The answer as far as it has come.
  func answer() -> Answer {
    var answer = builder.build()
    answer.isComplete = isComplete
    answer.requestID = head.flatMap(TransportFailure.requestID)
    return answer
  }

  /// Output tokens so far, estimated from the text.
  var estimatedOutput: (visible: Int, reasoning: Int) { builder.estimatedOutput }

  /// Sets the one timer to the earliest limit, if that is not where it stands already or
  /// sooner: a limit that moved away is met by looking again.
  private func arm() {
    let instant = watchdog.next.instant
    if let timer {
      if armed <= instant { return }
      loop.cancel(timer)
    }
    armed = instant
    // Not weakly held: that would make every retain of this object, two for each chunk, a slow
    // one. The timer goes when the attempt ends.
    timer = loop.schedule(at: instant) {
      self.timer = nil
      self.look()
    }
  }

  private func look() {
    guard !isOver else { return }
    guard let expiry = watchdog.expired(at: loop.now) else {
      arm()
      return
    }
    if expiry == .afterEnd {
      endWell()
    } else {
      transfer?.cancel()
      failure = silence(expiry)
      finish(at: loop.now)
    }
  }

  /// Ends an answer whose end marker has come, without waiting for its connection; false, and
  /// nothing done, when the answer is not complete.
  @discardableResult
  func endWell() -> Bool {
    guard !isOver, isComplete else { return false }
    transfer?.cancel()
    settle(at: loop.now)
    finish(at: loop.now)
    return true
  }

  /// Lets the decoder pass on what it has held back for its other half.
  private func settle(at instant: Instant) {
    guard failure == nil, !isDecoding, let decoder = decoder.take() else { return }
    do throws(Failure) {
      isComplete = try decoder.finish { event in take(event, at: instant) }
    } catch { failure = named(error) }
  }

  private func silence(_ expiry: Watchdog.Expiry) -> Failure {
    let limit = "\(Int(watchdog.limit(of: expiry).inSeconds.rounded(.up))) s"
    let name = call.target.name
    switch expiry {
    case .connect:
      return Failure(
        .connect, name, "no connection within \(limit)",
        advice: "check the address and the network, or allow more with --connect-timeout")
    case .firstByte:
      return Failure(
        .timeout, name, "no answer began within \(limit)",
        advice: "it was not sent again, for it may have been billed; allow more with --first-byte-timeout")
    case .idle, .content, .afterEnd:
      return Failure(
        .timeout, name, "the stream fell silent for \(limit)", advice: "allow more with --idle-timeout")
    }
  }

  private func finish(at instant: Instant) {
    guard !isOver else { return }
    isOver = true
    isOpen = false
    if let timer { loop.cancel(timer) }
    builder.timing.end = builder.timing.end ?? instant
    var answer = answer()
    var failure = failure
    let phase = phase(answer)
    if failure == nil { failure = verdict(&answer) }
    if let found = failure, answer.hasBegun, Self.breaksOff(found) {
      failure = Call.brokenOff(found)
      answer.isComplete = false
      answer.finishReason = found.kind == .timeout || found.kind == .network ? .truncated : .error
    }
    call.attempt(self, didEnd: answer, failure: failure, phase: phase)
  }

  /// What an answer without a failure in it still may lack.
  private func verdict(_ answer: inout Answer) -> Failure? {
    let name = call.target.name
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
      return Failure(.server, name, "the provider reported an error at the end of the answer")
    default: return nil
    }
  }

  private static func breaksOff(_ failure: Failure) -> Bool {
    failure.kind != .filtered && failure.kind != .incomplete
  }

  private func phase(_ answer: Answer) -> RetryPolicy.Phase {
    if answer.hasBegun { return .shown }
    guard let head else {
      if !wasSent { return .notSent }
      return failure?.kind == .timeout ? .silentAfterSending : .lostAfterSending
    }
    return head.status >= 300 ? .refused : .brokenBeforeText
  }
}

extension Attempt: TransferHandler {
  func transferWillSend(at instant: Instant) {
    wasSent = true
    builder.timing.sent = instant
    watchdog.noteSent(at: instant)
    arm()
  }

  func transferDidReceive(_ head: HTTPHead, at instant: Instant) {
    self.head = head
    builder.timing.head = instant
    watchdog.noteHead(at: instant)
    arm()
    guard (200..<300).contains(head.status) else { return }
    do throws(Failure) {
      try call.target.dialect.check(head)
    } catch {
      failure = named(error)
      return
    }
    decoder = call.target.dialect.makeDecoder(for: head).held()
    for omission in call.target.dialect.omissions(in: call.request) { take(.notice(omission), at: instant) }
  }

  func transferDidReceive(_ bytes: UnsafeRawBufferPointer, at instant: Instant) -> Bool {
    guard isOpen else { return false }
    watchdog.noteBytes(at: instant)
    guard let decoder else {
      errorBody.append(contentsOf: bytes.prefix(Self.errorBodyLimit - errorBody.count))
      return errorBody.count < Self.errorBodyLimit
    }
    isDecoding = true
    do throws(Failure) {
      isComplete = try decoder.feed(bytes) { event in take(event, at: instant) }
    } catch { failure = named(error) }
    isDecoding = false
    received += bytes.count
    // A text is at most three times as long as what was received: looking is dear, so it waits.
    if received > keptLimit / 3, isOpen, builder.keptBytes > keptLimit { failure = tooLong }
    if !isOpen { return false }
    if isComplete { noteComplete(at: instant) }
    if watchesCost, !isOver, !isComplete { call.attemptDidReceiveBytes(self) }
    return isOpen
  }

  @inline(__always)
  private func take(_ event: Event, at instant: Instant) {
    guard !isOver else { return }
    builder.fold(event, at: instant)
    if case .text = event {
      watchdog.noteContent(at: instant)
      call.attempt(self, didReceive: event, at: instant)
    } else {
      takeRare(event, at: instant)
    }
  }

  private func takeRare(_ event: Event, at instant: Instant) {
    switch event {
    case .reasoning, .refusal, .toolCall: watchdog.noteContent(at: instant)
    default: break
    }
    call.attempt(self, didReceive: call.target.redacted(event), at: instant)
  }

  /// The answer is whole. Usage and a second end marker may still come: the last one is its end.
  private func noteComplete(at instant: Instant) {
    guard !isOver else { return }
    builder.timing.end = instant
    watchdog.noteComplete(at: instant)
    arm()
  }

  func transferDidEnd(_ end: TransferEnd) {
    guard !isOver else { return }
    builder.timing.connection = end.connection
    if failure == nil, let head, head.status >= 300 {
      failure = refusal(head)
    } else {
      settle(at: end.instant)
    }
    // An answer with its end marker is whole, whatever became of the connection afterwards.
    if failure == nil, let problem = end.problem, !isComplete {
      failure = broken(problem)
    }
    finish(at: end.instant)
  }

  /// The failure under the provider's name, which a decoder does not know.
  private func named(_ failure: Failure) -> Failure {
    var failure = failure
    if failure.subject == "the answer" { failure.problem = "the answer " + failure.problem }
    failure.subject = call.target.name
    return failure
  }

  private var tooLong: Failure {
    Failure(
      .protocolViolation, call.target.name, "the answer has more than \(keptLimit >> 20) MiB of text",
      advice: "ask for less with --max-tokens, or use 'sheep stream', which keeps none of it")
  }

  private func refusal(_ head: HTTPHead) -> Failure {
    let failed = FailedRequest(
      model: call.request.model, provider: call.target.name, epochSeconds: call.unixTime.map(Int64.init))
    return TransportFailure.refusal(head, body: errorBody, of: failed, target: call.target)
  }

  private func broken(_ problem: TransferEnd.Problem) -> Failure {
    TransportFailure.failure(
      problem, target: call.target, wasSent: wasSent, connectLimit: watchdog.limit(of: .connect))
  }
}
