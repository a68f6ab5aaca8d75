#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Why the local gateway cannot be started or set up.
package enum MockError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The loopback port cannot be had; `errno` is the system's reason.
  case cannotListen(port: UInt16, errno: Int32)
  /// The system gave no thread or no descriptors.
  case noResources
  /// A fault specification does not follow the grammar: what is wrong, and what may stand there.
  case badFault(String)

  /// What is wrong, as a clause.
  package var problem: String {
    switch self {
    case .cannotListen(let port, let reason):
      let cause = String(cString: strerror(reason))
      let place = port == 0 ? "127.0.0.1" : "127.0.0.1:\(port)"
      return "cannot listen on \(place) (\(cause))"
    case .noResources: return "no thread or file descriptor left"
    case .badFault(let problem): return problem
    }
  }

  /// What to do about it; `nil` where the problem says so.
  package var wayOut: String? {
    switch self {
    case .cannotListen(port: 0, _): "check that loopback is up"
    case .cannotListen: "use another port, or 0 for a free one"
    case .noResources: "close programs or raise `ulimit -n`"
    case .badFault: nil
    }
  }

  /// The error in the house's form: what, why, and the way out.
  package var description: String {
    let subject = if case .badFault = self { "fault" } else { "mock" }
    return "\(subject): \(problem)" + (wayOut.map { "; " + $0 } ?? "")
  }
}
