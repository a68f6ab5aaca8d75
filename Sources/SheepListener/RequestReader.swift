import SheepCore

/// Cuts the bytes of a connection into requests, whatever pieces they come in.
///
/// Pure: bytes in, requests out. Pipelined requests wait in the buffer until they are asked
/// for. Nothing a client can send makes it trap, and what it holds is bounded by its limits.
package struct RequestReader {
  /// What the bytes so far amount to.
  package enum Progress: Equatable {
    /// More bytes are needed.
    case incomplete
    /// The head is there, and the client waits for `100 Continue`; said once per request.
    case awaitsContinue
    case request(RequestHead, body: [UInt8])
    /// The connection cannot go on; said again on every further call.
    case refused(RequestRefusal)
  }

  /// The most bytes of a head or of trailers, line ends included.
  static let headLimit = 256 * 1024

  private enum State {
    case head
    case fixedBody(Int)
    case chunkSize
    case chunkBytes(Int)
    case chunkEnd
    case trailers
    case refused(RequestRefusal)
  }

  private let bodyLimit: Int
  private var state = State.head
  private var buffer: [UInt8] = []
  /// Where the bytes begin that are not yet consumed, and how far they were searched.
  private var start = 0
  private var searched = 0
  private var lines: [[UInt8]] = []
  private var lineBytes = 0
  private var head: RequestHead?
  private var body: [UInt8] = []
  private var saidContinue = false

  /// Reads requests whose bodies have at most `bodyLimit` bytes.
  package init(bodyLimit: Int) {
    self.bodyLimit = bodyLimit
  }

  /// How many bytes wait to be consumed.
  var waitingBytes: Int { buffer.count - start }

  /// Takes bytes from the connection.
  package mutating func receive(_ bytes: UnsafeRawBufferPointer) {
    if case .refused = state { return }
    if start == buffer.count || start > 65_536 {
      buffer.removeSubrange(..<start)
      searched -= start
      start = 0
    }
    buffer.append(contentsOf: bytes)
  }

  /// Goes on with what has been received.
  package mutating func next() -> Progress {
    do throws(RequestRefusal) {
      return try step() ?? .incomplete
    } catch {
      state = .refused(error)
      buffer = []
      start = 0
      searched = 0
      return .refused(error)
    }
  }

  /// Advances until something can be said; `nil` when more bytes are needed.
  private mutating func step() throws(RequestRefusal) -> Progress? {
    while true {
      switch state {
      case .refused(let refusal): throw refusal
      case .head:
        guard try readHead() else { return nil }
      case .fixedBody(let length):
        if waitingBytes < length { return promptForBody() }
        body = Array(buffer[start..<start + length])
        consume(length)
        return finish()
      case .chunkSize:
        guard let line = try readLine(limit: 4_096) else { return promptForBody() }
        let size = try Self.chunkSize(line)
        if size > bodyLimit - body.count {
          throw RequestRefusal(
            status: 413, problem: "The request body exceeds \(bodyLimit) bytes.")
        }
        state = size == 0 ? .trailers : .chunkBytes(size)
      case .chunkBytes(let left):
        if waitingBytes == 0 { return nil }
        let count = min(left, waitingBytes)
        body += buffer[start..<start + count]
        consume(count)
        state = count == left ? .chunkEnd : .chunkBytes(left - count)
      case .chunkEnd:
        guard let line = try readLine(limit: 2) else { return nil }
        guard line.isEmpty else { throw Self.badChunk }
        state = .chunkSize
      case .trailers:
        guard let line = try readLine(limit: Self.headLimit) else { return nil }
        if line.isEmpty { return finish() }
        try count(line)
      }
    }
  }

  private static let badChunk = RequestRefusal(
    status: 400, problem: "The chunked body is malformed.")

  /// Collects the head's lines. Returns whether the head is complete.
  private mutating func readHead() throws(RequestRefusal) -> Bool {
    while let line = try readLine(limit: Self.headLimit) {
      try count(line)
      if !line.isEmpty {
        lines.append(line)
      } else if !lines.isEmpty {
        let head = try RequestHead(lines: lines)
        switch try head.bodyLength(limit: bodyLimit) {
        case .fixed(let length): state = .fixedBody(length)
        case .chunked: state = .chunkSize
        }
        self.head = head
        lines = []
        lineBytes = 0
        return true
      }
    }
    return false
  }

  private mutating func count(_ line: [UInt8]) throws(RequestRefusal) {
    lineBytes += line.count + 2
    if lineBytes > Self.headLimit {
      throw RequestRefusal(status: 431, problem: "The header fields are too large.")
    }
  }

  private mutating func promptForBody() -> Progress? {
    guard !saidContinue, waitingBytes == 0, let head, head.expectsContinue else { return nil }
    saidContinue = true
    return .awaitsContinue
  }

  private mutating func finish() -> Progress? {
    guard let head else { return nil }
    let request = Progress.request(head, body: body)
    self.head = nil
    body = []
    lineBytes = 0
    saidContinue = false
    state = .head
    return request
  }

  private mutating func consume(_ count: Int) {
    start += count
    searched = start
  }

  /// Takes the next line, its LF or CRLF taken off; `nil` while it is not complete.
  private mutating func readLine(limit: Int) throws(RequestRefusal) -> [UInt8]? {
    guard let end = buffer[searched...].firstIndex(of: UInt8(ascii: "\n")) else {
      searched = buffer.count
      if waitingBytes > limit {
        throw RequestRefusal(status: 431, problem: "A line of the request is too long.")
      }
      return nil
    }
    var line = buffer[start..<end]
    if line.last == UInt8(ascii: "\r") { line = line.dropLast() }
    consume(end + 1 - start)
    if line.count > limit {
      throw RequestRefusal(status: 431, problem: "A line of the request is too long.")
    }
    return Array(line)
  }

  /// The size that opens a chunk; extensions after `;` are ignored.
  private static func chunkSize(_ line: [UInt8]) throws(RequestRefusal) -> Int {
    let digits = HTTPSyntax.trimmed(line.prefix { $0 != UInt8(ascii: ";") })
    guard !digits.isEmpty, digits.count <= 15 else { throw badChunk }
    var size = 0
    for byte in digits {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): size = size << 4 | Int(byte - UInt8(ascii: "0"))
      case UInt8(ascii: "A")...UInt8(ascii: "F"): size = size << 4 | Int(byte - UInt8(ascii: "A") + 10)
      case UInt8(ascii: "a")...UInt8(ascii: "f"): size = size << 4 | Int(byte - UInt8(ascii: "a") + 10)
      default: throw badChunk
      }
    }
    return size
  }
}
