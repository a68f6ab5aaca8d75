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

  /// The error in the house's form: what, why, and the way out.
  package var description: String {
    switch self {
    case .cannotListen(let port, let reason):
      let cause = String(cString: strerror(reason))
      return port == 0
        ? "mock: cannot listen on 127.0.0.1 (\(cause)); check that loopback is up"
        : "mock: cannot listen on 127.0.0.1:\(port) (\(cause)); choose another port, or 0 for any"
    case .noResources:
      return "mock: the system gave no thread or descriptor; close programs or raise `ulimit -n`"
    case .badFault(let problem):
      return "fault: \(problem)"
    }
  }
}
