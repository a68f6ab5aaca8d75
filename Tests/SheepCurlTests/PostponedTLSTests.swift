import CCurl
import SheepCurl
import Testing

#if os(Linux)

  /// What a transfer over plain http leaves out of the TLS library is there for one that uses TLS.
  ///
  /// Each test is a process of its own: a library is initialised once in a process.
  struct PostponedTLSTests {
    @Test("error texts left out over http are there for TLS")
    func lateErrorTexts() async {
      await #expect(processExitsWith: .success) {
        _ = try CurlLibrary.open(needsTLS: false)
        let texts = try #require(ErrorTexts(), "no OpenSSL 3 behind libcurl")
        for code in ErrorTexts.codes { #expect(texts.reason(code.number) == nil) }
        CurlLibrary.needTLS()
        for code in ErrorTexts.codes { #expect(texts.reason(code.number) == code.text) }
        #expect(texts.library(ErrorTexts.codes[0].number) == "PEM routines")
      }
    }

    @Test("error texts are there where TLS comes first")
    func earlyErrorTexts() async {
      await #expect(processExitsWith: .success) {
        _ = try CurlLibrary.open()
        let texts = try #require(ErrorTexts(), "no OpenSSL 3 behind libcurl")
        for code in ErrorTexts.codes { #expect(texts.reason(code.number) == code.text) }
      }
    }
  }

  /// OpenSSL's own texts of its errors, as libcurl asks for them.
  private struct ErrorTexts {
    typealias Text = @convention(c) (UInt) -> UnsafePointer<CChar>?

    /// Codes of OpenSSL 3 (library × 2²³ + reason) with their texts, of its headers `pemerr.h`,
    /// `x509err.h`, `asn1err.h` and `evperr.h`.
    static let codes: [(number: UInt, text: String)] = [
      (9 << 23 | 108, "no start line"), (11 << 23 | 116, "key values mismatch"),
      (13 << 23 | 168, "wrong tag"), (6 << 23 | 100, "bad decrypt"),
    ]

    private let reasonText: Text
    private let libraryText: Text

    /// nil where there is none.
    init?() {
      guard sheep_curl_symbol("OPENSSL_version_major") != nil,
        let reason = sheep_curl_symbol("ERR_reason_error_string"),
        let library = sheep_curl_symbol("ERR_lib_error_string")
      else { return nil }
      reasonText = unsafeBitCast(reason, to: Text.self)
      libraryText = unsafeBitCast(library, to: Text.self)
    }

    func reason(_ code: UInt) -> String? { reasonText(code).map { String(cString: $0) } }

    func library(_ code: UInt) -> String? { libraryText(code).map { String(cString: $0) } }
  }

#endif
