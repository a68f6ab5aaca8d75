import CSystem

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The system calls on sockets that a listener needs, with the constants' types smoothed over.
///
/// All descriptors are non-blocking and closed in child processes.
package enum Socket {
  /// Why there is no listening socket: the system's reason.
  package struct ListenProblem: Error, Equatable {
    package var errno: Int32
  }

  /// What a read or a write came to.
  enum Outcome: Equatable {
    case moved(Int)
    /// Nothing can be moved now.
    case wouldBlock
    /// The peer has closed, or the connection failed.
    case ended
  }

  /// Opens a listening socket on 127.0.0.1. Port 0 takes any free port.
  package static func listen(
    port: UInt16, backlog: Int32
  ) throws(ListenProblem) -> (descriptor: Int32, port: UInt16) {
    let descriptor = socket(AF_INET, streamKind, 0)
    if descriptor < 0 { throw ListenProblem(errno: errno) }
    var yes: Int32 = 1
    setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let bound = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
        bind(descriptor, generic, length) == 0
          && systemListen(descriptor, backlog) == 0
          && getsockname(descriptor, generic, &length) == 0
      }
    }
    if !bound {
      let reason = errno
      close(descriptor)
      throw ListenProblem(errno: reason)
    }
    prepare(descriptor)
    return (descriptor, UInt16(bigEndian: address.sin_port))
  }

  /// Takes the next waiting connection.
  /// - Returns: the descriptor; `nil` with `exhausted` true when the process has no descriptor
  ///   left, false when nobody waits.
  static func accept(_ listener: Int32) -> (descriptor: Int32?, exhausted: Bool) {
    while true {
      #if canImport(Glibc)
        let descriptor = sheep_accept(listener)
      #else
        let descriptor = Darwin.accept(listener, nil, nil)
      #endif
      if descriptor >= 0 {
        prepare(descriptor)
        return (descriptor, false)
      }
      switch errno {
      case EINTR, ECONNABORTED: continue
      case EMFILE, ENFILE, ENOBUFS, ENOMEM: return (nil, true)
      default: return (nil, false)
      }
    }
  }

  /// Reads what there is.
  static func read(_ descriptor: Int32, into buffer: UnsafeMutableRawBufferPointer) -> Outcome {
    while true {
      let count = recv(descriptor, buffer.baseAddress, buffer.count, 0)
      if count > 0 { return .moved(count) }
      if count == 0 { return .ended }
      if errno == EINTR { continue }
      return errno == EAGAIN || errno == EWOULDBLOCK ? .wouldBlock : .ended
    }
  }

  /// Writes what the socket takes.
  static func write(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Outcome {
    #if canImport(Glibc)
      let flags = Int32(MSG_NOSIGNAL)
    #else
      let flags: Int32 = 0
    #endif
    while true {
      let count = send(descriptor, bytes.baseAddress, bytes.count, flags)
      if count >= 0 { return .moved(count) }
      if errno == EINTR { continue }
      return errno == EAGAIN || errno == EWOULDBLOCK ? .wouldBlock : .ended
    }
  }

  /// Says that nothing more will be written (FIN); reading goes on.
  static func finishWriting(_ descriptor: Int32) {
    shutdown(descriptor, Int32(SHUT_WR))
  }

  /// Makes the coming `close` break the connection off (RST).
  static func resetOnClose(_ descriptor: Int32) {
    var hard = linger(l_onoff: 1, l_linger: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &hard, socklen_t(MemoryLayout<linger>.size))
  }

  /// Closes any descriptor.
  package static func close(_ descriptor: Int32) {
    #if canImport(Glibc)
      _ = Glibc.close(descriptor)
    #else
      _ = Darwin.close(descriptor)
    #endif
  }

  private static var streamKind: Int32 {
    #if canImport(Glibc)
      Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
    #else
      SOCK_STREAM
    #endif
  }

  private static func systemListen(_ descriptor: Int32, _ backlog: Int32) -> Int32 {
    #if canImport(Glibc)
      Glibc.listen(descriptor, backlog)
    #else
      Darwin.listen(descriptor, backlog)
    #endif
  }

  private static func prepare(_ descriptor: Int32) {
    var yes: Int32 = 1
    // Each token is to leave at once, not when the one before it has been acknowledged.
    setsockopt(
      descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &yes, socklen_t(MemoryLayout<Int32>.size))
    #if !canImport(Glibc)
      setsockopt(descriptor, SOL_SOCKET, SO_NOSIGPIPE, &yes, socklen_t(MemoryLayout<Int32>.size))
      _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
      _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    #endif
  }
}
