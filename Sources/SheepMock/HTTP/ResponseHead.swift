import SheepCore

/// The status line and header fields of an answer.
struct ResponseHead: Sendable {
  var status: Int
  var headers: HTTPHeaders

  /// A head of a status and fields.
  init(status: Int, headers: HTTPHeaders = HTTPHeaders()) {
    self.status = status
    self.headers = headers
  }

  /// The head as HTTP/1.1 bytes, the empty line included.
  var bytes: [UInt8] {
    var text = "HTTP/1.1 \(status) \(Self.reason(status))\r\n"
    for field in headers.fields { text += "\(field.name): \(field.value)\r\n" }
    text += "\r\n"
    return Array(text.utf8)
  }

  /// The usual words for a status; `Status` for those without.
  static func reason(_ status: Int) -> String {
    reasons[status] ?? "Status"
  }

  private static let reasons: [Int: String] = [
    100: "Continue", 103: "Early Hints", 200: "OK", 201: "Created", 204: "No Content",
    301: "Moved Permanently", 302: "Found", 303: "See Other", 304: "Not Modified",
    307: "Temporary Redirect", 308: "Permanent Redirect", 400: "Bad Request",
    401: "Unauthorized", 402: "Payment Required", 403: "Forbidden", 404: "Not Found",
    405: "Method Not Allowed", 408: "Request Timeout", 409: "Conflict",
    413: "Content Too Large", 415: "Unsupported Media Type", 422: "Unprocessable Content",
    425: "Too Early", 429: "Too Many Requests", 431: "Request Header Fields Too Large",
    498: "Invalid Token", 499: "Client Closed Request", 500: "Internal Server Error",
    501: "Not Implemented", 502: "Bad Gateway", 503: "Service Unavailable",
    504: "Gateway Timeout", 505: "HTTP Version Not Supported", 522: "Connection Timed Out",
    524: "A Timeout Occurred", 529: "Overloaded",
  ]
}

/// How the end of an answer's body is told.
package enum BodyFraming: String, Sendable, CaseIterable {
  /// `Transfer-Encoding: chunked`.
  case chunked
  /// `Content-Length`.
  case length
  /// `Connection: close` and no length: the body ends when the connection does.
  case close

  /// Appends a piece of the body as it looks on the wire.
  func append(_ piece: [UInt8], to bytes: inout [UInt8]) {
    if piece.isEmpty { return }
    if self == .chunked { bytes += "\(String(piece.count, radix: 16))\r\n".utf8 }
    bytes += piece
    if self == .chunked { bytes += [0x0d, 0x0a] }
  }

  /// What follows the last piece of a body that is complete.
  var end: [UInt8] { self == .chunked ? Array("0\r\n\r\n".utf8) : [] }
}
