import SheepCore
import Testing

@Suite struct DigitsTests {
  @Test(
    "a whole number is written as the standard library writes it",
    arguments: [0, 1, -1, 9, 10, 99, 100, -12345, 1_000_000, .max, .min])
  func writesNumbers(number: Int) {
    #expect(Digits.text(number) == String(number))
  }

  @Test("numbers beyond 64 bits keep every digit")
  func writesLargeNumbers() {
    for shift in 0..<128 {
      for number in [UInt128(1) << shift, (UInt128(1) << shift) - 1, UInt128.max >> shift] {
        let digits = String(decoding: Digits.bytes(of: number), as: UTF8.self)
        #expect(digits == String(number))
      }
    }
  }

  @Test(
    "zeros fill a width and cut nothing off",
    arguments: [(0, 1, "0"), (0, 3, "000"), (7, 2, "07"), (2026, 4, "2026"), (12345, 2, "12345")])
  func fillsAWidth(number: UInt128, width: Int, text: String) {
    #expect(String(decoding: Digits.bytes(of: number, width: width), as: UTF8.self) == text)
  }
}
