package import SheepClient
package import SheepCore

/// Keeps everything that a call tells, with copies of the texts that are only lent.
package final class RecordingObserver: CallObserver {
  /// An event that may be kept.
  package enum Seen: Equatable, Sendable {
    case started(id: String?, model: String?)
    case text(String)
    case reasoning(String)
    case refusal(String)
    case toolCall(ToolCallDelta)
    case state(ProviderState)
    case usage(Usage)
    case cost(Money)
    case finished(FinishReason, raw: String)
    case notice(String)

    /// Copies an event.
    package init(_ event: Event) {
      switch event {
      case .started(let id, let model): self = .started(id: id, model: model)
      case .text(let text): self = .text(text.string)
      case .reasoning(let text): self = .reasoning(text.string)
      case .refusal(let text): self = .refusal(text.string)
      case .toolCall(let delta): self = .toolCall(delta)
      case .state(let state): self = .state(state)
      case .usage(let usage): self = .usage(usage)
      case .cost(let cost): self = .cost(cost)
      case .finished(let reason, let raw): self = .finished(reason, raw: raw)
      case .notice(let text): self = .notice(text)
      }
    }
  }

  package private(set) var events: [(event: Seen, instant: Instant)] = []
  package private(set) var retries: [(wait: Duration, failure: Failure)] = []
  package private(set) var outcomes: [Outcome] = []
  /// Things that came after the end, which must not happen.
  package private(set) var lateCalls = 0

  /// Called with each event, after it was kept.
  package var onEvent: ((Call, Seen) -> Void)?
  /// Called when an attempt will be repeated.
  package var onRetry: ((Call) -> Void)?

  /// An observer that has seen nothing.
  package init() {}

  /// The texts of the answer, put together.
  package var text: String {
    events.reduce(into: "") { text, entry in
      if case .text(let piece) = entry.event { text += piece }
    }
  }

  /// The one outcome; `nil` before it.
  package var outcome: Outcome? { outcomes.first }

  package func call(_ call: Call, didReceive event: Event, at instant: Instant) {
    if !outcomes.isEmpty { lateCalls += 1 }
    let seen = Seen(event)
    events.append((seen, instant))
    onEvent?(call, seen)
  }

  package func call(_ call: Call, willRetryAfter wait: Duration, because failure: Failure) {
    if !outcomes.isEmpty { lateCalls += 1 }
    retries.append((wait, failure))
    onRetry?(call)
  }

  package func call(_ call: Call, didEnd outcome: Outcome) {
    outcomes.append(outcome)
  }
}
