import SheepCore
import Testing

/// What is suggested for a name that does not exist.
@Suite("suggestions")
struct SuggestionTests {
  @Test(
    "suggestions are near",
    arguments: [
      ("modle", "model"), ("max_tokns", "max-tokens"), ("sede", "seed"),
      ("Temperature", "temperature"),
      ("tem", "temperature"), ("xy", nil), ("", nil), ("completely-different", nil),
    ] as [(String, String?)])
  func suggestions(word: String, candidate: String?) {
    let names = ["model", "max-tokens", "seed", "temperature"]
    #expect(Suggestion.nearest(to: word, among: names) == candidate)
  }

  @Test(
    "a letter that moved is one slip, in names of four letters or more",
    arguments: [
      ("cotp", "cost"), ("cots", "cost"), ("caht", "chat"), ("pnig", "ping"), ("code", nil), ("chip", nil),
      ("abc", nil), ("cost", "cost"),
    ] as [(String, String?)])
  func moved(word: String, candidate: String?) {
    #expect(Suggestion.nearest(to: word, among: ["chat", "cost", "ping", "bca"]) == candidate)
  }

  @Test(
    "the distance counts swaps of neighbours as one",
    arguments: [
      ("", "", 0), ("", "abc", 3), ("caht", "chat", 1), ("kitten", "sitting", 3), ("ab", "ba", 1),
    ])
  func distance(left: String, right: String, count: Int) {
    #expect(Suggestion.distance(Array(left.utf8), Array(right.utf8)) == count)
    #expect(Suggestion.distance(Array(right.utf8), Array(left.utf8)) == count)
  }

  @Test(
    "models of the same family and models a few slips away are near, the nearest first, at most three",
    arguments: [
      ("gpt-4.2", ["gpt-4.1", "gpt-4o", "gpt-4.1-mini"]),
      ("openai/gpt-4p", ["gpt-4o", "gpt-4.1", "gpt-4.1-mini"]),
      ("cluade", ["claude"]), ("Claude-9", ["claude"]), ("xyz", []), ("", []),
    ])
  func models(wanted: String, near: [String]) {
    let ids = ["gpt-4.1", "gpt-4.1-mini", "gpt-4o", "claude", "gpt-4.1-nano"]
    #expect(NearModels.nearest(to: wanted, among: ids) == near)
  }

  @Test("a name of a million letters is compared by its beginning")
  func longName() {
    let long = String(repeating: "a", count: 1_000_000)
    #expect(NearModels.nearest(to: long, among: [long, "b"]) == [long])
  }

  @Test(
    "the near models are named in a clause",
    arguments: [
      ([], nil), (["a"], "similar: a"), (["a", "b"], "similar: a, b"),
    ] as [([String], String?)])
  func clause(near: [String], text: String?) { #expect(NearModels.text(near) == text) }
}
