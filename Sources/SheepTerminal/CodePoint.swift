/// Appends a code point to bytes as UTF-8.
///
/// The value must be a Unicode scalar value; the callers take theirs from
/// decoded, valid text.
@inline(__always)
func appendUTF8(_ value: UInt32, to bytes: inout [UInt8]) {
  if value < 0x80 {
    bytes.append(UInt8(truncatingIfNeeded: value))
    return
  }
  func tail(_ shift: UInt32) -> UInt8 { UInt8(truncatingIfNeeded: 0x80 | (value >> shift & 0x3f)) }
  if value < 0x800 {
    bytes.append(UInt8(truncatingIfNeeded: 0xc0 | value >> 6))
  } else if value < 0x10000 {
    bytes.append(UInt8(truncatingIfNeeded: 0xe0 | value >> 12))
    bytes.append(tail(6))
  } else {
    bytes.append(UInt8(truncatingIfNeeded: 0xf0 | value >> 18))
    bytes.append(tail(12))
    bytes.append(tail(6))
  }
  bytes.append(tail(0))
}

/// Calls `body` with each code point of bytes that are known to be whole, valid
/// UTF-8, as the escape filter's output is.
@inline(__always)
func forEachCodePoint(in bytes: [UInt8], _ body: (UInt32) -> Void) {
  bytes.withUnsafeBufferPointer { buffer in
    var index = 0
    while index < buffer.count {
      let lead = buffer[index]
      let length = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4
      guard index + length <= buffer.count else { return }
      var value = length == 1 ? UInt32(lead) : UInt32(lead) & (0x7f >> UInt32(length))
      for offset in 1..<max(length, 1) { value = value << 6 | UInt32(buffer[index + offset] & 0x3f) }
      index += length
      body(value)
    }
  }
}
