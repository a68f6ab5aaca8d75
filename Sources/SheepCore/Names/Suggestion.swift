/// Finds what the user may have meant by an unknown name.
package enum Suggestion {
  /// The candidate nearest to `word`, or nil when none is near enough to be worth a guess.
  ///
  /// Underscores count as hyphens and case does not count. A candidate that begins
  /// with the word (three letters or more) is near, and so is one of the same length (four letters
  /// or more) that differs by one letter left out and another put in elsewhere; otherwise the
  /// distance may be a third of the word's length, at most 3. Among equals the earlier candidate
  /// wins.
  package static func nearest(to word: String, among candidates: [String]) -> String? {
    let wanted = normal(word)
    guard !wanted.isEmpty, wanted.count <= 64 else { return nil }
    let allowed = max(1, min(3, wanted.count / 3))
    var best: (candidate: String, distance: Int)?
    for candidate in candidates {
      let bytes = normal(candidate)
      var distance = distance(wanted, bytes)
      if wanted.count >= 3, bytes.starts(with: wanted) { distance = min(distance, 1) }
      if distance == 2, allowed == 1, isShifted(wanted, bytes) { distance = 1 }
      if distance <= allowed, distance < best?.distance ?? Int.max { best = (candidate, distance) }
    }
    return best?.candidate
  }

  /// Whether two names of one length are the same but for a letter of each: `cotp` and `cost`.
  private static func isShifted(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    guard left.count == right.count, left.count >= 4 else { return false }
    return left.indices.contains { place in
      var less = left
      less.remove(at: place)
      return right.indices.contains { other in
        var rest = right
        rest.remove(at: other)
        return less == rest
      }
    }
  }

  private static func normal(_ text: String) -> [UInt8] {
    text.lowercased().utf8.map { $0 == UInt8(ascii: "_") ? UInt8(ascii: "-") : $0 }
  }

  /// The number of insertions, deletions, replacements and swaps of neighbours between
  /// two names.
  package static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
    var beforeLast: [Int] = []
    var last = Array(0...right.count)
    for (row, byte) in left.enumerated() {
      var current = [row + 1]
      for (column, other) in right.enumerated() {
        let change = last[column] + (byte == other ? 0 : 1)
        var best = min(change, last[column + 1] + 1, current[column] + 1)
        if row > 0, column > 0, byte == right[column - 1], other == left[row - 1] {
          best = min(best, beforeLast[column - 1] + 1)
        }
        current.append(best)
      }
      (beforeLast, last) = (last, current)
    }
    return last[right.count]
  }
}
