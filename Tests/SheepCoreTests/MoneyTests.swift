import SheepCore
import Testing

@Suite("money")
struct MoneyTests {
  @Test(
    "dollars are read and written exactly",
    arguments: [
      ("0", "0"), ("12", "12"), ("0.25", "0.25"), ("3.5e-06", "0.0000035"), ("-0.5", "-0.5"), ("1e3", "1000"),
      ("0.000000000000000001", "0.000000000000000001"), ("0.0000000000000000005", "0"),
      ("0.0000000000000000015", "0.000000000000000002"), ("1e-400", "0"), ("100.10", "100.1"),
    ])
  func dollarsRead(_ text: String, _ decimal: String) throws {
    let money = try #require(Money(dollars: text))
    #expect(money.decimal == decimal)
    #expect(money.json.serialized() == decimal)
  }

  @Test(
    "text that is not an amount is refused",
    arguments: [
      "", "x", "1,5", "$1", "1e30", "1e400", "nan", "inf", "+1", " 1", "0x10", "--1",
      "1e99999999999999999999",
    ])
  func notAnAmount(_ text: String) {
    #expect(Money(dollars: text) == nil)
  }

  @Test("a million tokens cost the list price and one costs a millionth")
  func millionTokens() throws {
    let price = try #require(Money(dollars: "0.000008"))
    #expect(price.multiplied(by: 1_000_000)?.decimal == "8")
    #expect(price.multiplied(by: 224)?.decimal == "0.001792")
    #expect(price.multiplied(by: 0) == .zero)
  }

  @Test("arithmetic beyond the range is nil and never traps")
  func arithmeticBeyond() throws {
    let huge = Money(attodollars: .max)
    #expect(huge.adding(Money(attodollars: 1)) == nil)
    #expect(huge.multiplied(by: 2) == nil)
    #expect(Money(attodollars: .min).multiplied(by: -1) == nil)
    #expect(Money(attodollars: .min).decimal.hasPrefix("-170141183460469231731"))
    #expect(Money(attodollars: .min).display.hasPrefix("-$170,141,183,"))
    let sum = try #require(Money(dollars: "0.1"))
    #expect(sum.adding(try #require(Money(dollars: "0.2")))?.decimal == "0.3")
    #expect(Money.zero < sum)
  }

  @Test(
    "people see a sensible number of digits",
    arguments: [
      ("0", "$0"), ("0.001792", "$0.001792"), ("0.00179249", "$0.001792"), ("0.12345", "$0.1234"),
      ("0.12355", "$0.1236"),
      ("12.345", "$12.34"), ("12.355", "$12.36"), ("-0.5", "-$0.5000"), ("1", "$1.00"),
      ("0.0000000421", "$0.000000042"),
      ("0.01", "$0.0100"), ("4500", "$4,500.00"),
    ])
  func readableDigits(_ dollars: String, _ display: String) throws {
    #expect(try #require(Money(dollars: dollars)).display == display)
  }
}
