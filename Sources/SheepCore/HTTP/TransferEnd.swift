/// How a transfer ended, and what its connection was like.
package struct TransferEnd: Sendable {
  /// `nil` when the response came to its framed end (which for a response without a length is
  /// also what a cut looks like: the dialect's end marker decides).
  package var problem: Problem?
  package var connection: ConnectionFacts
  /// When the transport noticed.
  package var instant: Instant

  /// What broke a transfer, in the words that a retry rule needs.
  package struct Problem: Equatable, Sendable {
    package enum Kind: Equatable, Sendable {
      /// The request or a setting cannot be sent as it is: nothing left the machine.
      case invalidRequest
      /// libcurl itself is missing or unusable on this machine.
      case transportUnavailable
      case proxy
      case nameResolution
      case connect
      /// No connection within the limit for it.
      case connectTimeout
      /// The TLS handshake failed for another reason than the certificate.
      case handshake
      /// The server's certificate is not trusted, expired or another host's; or the file of
      /// authorities cannot be read.
      case certificate
      /// The connection ended or broke before the response's framed end.
      case connectionLost
      /// A reused connection died before it answered, and the library wanted to send the
      /// request a second time by itself.
      case resendPrevented
      /// The response is not HTTP, has an encoding nobody asked for, or a head too large.
      case malformedResponse
      /// More bytes than allowed.
      case tooLarge
      /// The handler refused the bytes, by returning false.
      case aborted
    }

    package var kind: Kind
    /// What the transport says of it, without keys: `Couldn't resolve host`.
    package var detail: String
    /// libcurl's number for it; 0 when it is none of its own.
    package var code: Int32

    /// A problem with the transport's own words.
    package init(_ kind: Kind, detail: String, code: Int32 = 0) {
      self.kind = kind
      self.detail = detail
      self.code = code
    }
  }

  /// An end at `instant`.
  package init(problem: Problem? = nil, connection: ConnectionFacts = ConnectionFacts(), instant: Instant) {
    self.problem = problem
    self.connection = connection
    self.instant = instant
  }
}

/// What is known of a transfer's connection. Durations are of each step alone and `nil` when
/// the step was not taken (a reused connection takes none).
package struct ConnectionFacts: Equatable, Sendable {
  package var nameResolution: Duration?
  package var connect: Duration?
  package var tls: Duration?
  /// Whether a connection of an earlier call served this one; `nil` when none was reached.
  package var reused: Bool?
  /// `1.0`, `1.1`, `2` or `3`; `nil` when no response came.
  package var httpVersion: String?
  /// The address that answered, without the port; `nil` when none did.
  package var remoteAddress: String?
  /// What TLS was negotiated and with whom; `nil` unless `TransportSettings.inspectsTLS` asked for
  /// it and the transport could tell.
  package var security: SecurityFacts?

  /// Nothing known.
  package init() {}
}
