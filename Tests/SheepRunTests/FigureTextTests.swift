import SheepCore
import SheepRun
import Testing

@Suite("columns of figures")
struct FigureTextTests {
  private static func dollars(_ cents: Int128) -> Money { Money(attodollars: cents * 10_000_000_000_000_000) }

  @Test(
    "a bar is as long as its share, in eighths of a column, and whatever is more than nothing is seen",
    arguments: [
      (0, 100, ""), (1, 100_000, "▏"), (50, 100, "████"), (100, 100, "████████"), (1, 64, "▏"), (2, 64, "▎"),
      (7, 64, "▉"), (8, 64, "█"), (9, 64, "█▏"), (-5, 100, ""), (101, 100, ""),
    ])
  func bars(_ value: Int128, _ largest: Int128, _ bar: String) {
    #expect(FigureText.bar(Self.dollars(value), of: Self.dollars(largest), width: 8) == bar)
  }

  @Test("no bar without a value or a largest one")
  func noBar() {
    #expect(FigureText.bar(nil, of: Self.dollars(1), width: 8) == "")
    #expect(FigureText.bar(Self.dollars(1), of: nil, width: 8) == "")
    #expect(FigureText.bar(.zero, of: .zero, width: 8) == "")
  }

  @Test("the amounts of a column have as many places as the one that needs most, and grouped digits")
  func column() {
    let amounts = [Self.dollars(450_000), nil, Money(attodollars: 1_792_000_000_000_000)]
    #expect(FigureText.column(amounts) == ["$4,500.000000", nil, "$0.001792"])
    #expect(FigureText.column([]) == [])
  }

  @Test("numbers are set so that their points stand under each other; words stay")
  func aligned() {
    #expect(FigureText.aligned(["1.25", "10", "unknown", "3.5"]) == ["1.25", "10   ", "unknown", "3.5 "])
  }

  @Test("tenths of a percent")
  func percent() {
    #expect(FigureText.percent(permille: 833) == "83.3 %")
    #expect(FigureText.percent(permille: 5) == "0.5 %")
  }
}
