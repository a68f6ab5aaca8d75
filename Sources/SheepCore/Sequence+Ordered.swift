/// Sorting whose work stands in the program once: the standard library's is compiled anew for every
/// type and closure, 4 KB each, which was a fortieth of a release build
/// (docs/decisions/0009-release-build.md). For the few elements that are sorted for people to read.
extension Sequence {
  /// The elements in order: none stands behind one that it precedes.
  package func ordered(by precedes: (Element, Element) -> Bool) -> [Element] {
    let elements = Array(self)
    return Places.ordered(elements.count) { precedes(elements[$0], elements[$1]) }.map { elements[$0] }
  }
}

extension Sequence where Element: Comparable {
  /// The elements in rising order.
  package func ordered() -> [Element] { ordered(by: <) }
}

private enum Places {
  /// The places `0..<count` in the order of what stands there.
  @inline(never)
  static func ordered(_ count: Int, by precedes: (Int, Int) -> Bool) -> [Int] {
    (0..<count).sorted(by: precedes)
  }
}
