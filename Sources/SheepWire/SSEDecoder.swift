package import SheepCore

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Cuts a byte stream into server-sent events, however the bytes are split.
///
/// Follows the WHATWG rules (html.spec.whatwg.org, section 9.2.6, as of 2026), with two
/// departures that real servers need: `data:` may lack its blank, and an event that the end of
/// the stream left unclosed counts when it is whole (see `finish`). `id` and `retry` are
/// ignored: nothing here reconnects.
///
/// Pull it: call `next` until it returns `nil`, for every piece of the body, and `finish` at
/// the end. An event that lies whole in the piece is returned in place, without a copy.
package struct SSEDecoder {
  /// Beyond these a stream is refused, since nobody sends that and memory is finite.
  package struct Limits: Sendable, Equatable {
    /// The most bytes of one line, and of one event's data.
    package var bytes = 32 << 20
    /// The most events of one stream.
    package var events = 5_000_000

    /// The defaults above.
    package init() {}
  }

  private let limits: Limits
  /// The beginning of a line whose end has not come yet.
  private let line = ByteBuffer()
  /// The data of the event so far, when it cannot be lent from the fed bytes.
  private let data = ByteBuffer()
  /// The event's only data line so far, where it lies in the bytes being fed.
  private var lent: UnsafeRawBufferPointer?
  private var hasData = false
  private var name: String?
  private var afterCarriageReturn = false
  /// How many bytes of a byte order mark have been seen; 3 when it is decided.
  private var markBytes = 0
  /// Between two events with nothing held: the state in which the fast path may run.
  private var isBetweenEvents = false

  /// Whether the event that was returned last had a name.
  private(set) var isNamed = false
  private var lastName: String?
  /// The bytes of `lastName`, to know it again without making a text of them.
  private let lastNameBytes = ByteBuffer(capacity: 32)

  /// The `event` field of the event that was returned last; `nil` when it had none.
  package var eventName: String? {
    @inline(__always) get { isNamed ? lastName : nil }
  }
  /// How many events were returned.
  package private(set) var events = 0
  /// How many comment lines came: signs of life that are no events.
  package private(set) var comments = 0
  /// How many lines were neither comment nor a field that the format knows.
  package private(set) var unknownLines = 0
  /// Such lines from the first one on that begins like JSON, each with a line end: some servers
  /// write an error into the stream as it is; at most `strayLimit` bytes.
  private(set) var stray: [UInt8] = []
  private static let strayLimit = 64 << 10

  /// A decoder at the start of a stream.
  package init(limits: Limits = Limits()) {
    self.limits = limits
  }

  /// The data of the next event that `bytes` completes, reading from `cursor` on and moving it.
  ///
  /// The returned bytes are valid until the next call and no longer than `bytes` themselves.
  /// - Returns: `nil` when all of `bytes` has been read.
  /// - Throws: `protocolViolation` beyond the limits.
  @inline(__always)
  package mutating func next(
    _ bytes: UnsafeRawBufferPointer, _ cursor: inout Int
  ) throws(Failure) -> UnsafeRawBufferPointer? {
    if isBetweenEvents {
      // Most pieces of a body end where an event does. The slow way gives back what `data` holds.
      if cursor == bytes.count, data.count == 0 { return nil }
      if let event = wholeEvent(bytes, &cursor) {
        events &+= 1
        isNamed = false
        if events <= limits.events { return event }
      } else if let event = wholeNamedEvent(bytes, &cursor) {
        events &+= 1
        isNamed = true
        if events <= limits.events { return event }
      }
    }
    return try nextSlowly(bytes, &cursor)
  }

  /// The event at `cursor` when it is one `data:` line and an empty one, both ended by LF or both
  /// by CR LF (as Gemini ends them), and lies whole in `bytes`: what nearly all streams consist of.
  @inline(__always)
  private func wholeEvent(
    _ bytes: UnsafeRawBufferPointer, _ cursor: inout Int
  ) -> UnsafeRawBufferPointer? {
    let rest = bytes.count - cursor
    guard rest >= 8, let base = bytes.baseAddress.map({ $0 + cursor }),
      UInt32(littleEndian: base.loadUnaligned(as: UInt32.self)) == 0x6174_6164,  // "data"
      base.load(fromByteOffset: 4, as: UInt8.self) == 0x3a
    else { return nil }
    let start = base.load(fromByteOffset: 5, as: UInt8.self) == 0x20 ? 6 : 5
    guard let lineFeed = memchr(base + start, 0x0a, rest - start) else { return nil }
    var end = UnsafeRawPointer(lineFeed) - base
    var next = end + 1
    if end > start, base.load(fromByteOffset: end - 1, as: UInt8.self) == 0x0d {
      guard next < rest, base.load(fromByteOffset: next, as: UInt8.self) == 0x0d else { return nil }
      end -= 1
      next += 1
    }
    guard next < rest, base.load(fromByteOffset: next, as: UInt8.self) == 0x0a,
      end - start <= limits.bytes, memchr(base + start, 0x0d, end - start) == nil
    else { return nil }
    cursor += next + 1
    return UnsafeRawBufferPointer(start: base + start, count: end - start)
  }

  /// The event at `cursor` when it is as above but begins with an `event:` line of the name that
  /// was read last: what Anthropic's streams consist of.
  @inline(__always)
  private func wholeNamedEvent(
    _ bytes: UnsafeRawBufferPointer, _ cursor: inout Int
  ) -> UnsafeRawBufferPointer? {
    let count = lastNameBytes.count
    guard count > 0, bytes.count - cursor > count + 8, let base = bytes.baseAddress.map({ $0 + cursor }),
      UInt32(littleEndian: base.loadUnaligned(as: UInt32.self)) == 0x6e65_7665,  // "even"
      UInt16(littleEndian: base.loadUnaligned(fromByteOffset: 4, as: UInt16.self)) == 0x3a74  // "t:"
    else { return nil }
    let start = base.load(fromByteOffset: 6, as: UInt8.self) == 0x20 ? 7 : 6
    guard let name = lastNameBytes.bytes.baseAddress, memcmp(base + start, name, count) == 0,
      base.load(fromByteOffset: start + count, as: UInt8.self) == 0x0a
    else { return nil }
    var next = cursor + start + count + 1
    guard let event = wholeEvent(bytes, &next) else { return nil }
    cursor = next
    return event
  }

  @inline(never)
  private mutating func nextSlowly(
    _ bytes: UnsafeRawBufferPointer, _ cursor: inout Int
  ) throws(Failure) -> UnsafeRawBufferPointer? {
    if events > limits.events { throw tooManyEvents() }
    if !hasData { data.removeAll() }
    if markBytes < 3 { try skipMark(bytes, &cursor) }
    while cursor < bytes.count {
      if afterCarriageReturn {
        afterCarriageReturn = false
        if bytes[cursor] == 0x0a {
          cursor += 1
          continue
        }
      }
      guard let current = try takeLine(bytes, &cursor) else { break }
      let inPlace = line.count == 0
      if current.isEmpty {
        line.removeAll()
        if let event = closeEvent() {
          events += 1
          if events > limits.events { throw tooManyEvents() }
          return event
        }
        continue
      }
      try take(field: current, inPlace: inPlace)
      line.removeAll()
    }
    try keepLent()
    isBetweenEvents = markBytes == 3 && line.count == 0 && !hasData && name == nil && !afterCarriageReturn
    return nil
  }

  /// The end of the stream: the data of an event that was not closed by an empty line, when it
  /// is whole all the same, which is to say JSON or `[DONE]`. A cut event is dropped.
  package mutating func finish() throws(Failure) -> UnsafeRawBufferPointer? {
    isBetweenEvents = false
    if line.count > 0 {
      try take(field: line.bytes, inPlace: false)
      line.removeAll()
    }
    guard hasData else { return nil }
    try keepLent()
    hasData = false
    takeName()
    let isWhole = data.bytes.starts(with: "[DONE]".utf8) || JSONScanner.isJSON(data.bytes)
    guard isWhole else { return nil }
    events += 1
    return data.bytes
  }

  /// The line at `cursor` without its end, from the carry buffer when it began earlier; `nil`
  /// when its end is not among `bytes` (they are carried over then).
  private mutating func takeLine(
    _ bytes: UnsafeRawBufferPointer, _ cursor: inout Int
  ) throws(Failure) -> UnsafeRawBufferPointer? {
    let rest = UnsafeRawBufferPointer(rebasing: bytes[cursor...])
    guard let base = rest.baseAddress else { return nil }
    var end = memchr(base, 0x0a, rest.count).map { UnsafeRawPointer($0) - base } ?? rest.count
    if let earlier = memchr(base, 0x0d, end) { end = UnsafeRawPointer(earlier) - base }
    let piece = UnsafeRawBufferPointer(rebasing: rest[..<end])
    if line.count + end > limits.bytes { throw tooLarge("a line") }
    if end == rest.count {
      line.append(piece)
      cursor = bytes.count
      return nil
    }
    cursor += end + 1
    if rest[end] == 0x0d {
      // A line feed that is here already is part of the same end.
      if cursor == bytes.count {
        afterCarriageReturn = true
      } else if bytes[cursor] == 0x0a {
        cursor += 1
      }
    }
    if line.count == 0 { return piece }
    line.append(piece)
    return line.bytes
  }

  private mutating func take(field: UnsafeRawBufferPointer, inPlace: Bool) throws(Failure) {
    let colon = field.firstIndex(of: 0x3a) ?? field.count
    if colon == 0 {
      comments += 1
      return
    }
    var value = UnsafeRawBufferPointer(rebasing: field[min(colon + 1, field.count)...])
    if value.first == 0x20 { value = UnsafeRawBufferPointer(rebasing: value[1...]) }
    let key = UnsafeRawBufferPointer(rebasing: field[..<colon])
    if Self.same(key, "data") {
      try add(value, inPlace: inPlace)
    } else if Self.same(key, "event") {
      name = value.isEmpty ? nil : String(decoding: value.prefix(256), as: UTF8.self)
    } else if !Self.same(key, "id"), !Self.same(key, "retry") {
      unknownLines += 1
      keepStray(field)
    }
  }

  @inline(__always)
  private static func same(_ key: UnsafeRawBufferPointer, _ word: StaticString) -> Bool {
    guard let base = key.baseAddress, key.count == word.utf8CodeUnitCount else { return false }
    return memcmp(base, word.utf8Start, key.count) == 0
  }

  private mutating func keepStray(_ line: UnsafeRawBufferPointer) {
    if stray.isEmpty {
      let first = line.first { $0 != 0x20 && $0 != 0x09 }
      guard first == 0x7b || first == 0x5b else { return }
    }
    guard stray.count + line.count < Self.strayLimit else { return }
    stray.append(contentsOf: line)
    stray.append(0x0a)
  }

  private mutating func add(_ value: UnsafeRawBufferPointer, inPlace: Bool) throws(Failure) {
    if !hasData, inPlace {
      hasData = true
      lent = value
      return
    }
    try keepLent()
    if data.count + value.count + 1 > limits.bytes + 1 { throw tooLarge("an event") }
    if hasData { data.append(0x0a) }
    hasData = true
    data.append(value)
  }

  /// Copies what was lent from the fed bytes, since they are about to go.
  private mutating func keepLent() throws(Failure) {
    guard let piece = lent else { return }
    data.removeAll()
    data.append(piece)
    lent = nil
  }

  private mutating func closeEvent() -> UnsafeRawBufferPointer? {
    isBetweenEvents = !afterCarriageReturn
    takeName()
    guard hasData else { return nil }
    hasData = false
    defer { lent = nil }
    return lent ?? data.bytes
  }

  private mutating func takeName() {
    isNamed = name != nil
    if name != lastName {
      lastName = name
      lastNameBytes.removeAll()
      if var name { name.withUTF8 { lastNameBytes.append(UnsafeRawBufferPointer($0)) } }
    }
    name = nil
  }

  private mutating func skipMark(_ bytes: UnsafeRawBufferPointer, _ cursor: inout Int) throws(Failure) {
    let mark: [UInt8] = [0xef, 0xbb, 0xbf]
    while cursor < bytes.count, markBytes < 3 {
      if bytes[cursor] == mark[markBytes] {
        markBytes += 1
        cursor += 1
      } else {
        // Not a mark after all: what looked like one begins an unknown field's line.
        mark[..<markBytes].withUnsafeBytes { line.append($0) }
        markBytes = 3
      }
    }
  }

  private func tooLarge(_ what: String) -> Failure {
    Failure(
      .protocolViolation, "the answer", "contains \(what) larger than \(limits.bytes >> 20) MiB")
  }

  private func tooManyEvents() -> Failure {
    Failure(.protocolViolation, "the answer", "has more than \(limits.events) events")
  }
}
