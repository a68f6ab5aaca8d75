extension String {
  /// The text with zeros before it until it has `width` bytes; a longer one as it is: `7` as `07`.
  package func zeroPadded(to width: Int) -> String {
    String(repeating: "0", count: max(0, width - utf8.count)) + self
  }
}
