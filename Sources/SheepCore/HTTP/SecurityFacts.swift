/// What a TLS connection was like, for people who ask why it does not work.
package struct SecurityFacts: Equatable, Sendable {
  /// The server's own certificate, trusted or not.
  package struct Certificate: Equatable, Sendable {
    /// The common name it is for; `nil` when it has none.
    package var subject: String?
    /// Who signed it: the common name, else the organization; `nil` when it says neither.
    package var issuer: String?
    /// The organization of who signed it; `nil` when it does not say.
    package var issuerOrganization: String?
    /// From when and until when it is valid, in seconds since 1970.
    package var notBefore: Int64
    package var notAfter: Int64
    /// How many certificates the chain has, the server's own included; `nil` when unknown.
    package var chainLength: Int?
    /// Why the chain is not trusted, in the TLS library's words; `nil` when it is.
    package var problem: String?
    /// The TLS library's number for that (`X509_V_ERR_…` of OpenSSL); 0 when it is trusted.
    package var problemCode: Int

    /// A certificate that is valid between these instants.
    package init(notBefore: Int64, notAfter: Int64) {
      self.notBefore = notBefore
      self.notAfter = notAfter
      problemCode = 0
    }
  }

  /// `TLSv1.3`; `nil` when no connection was made.
  package var version: String?
  /// What was agreed to be spoken inside: `h2`, `http/1.1`; `nil` when nothing was.
  package var applicationProtocol: String?
  /// `nil` when none was seen, as when an earlier session is resumed.
  package var certificate: Certificate?

  /// Nothing known.
  package init() {}
}
