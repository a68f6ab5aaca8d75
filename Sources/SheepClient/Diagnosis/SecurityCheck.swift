import SheepCore

/// What a TLS handshake comes to. Pure.
enum SecurityCheck {
  /// Fewer days than this are worth a word.
  static let fewDays: Int64 = 14

  /// Judges a connection that came about.
  /// - Parameter now: seconds since 1970.
  static func result(_ connection: ConnectionFacts, now: Int64) -> CheckResult {
    guard let security = connection.security else {
      return CheckResult(
        .tls, .ok, connection.tls == nil ? "reused connection" : "trusted",
        time: connection.tls)
    }
    var parts = [security.version ?? "TLS"]
    if let inside = security.applicationProtocol { parts.append(inside) }
    var result = CheckResult(.tls, .ok, "", time: connection.tls, facts: facts(security, now: now))
    guard let certificate = security.certificate else {
      result.value = parts.joined(separator: ", ")
      return result
    }
    parts.append("by " + issuer(certificate))
    let left = (certificate.notAfter - now) / 86_400
    result.value = parts.joined(separator: ", ") + ", \(max(0, left)) days left"
    if left < fewDays {
      result.state = .warning
      result.advice = "the certificate expires in \(max(0, left)) days; ask the operator to renew it"
    }
    return result
  }

  /// Says why a handshake failed.
  static func failure(
    _ problem: TransferEnd.Problem, _ connection: ConnectionFacts, host: String, now: Int64
  ) -> CheckResult {
    let security = connection.security
    let failure: Failure
    if problem.kind == .certificate, let certificate = security?.certificate {
      failure = distrust(certificate, host: host, now: now)
    } else if problem.kind == .certificate {
      failure = Failure(
        .tls, host, "its certificate cannot be checked (\(problem.detail))",
        advice: "check the file given with --ca-file, or install the package ca-certificates")
    } else {
      failure = Failure(
        .tls, host, "the TLS handshake failed (\(problem.detail))",
        advice: "check that the port speaks https and that no proxy interferes")
    }
    return .failed(
      .tls, failure, time: connection.tls, facts: security.map { facts($0, now: now) } ?? [])
  }

  /// The sentence for each of OpenSSL's reasons (x509_vfy.h, fixed numbers).
  private static func distrust(
    _ certificate: SecurityFacts.Certificate, host: String, now: Int64
  ) -> Failure {
    let (problem, advice): (String, String)
    switch certificate.problemCode {
    case 0:
      problem = "its certificate is for \(certificate.subject ?? "another name"), not for \(host)"
      advice = "check the spelling of the address"
    case 10:
      problem = "its certificate expired \(DurationText.coarse(seconds: now - certificate.notAfter)) ago"
      advice = "check this machine's clock, or ask the operator to renew it"
    case 9:
      problem = "its certificate is not valid yet"
      advice = "check this machine's clock"
    case 18:
      problem = "its certificate is self-signed"
      advice = "if the server is yours, add the certificate with --ca-file"
    default:
      problem = "its certificate is signed by \(issuer(certificate)), which is not trusted"
      advice =
        "if a company proxy inspects traffic, add its CA with --ca-file; "
        + "otherwise do not trust this connection"
    }
    var failure = Failure(.tls, host, problem, advice: advice)
    failure.code = "certificate"
    return failure
  }

  private static func issuer(_ certificate: SecurityFacts.Certificate) -> String {
    let name = certificate.issuer ?? "an unnamed CA"
    guard let organization = certificate.issuerOrganization, organization != name else { return name }
    return "\(name) (\(organization))"
  }

  private static func facts(_ security: SecurityFacts, now: Int64) -> [(String, JSON)] {
    func text(_ value: String?) -> JSON { value.map { .string($0) } ?? .null }
    var facts: [(String, JSON)] = [
      ("version", text(security.version)), ("alpn", text(security.applicationProtocol)),
    ]
    if let certificate = security.certificate {
      facts += [
        ("subject", text(certificate.subject)), ("issuer", text(certificate.issuer)),
        ("issuer_organization", text(certificate.issuerOrganization)),
        ("not_before", .number(JSONNumber(certificate.notBefore))),
        ("not_after", .number(JSONNumber(certificate.notAfter))),
        ("days_left", .number(JSONNumber((certificate.notAfter - now) / 86_400))),
        ("chain", certificate.chainLength.map { .number(JSONNumber($0)) } ?? .null),
        ("problem", text(certificate.problem)),
      ]
    }
    return facts
  }
}
