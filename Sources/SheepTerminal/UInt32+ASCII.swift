extension UInt32 {
  /// The code point of an ASCII character, as `UInt8(ascii:)` gives its byte.
  init(ascii scalar: Unicode.Scalar) {
    precondition(scalar.isASCII)
    self = scalar.value
  }
}
