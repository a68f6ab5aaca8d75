/// Which targets no other one beats on every axis.
package enum ParetoFront {
  /// How one target stands to another on one axis.
  package enum Relation: Equatable, Sendable {
    case better, tied, worse
    /// One of the two values is unknown.
    case unknown
  }

  /// The indices of the targets that are on the front.
  ///
  /// A target is dominated only by one that is better or tied on all axes and better on one;
  /// what is tied within noise dominates nothing, and what is unknown neither dominates nor is
  /// dominated.
  ///
  /// - Parameter relations: each axis as a function: how the first target stands to the second.
  package static func members(
    count: Int, axes relations: [(_ target: Int, _ other: Int) -> Relation]
  ) -> Set<Int> {
    var front: Set<Int> = []
    for target in 0..<max(0, count) {
      let isDominated = (0..<count).contains { other in
        guard other != target else { return false }
        let standing = relations.map { $0(target, other) }
        return standing.allSatisfy { $0 == .worse || $0 == .tied } && standing.contains(.worse)
      }
      if !isDominated { front.insert(target) }
    }
    return front
  }
}
