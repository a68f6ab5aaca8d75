package import SheepCore
import SheepWire

/// Checks one target layer by layer, each on top of the one before, until one fails.
///
/// Lives on the loop's thread. The layers up to the list of models cost nothing; those behind
/// it are one small streamed call. What each outcome means is decided by pure types beside
/// this one.
package final class Diagnosis {
  private let plan: Plan
  private let loop: any EventLoop
  private let network: (any NetworkProbe)?
  private let done: (DiagnosisReport) -> Void
  private var results: [Check: CheckResult] = [:]
  private var measures = Measures()
  private var download: Download?
  private var call: Call?
  private var deadline: TimerID?
  private var isOver = false

  /// A diagnosis that tells `done` once; without `network` the layers of names and connections
  /// are judged by the transfer alone.
  package init(
    _ plan: Plan, loop: any EventLoop, network: (any NetworkProbe)?, done: @escaping (DiagnosisReport) -> Void
  ) {
    self.plan = plan
    self.loop = loop
    self.network = network
    self.done = done
  }

  /// Begins with the first layer.
  package func begin() {
    note([plan.config])
    if let limit = plan.totalTime {
      deadline = loop.schedule(at: loop.now + limit) { [weak self] in self?.deadlinePassed(limit) }
    }
    if isAtEnd(after: .config) { return finish() }
    checkProxy()
  }

  /// The layer under way is the one that failed.
  private func deadlinePassed(_ limit: Duration) {
    deadline = nil
    var under = Check.allCases.first { results[$0] == nil } ?? plan.last
    // What is known of TLS is noted with the response; a request that went out needs it no more.
    if under == .tls, !plan.target.baseURL.isSecure || download?.watchdog.sent != nil {
      if plan.target.baseURL.isSecure { note([CheckResult(.tls, .ok, "works")]) }
      under = .http
    }
    note([
      .failed(under, .tookTooLong(plan.target.name, "the diagnosis", limit: limit, isUsers: true))
    ])
    finish()
    cancel()
  }

  /// Stops; nothing more is said.
  package func cancel() {
    isOver = true
    if let deadline { loop.cancel(deadline) }
    download?.cancel()
    call?.cancel(because: Failure(.interrupted, plan.target.name, "stopped"))
  }

  private func note(_ found: [CheckResult]) {
    for result in found { results[result.check] = result.redacted(for: plan.target) }
  }

  private var hasFailed: Bool { results.values.contains { $0.state == .failed } }
  private func isAtEnd(after check: Check) -> Bool { hasFailed || plan.last <= check }

  private func finish() {
    guard !isOver else { return }
    isOver = true
    if let deadline { loop.cancel(deadline) }
    let failed = results.values.filter { $0.state == .failed }.map(\.check).min()
    var list: [CheckResult] = []
    for check in Check.allCases where check <= plan.last || check <= failed ?? .config {
      if let failed, check > failed {
        list.append(CheckResult(check, .notReached, ""))
      } else {
        list.append(results[check] ?? CheckResult(check, .skipped, ""))
      }
    }
    var report = DiagnosisReport(results: list)
    report.measures = measures
    done(report)
  }

  // MARK: - Proxy, names, connections

  private var limit: Duration { plan.target.settings.connectTimeout }

  private func checkProxy() {
    let proxy = plan.proxy
    let facts: [(String, JSON)] = [
      ("proxy", proxy.address.map { .string($0) } ?? .null),
      ("source", proxy.source.map { .string($0) } ?? .null),
    ]
    guard let address = proxy.address else {
      note([CheckResult(.proxy, .ok, proxy.reason, facts: facts)])
      if isAtEnd(after: .proxy) { return finish() }
      return checkNames()
    }
    let value = "\(address), from \(proxy.source ?? "the settings")"
    guard let network, let host = proxy.host, let port = proxy.port else {
      note([CheckResult(.proxy, .ok, value, facts: facts)])
      return skipOwnConnection()
    }
    reach(host, port, network) { [weak self] result in
      guard let self else { return }
      if var failure = result.failure {
        failure.problem =
          "the proxy from \(proxy.source ?? "the settings") cannot be reached: \(failure.problem)"
        failure.kind = .proxy
        failure.advice = "correct it, or bypass it with --proxy ''"
        note([.failed(.proxy, failure, time: result.time, facts: facts)])
        return finish()
      }
      note([CheckResult(.proxy, .ok, value, time: result.time, facts: facts)])
      skipOwnConnection()
    }
  }

  /// Behind a proxy this machine neither looks the name up nor connects to it.
  private func skipOwnConnection() {
    if isAtEnd(after: .proxy) { return finish() }
    note([CheckResult(.dns, .skipped, "left to the proxy"), CheckResult(.tcp, .skipped, "left to the proxy")])
    if isAtEnd(after: .tcp) { return finish() }
    listModels()
  }

  private func checkNames() {
    let authority = Authority(plan.target.baseURL)
    guard let network else { return listModels() }
    if let family = authority.literalFamily {
      note([CheckResult(.dns, .skipped, "an address, so no name to look up")])
      if isAtEnd(after: .dns) { return finish() }
      return checkConnections([(family, authority.host)], authority, network)
    }
    resolve(authority.host, network) { [weak self] answers in
      guard let self else { return }
      note([NameCheck.result(answers, host: authority.host)])
      if isAtEnd(after: .dns) { return finish() }
      let places = AddressFamily.allCases.compactMap { family in
        answers[family]?.addresses.first.map { (family, $0) }
      }
      checkConnections(places, authority, network)
    }
  }

  private func checkConnections(
    _ places: [(AddressFamily, String)], _ authority: Authority, _ network: any NetworkProbe
  ) {
    connect(places, authority.port, network) { [weak self] trials in
      guard let self else { return }
      note([
        ConnectionCheck.result(
          trials, host: authority.host, port: authority.port, isLoopback: plan.target.baseURL.isLoopback)
      ])
      if isAtEnd(after: .tcp) { return finish() }
      listModels()
    }
  }

  private func resolve(
    _ host: String, _ network: any NetworkProbe, _ then: @escaping (NameCheck.Answers) -> Void
  ) {
    var answers: NameCheck.Answers = [:]
    for family in AddressFamily.allCases {
      network.resolve(host, family, limit: limit) { answer in
        answers[family] = answer
        if answers.count == AddressFamily.allCases.count { then(answers) }
      }
    }
  }

  private func connect(
    _ places: [(AddressFamily, String)], _ port: UInt16, _ network: any NetworkProbe,
    _ then: @escaping ([ConnectionCheck.Trial]) -> Void
  ) {
    var trials: [ConnectionCheck.Trial] = []
    for (family, address) in places {
      network.connect(to: address, port: port, limit: limit) { answer in
        trials.append(ConnectionCheck.Trial(family: family, address: address, answer: answer))
        if trials.count == places.count { then(trials.sorted { $0.family.rawValue < $1.family.rawValue }) }
      }
    }
  }

  /// Looks a proxy's name up and connects to it.
  private func reach(
    _ host: String, _ port: UInt16, _ network: any NetworkProbe, _ then: @escaping (CheckResult) -> Void
  ) {
    func tried(_ places: [(AddressFamily, String)]) {
      connect(places, port, network) { trials in
        then(ConnectionCheck.result(trials, host: host, port: port, isLoopback: false))
      }
    }
    if let family = Authority.literalFamily(host) { return tried([(family, host)]) }
    resolve(host, network) { answers in
      let result = NameCheck.result(answers, host: host)
      if result.state == .failed { return then(result) }
      tried(
        AddressFamily.allCases.compactMap { family in
          answers[family]?.addresses.first.map { (family, $0) }
        })
    }
  }

  // MARK: - The free call and the small one

  private func listModels() {
    var request = plan.target.get("models")
    request.settings.inspectsTLS = true
    let download = Download(request, of: plan.target, limits: plan.limits, loop: loop) {
      [weak self] outcome in
      guard let self else { return }
      let check = ResponseCheck(target: plan.target, model: plan.model, now: plan.now())
      var found = check.results(outcome)
      // What a broken transfer says of an earlier layer that was found well stays with it only
      // when it failed.
      found.removeAll { $0.check > plan.last && $0.state != .failed }
      note(found)
      if outcome.head != nil { noteImplied() }
      measure(outcome)
      if isAtEnd(after: .model) || plan.model == nil { return finish() }
      callModel()
    }
    self.download = download
    download.begin()
  }

  /// Without probes of its own the layers below a response are known to work by it.
  private func noteImplied() {
    for check in [Check.dns, .tcp] where results[check] == nil {
      note([CheckResult(check, .ok, "works")])
    }
  }

  private func measure(_ outcome: Download.Outcome) {
    measures.connect = outcome.sent.map { $0 - outcome.start }
    if let sent = outcome.sent, let head = outcome.headAt { measures.firstByte = head - sent }
    measures.total = outcome.total
  }

  private func callModel() {
    var policy = CallPolicy()
    policy.retry.maximumAttempts = 1
    policy.limits = plan.limits
    policy.totalTime = plan.callLimit
    let observer = Ending { [weak self] outcome in self?.take(outcome) }
    let call = Call(
      CallCheck.request(model: plan.model ?? ""), to: plan.target, options: policy, loop: loop,
      observer: observer)
    self.call = call
    call.begin()
  }

  private func take(_ outcome: Outcome) {
    guard !isOver else { return }
    note(CallCheck(target: plan.target, price: plan.price).results(outcome, head: call?.head))
    call = nil
    let connect = measures.connect
    measures = Measures(outcome.answer.timing)
    // The call reused the free call's connection: what connecting took is known from there.
    measures.connect = connect
    finish()
  }
}
