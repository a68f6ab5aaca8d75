package import SheepCore

/// The built-in list of models, with limits and prices.
///
/// It comes from `data/models.json` and is embedded in the program. Nothing of it is read
/// before it is asked for, and a look-up reads only the entry it finds.
package enum Catalogue {
  /// The model of that name as the profile offers it; `nil` when the list has none.
  ///
  /// Tried in this order: the exact id or alias, the name without a date at its end, the name
  /// without a vendor before it (`openai/gpt-4.1`), without both. Never a part of a name: what
  /// merely looks like a known model has an unknown price.
  package static func find(profile: String, model: String) -> CatalogueEntry? {
    let index = CatalogueIndex.embedded
    for spelling in ModelName.spellings(of: model) {
      if let record = index.record(profile: profile, name: spelling) { return entry(of: record) }
    }
    return nil
  }

  /// The ids of the profile that start with `prefix`, sorted; aliases where no id does.
  package static func models(profile: String, prefix: String = "") -> [String] {
    var ids: [String] = []
    var aliases: [String] = []
    CatalogueIndex.embedded.forEachLine(profile: profile, prefix: prefix) { line in
      if line.isID { ids.append(line.name) } else { aliases.append(line.name) }
    }
    return ids.isEmpty ? aliases : ids
  }

  /// All models, by profile and id.
  package static var all: [CatalogueEntry] {
    let index = CatalogueIndex.embedded
    return index.recordOffsets.compactMap { index.record(at: $0).flatMap(entry(of:)) }
  }

  /// The models of one profile, by id; empty for a profile that the list does not have.
  package static func entries(profile: String) -> [CatalogueEntry] {
    let index = CatalogueIndex.embedded
    var entries: [CatalogueEntry] = []
    index.forEachLine(profile: profile, prefix: "") { line in
      if line.isID, let entry = index.record(at: line.offset).flatMap(entry(of:)) { entries.append(entry) }
    }
    return entries
  }

  /// The profiles that the list has models of, sorted.
  package static var profiles: [String] {
    var profiles: [String] = []
    CatalogueIndex.embedded.forEachLine { line in
      if profiles.last != line.profile { profiles.append(line.profile) }
    }
    return profiles
  }

  /// The day of the list: what `--version` says of the prices.
  package static var updated: Day { Day(number: updatedDayNumber) }

  private static func entry(of record: UnsafeBufferPointer<UInt8>) -> CatalogueEntry? {
    CatalogueEntry(embedded: record)
  }
}
