/// How the program ended, as its exit code: the same for every command.
///
/// Scripts branch on these numbers, so a number never changes its meaning. With several targets the
/// code is the one that all failures share, else `conditionFalse`.
package enum ExitStatus: Int32, CaseIterable, Sendable {
  case done = 0
  case conditionFalse = 1
  case usage = 2
  case authentication = 3
  case rateLimit = 4
  case network = 5
  case provider = 6
  case model = 7
  case refused = 8
  case incomplete = 9
  case userLimit = 10
  case localIO = 11
  case mismatch = 12
  case internalError = 70
  case hangup = 129
  case interrupt = 130
  case terminate = 143

  /// One word or two for tables and for the `kind` of a JSON error.
  package var name: String {
    switch self {
    case .done: "done"
    case .conditionFalse: "condition_false"
    case .usage: "usage"
    case .authentication: "authentication"
    case .rateLimit: "rate_limit"
    case .network: "network"
    case .provider: "provider"
    case .model: "model"
    case .refused: "refused"
    case .incomplete: "incomplete"
    case .userLimit: "user_limit"
    case .localIO: "local_io"
    case .mismatch: "mismatch"
    case .internalError: "internal"
    case .hangup: "hangup"
    case .interrupt: "interrupt"
    case .terminate: "terminate"
    }
  }

  /// What the code means, in the markup of `Markup`; a sentence without its full stop.
  package var meaning: String {
    switch self {
    case .done: "Success: a complete answer (a cut at the length limit is noted on standard error)"
    case .conditionFalse:
      "The condition asked for is false, or targets or items failed in different ways"
    case .usage: "Wrong usage, configuration or input, or an unsafe setting; nothing was sent"
    case .authentication: "Authentication or permission denied"
    case .rateLimit: "Rate limit, quota or billing"
    case .network: "Network error: proxy, DNS, TCP, TLS, or no answer in time"
    case .provider: "Provider error: 5xx, overloaded, protocol violation, or a rejected request"
    case .model: "Model unknown or not allowed"
    case .refused: "Refused or filtered by the provider"
    case .incomplete:
      "Incomplete answer: cut, stalled or failed after it had started (the partial answer was delivered)"
    case .userLimit: "A limit you set was reached: cost, deadline or `--slo`"
    case .localIO: "Local I/O error: disk full, output not writable"
    case .mismatch:
      "The answer is complete but not what was asked for: schema mismatch, or cut at the length limit with `--strict`"
    case .internalError: "Internal error"
    case .hangup: "Ended by SIGHUP"
    case .interrupt: "Ended by SIGINT"
    case .terminate: "Ended by SIGTERM"
    }
  }
}
