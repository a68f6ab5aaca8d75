package import SheepCore
import SheepWire

/// Whether a gateway accepts a key: a free request with it, and the same with a broken key that
/// must be refused. Where both are let through the list is public and proves nothing.
package final class KeyTrial {
  /// What the trial came to.
  package enum Verdict: Equatable, Sendable {
    /// The key is let in, a broken one is not.
    case accepted
    /// The key is not let in.
    case rejected(Failure)
    /// Both are let in, or neither request says anything about keys.
    case unknown(reason: String)
    /// The question could not be asked.
    case failed(Failure)
  }

  /// What is known besides the verdict.
  package struct Report: Equatable, Sendable {
    package var verdict: Verdict
    /// How long the request with the key took; `nil` when it was not sent.
    package var time: Duration?
    /// The statuses of the request with the key and of the one with a broken key; `nil` where
    /// there was no response.
    package var status: Int?
    package var controlStatus: Int?
    /// How many models the key may list; `nil` when no list came.
    package var models: Int?
    /// Whether a model was asked (`--deep`).
    package var wasCalled = false
  }

  private let target: Target
  /// Asked when the list proves nothing; `nil`: nothing that costs tokens is done.
  private let model: String?
  private let limits: TimeLimits
  private let totalTime: Duration?
  private var deadline: TimerID?
  private let loop: any EventLoop
  private let done: (Report) -> Void
  private var download: Download?
  private var isOver = false
  private var call: Call?
  private var report = Report(verdict: .unknown(reason: "nothing was sent"))

  /// A trial of the target's own key.
  /// - Parameter totalTime: the user's limit for all of its requests together; `nil` for none.
  package init(
    _ target: Target, model: String?, limits: TimeLimits, totalTime: Duration? = nil, loop: any EventLoop,
    done: @escaping (Report) -> Void
  ) {
    self.target = target
    self.model = model
    self.limits = limits
    self.totalTime = totalTime
    self.loop = loop
    self.done = done
  }

  /// Sends the first request; `done` is called later, once.
  package func begin() {
    if let limit = totalTime {
      deadline = loop.schedule(at: loop.now + limit) { [weak self] in self?.deadlinePassed(limit) }
    }
    send(target.get("models")) { [weak self] outcome in self?.takeFirst(outcome) }
  }

  private func send(_ request: HTTPRequest, _ then: @escaping (Download.Outcome) -> Void) {
    let download = Download(request, of: target, limits: limits, loop: loop, done: then)
    self.download = download
    download.begin()
  }

  private func takeFirst(_ outcome: Download.Outcome) {
    report.time = outcome.total
    report.status = outcome.head?.status
    if let head = outcome.head, outcome.problem == nil, outcome.silence == nil {
      if (200..<300).contains(head.status) {
        report.models = ListedModels(outcome.body)?.ids.count
        return sendControl()
      }
      if [404, 405, 501].contains(head.status) {
        return proveByCall(because: "there is no model list at this address (\(head.status))")
      }
    }
    let results = ResponseCheck(target: target, model: nil, now: 0).results(outcome)
    let failure =
      results.lazy.compactMap { $0.redacted(for: self.target).failure }.first
      ?? Failure(.protocolViolation, target.name, "the answer cannot be read")
    switch failure.kind {
    case .authentication, .permission: finish(.rejected(failure))
    default: finish(.failed(failure))
    }
  }

  /// The same request with a key of the same length and beginning that cannot be right.
  private func sendControl() {
    var request = target.get("models")
    guard let secret = request.credential?.secret else {
      return finish(.unknown(reason: "no key is needed here"))
    }
    request.credential?.secret = Self.broken(secret)
    send(request) { [weak self] outcome in self?.takeControl(outcome) }
  }

  static func broken(_ secret: Secret) -> Secret {
    let bytes = Array(secret.exposed.utf8)
    let prefix =
      bytes.prefix(8).lastIndex { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") }.map { bytes[...$0] }
      ?? []
    let filling = Array("notAKeyOnlyACheckThatWrongKeysAreRefused".utf8)
    let rest = (0..<max(1, bytes.count - prefix.count)).map { filling[$0 % filling.count] }
    return Secret(String(decoding: prefix + rest, as: UTF8.self))
  }

  private func takeControl(_ outcome: Download.Outcome) {
    report.controlStatus = outcome.head?.status
    guard let head = outcome.head, outcome.problem == nil, outcome.silence == nil else {
      return finish(.unknown(reason: "the check with a broken key got no answer"))
    }
    switch head.status {
    case 200..<300: proveByCall(because: "the model list is public: a broken key gets it too")
    case 429, 500...: finish(.unknown(reason: "the check with a broken key was answered with \(head.status)"))
    default: finish(.accepted)
    }
  }

  // MARK: - A call of one token

  private func proveByCall(because reason: String) {
    guard let model else { return finish(.unknown(reason: reason)) }
    var request = Request(model: model, messages: [Message(.user, "Hi")])
    request.maxTokens = 1
    request.streams = false
    var policy = CallPolicy()
    policy.retry.maximumAttempts = 1
    policy.limits = limits
    policy.totalTime = .seconds(120)
    report.wasCalled = true
    let observer = Ending { [weak self] outcome in self?.takeCall(outcome) }
    let call = Call(request, to: target, options: policy, loop: loop, observer: observer)
    self.call = call
    call.begin()
  }

  private func takeCall(_ outcome: Outcome) {
    call = nil
    switch outcome.failure?.kind {
    case nil, .filtered: finish(.accepted)
    case .authentication, .permission: finish(outcome.failure.map { .rejected($0) } ?? .accepted)
    // The key was let in far enough to be charged, or to be told that the account is empty.
    case .quota: finish(.accepted)
    default: finish(outcome.failure.map { .failed($0) } ?? .accepted)
    }
  }

  private func deadlinePassed(_ limit: Duration) {
    deadline = nil
    download?.cancel()
    let running = call
    call = nil
    let failure = Failure.tookTooLong(target.name, "the key check", limit: limit, isUsers: true)
    finish(.failed(failure))
    running?.cancel(because: failure)
  }

  private func finish(_ verdict: Verdict) {
    guard !isOver else { return }
    isOver = true
    if let deadline { loop.cancel(deadline) }
    report.verdict = verdict
    done(report)
  }
}
