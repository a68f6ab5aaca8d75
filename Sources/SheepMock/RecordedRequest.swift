package import SheepCore

/// One request as the gateway received it.
package struct RecordedRequest: Equatable, Sendable {
  /// The request's number at this gateway, from 1.
  package var number: Int
  package var method: String
  /// The request target as it was sent, with its query.
  package var target: String
  package var headers: HTTPHeaders
  /// The body; empty when the gateway's store for bodies was full (`bodyBytes` tells).
  package var body: [UInt8]
  /// The body's true length in bytes.
  package var bodyBytes: Int
  /// Names the body, for "was this sent twice".
  package var bodyHash: ContentHash
  /// When the last byte of the request had been read.
  package var arrivedAt: Instant
  /// The connection that it came on, from 1.
  package var connection: Int
  /// Its place among the requests of that connection, from 1.
  package var numberOnConnection: Int
  /// The model that it names, a fault behind it taken off; `nil` without one.
  package var model: String?

  /// The body as JSON; `nil` when it is none.
  package var json: JSON? { try? JSON.parse(body) }

  /// The target without its query.
  package var path: String {
    String(decoding: target.utf8.prefix { $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") }, as: UTF8.self)
  }
}

/// One connection as the gateway saw it.
package struct RecordedConnection: Equatable, Sendable {
  /// From 1, in the order of arrival.
  package var number: Int
  package var openedAt: Instant
  /// `nil` while it is open.
  package var closedAt: Instant?
  /// Whether the client ended it before its answer was complete.
  package var abandoned = false
  /// How many requests were read from it.
  package var requests = 0
}
