package import SheepCore

extension ExitStatus {
  /// The code that a failure ends the program with.
  package init(_ failure: Failure) {
    switch failure.kind {
    case .usage: self = .usage
    case .authentication, .permission: self = .authentication
    case .rateLimit, .quota: self = .rateLimit
    case .nameResolution, .connect, .tls, .proxy, .timeout, .network, .redirect: self = .network
    case .overloaded, .server, .protocolViolation, .badRequest: self = .provider
    case .model: self = .model
    case .filtered: self = .refused
    case .incomplete: self = .incomplete
    case .limit: self = .userLimit
    case .output: self = .localIO
    case .mismatch: self = .mismatch
    case .interrupted: self = .interrupt
    case .internalError: self = .internalError
    }
  }
}
