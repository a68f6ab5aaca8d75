import CCurl
import SheepCore

extension SecurityFacts {
  /// What was noted of a transfer's connection; `nil` when nothing was.
  init?(_ record: sheep_tls_facts) {
    var record = record
    let version = withUnsafeBytes(of: &record.version, LibraryWords.text)
    guard record.has_certificate != 0 || !version.isEmpty else { return nil }
    self.init()
    self.version = Self.given(version)
    applicationProtocol = Self.given(withUnsafeBytes(of: &record.alpn, LibraryWords.text))
    guard record.has_certificate != 0 else { return }
    var certificate = Certificate(notBefore: record.not_before, notAfter: record.not_after)
    certificate.subject = Self.given(withUnsafeBytes(of: &record.subject, LibraryWords.text))
    let organization = Self.given(withUnsafeBytes(of: &record.issuer_organization, LibraryWords.text))
    certificate.issuer =
      Self.given(withUnsafeBytes(of: &record.issuer, LibraryWords.text)) ?? organization
    certificate.issuerOrganization = organization
    certificate.chainLength = record.chain_length > 0 ? Int(record.chain_length) : nil
    certificate.problem = Self.given(withUnsafeBytes(of: &record.verify_text, LibraryWords.text))
    certificate.problemCode = Int(record.verify_error)
    self.certificate = certificate
  }

  private static func given(_ text: String) -> String? { text.isEmpty ? nil : text }
}
