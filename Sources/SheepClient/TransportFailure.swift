import SheepCore
import SheepWire

/// The sentence for each way in which a transfer can break, with what to do about it.
enum TransportFailure {
  /// What a response with an error status, or a redirect, means. `body` is its first 64 KiB.
  static func refusal(
    _ head: HTTPHead, body: [UInt8], of request: FailedRequest, target: Target
  ) -> Failure {
    if head.status < 400 {
      // The key is taken out before the address is shortened: afterwards half of it may be left.
      let location = head.headers["location"].map { " to " + target.redacted($0).prefix(120) } ?? ""
      var failure = Failure(
        .redirect, target.name, "answered with a redirect (\(head.status))\(location), which is not followed",
        advice: "set --base-url if that address is right; no key is sent there automatically",
        status: head.status)
      failure.requestID = ServerFailure.requestID(head.headers)
      return failure
    }
    return target.dialect.failure(head: head, body: body, request: request)
  }

  /// What a user should read when nothing came for longer than `limit`.
  /// - Parameter mayBeBilled: whether a request that was sent may cost money.
  static func silence(
    _ expiry: Watchdog.Expiry, limit: Duration, of subject: String, mayBeBilled: Bool
  ) -> Failure {
    let limit = DurationText.limit(limit)
    switch expiry {
    case .connect:
      return Failure(
        .connect, subject, "no connection within \(limit)",
        advice: "check the address, the network and firewalls, or allow more time with --connect-timeout")
    case .firstByte:
      let caution = mayBeBilled ? "not retried because it may have been billed; " : ""
      return Failure(
        .timeout, subject, "no answer within \(limit)",
        advice: caution + "allow more time with --first-byte-timeout")
    case .idle, .content, .afterEnd:
      return Failure(
        .timeout, subject, "nothing arrived for \(limit)", advice: "allow more time with --idle-timeout")
    }
  }

  /// What a user should read about `problem`.
  static func failure(
    _ problem: TransferEnd.Problem, target: Target, wasSent: Bool, mayBeBilled: Bool, connectLimit: Duration
  ) -> Failure {
    let name = target.name
    let host = target.baseURL.host
    let detail = problem.detail.isEmpty ? "" : " (\(problem.detail))"
    switch problem.kind {
    case .invalidRequest:
      return Failure(
        .usage, name, "the request cannot be sent\(detail)", advice: "check --base-url and --header")
    case .transportUnavailable:
      return Failure(.internalError, "libcurl", problem.detail)
    case .proxy:
      return Failure(
        .proxy, name, "the proxy cannot be used\(detail)",
        advice: "check --proxy and HTTPS_PROXY, or set NO_PROXY")
    case .nameResolution:
      return Failure(
        .nameResolution, host, "the name cannot be resolved\(detail)",
        advice: "check the spelling of the address and the network's DNS")
    case .connect:
      return Failure(
        .connect, target.baseURL.origin, "no connection\(detail)",
        advice: target.baseURL.isLoopback
          ? "is the server running on that port?" : "check the address, the network and firewalls")
    case .connectTimeout:
      return silence(.connect, limit: connectLimit, of: host, mayBeBilled: mayBeBilled)
    case .handshake:
      return Failure(
        .tls, host, "the TLS handshake failed\(detail)", advice: "check that the port speaks https")
    case .certificate:
      var failure = Failure(
        .tls, host, "its certificate is not trusted\(detail)",
        advice: "behind a company proxy, add its CA with --ca-file; otherwise check the clock")
      failure.code = "certificate"
      return failure
    case .connectionLost, .resendPrevented:
      return Failure(
        .network, name,
        wasSent
          ? "the connection closed before the answer was complete\(detail)" : "the connection broke\(detail)",
        advice: wasSent && mayBeBilled ? "the request may have been billed" : nil)
    case .malformedResponse:
      return Failure(
        .protocolViolation, name, "the answer is not valid HTTP\(detail)",
        advice: "check the address and the port")
    case .tooLarge:
      return Failure(.protocolViolation, name, "the answer is larger than allowed\(detail)")
    case .aborted:
      return Failure(.internalError, name, "the transfer was stopped\(detail)")
    }
  }
}
