package import SheepCore

/// One attempt of a comparison, with everything that is later said about it.
package struct CompareRecord: Equatable, Sendable {
  /// The index of the target.
  package var target: Int
  /// From 1.
  package var round: Int
  /// Which of the prompts, from 1.
  package var prompt: Int
  /// What kept it from being a whole answer; `nil` when nothing did.
  package var failure: Problem?
  /// The model that says it answered; `nil` when not said.
  package var servedModel: String?
  package var finishReason: FinishReason?
  /// Tokens; `nil` unknown.
  package var inputTokens: Int?
  package var cachedTokens: Int?
  package var outputTokens: Int?
  package var reasoningTokens: Int?
  /// Whether the tokens were estimated from the text.
  package var tokensAreEstimated = false
  /// The exact cost; `nil` unknown.
  package var cost: Money?
  package var costSource = Cost.Source.unknown
  package var times = Times()
  package var httpVersion: String?
  package var requestID: String?
  /// Times the request was sent.
  package var attempts = 1
  package var flags: Set<Flag> = []
  /// The answer; `nil` when it is not kept.
  package var text: String?
  /// What was expected of the answer and is not there; empty when all is, `nil` when nothing
  /// was expected.
  package var missed: [String]?

  /// Why an attempt failed.
  package struct Problem: Equatable, Sendable {
    package var kind: Failure.Kind
    package var status: Int?
    package var message: String
  }

  /// What must be known to read an attempt's numbers rightly.
  package enum Flag: String, CaseIterable, Sendable {
    /// Reasoning was billed but never streamed: the speed is that of the visible tokens.
    case hiddenReasoning = "hidden_reasoning"
    /// A part of the prompt came from the provider's cache.
    case cachedPrompt = "cached_prompt"
    /// It took more than one attempt; left out of the verdicts.
    case retried
    /// Something on the way held the stream back: there is no speed to measure.
    case buffered
    /// The cache was not in the state asked for; left out of the verdicts.
    case wrongCache = "wrong_cache"
    /// Stopped by the user or by the cost limit; not counted.
    case interrupted
  }

  /// The times of an attempt; each `nil` when it could not be measured.
  package struct Times: Equatable, Sendable {
    package var firstToken: Duration?
    package var firstVisible: Duration?
    /// From the start, connecting included.
    package var firstTokenTotal: Duration?
    package var endToEnd: Duration?
    package var total: Duration?
    package var perToken: Duration?
    package var longestStall: Duration?
    /// Name, TCP and TLS together; `nil` on a reused connection.
    package var connecting: Duration?
    package var reused: Bool?
    /// How much of the time to the first token can at most be the program's own: from the
    /// bytes' arrival, as far as it can be known, to their stamp.
    package var ownDelay: Duration?

    /// Nothing measured.
    package init() {}
  }

  /// A stream with fewer arrivals per delta than this was held back, see `isBuffered`.
  private static let bufferedShare = 0.3

  /// The record of a call that has ended.
  /// - Parameters:
  ///   - answer: what came of it until then.
  ///   - failure: what kept it from being whole; `nil` when nothing did.
  package init(
    target: Int, round: Int, prompt: Int, answer: Answer, failure: Failure?, cost: Cost,
    cache: CacheGuard, keepsText: Bool
  ) {
    self.init(target: target, round: round, prompt: prompt)
    self.failure = failure.map { Problem(kind: $0.kind, status: $0.status, message: $0.sentence) }
    servedModel = answer.servedModel
    finishReason = answer.finishReason
    if let usage = answer.usage {
      inputTokens = usage.inputTotal
      cachedTokens = usage.cacheRead
      outputTokens = usage.outputTotal
      reasoningTokens = usage.reasoning
      tokensAreEstimated = usage.source == .estimated
    }
    self.cost = cost.total
    costSource = cost.total == nil ? .unknown : cost.source
    times = Times(answer)
    httpVersion = answer.timing.connection.httpVersion
    requestID = answer.requestID
    attempts = answer.attempts
    if keepsText { text = (answer.text ?? "") + answer.refusal }
    setFlags(answer, cache)
  }

  init(target: Int, round: Int, prompt: Int) {
    self.target = target
    self.round = round
    self.prompt = prompt
  }

  private mutating func setFlags(_ answer: Answer, _ cache: CacheGuard) {
    if (reasoningTokens ?? 0) > 0, !answer.streamedReasoning { flags.insert(.hiddenReasoning) }
    if (cachedTokens ?? 0) > 0 { flags.insert(.cachedPrompt) }
    if answer.attempts > 1 { flags.insert(.retried) }
    if Self.isBuffered(answer.timing) {
      flags.insert(.buffered)
      times.perToken = nil
    }
    switch (cache, cachedTokens) {
    case (.bust, let cached?) where cached > 0: flags.insert(.wrongCache)
    case (.warm, 0?): flags.insert(.wrongCache)
    default: break
    }
    if failure?.kind == .interrupted || failure?.kind == .limit { flags.insert(.interrupted) }
  }

  /// Whether the deltas came in far fewer pieces than they were: a proxy on the way gathered
  /// them. Short and quick streams are not judged.
  private static func isBuffered(_ timing: Timing) -> Bool {
    guard timing.deltas >= 20, let end = timing.endToEnd, end >= .milliseconds(500) else { return false }
    return Double(timing.arrivals) < bufferedShare * Double(timing.deltas)
  }

  /// Whether it counts among the attempts.
  package var isCounted: Bool { !flags.contains(.interrupted) }
  /// Whether it gave a whole answer.
  package var isOK: Bool { failure == nil && isCounted }
  /// Whether its times may stand beside those of others.
  package var isComparable: Bool { isOK && !flags.contains(.retried) && !flags.contains(.wrongCache) }
  /// Output tokens per second after the first; `nil` where they cannot be known.
  package var decodeRate: Double? {
    times.perToken.flatMap { $0 > .zero ? 1 / $0.inSeconds : nil }
  }
  /// Output tokens over the whole time to the last; `nil` where they cannot be known.
  package var endToEndRate: Double? {
    guard !tokensAreEstimated, let outputTokens, let end = times.endToEnd, end > .zero else { return nil }
    return Double(outputTokens) / end.inSeconds
  }
}

extension CompareRecord.Times {
  /// The times of an answer.
  init(_ answer: Answer) {
    let timing = answer.timing
    firstToken = timing.timeToFirstToken
    firstVisible = timing.timeToFirstVisibleToken
    firstTokenTotal = timing.totalTimeToFirstToken
    endToEnd = timing.endToEnd
    total = timing.total
    perToken = timing.timePerOutputToken(
      usage: answer.usage, streamedReasoning: answer.streamedReasoning)
    longestStall = timing.longestStall
    let facts = timing.connection
    reused = facts.reused
    let steps = [facts.nameResolution, facts.connect, facts.tls].compactMap { $0 }
    connecting = steps.isEmpty || facts.reused == true ? nil : steps.reduce(.zero, +)
  }
}
