package import SheepCore

/// The request line and header fields of one HTTP/1.x request.
package struct RequestHead: Equatable, Sendable {
  /// As it was sent; methods are case-sensitive.
  package var method: String
  /// The request target as it was sent: path and query, or an absolute URL.
  package var target: String
  /// 0 for HTTP/1.0, 1 for HTTP/1.1.
  package var minorVersion: Int
  package var headers: HTTPHeaders

  /// The target without its query.
  package var path: String {
    String(decoding: target.utf8.prefix { $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") }, as: UTF8.self)
  }

  /// Whether the client means to send further requests on the connection.
  package var wantsKeepAlive: Bool {
    let tokens = Self.tokens(of: headers["connection"])
    if tokens.contains("close") { return false }
    return minorVersion >= 1 || tokens.contains("keep-alive")
  }

  /// Whether the client waits for `100 Continue` before it sends the body.
  var expectsContinue: Bool {
    minorVersion >= 1 && Self.tokens(of: headers["expect"]).contains("100-continue")
  }

  /// The elements of a comma-separated field in lower case.
  static func tokens(of value: String?) -> [String] {
    guard let value else { return [] }
    return value.utf8.split(separator: UInt8(ascii: ",")).map { element in
      String(decoding: HTTPSyntax.trimmed(Array(element)[...]).map { lowered($0) }, as: UTF8.self)
    }
  }

  private static func lowered(_ byte: UInt8) -> UInt8 {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
  }
}

/// Why a request is refused before anybody looks at what it asks for.
package struct RequestRefusal: Error, Equatable, Sendable {
  /// The HTTP status that says so.
  package var status: Int
  /// A sentence for the error body.
  package var problem: String
}

extension RequestHead {
  /// Reads the lines of a head, line ends taken off.
  /// - Throws: `RequestRefusal` with 400 or 505.
  init(lines: [[UInt8]]) throws(RequestRefusal) {
    let words = (lines.first ?? []).split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
    guard words.count == 3, Self.isToken(words[0]), !words[1].isEmpty,
      words[1].allSatisfy({ $0 > 0x20 && $0 != 0x7f })
    else { throw RequestRefusal(status: 400, problem: "The request line is malformed.") }
    guard words[2].starts(with: "HTTP/1.".utf8), words[2].count == 8, let minor = words[2].last,
      minor == UInt8(ascii: "0") || minor == UInt8(ascii: "1")
    else {
      throw RequestRefusal(status: 505, problem: "Only HTTP/1.0 and HTTP/1.1 are spoken here.")
    }
    method = String(decoding: words[0], as: UTF8.self)
    target = String(decoding: words[1], as: UTF8.self)
    minorVersion = Int(minor - UInt8(ascii: "0"))
    headers = HTTPHeaders()
    for line in lines.dropFirst() {
      guard let colon = line.firstIndex(of: UInt8(ascii: ":")), Self.isToken(line[..<colon]),
        !line.contains(0)
      else { throw RequestRefusal(status: 400, problem: "A header field is malformed.") }
      headers.append(
        String(decoding: line[..<colon], as: UTF8.self),
        String(decoding: HTTPSyntax.trimmed(line[(colon + 1)...]), as: UTF8.self))
    }
  }

  private static func isToken(_ bytes: ArraySlice<UInt8>) -> Bool {
    !bytes.isEmpty && bytes.allSatisfy(HTTPSyntax.isTokenByte)
  }

  /// How the body is delimited, by RFC 9112, 6.3.
  /// - Throws: `RequestRefusal` with 400, 413 or 501.
  func bodyLength(limit: Int) throws(RequestRefusal) -> RequestBodyLength {
    let lengths = headers.fields.filter { HTTPHeaders.same($0.name, "content-length") }
    if let encoding = headers["transfer-encoding"] {
      guard lengths.isEmpty else {
        throw RequestRefusal(
          status: 400, problem: "Content-Length and Transfer-Encoding exclude each other.")
      }
      guard Self.tokens(of: encoding) == ["chunked"] else {
        throw RequestRefusal(status: 501, problem: "The only transfer coding here is chunked.")
      }
      return .chunked
    }
    guard let first = lengths.first else { return .fixed(0) }
    guard lengths.allSatisfy({ $0.value == first.value }),
      first.value.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
      !first.value.isEmpty
    else { throw RequestRefusal(status: 400, problem: "Content-Length is malformed.") }
    guard let length = Int(first.value), length <= limit else {
      throw RequestRefusal(status: 413, problem: "The request body exceeds \(limit) bytes.")
    }
    return .fixed(length)
  }
}

/// How the end of a request body is found.
enum RequestBodyLength: Equatable, Sendable {
  case fixed(Int)
  case chunked
}
