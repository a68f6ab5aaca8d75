#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Reads one answer of the load server from a socket, sleeping before each read, and throws it
/// away: what the server's own writing takes, whoever reads.
enum BareRead {
  /// Before each read, in nanoseconds: with this the server's writes join best.
  private static let pause = 4_000_000
  private static let end: [UInt8] = Array("\r\n0\r\n\r\n".utf8)

  /// `address` is a base URL of the load server: `http://127.0.0.1:PORT/…/v1`.
  static func run(address: String) throws {
    let parts = address.split(separator: "/", maxSplits: 2)
    guard parts.count == 3, let port = parts[1].split(separator: ":").last.flatMap({ UInt16($0) }) else {
      throw BenchFailure(description: "\(address): not an address of the load server")
    }
    let descriptor = try connected(to: port)
    defer { close(descriptor) }
    let request =
      "POST /\(parts[2])/chat/completions HTTP/1.1\r\nHost: loopback\r\nContent-Length: 2\r\n\r\n{}"
    try Output.write(Array(request.utf8), to: descriptor)
    var buffer = [UInt8](repeating: 0, count: 65_536)
    var tail: [UInt8] = []
    while true {
      var pause = timespec(tv_sec: 0, tv_nsec: Self.pause)
      nanosleep(&pause, nil)
      var isWaiting = true
      while true {
        let count = recv(descriptor, &buffer, buffer.count, isWaiting ? 0 : Int32(MSG_DONTWAIT))
        if count < 0, errno == EAGAIN { break }
        guard count > 0 else { throw BenchFailure.system("recv") }
        tail = Array((tail + buffer[max(0, count - Self.end.count)..<count]).suffix(Self.end.count))
        if tail == Self.end { return }
        if count < buffer.count { break }
        isWaiting = false
      }
    }
  }

  private static func connected(to port: UInt16) throws -> Int32 {
    let descriptor = try Loopback.socket()
    var address = Loopback.address(port: port)
    let length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let status = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, length) }
    }
    guard status == 0 else { throw BenchFailure.system("connect to loopback") }
    return descriptor
  }
}
