import SheepCore
import SheepCurl
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A server on the very loop that the client runs on: no thread, no port but its own, and each
/// step happens when a test says so.
final class LoopServer {
  struct Request {
    var connection: Int
    /// The request line and the fields, as they came.
    var head: String
    var body: [UInt8]
  }

  /// One accepted connection.
  final class Connection {
    let number: Int
    private let loop: CurlLoop
    fileprivate var onInput: () -> Void = {}
    fileprivate var descriptor: Int32
    fileprivate var input: [UInt8] = []
    private var output: [UInt8] = []
    private var closesAfterOutput = false
    private(set) var isClosedByPeer = false

    fileprivate init(number: Int, descriptor: Int32, loop: CurlLoop) {
      self.number = number
      self.descriptor = descriptor
      self.loop = loop
    }

    func send(_ text: String) { send(Array(text.utf8)) }

    func send(_ bytes: [UInt8]) {
      output += bytes
      flush()
    }

    /// Closes when all is sent.
    func close() {
      closesAfterOutput = true
      flush()
    }

    /// Closes at once, with a reset instead of an end.
    func reset() {
      guard descriptor >= 0 else { return }
      var option = linger(l_onoff: 1, l_linger: 0)
      setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
      drop()
    }

    private func flush() {
      while descriptor >= 0, !output.isEmpty {
        let count = SystemCall.send(descriptor, output)
        if count > 0 {
          output.removeFirst(count)
        } else if errno == EAGAIN {
          let soon = loop.now + .milliseconds(1)
          _ = loop.schedule(at: soon) { [weak self] in self?.flush() }
          return
        } else {
          isClosedByPeer = true
          return drop()
        }
      }
      if closesAfterOutput { drop() }
    }

    fileprivate func drop() {
      guard descriptor >= 0 else { return }
      loop.unwatch(descriptor: descriptor)
      SystemCall.close(descriptor)
      descriptor = -1
    }

    fileprivate func read() {
      var buffer = [UInt8](repeating: 0, count: 65536)
      let count = recv(descriptor, &buffer, buffer.count, 0)
      if count > 0 {
        input += buffer[..<count]
        onInput()
      } else if count == 0 || errno != EAGAIN {
        isClosedByPeer = true
        drop()
      }
    }
  }

  let loop: CurlLoop
  let port: UInt16
  private(set) var requests: [Request] = []
  private(set) var connections: [Connection] = []
  /// Called for each connection, before anything is read from it.
  var onConnection: (Connection) -> Void = { _ in }
  /// Called for each complete request.
  var onRequest: (Connection, Request) -> Void = { _, _ in }
  private let listener: Int32

  init(on loop: CurlLoop) throws {
    self.loop = loop
    (listener, port) = try Self.listen()
    loop.watch(descriptor: listener) { [unowned self] in accept() }
  }

  deinit {
    loop.unwatch(descriptor: listener)
    close(listener)
    connections.forEach { $0.drop() }
  }

  func url(_ path: String = "/v1/chat/completions") -> String { "http://127.0.0.1:\(port)\(path)" }

  /// A port of loopback where nobody listens.
  static func deadPort() throws -> UInt16 {
    let (descriptor, port) = try listen()
    close(descriptor)
    return port
  }

  private static func listen() throws -> (Int32, UInt16) {
    let descriptor = SystemCall.streamSocket()
    try #require(descriptor >= 0)
    SystemCall.setNonblocking(descriptor)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        bind(descriptor, address, size) == 0 && SystemCall.listen(descriptor) == 0
          && getsockname(descriptor, address, &size) == 0
      }
    }
    try #require(isBound)
    return (descriptor, UInt16(bigEndian: address.sin_port))
  }

  private func accept() {
    while true {
      let descriptor = SystemCall.accept(listener)
      guard descriptor >= 0 else { return }
      SystemCall.setNonblocking(descriptor)
      var one: Int32 = 1
      setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &one, socklen_t(MemoryLayout<Int32>.size))
      let connection = Connection(number: connections.count, descriptor: descriptor, loop: loop)
      connection.onInput = { [unowned self, unowned connection] in takeRequests(of: connection) }
      connections.append(connection)
      loop.watch(descriptor: descriptor) { [unowned connection] in connection.read() }
      onConnection(connection)
    }
  }

  private func takeRequests(of connection: Connection) {
    let end = Array("\r\n\r\n".utf8)
    while let start = connection.input.firstRange(of: end) {
      let head = String(decoding: connection.input[..<start.lowerBound], as: UTF8.self)
      let length = Self.contentLength(head)
      guard connection.input.count >= start.upperBound + length else { return }
      let body = Array(connection.input[start.upperBound..<start.upperBound + length])
      connection.input.removeFirst(start.upperBound + length)
      let request = Request(connection: connection.number, head: head, body: body)
      requests.append(request)
      onRequest(connection, request)
    }
  }

  private static func contentLength(_ head: String) -> Int {
    let field = head.lowercased().split(separator: "\r\n").first { $0.hasPrefix("content-length:") }
    return field.flatMap { Int($0.dropFirst("content-length:".count).drop { $0 == " " }) } ?? 0
  }
}
