import SheepCatalog
import SheepCore
import Testing

@Suite("price of a token")
struct TokenPriceTests {
  @Test(
    "a price per million is a millionth of it per token",
    arguments: [("2.50", "0.0000025"), ("8", "0.000008"), ("0.000000000001", "0.000000000000000001")])
  func convertsUnits(million: String, token: String) throws {
    #expect(try price(million).perToken.decimal == token)
  }

  @Test("a million tokens cost the price itself", arguments: ["2.5", "0.075", "15", "0", "0.123456789012"])
  func costsItsPriceForAMillion(text: String) throws {
    #expect(try price(text).cost(of: 1_000_000)?.decimal == text)
    #expect(try price(text).dollarsPerMillion == text)
  }

  @Test(
    "what is no plain decimal price is refused",
    arguments: [
      "", "-1", "+1", "1,5", "1.", ".5", "1e3", "1.0000000000001", "0x1", "1 ", "１", "00", "01.5", "1.2.3",
      "NaN",
      "9999999999999",
    ])
  func refuses(text: String) {
    #expect(TokenPrice(dollarsPerMillion: text) == nil)
  }

  @Test("amounts beyond all measure are unknown, never a trap")
  func neverTraps() throws {
    let dearest = try price("999999999999.999999999999")
    #expect(dearest.cost(of: .max) == nil)
    #expect(dearest.cost(of: -1) == nil)
    #expect(TokenPrice.free.cost(of: .max) == .zero)
  }

  @Test(
    "a factor multiplies, rounding half to even at 10⁻¹⁸ USD",
    arguments: [
      ("x0.5", 3, 2), ("x0.5", 5, 2), ("x2", 3, 6), ("x1.1", 10, 11), ("x0.000001", 1_500_000, 2),
      ("x0", 7, 0),
    ])
  func multiplies(factor: String, amount: Int128, product: Int128) throws {
    let multiplier = try #require(PriceMultiplier(factor))
    #expect(multiplier.of(Money(attodollars: amount))?.attodollars == product)
    #expect(multiplier.text == factor)
    #expect(multiplier.of(Money(attodollars: .max)) == nil || multiplier.millionths <= 1)
  }

  @Test("what is no factor is refused", arguments: ["", "x", "0.5", "x-1", "x0.0000001", "x1e1"])
  func refusesFactors(text: String) {
    #expect(PriceMultiplier(text) == nil)
  }
}
