package import SheepClient
package import SheepCore

/// Runs one call to its end: events to the presenter, signals and a vanished reader to the
/// call, and at last the receipt, the messages and the exit code.
package final class CallRunner {
  private let program: Run
  private let output: BufferedOutput
  private let presenter: any AnswerPresenter
  private let start: Instant
  private var outcome: Outcome?
  /// Called when the first delta of any kind has arrived or the call has ended.
  package var onFirstDelta: (() -> Void)? {
    didSet { awaitsFirstDelta = onFirstDelta != nil }
  }
  // Asked for each event; the closure itself can be set from outside and costs a checked access.
  private var awaitsFirstDelta = false
  /// Called before the loop waits, and before what has arrived is written to standard output.
  package var onWait: (() -> Void)?

  /// A runner for one call of a run, whose answer `presenter` writes to `output`.
  package init(_ program: Run, output: BufferedOutput, presenter: any AnswerPresenter) {
    self.program = program
    self.output = output
    self.presenter = presenter
    start = program.loop.now
  }

  /// Sends the request and serves the loop until the call has ended.
  ///
  /// - Returns: the result, and the signal that ended it if one did.
  package func run(
    _ request: Request, to destination: Destination, options: CallPolicy
  ) -> (result: CallResult, signal: Int32?) {
    let loop = program.loop
    let target = destination.target
    let call = Call(request, to: target, options: options, loop: loop, observer: self)
    loop.beforeWait = { [output, onWait] in
      onWait?()
      output.flush()
    }
    // No weak references here: they would make every retain of this object a slow one.
    output.onProblem = { problem in call.cancel(because: problem.failure) }
    call.begin()
    let signal = program.serve(until: { self.outcome != nil }) { number in
      call.cancel(because: Failure(.interrupted, "signal \(number)", "the call was stopped"))
    }
    loop.beforeWait = nil
    output.onProblem = nil
    onFirstDelta?()
    onFirstDelta = nil
    let outcome = outcome ?? Outcome(answer: Answer(timing: Timing(start: start)), failure: nil)
    return (CallResult(request, to: destination, outcome), signal)
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
    program.messages.retry(after: wait, because: failure)
  }

  package func call(_ call: Call, didEnd outcome: Outcome) {
    self.outcome = outcome
  }
}
