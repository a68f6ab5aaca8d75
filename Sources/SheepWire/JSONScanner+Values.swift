extension JSONScanner {
  /// Reads a value: its text when it is a string that is not empty, `nil` for anything else.
  mutating func text(depth: Int = 1) throws(MalformedJSON) -> RawText? {
    guard next == 0x22 else {
      _ = try skipValue(depth: depth)
      return nil
    }
    let text = try string()
    return text.count > 0 ? text : nil
  }

  /// Reads a value and returns where it lies; `nil` for `null`.
  mutating func value(depth: Int = 1) throws(MalformedJSON) -> Range<Int>? {
    let isNull = next == 0x6e
    let range = try skipValue(depth: depth)
    return isNull ? nil : range
  }
}
