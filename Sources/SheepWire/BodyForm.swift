import SheepCore

/// Decides by its first byte that is not blank how a successful response's body is written.
///
/// What the server says it sends is no help: gateways send a document where a stream was asked
/// for, streams as `application/json`, and errors as `application/octet-stream`.
struct BodyForm {
  /// The ways in which a body is written.
  enum Kind {
    case unknown, events, document
    /// The body has ended; what still comes is no part of it.
    case over
  }

  /// What has been decided; `unknown` while nothing but blanks has come.
  private(set) var kind = Kind.unknown
  private var markBytes = 0
  private let mediaType: String?

  /// Notes the end of the body.
  mutating func close() { kind = .over }

  /// A body of this media type; `nil` when the server gave none.
  init(mediaType: String?) {
    self.mediaType = mediaType
  }

  /// Reads on from `cursor` until the form is known, and moves it to where the body begins.
  /// - Throws: `protocolViolation` for a page and for what no API answers.
  mutating func recognize(
    _ bytes: UnsafeRawBufferPointer, _ cursor: inout Int
  ) throws(Failure) {
    let mark: [UInt8] = [0xef, 0xbb, 0xbf]
    while cursor < bytes.count {
      let byte = bytes[cursor]
      if markBytes < 3, byte == mark[markBytes] {
        markBytes += 1
        cursor += 1
        continue
      }
      switch byte {
      case 0x20, 0x09, 0x0a, 0x0d:
        cursor += 1
        continue
      case 0x7b, 0x5b: kind = .document
      case 0x3c:
        throw Self.notAnAnswer("is an HTML page, not an API response")
      default:
        // The first letter of data, event, id and retry, or a comment's colon.
        let beginsField = "deir:".utf8.contains(byte)
        guard mediaType == "text/event-stream" || beginsField else {
          throw Self.notAnAnswer("is neither JSON nor an event stream")
        }
        kind = .events
      }
      return
    }
  }

  /// The failure of a body that cannot be an answer.
  static func notAnAnswer(_ problem: String) -> Failure {
    Failure(
      .protocolViolation, "the answer", problem,
      advice: "check the base URL, which usually ends in /v1")
  }

  /// Whether a document that cannot be read lacks its end, rather than being wrong inside.
  static func isCut(_ bytes: UnsafeRawBufferPointer) -> Bool {
    do {
      _ = try JSON.parse(Array(bytes))
      return false
    } catch {
      // Right up to the last byte, or up to a word or number that the end cuts.
      return bytes[min(error.offset, bytes.count)...].allSatisfy { byte in
        (0x30...0x39).contains(byte) || (0x61...0x7a).contains(byte | 0x20) || "+-.\\".utf8.contains(byte)
      }
    }
  }
}
