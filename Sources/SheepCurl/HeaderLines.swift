import CCurl
import SheepCore

/// The header lines of a request as libcurl wants them. They are overwritten when freed,
/// because one of them holds the key.
final class HeaderLines {
  private(set) var list: UnsafeMutablePointer<curl_slist>?

  /// The fields that the transport writes itself: a second one could make two servers read
  /// two different requests.
  private static let reserved = ["host", "content-length", "transfer-encoding", "expect"]

  /// Checks all fields of a request and writes them; the credential last.
  init(_ request: HTTPRequest) throws(RequestTarget.Refused) {
    for field in request.headers.fields { try append(field.name, field.value) }
    if let credential = request.credential {
      if let problem = Secret.problem(in: credential.secret.exposed) {
        throw RequestTarget.Refused(reason: "the key " + problem)
      }
      try append(credential.header, credential.prefix + credential.secret.exposed)
    }
    // libcurl would wait for a 100 before large bodies, and add fields nobody asked for.
    try appendLine("Expect:")
    for name in ["Accept", "Content-Type"] where request.headers[name] == nil {
      try appendLine(name + ":")
    }
  }

  deinit {
    sheep_slist_wipe(list)
  }

  private func append(_ name: String, _ value: String) throws(RequestTarget.Refused) {
    guard !name.isEmpty, name.utf8.allSatisfy(HTTPSyntax.isTokenByte) else {
      throw RequestTarget.Refused(reason: "a header name has invalid characters")
    }
    guard value.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7f }) else {
      throw RequestTarget.Refused(reason: "the header \(name) contains a control character")
    }
    guard !Self.reserved.contains(where: { HTTPHeaders.same($0, name) }) else {
      throw RequestTarget.Refused(reason: "the header \(name) is set by sheep itself")
    }
    // With a colon and no value libcurl would drop the field; a semicolon sends it empty.
    let isEmpty = value.utf8.allSatisfy { $0 == UInt8(ascii: " ") }
    try appendLine(isEmpty ? name + ";" : name + ": " + value)
  }

  private func appendLine(_ line: String) throws(RequestTarget.Refused) {
    guard let longer = curl_slist_append(list, line) else {
      throw RequestTarget.Refused(reason: "out of memory")
    }
    list = longer
  }
}
