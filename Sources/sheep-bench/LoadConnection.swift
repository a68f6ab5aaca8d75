#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// How one request wants to be answered; see `LoadServer`.
struct LoadOrder {
  let chunks: Int
  /// Each chunk is written by itself.
  let isEach: Bool
  /// Microseconds from one token to the next; 0: as fast as it is read.
  let pace: Int64
  /// In whose words; paced streams are always chat completions.
  let dialect: LoadDialect

  /// Reads `/CHUNKS/each|coalesced/MICROSECONDS/…`; what does not parse is 200 chunks at once.
  init(path: Substring) {
    dialect = LoadDialect(path: path)
    let parts = path.split(separator: "/")
    chunks = parts.first.flatMap { Int($0) } ?? 200
    isEach = parts.count > 1 && parts[1] == "each"
    pace = parts.count > 2 ? Int64(parts[2]) ?? 0 : 0
  }
}

/// A client of the load server and the bytes of its request that have come so far.
struct LoadConnection {
  let descriptor: Int32
  /// Tokens are being sent to it at a pace, so nothing is read from it.
  var isStreaming = false
  /// Tokens still to send.
  var remaining = 0
  private var received: [UInt8] = []

  init(descriptor: Int32) { self.descriptor = descriptor }

  /// Reads what is there; false when the client has closed.
  mutating func fill() -> Bool {
    var buffer = [UInt8](repeating: 0, count: 65_536)
    let count = recv(descriptor, &buffer, buffer.count, 0)
    guard count > 0 else { return false }
    received += buffer[..<count]
    return true
  }

  /// The order in the first whole request, which is then dropped; nil while it is incomplete.
  mutating func takeRequest() -> LoadOrder? {
    let blank: [UInt8] = [13, 10, 13, 10]
    guard
      let end = received.indices.dropLast(3).first(where: { received[$0..<$0 + 4].elementsEqual(blank) })
    else { return nil }
    let lines = String(decoding: received[..<end], as: UTF8.self).split(separator: "\r\n")
    var length = 0
    for line in lines where line.lowercased().hasPrefix("content-length:") {
      length = Int(line.drop { $0 != ":" }.dropFirst().drop { $0 == " " }) ?? 0
    }
    guard received.count >= end + 4 + length else { return nil }
    received.removeFirst(end + 4 + length)
    let words = lines.first?.split(separator: " ") ?? []
    return LoadOrder(path: words.count > 1 ? words[1] : "/")
  }
}

/// The next token of a paced stream.
struct PacedSend {
  /// Nanoseconds on the monotonic clock.
  var due: Int64
  let interval: Int64
  let descriptor: Int32
  let chunks: Int

  /// The token after this one.
  func next() -> PacedSend {
    PacedSend(due: due + interval, interval: interval, descriptor: descriptor, chunks: chunks)
  }
}

/// Paced tokens in the order in which they are due: a binary heap.
struct PaceQueue {
  private var heap: [PacedSend] = []

  /// What is due first.
  var first: PacedSend? { heap.first }

  /// Adds a token.
  mutating func insert(_ send: PacedSend) {
    heap.append(send)
    var child = heap.count - 1
    while child > 0, heap[child].due < heap[(child - 1) / 2].due {
      heap.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  /// Drops the token that is due first.
  mutating func removeFirst() {
    guard let last = heap.popLast(), !heap.isEmpty else { return }
    heap[0] = last
    var parent = 0
    while true {
      let left = 2 * parent + 1
      guard left < heap.count else { return }
      let right = left + 1
      let child = right < heap.count && heap[right].due < heap[left].due ? right : left
      guard heap[child].due < heap[parent].due else { return }
      heap.swapAt(child, parent)
      parent = child
    }
  }
}
