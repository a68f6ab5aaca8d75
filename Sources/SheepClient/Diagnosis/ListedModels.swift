import SheepCore
import SheepWire

/// The ids in a list of models, whichever of the usual shapes it has.
package struct ListedModels: Equatable, Sendable {
  package var ids: [String]
  /// Whether the server says that there are further pages.
  package var hasMore: Bool

  /// Reads the first page of a list in any of the shapes of `ModelListPage`; `nil` when the body
  /// is none.
  package init?(_ body: [UInt8]) {
    guard let json = try? JSON.parse(body), let page = ModelListPage(json) else { return nil }
    ids = page.models.map(\.id)
    hasMore = page.next != nil
  }

  /// Whether the list has that id.
  package func contains(_ id: String) -> Bool { ids.contains(id) }
}
