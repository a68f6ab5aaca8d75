import SheepCore

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What is the same in all events of a stream that say one piece of text, learnt from one of
/// them.
///
/// The state of a JSON parser after some bytes depends on those bytes alone. So an event whose
/// bytes around its holes equal those of an event that was read in full says the same as that
/// one, with other things in the holes: comparing replaces reading. A hole is the text, padding of
/// random length (a string, as OpenAI sends it) or a counter (digits).
struct EventTemplate {
  /// A part of an event that may differ.
  enum Hole: Equatable {
    case text(RawText)
    case padding(RawText)
    /// Digits of a number, where they lie.
    case digits(Range<Int>)

    fileprivate var range: Range<Int> {
      switch self {
      case .text(let raw), .padding(let raw): raw.start..<raw.end
      case .digits(let range): range
      }
    }
  }

  private enum Kind: UInt8 { case text, padding, digits, end }

  /// Fixed bytes and the hole behind them.
  private struct Segment {
    var offset: Int
    var count: Int
    var kind: Kind
  }

  /// More holes than this are not worth a template.
  private static let holeLimit = 24

  /// Owns what the pointers below point to. They are copies, because to read through a reference
  /// costs a retain and a release for each event.
  private final class Storage {
    let fixed: ByteBuffer
    let segments: UnsafeMutableBufferPointer<Segment>

    init(fixed: ByteBuffer, segments: [Segment]) {
      self.fixed = fixed
      self.segments = .allocate(capacity: segments.count)
      _ = self.segments.initialize(from: segments)
    }

    deinit { segments.deallocate() }
  }

  private let storage: Storage
  private let start: UnsafeRawPointer
  private let segments: UnsafeBufferPointer<Segment>
  private let fixedCount: Int
  /// Whether nothing but brackets ends the event, of which the fixed bytes then hold no blanks.
  private let endsInBrackets: Bool

  /// Learns from an event that was read in full; `nil` where the holes overlap, are too many or
  /// have no text among them.
  init?(_ event: UnsafeRawBufferPointer, holes: [Hole]) {
    guard holes.count <= Self.holeLimit else { return nil }
    let fixed = ByteBuffer(capacity: event.count + 1)
    var segments: [Segment] = []
    var position = 0
    var texts = 0
    for hole in holes.sorted(by: { $0.range.lowerBound < $1.range.lowerBound }) {
      let range = hole.range
      guard range.lowerBound >= position, range.upperBound <= event.count else { return nil }
      let kind: Kind
      switch hole {
      case .text: kind = .text
      case .padding: kind = .padding
      case .digits: kind = .digits
      }
      if kind == .text { texts += 1 }
      segments.append(Segment(offset: fixed.count, count: range.lowerBound - position, kind: kind))
      fixed.append(UnsafeRawBufferPointer(rebasing: event[position..<range.lowerBound]))
      position = range.upperBound
    }
    guard texts == 1 else { return nil }
    let end = event[position...].filter { !Self.isBlank($0) }
    // The first byte is the quote of the last text.
    endsInBrackets = end.first == 0x22 && end.dropFirst().allSatisfy { $0 == 0x7d || $0 == 0x5d }
    let offset = fixed.count
    for byte in endsInBrackets ? end : Array(event[position...]) { fixed.append(byte) }
    segments.append(Segment(offset: offset, count: fixed.count - offset, kind: .end))
    guard let start = fixed.bytes.baseAddress else { return nil }
    storage = Storage(fixed: fixed, segments: segments)
    self.start = start
    self.segments = UnsafeBufferPointer(storage.segments)
    fixedCount = fixed.count
  }

  /// The text of an event that follows the template; `nil` when it does not, or is not JSON.
  @inline(__always)
  func match(_ event: UnsafeRawBufferPointer) -> RawText? {
    guard let base = event.baseAddress, event.count > fixedCount else { return nil }
    var scanner = JSONScanner(event)
    var text: RawText?
    for segment in segments {
      guard event.count - scanner.index >= segment.count,
        memcmp(base + scanner.index, start + segment.offset, segment.count) == 0
      else { return segment.kind == .end && endsAlike(event, from: scanner.index) ? text : nil }
      scanner.index += segment.count
      // The closing quote of a string is the first of the next segment's bytes.
      switch segment.kind {
      case .text:
        guard let raw = try? scanner.stringBody() else { return nil }
        text = raw
        scanner.index = raw.end
      case .padding:
        guard let raw = try? scanner.stringBody() else { return nil }
        scanner.index = raw.end
      case .digits:
        guard scanner.skipDigits() else { return nil }
      case .end:
        if scanner.index == event.count { return text }
        return endsAlike(event, from: scanner.index - segment.count) ? text : nil
      }
    }
    return nil
  }

  /// Whether an event ends in the same brackets with other blanks between them: Anthropic puts a
  /// random number of them there. Anywhere else blanks may matter.
  @inline(never)
  private func endsAlike(_ event: UnsafeRawBufferPointer, from index: Int) -> Bool {
    guard endsInBrackets, let end = segments.last else { return false }
    var place = end.offset
    let fixed = storage.fixed.bytes
    for byte in event[index...] where !Self.isBlank(byte) {
      guard place < fixed.count, fixed[place] == byte else { return false }
      place += 1
    }
    return place == fixed.count
  }

  @inline(__always)
  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
}

extension JSONScanner {
  /// Moves behind the digits of a whole number; false when there are none, or a 0 leads others.
  @inline(__always)
  mutating func skipDigits() -> Bool {
    let first = index
    while index < bytes.count, bytes[index] &- 0x30 < 10 { index += 1 }
    return index > first && (bytes[first] != 0x30 || index == first + 1)
  }

  /// The whole numbers outside strings in a range that was read already, as holes.
  static func numbers(in range: Range<Int>, of bytes: UnsafeRawBufferPointer) -> [Range<Int>] {
    var found: [Range<Int>] = []
    var isInString = false
    var index = range.lowerBound
    while index < range.upperBound {
      let byte = bytes[index]
      if isInString {
        if byte == 0x5c { index += 1 } else if byte == 0x22 { isInString = false }
      } else if byte == 0x22 {
        isInString = true
      } else if byte &- 0x30 < 10 {
        let first = index
        while index < range.upperBound, bytes[index] &- 0x30 < 10 { index += 1 }
        // Digits of a fraction or an exponent follow other rules: they stay fixed.
        let before: UInt8 = first > range.lowerBound ? bytes[first - 1] : 0
        let after: UInt8 = index < range.upperBound ? bytes[index] : 0
        if before != 0x2e, before != 0x2b, before != 0x2d, before | 0x20 != 0x65, after != 0x2e,
          after | 0x20 != 0x65
        {
          found.append(first..<index)
        }
        continue
      }
      index += 1
    }
    return found
  }
}
