#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// An HTTP/1.1 server on loopback that answers every request with a stream of chunks.
///
/// The path's first three parts say how: `/CHUNKS/each|coalesced/MICROSECONDS/…`. With a pace of 0
/// the body is written as fast as it is read, each chunk by a write of its own or all in pieces of
/// 64 KiB; the end of the path chooses the dialect. With a pace, one stamped chunk is written in every interval; streams do not start in
/// step, so that many of them load the machine evenly. One thread, no allocation per token beyond
/// the token: the server must not be what is measured.
struct LoadServer {
  private var connections: [Int32: LoadConnection] = [:]
  private var schedule = PaceQueue()
  private var bodies: [BodyKey: (bytes: [UInt8], frames: [Range<Int>])] = [:]
  private var served = 0
  private let listener: Int32

  private struct BodyKey: Hashable {
    let chunks: Int
    let dialect: LoadDialect
  }

  private static let header = Array(
    "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n".utf8)

  /// Listens on a free port, prints its number and serves until the process is ended.
  static func run() throws -> Never {
    var server = LoadServer(listener: try listen())
    while true { try server.turn() }
  }

  private init(listener: Int32) { self.listener = listener }

  private static func listen() throws -> Int32 {
    let descriptor = try Loopback.socket()
    var address = Loopback.address(port: 0)
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let status = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
        guard bind(descriptor, generic, length) == 0 else { return Int32(-1) }
        #if canImport(Glibc)
          guard Glibc.listen(descriptor, 2048) == 0 else { return Int32(-1) }
        #else
          guard Darwin.listen(descriptor, 2048) == 0 else { return Int32(-1) }
        #endif
        return getsockname(descriptor, generic, &length)
      }
    }
    guard status == 0 else { throw BenchFailure.system("listen on loopback") }
    try Output.write(Array("\(UInt16(bigEndian: address.sin_port))\n".utf8), to: STDOUT_FILENO)
    return descriptor
  }

  /// Sends what is due, then waits for requests: without end, or just until more is due.
  private mutating func turn() throws {
    var due = Int64.max
    while let next = schedule.first {
      due = next.due - Clock.now()
      if due > 0 { break }
      sendStamped(next)
    }
    if schedule.first != nil, due > 0 { pause(nanoseconds: min(due, 1_000_000)) }
    try receive(wait: schedule.first == nil ? -1 : 0)
  }

  private func pause(nanoseconds: Int64) {
    var request = timespec(tv_sec: 0, tv_nsec: Int(nanoseconds))
    nanosleep(&request, nil)
  }

  private mutating func receive(wait: Int32) throws {
    var waiting = [pollfd(fd: listener, events: Int16(POLLIN), revents: 0)]
    for connection in connections.values where !connection.isStreaming {
      waiting.append(pollfd(fd: connection.descriptor, events: Int16(POLLIN), revents: 0))
    }
    let ready = poll(&waiting, nfds_t(waiting.count), wait)
    guard ready > 0 else { return }
    for entry in waiting where entry.revents != 0 {
      if entry.fd == listener { accept() } else { read(entry.fd) }
    }
  }

  private mutating func accept() {
    #if canImport(Glibc)
      let descriptor = Glibc.accept(listener, nil, nil)
    #else
      let descriptor = Darwin.accept(listener, nil, nil)
    #endif
    guard descriptor >= 0 else { return }
    var on: Int32 = 1
    setsockopt(
      descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
    var limit = timeval(tv_sec: 30, tv_usec: 0)
    setsockopt(
      descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    connections[descriptor] = LoadConnection(descriptor: descriptor)
  }

  private mutating func read(_ descriptor: Int32) {
    guard var connection = connections.removeValue(forKey: descriptor) else { return }
    guard connection.fill() else {
      close(descriptor)
      return
    }
    guard let order = connection.takeRequest() else {
      connections[descriptor] = connection
      return
    }
    do {
      if order.pace > 0 {
        try Output.write(Self.header, to: descriptor)
        connection.isStreaming = true
        connection.remaining = order.chunks
        start(connection, order)
      } else {
        try burst(order, to: descriptor)
        connections[descriptor] = connection
      }
    } catch {
      close(descriptor)
    }
  }

  private mutating func burst(_ order: LoadOrder, to descriptor: Int32) throws {
    let key = BodyKey(chunks: order.chunks, dialect: order.dialect)
    let body = bodies[key] ?? ChunkText.body(chunks: order.chunks, order.dialect)
    bodies[key] = body
    try Output.write(Self.header, to: descriptor)
    try body.bytes.withUnsafeBytes { bytes in
      guard order.isEach else {
        return try Output.write(bytes, to: descriptor, piece: 65_536)
      }
      for frame in body.frames {
        try Output.write(UnsafeRawBufferPointer(rebasing: bytes[frame]), to: descriptor)
      }
    }
  }

  /// The first token comes after a part of the interval that differs from stream to stream.
  private mutating func start(_ connection: LoadConnection, _ order: LoadOrder) {
    let interval = order.pace * 1000
    served += 1
    let offset = Int64(served) * 618_033_989 % 1_000_000_000 * interval / 1_000_000_000
    connections[connection.descriptor] = connection
    schedule.insert(
      PacedSend(
        due: Clock.now() + offset, interval: interval, descriptor: connection.descriptor,
        chunks: order.chunks))
  }

  private mutating func sendStamped(_ send: PacedSend) {
    schedule.removeFirst()
    guard var connection = connections[send.descriptor] else { return }
    do {
      if connection.remaining > 0 {
        connection.remaining -= 1
        connections[send.descriptor] = connection
        try Output.write(ChunkText.stamped(Clock.now()), to: send.descriptor)
        schedule.insert(send.next())
      } else {
        connection.isStreaming = false
        connections[send.descriptor] = connection
        try Output.write(ChunkText.ending(chunks: send.chunks), to: send.descriptor)
      }
    } catch {
      connections[send.descriptor] = nil
      close(send.descriptor)
    }
  }
}
