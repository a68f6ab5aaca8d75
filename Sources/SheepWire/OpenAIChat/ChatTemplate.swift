#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The part of a stream's events that is the same in all of them, learnt from one that said
/// nothing but a piece of text.
///
/// The state of a JSON parser after some bytes depends on those bytes alone. So an event whose
/// bytes up to the text, and behind it, equal those of an event that was read in full says the
/// same as that one, with another text: comparing replaces reading. OpenAI's padding, of random
/// length, may differ too.
struct ChatTemplate {
  /// Holds all fixed bytes, one behind the other.
  private let fixed: ByteBuffer
  private let start: UnsafeRawPointer
  private let headCount: Int
  private let middleCount: Int
  private let tailCount: Int
  private let hasPadding: Bool

  /// Learns from an event that was read in full and says `text` alone; `nil` where the padding
  /// does not stand behind it, which no server is known to do.
  init?(_ event: UnsafeRawBufferPointer, text: RawText, padding: RawText?) {
    if let padding, padding.start < text.end { return nil }
    fixed = ByteBuffer(capacity: event.count + 1)
    let tailStart = padding?.end ?? event.count
    let middleEnd = padding?.start ?? event.count
    fixed.append(UnsafeRawBufferPointer(rebasing: event[..<text.start]))
    fixed.append(UnsafeRawBufferPointer(rebasing: event[text.end..<middleEnd]))
    fixed.append(UnsafeRawBufferPointer(rebasing: event[tailStart...]))
    headCount = text.start
    middleCount = middleEnd - text.end
    tailCount = event.count - tailStart
    hasPadding = padding != nil
    guard let start = fixed.bytes.baseAddress else { return nil }
    self.start = start
  }

  /// The text of an event that follows the template; `nil` when it does not, or is not JSON.
  @inline(__always)
  func match(_ event: UnsafeRawBufferPointer) -> RawText? {
    guard let base = event.baseAddress, event.count >= headCount + middleCount + tailCount,
      memcmp(base, start, headCount) == 0
    else { return nil }
    var scanner = JSONScanner(event, at: headCount)
    do {
      let text = try scanner.stringBody()
      // The closing quote is the first of the middle's bytes.
      var index = text.end
      guard text.count > 0, event.count - index >= middleCount + tailCount,
        memcmp(base + index, start + headCount, middleCount) == 0
      else { return nil }
      index += middleCount
      if hasPadding {
        scanner.index = index
        index = try scanner.stringBody().end
      }
      guard event.count - index == tailCount,
        memcmp(base + index, start + headCount + middleCount, tailCount) == 0
      else { return nil }
      return text
    } catch {
      return nil
    }
  }
}
