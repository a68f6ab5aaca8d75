package import SheepClient
package import SheepCore
import SheepWire

/// Runs one call to its end: events to the presenter, signals and a vanished reader to the
/// call, and at last the receipt, the messages and the exit code.
package final class CallRunner {
  private let loop: any EventLoop
  private let output: BufferedOutput
  private let presenter: any AnswerPresenter
  private let messages: Messages
  private let signals: (any SignalSource)?
  private let start: Instant
  private var call: Call?
  private var outcome: Outcome?
  private var signal: Int32?
  /// Called when the first delta of any kind has arrived or the call has ended.
  package var onFirstDelta: (() -> Void)? {
    didSet { awaitsFirstDelta = onFirstDelta != nil }
  }
  // Asked for each event; the closure itself can be set from outside and costs a checked access.
  private var awaitsFirstDelta = false
  /// Called before the loop waits, and before what has arrived is written to standard output.
  package var onWait: (() -> Void)?

  /// A runner for one call on `loop`.
  package init(
    loop: any EventLoop, output: BufferedOutput, presenter: any AnswerPresenter, messages: Messages,
    signals: (any SignalSource)?
  ) {
    self.loop = loop
    self.output = output
    self.presenter = presenter
    self.messages = messages
    self.signals = signals
    start = loop.now
  }

  /// Sends the request and serves the loop until the call has ended.
  ///
  /// - Returns: the result, and the signal that ended it if one did.
  package func run(
    _ request: Request, to target: Target, options: CallPolicy, cost: (Answer) -> Cost
  ) -> (result: CallResult, signal: Int32?) {
    let call = Call(request, to: target, options: options, loop: loop, observer: self)
    self.call = call
    loop.beforeWait = { [output, onWait] in
      onWait?()
      output.flush()
    }
    // No weak references here: they would make every retain of this object a slow one.
    output.onProblem = { problem in self.stop(problem) }
    if let signals {
      loop.watch(descriptor: signals.descriptor) { self.takeSignal() }
    }
    call.begin()
    loop.run { self.outcome != nil }
    loop.beforeWait = nil
    output.onProblem = nil
    if let signals { loop.unwatch(descriptor: signals.descriptor) }
    onFirstDelta?()
    onFirstDelta = nil
    let outcome = outcome ?? Outcome(answer: Answer(timing: Timing(start: start)), failure: nil)
    let result = CallResult(
      requestedModel: request.model, profile: target.profile, api: target.dialect.name,
      answer: outcome.answer, cost: cost(outcome.answer), failure: outcome.failure)
    return (result, signal)
  }

  private func takeSignal() {
    guard let number = signals?.next(), signal == nil else { return }
    signal = number
    call?.cancel(because: Failure(.interrupted, "signal \(number)", "the call was stopped"))
  }

  private func stop(_ problem: WriteResult) {
    call?.cancel(because: Self.failure(problem))
  }

  /// What a failed write to standard output means.
  package static func failure(_ problem: WriteResult) -> Failure {
    var failure = Failure(.output, "standard output", "cannot be written")
    if case .failed(let number) = problem {
      failure.problem += ": " + SystemErrorText.text(number)
    } else {
      failure.code = "closed"
    }
    return failure
  }
}

extension CallRunner: CallObserver {
  package func call(_ call: Call, didReceive event: Event, at instant: Instant) {
    if awaitsFirstDelta, let first = onFirstDelta { announce(first, event) }
    presenter.receive(event, at: instant, start: start)
  }

  private func announce(_ first: () -> Void, _ event: Event) {
    switch event {
    case .text, .reasoning, .refusal, .toolCall:
      onFirstDelta = nil
      first()
    default: break
    }
  }

  package func call(_ call: Call, willRetryAfter wait: Duration, because failure: Failure) {
    let pause = wait > .zero ? "; trying again in \(Milliseconds.text(wait))" : "; trying again"
    messages.note("\(failure.subject): \(failure.problem)\(pause)")
  }

  package func call(_ call: Call, didEnd outcome: Outcome) {
    self.outcome = outcome
  }
}
