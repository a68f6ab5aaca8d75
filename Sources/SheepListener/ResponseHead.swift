package import SheepCore

/// The status line and header fields of an answer.
package struct ResponseHead: Sendable {
  package var status: Int
  package var headers: HTTPHeaders

  /// A head of a status and fields.
  package init(status: Int, headers: HTTPHeaders = HTTPHeaders()) {
    self.status = status
    self.headers = headers
  }

  /// The head as HTTP/1.1 bytes, the empty line included.
  package var bytes: [UInt8] {
    var text = "HTTP/1.1 \(status) \(Self.reason(status))\r\n"
    for field in headers.fields { text += "\(field.name): \(field.value)\r\n" }
    text += "\r\n"
    return Array(text.utf8)
  }

  /// The usual words for a status; `Status` for those without.
  package static func reason(_ status: Int) -> String {
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
