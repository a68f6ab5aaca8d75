import CCurl
package import SheepCore

/// How libcurl says that a transfer ended, beside what we ourselves know of it; and what that
/// means to a retry rule.
///
/// libcurl's number alone does not tell: 23 and 42 are our own aborts, 28 and 56 happen before
/// and after the request is sent.
package struct CurlOutcome: Equatable, Sendable {
  /// Why we stopped a transfer ourselves.
  package enum Verdict: Equatable, Sendable {
    case headTooLarge(limit: Int)
    case bodyTooLarge(limit: Int64)
    case abortedByHandler
    case resendPrevented
  }

  /// libcurl's result, 0 when all went well.
  package var code: UInt32
  /// Our own reason; outranks the code.
  package var verdict: Verdict?
  /// Whether the request was about to be written on a connection.
  package var isSent = false
  /// Whether the final response's head was seen whole.
  package var hasHead = false
  /// Whether a proxy may have been in between.
  package var usesProxy = false
  /// The proxy's status for our CONNECT; 0 without one.
  package var proxyStatus = 0
  /// libcurl's words for it, keys removed.
  package var detail = ""

  /// An outcome with this result.
  package init(code: UInt32) {
    self.code = code
  }

  /// What went wrong; `nil` when nothing did.
  package var problem: TransferEnd.Problem? {
    if let verdict { return Self.problem(of: verdict) }
    if code == CURLE_OK.rawValue, hasHead { return nil }
    var detail = code == CURLE_OK.rawValue ? "the response has no header" : detail
    if isSent, Self.isLongLine(code) { detail = "a header field is too long" }
    return TransferEnd.Problem(kind, detail: detail, code: Int32(truncatingIfNeeded: code))
  }

  private static func problem(of verdict: Verdict) -> TransferEnd.Problem {
    switch verdict {
    case .headTooLarge(let limit):
      TransferEnd.Problem(
        .malformedResponse, detail: "the response has more than \(limit) bytes of header fields")
    case .bodyTooLarge(let limit):
      TransferEnd.Problem(.tooLarge, detail: "the response has more than \(limit) bytes")
    case .abortedByHandler:
      TransferEnd.Problem(.aborted, detail: "stopped by the receiver")
    case .resendPrevented:
      TransferEnd.Problem(
        .resendPrevented, detail: "the connection was closed before an answer; the request was not repeated")
    }
  }

  /// How libcurl reports a header line that is too long, which it calls a lack of memory up to
  /// 8.5 and "too large" (100) since.
  private static func isLongLine(_ code: UInt32) -> Bool {
    code == CURLE_OUT_OF_MEMORY.rawValue || code == 100
  }

  private var kind: TransferEnd.Problem.Kind {
    switch CURLcode(code) {
    case CURLE_OK, CURLE_WEIRD_SERVER_REPLY, CURLE_BAD_CONTENT_ENCODING, CURLE_WRITE_ERROR,
      CURLE_ABORTED_BY_CALLBACK, CURLE_FILESIZE_EXCEEDED:
      .malformedResponse
    case CURLE_UNSUPPORTED_PROTOCOL:
      // Also an answer in HTTP/0.9.
      isSent ? .malformedResponse : .invalidRequest
    case CURLE_URL_MALFORMAT, CURLE_NOT_BUILT_IN, CURLE_LOGIN_DENIED, CURLE_BAD_FUNCTION_ARGUMENT:
      .invalidRequest
    case CURLE_COULDNT_RESOLVE_PROXY, CURLE_PROXY: .proxy
    case CURLE_COULDNT_RESOLVE_HOST: .nameResolution
    case CURLE_COULDNT_CONNECT, CURLE_INTERFACE_FAILED: usesProxy ? .proxy : .connect
    case CURLE_OPERATION_TIMEDOUT: isSent ? .connectionLost : .connectTimeout
    case CURLE_OUT_OF_MEMORY, CURLcode(100): isSent ? .malformedResponse : .transportUnavailable
    case CURLE_FAILED_INIT, CURLE_UNKNOWN_OPTION, CURLE_FUNCTION_NOT_FOUND: .transportUnavailable
    default: kindOfBrokenConnection
    }
  }

  private var kindOfBrokenConnection: TransferEnd.Problem.Kind {
    switch CURLcode(code) {
    case CURLE_SSL_CONNECT_ERROR, CURLE_SSL_ENGINE_NOTFOUND, CURLE_SSL_ENGINE_SETFAILED,
      CURLE_SSL_ENGINE_INITFAILED, CURLE_USE_SSL_FAILED, CURLE_SSL_SHUTDOWN_FAILED,
      CURLE_SSL_CLIENTCERT:
      .handshake
    case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER,
      CURLE_SSL_CACERT_BADFILE, CURLE_SSL_CRL_BADFILE, CURLE_SSL_ISSUER_ERROR,
      CURLE_SSL_PINNEDPUBKEYNOTMATCH, CURLE_SSL_INVALIDCERTSTATUS:
      .certificate
    default:
      if isSent {
        .connectionLost
      } else {
        usesProxy || (proxyStatus != 0 && !(200...299).contains(proxyStatus)) ? .proxy : .connectionLost
      }
    }
  }
}
