package import SheepCore
package import SheepWire

/// Embeds texts in as many calls as they need, one after the other, in their order.
///
/// Each call is a `Call`, so that attempts, waits, limits and redaction are the same as for an
/// answer. Lives on the loop's thread and keeps itself alive until it has ended.
package final class EmbeddingRun {
  /// What is asked.
  package struct Job {
    package var texts: [String]
    package var model: String
    /// Shorter vectors than the model's own; `nil` for those.
    package var dimensions: Int?
    /// Fields given by the user.
    package var extraFields: [JSONObject.Member] = []

    /// Texts for a model.
    package init(texts: [String], model: String, dimensions: Int? = nil) {
      self.texts = texts
      self.model = model
      self.dimensions = dimensions
    }
  }

  /// Hears of each call's end.
  package protocol Listener: AnyObject {
    /// The vectors of the texts in `range`, and the call's answer with usage, cost and timing.
    func run(_ run: EmbeddingRun, didEmbed range: Range<Int>, _ vectors: [EmbeddingVector], _ answer: Answer)

    /// An attempt failed and will be repeated after `wait`.
    func run(_ run: EmbeddingRun, willRetryAfter wait: Duration, because failure: Failure)

    /// The run is over: all texts are embedded, or `failure` says why not.
    func run(_ run: EmbeddingRun, didEnd failure: Failure?)
  }

  private let job: Job
  private let target: Target
  private let form: EmbeddingBatch.Form
  private let policy: CallPolicy
  private let loop: any EventLoop
  private var listener: (any Listener)?
  private let start: Instant
  private var ranges: ArraySlice<Range<Int>>
  private var current: (call: Call, batch: EmbeddingBatch, range: Range<Int>)?
  private var keepAlive: EmbeddingRun?

  /// Prepares a run; nothing is sent before `begin`.
  package init(
    _ job: Job, form: EmbeddingBatch.Form, to target: Target, policy: CallPolicy,
    loop: any EventLoop, listener: any Listener
  ) {
    self.job = job
    self.form = form
    self.target = target
    self.policy = policy
    self.loop = loop
    self.listener = listener
    start = loop.now
    ranges = EmbeddingBatch.runs(of: job.texts, form: form)[...]
  }

  /// The requests of all calls, as they would be sent.
  /// - Throws: `usage` when the dialect cannot say them.
  package static func requests(
    _ job: Job, form: EmbeddingBatch.Form, to target: Target
  ) throws(Failure) -> [HTTPRequest] {
    var requests: [HTTPRequest] = []
    for range in EmbeddingBatch.runs(of: job.texts, form: form) {
      let batch = EmbeddingBatch(form: form, count: range.count, dimensions: job.dimensions)
      requests.append(
        try target.speaking(batch).encode(Self.request(job, range), quirks: target.quirks))
    }
    return requests
  }

  /// Sends the first call.
  package func begin() {
    keepAlive = self
    next()
  }

  /// Stops at once.
  package func cancel(because failure: Failure) {
    if let current { current.call.cancel(because: failure) } else { end(failure) }
  }

  private static func request(_ job: Job, _ range: Range<Int>) -> Request {
    var request = Request(model: job.model, messages: job.texts[range].map { Message(.user, $0) })
    request.streams = false
    request.extraFields = job.extraFields
    return request
  }

  private func next() {
    guard let range = ranges.popFirst() else {
      end(nil)
      return
    }
    let batch = EmbeddingBatch(form: form, count: range.count, dimensions: job.dimensions)
    var policy = policy
    policy.keepsText = false
    // The limit is one for the whole run.
    policy.totalTime = max(.milliseconds(1), start + policy.totalTime - loop.now)
    let call = Call(
      Self.request(job, range), to: target.speaking(batch), options: policy, loop: loop, observer: self)
    current = (call, batch, range)
    call.begin()
  }

  private func end(_ failure: Failure?) {
    let listener = listener
    self.listener = nil
    listener?.run(self, didEnd: failure)
    keepAlive = nil
  }
}

extension EmbeddingRun: CallObserver {
  package func call(_ call: Call, didReceive event: Event, at instant: Instant) {}

  package func call(_ call: Call, willRetryAfter wait: Duration, because failure: Failure) {
    listener?.run(self, willRetryAfter: wait, because: failure)
  }

  package func call(_ call: Call, didEnd outcome: Outcome) {
    guard let current else { return }
    self.current = nil
    if let failure = outcome.failure {
      end(failure)
      return
    }
    var answer = outcome.answer
    if answer.usage == nil {
      let tokens = job.texts[current.range].reduce(TokenEstimate.nothing) {
        $0.adding(TokenEstimate(of: $1))
      }
      answer.usage = Usage(input: tokens.tokens, output: 0, source: .estimated)
    }
    listener?.run(self, didEmbed: current.range, current.batch.vectors, answer)
    next()
  }
}
