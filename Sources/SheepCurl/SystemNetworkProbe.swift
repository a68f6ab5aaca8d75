import CCurl
package import SheepCore

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Look-ups and connections by the operating system, heard of through an event loop.
package final class SystemNetworkProbe: NetworkProbe {
  private let loop: any EventLoop

  /// Probes that report on `loop`, which must outlive them.
  package init(loop: any EventLoop) {
    self.loop = loop
  }

  package func host(of url: String) throws(Failure) -> URLHost { try CurlLibrary.host(of: url) }

  package func resolve(
    _ host: String, _ family: AddressFamily, limit: Duration, then: @escaping (NameAnswer) -> Void
  ) {
    let descriptor = sheep_probe_name(host, family == .ipv4 ? 4 : 6)
    wait(for: descriptor, limit: limit) { time in
      guard let time else { return then(NameAnswer(problem: .timeout, time: limit)) }
      var record = sheep_name_answer()
      guard descriptor >= 0, sheep_probe_read_name(descriptor, &record) == 0 else {
        return then(NameAnswer(problem: .other("the lookup cannot be started"), time: time))
      }
      then(Self.answer(record))
    }
  }

  package func connect(
    to address: String, port: UInt16, limit: Duration, then: @escaping (ConnectAnswer) -> Void
  ) {
    let milliseconds = Int32(clamping: max(1, limit.nanoseconds / 1_000_000))
    let descriptor = sheep_probe_connect(address, Int32(port), milliseconds)
    // The thread keeps the limit; this one is for a thread that does not get its turn.
    wait(for: descriptor, limit: limit + .milliseconds(500)) { time in
      guard let time else { return then(ConnectAnswer(problem: .timeout, time: limit)) }
      var record = sheep_connect_answer()
      guard descriptor >= 0, sheep_probe_read_connect(descriptor, &record) == 0 else {
        return then(ConnectAnswer(problem: .other("cannot be tried"), time: time))
      }
      then(ConnectAnswer(problem: Self.problem(record.error), time: .nanoseconds(record.nanoseconds)))
    }
  }

  /// Calls `then` from the loop when the descriptor can be read, or with `nil` when the limit
  /// has passed, and closes it afterwards.
  private func wait(for descriptor: Int32, limit: Duration, _ then: @escaping (Duration?) -> Void) {
    let start = loop.now
    guard descriptor >= 0 else {
      _ = loop.schedule(at: start) { then(.zero) }
      return
    }
    let timer = loop.schedule(at: start + limit) { [loop] in
      loop.unwatch(descriptor: descriptor)
      close(descriptor)
      then(nil)
    }
    loop.watch(descriptor: descriptor) { [loop] in
      loop.cancel(timer)
      loop.unwatch(descriptor: descriptor)
      then(loop.now - start)
      close(descriptor)
    }
  }

  private static func answer(_ record: sheep_name_answer) -> NameAnswer {
    var record = record
    let count = Int(max(0, min(record.count, SHEEP_PROBE_ADDRESSES)))
    let size = Int(SHEEP_PROBE_ADDRESS_SIZE)
    let addresses = withUnsafeBytes(of: &record.addresses) { bytes in
      (0..<count).map {
        LibraryWords.text(UnsafeRawBufferPointer(rebasing: bytes[$0 * size..<($0 + 1) * size]))
      }
    }
    let problem: NameAnswer.Problem?
    switch UInt32(bitPattern: record.status) {
    case SHEEP_NAME_FOUND.rawValue: problem = nil
    case SHEEP_NAME_NONE.rawValue: problem = .noAddress
    case SHEEP_NAME_UNANSWERED.rawValue: problem = .unanswered
    default: problem = .other(withUnsafeBytes(of: &record.text, LibraryWords.text))
    }
    return NameAnswer(addresses: addresses, problem: problem, time: .nanoseconds(record.nanoseconds))
  }

  private static func problem(_ number: Int32) -> ConnectAnswer.Problem? {
    switch number {
    case 0: nil
    case ECONNREFUSED: .refused
    case ETIMEDOUT: .timeout
    case ENETUNREACH, EHOSTUNREACH, EADDRNOTAVAIL, EAFNOSUPPORT, ENETDOWN: .unreachable
    default: .other(strerror(number).map { String(cString: $0) } ?? "error \(number)")
    }
  }
}

/// Texts in fixed room, as C records hold them.
enum LibraryWords {
  /// The bytes before the first zero; what is not UTF-8 is replaced.
  static func text(_ bytes: UnsafeRawBufferPointer) -> String {
    String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
  }
}
