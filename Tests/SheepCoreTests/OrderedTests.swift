import SheepCore
import Testing

/// Sorting by places gives what the standard library's gives.
struct OrderedTests {
  @Test("elements come in order, and equal ones keep theirs", arguments: [0, 1, 2, 3, 31, 64, 500])
  func order(count: Int) {
    let elements = (0..<count).map { (key: ($0 * 7919) % 13, place: $0) }
    let ordered = elements.ordered { $0.key < $1.key }
    let expected = elements.sorted { ($0.key, $0.place) < ($1.key, $1.place) }
    #expect(ordered.map(\.place) == expected.map(\.place))
    #expect(elements.map(\.key).ordered() == elements.map(\.key).sorted())
  }

  @Test("a set and a dictionary are ordered like a list")
  func unordered() {
    #expect(Set(["b", "a", "c"]).ordered() == ["a", "b", "c"])
    #expect(["b": 2, "a": 1].ordered { $0.key < $1.key }.map(\.value) == [1, 2])
  }
}
