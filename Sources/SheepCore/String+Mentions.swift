extension String {
  /// Whether the bytes of `phrase` stand somewhere in the text.
  ///
  /// The standard library's own search for a text in a text brings its regular expressions into
  /// the program, a megabyte that every start would map.
  package func mentions(_ phrase: String) -> Bool {
    let bytes = Array(utf8)
    let wanted = Array(phrase.utf8)
    guard let first = wanted.first else { return true }
    guard bytes.count >= wanted.count else { return false }
    for start in 0...(bytes.count - wanted.count)
    where bytes[start] == first && bytes[start...].starts(with: wanted) {
      return true
    }
    return false
  }
}
