#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Bytes that grow and lie still between two changes, so that a view of them can be lent.
///
/// An array would move its elements out of reach of a pointer as soon as its closure ends. A
/// copy of a reference is the same buffer: a decoder that holds one must not be copied in the
/// middle of a stream.
final class ByteBuffer {
  private var base: UnsafeMutableRawPointer
  private var capacity: Int
  /// How many bytes are in it.
  private(set) var count = 0

  /// An empty buffer with room for `capacity` bytes, at least one.
  init(capacity: Int = 256) {
    self.capacity = max(1, capacity)
    base = .allocate(byteCount: self.capacity, alignment: 1)
  }

  deinit { base.deallocate() }

  /// The bytes; valid until the next change.
  var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: base, count: count) }

  /// Adds bytes that do not lie in this buffer itself.
  func append(_ more: UnsafeRawBufferPointer) {
    guard let source = more.baseAddress, !more.isEmpty else { return }
    reserve(more.count).copyMemory(from: source, byteCount: more.count)
    count += more.count
  }

  /// Adds one byte.
  func append(_ byte: UInt8) {
    reserve(1).storeBytes(of: byte, as: UInt8.self)
    count += 1
  }

  /// Makes room for `extra` bytes behind the present ones and returns where they begin; follow
  /// it with `extend(by:)`.
  func reserve(_ extra: Int) -> UnsafeMutableRawPointer {
    if count + extra > capacity {
      let larger = max(count + extra, capacity * 2)
      let moved = UnsafeMutableRawPointer.allocate(byteCount: larger, alignment: 1)
      moved.copyMemory(from: base, byteCount: count)
      base.deallocate()
      base = moved
      capacity = larger
    }
    return base + count
  }

  /// Counts bytes that were written to reserved room.
  func extend(by written: Int) { count += written }

  /// Empties it and keeps its memory.
  func clear() { count = 0 }

  /// Empties it; memory beyond 1 MiB is given back, so that one huge event is not paid for
  /// until the end of the stream.
  func removeAll() {
    count = 0
    if capacity > 1 << 20 {
      base.deallocate()
      capacity = 256
      base = .allocate(byteCount: capacity, alignment: 1)
    }
  }
}
