/// Finds what somebody may have meant by the name of a model that is not there.
package enum NearModels {
  /// How many bytes of a name are compared: names come from servers too.
  private static let longest = 200

  /// The three names that are most like `model`, the nearest first; what stands before a slash, a
  /// vendor's name, may be missing in them.
  package static func nearest(to model: String, among ids: [String]) -> [String] {
    let wanted = Array(model.lowercased().utf8.prefix(longest))
    let spellings =
      [wanted[...]] + (wanted.lastIndex(of: UInt8(ascii: "/")).map { [wanted[($0 + 1)...]] } ?? [])
    var ranked: [(id: String, distance: Int)] = []
    for id in ids {
      let name = Array(id.lowercased().utf8.prefix(longest))
      if let distance = spellings.compactMap({ distance(Array($0), name) }).min() {
        ranked.append((id, distance))
      }
    }
    ranked.sort { ($0.distance, $0.id) < ($1.distance, $1.id) }
    return ranked.prefix(3).map(\.id)
  }

  /// How far two names are apart; `nil` when they are not near.
  ///
  /// Near are those that begin with the same three letters, as the models of a family do, and those that
  /// few slips of the keyboard lead to, in whole or with their beginning: no more than a third of the
  /// letters, and no more than three.
  private static func distance(_ wanted: [UInt8], _ name: [UInt8]) -> Int? {
    guard !wanted.isEmpty else { return nil }
    let slips = min(3, wanted.count / 3)
    let distance = Suggestion.distance(wanted, name)
    if distance <= max(1, slips) { return distance }
    if wanted.count >= 3, name.starts(with: wanted.prefix(3)) { return distance }
    return Suggestion.distance(wanted, Array(name.prefix(wanted.count))) <= slips ? distance : nil
  }

  /// The names as a part of a sentence: `similar: A, B`; `nil` without one.
  package static func text(_ near: [String]) -> String? {
    near.isEmpty ? nil : "similar: \(near.joined(separator: ", "))"
  }
}
