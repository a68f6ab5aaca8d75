#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Reads a command's output to its end and notes when what arrived.
struct OutputReader {
  /// Output up to this size is kept for the sum that is taken after the clock has stopped.
  private static let keptLimit = 4 << 20

  /// When the first byte came; nil while there is none.
  private(set) var first: Int64?
  /// Bytes read.
  private(set) var count = 0
  /// Nanoseconds between the sending that a token names and its reading.
  private(set) var latencies: [Int64] = []

  private let descriptor: Int32
  private let isLatency: Bool
  private let keeps: Bool
  private var kept: [UInt8] = []
  private var stamp = StampScanner()

  init(descriptor: Int32, isLatency: Bool, keeps: Bool) {
    self.descriptor = descriptor
    self.isLatency = isLatency
    self.keeps = keeps
    if keeps { kept.reserveCapacity(64 << 10) }
    if isLatency { latencies.reserveCapacity(100_000) }
  }

  /// Reads until the writer has closed.
  mutating func readAll() throws {
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let received = read(descriptor, &buffer, buffer.count)
      if received < 0 {
        if errno == EINTR { continue }
        throw BenchFailure.system("read")
      }
      guard received > 0 else { return }
      let now = Clock.now()
      if first == nil { first = now }
      count += received
      if isLatency {
        for byte in buffer[..<received] {
          if let sent = stamp.next(byte) { latencies.append(now - sent) }
        }
      } else if keeps, count <= Self.keptLimit {
        kept += buffer[..<received]
      }
    }
  }

  /// The 64-bit FNV-1a sum of all output; nil when not all of it was kept.
  var sum: UInt64? {
    guard kept.count == count else { return nil }
    var sum: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in kept { sum = (sum ^ UInt64(byte)) &* 0x100_0000_01b3 }
    return sum
  }
}

/// Finds the `@NANOSECONDS;` that the load server writes as a token, in text or in raw events.
struct StampScanner {
  private var value: Int64 = 0
  private var digits = 0
  private var isInside = false

  /// The instant that ends with this byte; nil when none does.
  mutating func next(_ byte: UInt8) -> Int64? {
    switch byte {
    case UInt8(ascii: "@"):
      isInside = true
      value = 0
      digits = 0
    case UInt8(ascii: "0")...UInt8(ascii: "9") where isInside && digits < 18:
      value = value * 10 + Int64(byte - UInt8(ascii: "0"))
      digits += 1
    case UInt8(ascii: ";") where isInside && digits >= 9:
      isInside = false
      return value
    default:
      isInside = false
    }
    return nil
  }
}
