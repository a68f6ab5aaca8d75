import SheepCompare
import SheepCore
import SheepOptions
import SheepRun

/// What is to be sent, and in which order: decided before the first call, by the seed alone.
struct ComparePlan {
  /// One call.
  struct Slot {
    let target: Int
    /// From 1.
    let round: Int
    /// From 1.
    let prompt: Int
  }

  /// What is asked, and what is expected of the answers.
  struct Prompt {
    var request: Request
    var checks: [ExpectationCheck]
  }

  let targets: [Destination]
  /// One request for each prompt; the model is put in for each target.
  let requests: [Request]
  /// What is expected of the answers to each prompt.
  let checks: [[ExpectationCheck]]
  /// Rounds at most.
  let rounds: Int
  /// What may end them sooner; `nil`: nothing.
  let until: PrecisionRule?
  let warmup: Int
  let isParallel: Bool
  let cache: CacheGuard
  let seed: UInt64
  /// Each element is asked together: every target once with one prompt.
  let units: [[Slot]]
  /// The random part of the line that busts caches, for each call in order.
  private let nonces: UInt64

  /// Prompts from this length on are cached by providers without being asked (OpenAI and
  /// Anthropic guides, read 2026-11: 1,024 tokens).
  static let cachedLength = 1024

  /// Lays out the rounds.
  init(_ options: CompareOptions, targets: [Destination], prompts: [Prompt], seed: UInt64) {
    self.targets = targets
    requests = prompts.map(\.request)
    checks = prompts.map(\.checks)
    self.seed = seed
    rounds = options.plannedRounds
    until = options.until.map {
      PrecisionRule(share: $0, prompts: prompts.count, rounds: options.plannedRounds)
    }
    warmup = options.warmup ?? (options.plannedRounds > 1 && !options.cold ? 1 : 0)
    isParallel = options.parallel
    let longest = requests.map { TokenEstimate(of: $0.messages).tokens }.max() ?? 0
    cache = options.cache ?? (longest >= Self.cachedLength ? .bust : .off)
    var shuffler = RoundShuffler(seed: seed)
    var units: [[Slot]] = []
    for round in 0..<options.plannedRounds {
      for prompt in requests.indices {
        units.append(
          shuffler.order(of: targets.count).map {
            Slot(target: $0, round: round + 1, prompt: prompt + 1)
          })
      }
    }
    self.units = units
    nonces = shuffler.next()
  }

  /// How many calls are measured.
  var calls: Int { units.count * targets.count }
  /// How many calls only warm up.
  var warmupCalls: Int { (warmup + (cache == .warm ? requests.count : 0)) * targets.count }

  /// The request of a call.
  func request(_ slot: Slot) -> Request {
    var request = requests[slot.prompt - 1]
    request.model = targets[slot.target].model
    if cache == .bust { request.messages = busted(request.messages, slot) }
    return request
  }

  /// A tiny request that opens a connection.
  func warmupRequest(_ target: Int) -> Request {
    var request = Request(model: targets[target].model, messages: [Message(.user, "Hi")])
    request.maxTokens = 16
    return request
  }

  /// Puts a line that was never sent before to the very start.
  private func busted(_ messages: [Message], _ slot: Slot) -> [Message] {
    var mixed = nonces &+ UInt64(slot.round) &* 0x1_0000_0000 &+ UInt64(slot.prompt) &* 0x1_0000
    mixed = mixed &+ UInt64(slot.target)
    var shuffler = RoundShuffler(seed: mixed)
    let line = "[" + String(shuffler.next(), radix: 36) + "]\n"
    var messages = messages
    guard var first = messages.first else { return messages }
    if case .text(let text)? = first.parts.first {
      first.parts[0] = .text(line + text)
    } else {
      first.parts.insert(.text(line), at: 0)
    }
    messages[0] = first
    return messages
  }
}
