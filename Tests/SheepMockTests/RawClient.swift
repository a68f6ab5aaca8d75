import SheepCore
import SheepMock
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A blocking HTTP client that sees every byte, for looking at the gateway from outside.
final class RawClient {
  private var descriptor: Int32

  /// Connects to a port of 127.0.0.1; reads end with an error after 20 s.
  init(_ port: UInt16) throws {
    #if canImport(Glibc)
      descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    #else
      descriptor = socket(AF_INET, SOCK_STREAM, 0)
    #endif
    var limit = timeval(tv_sec: 20, tv_usec: 0)
    setsockopt(
      descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    let size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let status = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, size) }
    }
    try #require(status == 0)
  }

  deinit { close() }

  /// Closes the connection.
  func close() {
    if descriptor >= 0 {
      #if canImport(Glibc)
        _ = Glibc.close(descriptor)
      #else
        _ = Darwin.close(descriptor)
      #endif
    }
    descriptor = -1
  }

  /// Sends all bytes; false when the gateway has gone.
  @discardableResult
  func send(_ bytes: [UInt8]) -> Bool {
    var sent = 0
    while sent < bytes.count {
      #if canImport(Glibc)
        let flags = Int32(MSG_NOSIGNAL)
      #else
        let flags: Int32 = 0
      #endif
      let count = bytes[sent...].withUnsafeBytes { rest in
        #if canImport(Glibc)
          Glibc.send(descriptor, rest.baseAddress, rest.count, flags)
        #else
          Darwin.send(descriptor, rest.baseAddress, rest.count, flags)
        #endif
      }
      if count <= 0 { return false }
      sent += count
    }
    return true
  }

  /// Sends a text.
  @discardableResult
  func send(_ text: String) -> Bool { send(Array(text.utf8)) }

  /// How a read of the connection ended.
  enum End: Equatable { case closed, reset, timeout, enough }

  /// All bytes up to the end of the connection, or until `enough` is satisfied.
  func read(until enough: ([UInt8]) -> Bool = { _ in false }) -> (bytes: [UInt8], end: End) {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      if enough(bytes) { return (bytes, .enough) }
      let count = recv(descriptor, &buffer, buffer.count, 0)
      if count > 0 {
        bytes += buffer[..<count]
      } else if count == 0 {
        return (bytes, .closed)
      } else if errno != EINTR {
        return (bytes, errno == ECONNRESET ? .reset : .timeout)
      }
    }
  }

  /// One response read by its framing, or up to the end of the connection.
  func response() -> Response {
    var head: Response?
    var headBytes = 0
    let (bytes, end) = read { bytes in
      if head == nil {
        head = Response(bytes)
        headBytes = bytes.count - (head?.body.count ?? 0)
      }
      guard let head else { return false }
      // Taking a long body apart again with each read would take minutes.
      if head.isComplete { return true }
      if head.headers["Transfer-Encoding"] == "chunked" { return bytes.ends(with: "\r\n0\r\n\r\n") }
      let length = head.headers["Content-Length"].flatMap { Int($0) }
      return length.map { bytes.count - headBytes >= $0 } ?? false
    }
    return Response(bytes, end: end) ?? Response(unparsed: bytes, end: end)
  }
}

/// A response taken apart.
struct Response {
  var status = 0
  var head = ""
  var headers = HTTPHeaders()
  /// The body with the chunks' framing taken off.
  var body: [UInt8] = []
  /// Whether the framing says that the body is whole; false for bodies that the close ends.
  var isComplete = false
  var end: RawClient.End

  init(unparsed bytes: [UInt8], end: RawClient.End) {
    head = String(decoding: bytes, as: UTF8.self)
    self.end = end
  }

  /// `nil` while the head is not complete. Informational heads are kept in `head`.
  init?(_ bytes: [UInt8], end: RawClient.End = .enough) {
    self.end = end
    var rest = bytes[...]
    repeat {
      guard let stop = rest.firstRange(of: [0x0d, 0x0a, 0x0d, 0x0a]) else { return nil }
      let part = String(decoding: rest[..<stop.lowerBound], as: UTF8.self)
      head += part + "\n"
      rest = rest[stop.upperBound...]
      var lines = part.split(separator: "\r\n", omittingEmptySubsequences: false)
      status = Int(lines.removeFirst().split(separator: " ").dropFirst().first ?? "") ?? 0
      headers = HTTPHeaders()
      for line in lines {
        let pair = line.split(separator: ":", maxSplits: 1)
        if pair.count == 2 {
          headers.append(String(pair[0]), String(pair[1].drop { $0 == " " }))
        }
      }
    } while (100...199).contains(status)
    if headers["Transfer-Encoding"] == "chunked" {
      readChunks(rest)
    } else if let length = headers["Content-Length"].flatMap({ Int($0) }) {
      body = Array(rest)
      isComplete = body.count >= length
    } else {
      body = Array(rest)
      isComplete = status == 204
    }
  }

  private mutating func readChunks(_ bytes: ArraySlice<UInt8>) {
    var rest = bytes
    while let stop = rest.firstRange(of: [0x0d, 0x0a]) {
      let digits = String(decoding: rest[..<stop.lowerBound], as: UTF8.self)
      guard let size = Int(digits, radix: 16) else { return }
      rest = rest[stop.upperBound...]
      guard rest.count >= size + 2 else {
        body += rest.prefix(size)
        return
      }
      body += rest.prefix(size)
      rest = rest.dropFirst(size + 2)
      if size == 0 {
        isComplete = true
        return
      }
    }
  }

  var text: String { String(decoding: body, as: UTF8.self) }
  var json: JSON? { try? JSON.parse(body) }

  /// The data of the events, line ends of LF only.
  var events: [String] {
    text.utf8.split(separator: 0x0a).map { String(decoding: $0, as: UTF8.self) }
      .filter { $0.hasPrefix("data:") }
      .map { String($0.dropFirst($0.hasPrefix("data: ") ? 6 : 5)) }
  }

  /// The JSON of the events.
  var chunks: [JSON] { events.compactMap { try? JSON.parse(text: $0) } }

  /// The text of all deltas.
  var answer: String {
    chunks.compactMap { $0["choices"]?[0]?["delta"]?["content"]?.string }.joined()
  }

  /// The reasoning of all deltas.
  var reasoning: String {
    chunks.compactMap { $0["choices"]?[0]?["delta"]?["reasoning_content"]?.string }.joined()
  }

  /// How many deltas carry text.
  var textEvents: Int {
    chunks.count { $0["choices"]?[0]?["delta"]?["content"]?.string?.isEmpty == false }
  }

  var finishReasons: [String] {
    chunks.compactMap { $0["choices"]?[0]?["finish_reason"]?.string }
  }
}

extension MockGateway {
  /// Sends one request on a connection of its own and reads its response.
  func fetch(
    _ method: String = "POST", _ path: String = "/v1/chat/completions", _ body: String = "",
    headers: [String] = []
  ) throws -> Response {
    let client = try RawClient(port)
    client.send(Self.request(method, path, body, headers: headers))
    return client.response()
  }

  /// Asks a model for a stream, with a fault.
  func stream(
    _ model: String = "mock-instant", fault: String = "", prompt: String = "hello",
    more: String = ""
  ) throws -> Response {
    let body =
      #"{"model":"\#(model)","stream":true,"messages":[{"role":"user","content":"\#(prompt)"}]\#(more)}"#
    return try fetch(
      "POST", "/v1/chat/completions", body,
      headers: fault.isEmpty ? [] : ["x-mock-fault: \(fault)"])
  }

  /// The bytes of a request.
  static func request(
    _ method: String, _ path: String, _ body: String = "", headers: [String] = []
  ) -> String {
    let extra = headers.map { $0 + "\r\n" }.joined()
    return "\(method) \(path) HTTP/1.1\r\nHost: 127.0.0.1\r\n\(extra)"
      + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
  }

  /// A gateway without pauses and with a fixed clock.
  static func make(
    fault: String = "", script: [MockStep] = [], keys: [String] = [], seed: UInt64 = 1
  ) throws -> MockGateway {
    var configuration = MockConfiguration.instant(
      fault: try MockFault(parsing: fault), script: script, keys: keys)
    configuration.seed = seed
    configuration.created = 1_700_000_000
    return try MockGateway(configuration)
  }
}
