/// The entries of the prompt's history, each once, the oldest first.
package struct HistoryList {
  /// One entry.
  struct Entry: Equatable {
    /// What was said.
    var text: String
    /// The same as the edit line holds it, with stand-ins for what was pasted.
    var shown: String
  }

  /// How many entries are kept; older ones go.
  package static let capacity = 5_000

  /// Text of more bytes is never shown whole in the edit line.
  static let longestShown = 64 << 10

  private(set) var entries: [Entry] = []

  /// A list without entries.
  package init() {}

  /// Adds an entry; one of the same text moves to the end.
  /// - Returns: the number of an entry that had to go, and whether one was added.
  mutating func add(_ entry: Entry) -> (removed: Int?, isAdded: Bool) {
    guard Self.isKept(entry.text) else { return (nil, false) }
    var removed = entries.lastIndex { $0.text == entry.text }
    if removed == nil, entries.count >= Self.capacity { removed = 0 }
    if let removed { entries.remove(at: removed) }
    entries.append(entry)
    return (removed, true)
  }

  /// Whether an entry is kept: not an empty one, nor one that begins with a space.
  package static func isKept(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.first != UInt8(ascii: " ")
      && !text.utf8.allSatisfy {
        $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\t") || $0 == UInt8(ascii: " ")
      }
  }

  /// The next entry from a place, backwards (-1) or forwards (1), that begins with the text and
  /// differs from what is shown; `nil` when there is none.
  func find(_ prefix: String, from place: Int, by step: Int, other than: String) -> Int? {
    var place = place + step
    while entries.indices.contains(place) {
      if entries[place].shown.utf8.starts(with: prefix.utf8), entries[place].shown != than { return place }
      place += step
    }
    return nil
  }
}

/// Where the history is kept between runs, as closures that a test can replace.
package struct HistoryAccess {
  /// The entries that were kept, the oldest first.
  package var load: () -> [String]
  /// Keeps one more; what cannot be kept is lost with the process.
  package var append: (String) -> Void

  /// Access by these closures.
  package init(load: @escaping () -> [String], append: @escaping (String) -> Void) {
    self.load = load
    self.append = append
  }

  /// A history that ends with the process.
  package static var none: HistoryAccess { HistoryAccess(load: { [] }, append: { _ in }) }
}
