/// The steps of a connection one by one, for diagnosis: what a transfer does in one go and then
/// calls by one name, "no connection".
package protocol NetworkProbe: AnyObject {
  /// The host to which a transfer to this URL would go, by the transport's own parser: nothing
  /// else may decide a guard.
  /// - Throws: what the transport would refuse, as a `Failure` of kind `usage`.
  func host(of url: String) throws(Failure) -> URLHost

  /// Looks a name up in one address family; `then` is called later, exactly once, at the latest
  /// when `limit` has passed.
  func resolve(
    _ host: String, _ family: AddressFamily, limit: Duration, then: @escaping (NameAnswer) -> Void)

  /// Connects to a numeric address and closes again; `then` is called later, exactly once, at
  /// the latest shortly after `limit` has passed.
  func connect(to address: String, port: UInt16, limit: Duration, then: @escaping (ConnectAnswer) -> Void)
}

/// The two families of internet addresses.
package enum AddressFamily: String, Sendable, CaseIterable {
  case ipv4 = "IPv4"
  case ipv6 = "IPv6"

  /// The type of the name service's record: `A` or `AAAA`.
  package var recordType: String { self == .ipv4 ? "A" : "AAAA" }
}

/// What looking a name up in one family came to.
package struct NameAnswer: Equatable, Sendable {
  /// Why there are no addresses.
  package enum Problem: Equatable, Sendable {
    /// The name does not exist, or has no address of this family.
    case noAddress
    /// No name server gave an answer.
    case unanswered
    /// Nothing came back within the limit.
    case timeout
    /// Anything else, in the resolver's words.
    case other(String)
  }

  /// Numeric addresses in the resolver's order; at most eight.
  package var addresses: [String]
  /// `nil` when there are addresses.
  package var problem: Problem?
  package var time: Duration

  /// What came back after `time`.
  package init(addresses: [String] = [], problem: Problem? = nil, time: Duration) {
    self.addresses = addresses
    self.problem = problem
    self.time = time
  }
}

/// What connecting to one address came to.
package struct ConnectAnswer: Equatable, Sendable {
  /// Why there is no connection.
  package enum Problem: Equatable, Sendable {
    /// The machine is there and nobody listens on the port.
    case refused
    /// Nothing came back within the limit.
    case timeout
    /// This machine has no way to that address, or to addresses of its family.
    case unreachable
    /// Anything else, in the system's words.
    case other(String)
  }

  /// `nil` when it worked.
  package var problem: Problem?
  package var time: Duration

  /// What came of it after `time`.
  package init(problem: Problem? = nil, time: Duration) {
    self.problem = problem
    self.time = time
  }
}
