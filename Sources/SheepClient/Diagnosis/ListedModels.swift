import SheepCore
import SheepWire

/// The ids in a list of models, whichever of the usual shapes it has.
package struct ListedModels: Equatable, Sendable {
  package var ids: [String]
  /// Whether the server says that there are further pages.
  package var hasMore: Bool

  /// Reads the first page of a list in any of the shapes of `ModelListPage`; `nil` when the body
  /// is none.
  package init?(_ body: [UInt8]) {
    guard let json = try? JSON.parse(body), let page = ModelListPage(json) else { return nil }
    ids = page.models.map(\.id)
    hasMore = page.next != nil
  }

  /// Whether the list has that id.
  package func contains(_ id: String) -> Bool { ids.contains(id) }

  /// The ids that are spelled most like this one, the nearest first; at most three, and none
  /// that have nothing in common with it.
  package func nearest(to id: String) -> [String] {
    let wanted = Array(id.lowercased().utf8.prefix(128))
    let ranked = ids.enumerated().map { index, candidate in
      (index, candidate, Self.distance(wanted, Array(candidate.lowercased().utf8.prefix(128))))
    }
    let near = ranked.filter { $0.2 < max(wanted.count, min($0.1.utf8.count, 128)) * 2 / 3 + 1 }
    return near.ordered { ($0.2, $0.0) < ($1.2, $1.0) }.prefix(3).map(\.1)
  }

  /// The number of insertions, deletions and replacements between two texts.
  private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
    var last = Array(0...right.count)
    for (row, byte) in left.enumerated() {
      var current = [row + 1]
      current.reserveCapacity(last.count)
      for (column, other) in right.enumerated() {
        let change = last[column] + (byte == other ? 0 : 1)
        current.append(min(change, last[column + 1] + 1, current[column] + 1))
      }
      last = current
    }
    return last[right.count]
  }
}
