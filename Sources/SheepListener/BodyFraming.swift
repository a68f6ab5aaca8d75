/// How the end of an answer's body is told.
package enum BodyFraming: String, Sendable, CaseIterable {
  /// `Transfer-Encoding: chunked`.
  case chunked
  /// `Content-Length`.
  case length
  /// `Connection: close` and no length: the body ends when the connection does.
  case close

  /// Appends a piece of the body as it looks on the wire.
  package func append(_ piece: [UInt8], to bytes: inout [UInt8]) {
    if piece.isEmpty { return }
    if self == .chunked { bytes += "\(String(piece.count, radix: 16))\r\n".utf8 }
    bytes += piece
    if self == .chunked { bytes += [UInt8(ascii: "\r"), UInt8(ascii: "\n")] }
  }

  /// What follows the last piece of a body that is complete.
  package var end: [UInt8] { self == .chunked ? Array("0\r\n\r\n".utf8) : [] }
}
