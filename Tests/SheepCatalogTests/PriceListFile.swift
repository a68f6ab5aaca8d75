import Foundation
import SheepCatalog
import SheepCore
import Testing

/// The readable price list of the repository, from which the embedded one is made.
enum PriceListFile {
  /// `data/models.json`.
  static func read() throws -> JSON {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let bytes = try Data(contentsOf: root.appending(path: "data/models.json"))
    return try JSON.parse(Array(bytes))
  }

  /// Its models, by profile and id.
  static func entries() throws -> [CatalogueEntry] {
    let models = try #require(try read()["models"]?.array)
    return try models.map { try CatalogueEntry(json: $0) }
      .sorted { ($0.profile, $0.id) < ($1.profile, $1.id) }
  }
}

/// A price in USD per million tokens.
func price(_ text: String) throws -> TokenPrice {
  try #require(TokenPrice(dollarsPerMillion: text))
}

/// An amount in USD.
func dollars(_ text: String) throws -> Money {
  try #require(Money(dollars: text))
}
