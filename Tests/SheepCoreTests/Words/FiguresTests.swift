import SheepCore
import Testing

@Suite("figures for people")
struct FiguresTests {
  @Test(
    "digits stand in groups of three",
    arguments: [
      (0, "0"), (999, "999"), (1_000, "1,000"), (-1_000, "-1,000"), (-999, "-999"), (1_048_576, "1,048,576"),
      (.min, "-9,223,372,036,854,775,808"),
    ])
  func groups(_ value: Int, _ text: String) {
    #expect(Figures.grouped(value) == text)
  }

  @Test(
    "of a text the first number's digits before the point are grouped, and nothing else",
    arguments: [
      ("$4500.0012", "$4,500.0012"), ("-$0.001792", "-$0.001792"), ("unknown", "unknown"), ("", ""),
      (">= $1234.50 (1000 requests)", ">= $1,234.50 (1000 requests)"),
    ])
  func textGroups(_ text: String, _ grouped: String) {
    #expect(Figures.grouped(text) == grouped)
  }

  @Test("one is singular, all others are plural")
  func counts() {
    #expect(Figures.count(0, "round") == "0 rounds")
    #expect(Figures.count(1, "round") == "1 round")
    #expect(Figures.count(1_200, "round") == "1,200 rounds")
    #expect(Figures.count(1, "entry", plural: "entries") == "1 entry")
    #expect(Figures.count(2, "entry", plural: "entries") == "2 entries")
  }

  @Test(
    "an integer of small units as a decimal text",
    arguments: [
      (1_792, 3, "1.792"), (5, 3, "0.005"), (-5, 3, "-0.005"), (-1_234, 2, "-12.34"), (7, 0, "7"),
      (0, 2, "0.00"),
    ])
  func decimals(_ value: Int64, _ decimals: Int, _ text: String) {
    #expect(Figures.fixed(value, decimals: decimals) == text)
  }

  @Test("numbers are rounded half away from zero; too large ones are not shown")
  func rounding() {
    #expect(Figures.rounded(0.125, decimals: 2) == "0.13")
    #expect(Figures.rounded(-0.125, decimals: 2) == "-0.13")
    #expect(Figures.rounded(87.5, decimals: 0) == "88")
    #expect(Figures.rounded(1e30, decimals: 0) == "-")
  }

  @Test("white space goes from the ends of a text, not from inside it")
  func trimming() {
    #expect("\t a b\u{0b}\r\n".trimmed == "a b")
    #expect(" \n".trimmed == "")
    #expect("\u{a0}a".trimmed == "\u{a0}a")
  }
}
