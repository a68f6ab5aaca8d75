#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Writing whole byte sequences to a descriptor that blocks.
enum Output {
  /// Writes all of `bytes`, however many calls that takes.
  static func write(_ bytes: [UInt8], to descriptor: Int32) throws {
    try bytes.withUnsafeBytes { try write($0, to: descriptor) }
  }

  /// Writes all of `bytes` in pieces of at most `piece` bytes; throws when the reader has gone.
  static func write(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32, piece: Int = .max) throws {
    var rest = bytes[...]
    while let start = UnsafeRawBufferPointer(rebasing: rest).baseAddress, !rest.isEmpty {
      #if canImport(Glibc)
        let written = Glibc.write(descriptor, start, min(piece, rest.count))
      #else
        let written = Darwin.write(descriptor, start, min(piece, rest.count))
      #endif
      if written < 0 {
        if errno == EINTR { continue }
        throw BenchFailure.system("write")
      }
      rest = rest.dropFirst(written)
    }
  }
}

/// The monotonic clock of the machine, which all of its processes share.
enum Clock {
  /// Nanoseconds since boot.
  static func now() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }
}

/// TCP on this machine.
enum Loopback {
  /// A socket that is neither bound nor connected.
  static func socket() throws -> Int32 {
    #if canImport(Glibc)
      let descriptor = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    #else
      let descriptor = Darwin.socket(AF_INET, SOCK_STREAM, 0)
    #endif
    guard descriptor >= 0 else { throw BenchFailure.system("socket") }
    return descriptor
  }

  /// The address 127.0.0.1 with that port; 0 stands for any free one.
  static func address(port: UInt16) -> sockaddr_in {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    address.sin_port = port.bigEndian
    return address
  }
}
