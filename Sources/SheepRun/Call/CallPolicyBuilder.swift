package import SheepClient
package import SheepCore
package import SheepOptions

/// Turns the time, retry and money options into the client's policy.
package enum CallPolicyBuilder {
  /// A day: what an option value of 0, "no limit", becomes.
  private static let unlimited: Duration = .seconds(86_400)

  package static func policy(_ options: CallOptions, request: Request, environment: Environment) -> CallPolicy
  {
    var policy = CallPolicy()
    policy.random = environment.random
    policy.unixTime = environment.unixTime
    let thinks = request.reasoningEffort.map { $0 != "none" } ?? false
    policy.limits = thinks || !request.streams ? .patient : TimeLimits()
    let connection = options.connection
    if let limit = connection.connectTimeout { policy.limits.connect = lifted(limit) }
    if let limit = connection.firstByteTimeout { policy.limits.firstByte = lifted(limit) }
    if let limit = connection.idleTimeout {
      policy.limits.idle = lifted(limit)
      policy.limits.content = max(policy.limits.content, lifted(limit))
    }
    if let limit = connection.maxTime, limit > .zero {
      policy.totalTime = limit
      policy.totalTimeIsUsers = true
    } else if connection.maxTime != nil {
      policy.totalTime = unlimited
    }
    if let retries = connection.maxRetries { policy.retry.maximumAttempts = retries + 1 }
    // Somebody who watches would rather hear of a long wait than sit through it.
    policy.retry.hintCap = environment.standardError.isTerminal ? .seconds(60) : .seconds(120)
    return policy
  }

  private static func lifted(_ limit: Duration) -> Duration { limit > .zero ? limit : unlimited }
}
