package import SheepCatalog
package import SheepCore
package import SheepOptions

extension PriceBook {
  /// The price layers that the options ask for.
  /// - Throws: `usage` for a price file that cannot be read.
  package static func read(
    _ options: ConnectionOptions, _ environment: Environment
  ) throws(Failure) -> PriceBook {
    let day = Day(unixSeconds: environment.unixTime())
    var book = PriceBook(userPrices: options.prices, day: day)
    if !options.demo { book.configured = try environment.settings.prices() }
    guard let path = options.priceFile else { return book }
    let bytes = try environment.contents(of: path, advice: "check the path given with --prices")
    book.file = try PriceFile(bytes, name: path)
    return book
  }
}
