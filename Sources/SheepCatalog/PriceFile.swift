package import SheepCore

/// Prices of the user's own from a file in the form of `data/models.json`.
package struct PriceFile: Equatable, Sendable {
  /// Its models.
  package let entries: [CatalogueEntry]

  /// Reads a file's bytes.
  ///
  /// - Parameter name: what errors call the file.
  /// - Throws: `usage` for what is no JSON, no price list, or a list with a mistake in it.
  package init(_ bytes: [UInt8], name: String) throws(Failure) {
    let json: JSON
    do throws(JSONError) { json = try JSON.parse(bytes) } catch {
      throw Failure(
        .usage, name, "is not JSON: \(error.problem) at byte \(error.offset + 1)", advice: "fix it first")
    }
    guard let models = json["models"]?.array ?? json.array else {
      throw Failure(
        .usage, name, "has no list \"models\"",
        advice: #"write {"models": [{"provider": …, "id": …, "prices": […]}]} as docs/prices.md shows"#)
    }
    if let schema = json["schema"], schema.count != 1 {
      throw Failure(
        .usage, name, "has schema \(schema.serialized().prefix(20))", advice: "this program reads 1")
    }
    var entries: [CatalogueEntry] = []
    var names: Set<[String]> = []
    for model in models {
      let entry: CatalogueEntry
      do throws(Failure) { entry = try CatalogueEntry(json: model, fileName: name) } catch {
        throw Failure(.usage, "\(name): \(error.subject)", error.problem, advice: error.advice)
      }
      for spelling in [entry.id] + entry.aliases {
        guard names.insert([entry.profile, spelling]).inserted else {
          throw Failure(
            .usage, name, "names \(spelling)@\(entry.profile) twice", advice: "remove one of the two")
        }
      }
      entries.append(entry)
    }
    self.entries = entries
  }

  /// The model of that name, found by the rules of the built-in list; `nil` without one.
  package func find(profile: String, model: String) -> CatalogueEntry? {
    for spelling in ModelName.spellings(of: model) {
      for entry in entries where entry.profile == profile {
        if entry.id == spelling || entry.aliases.contains(spelling) { return entry }
      }
    }
    return nil
  }
}

/// All prices that count for a run, in layers: the user's `--price`, the user's file, the
/// configuration, the built-in list, each before the one behind it.
package struct PriceBook: Sendable {
  /// The user's file; `nil` without one.
  package var file: PriceFile?
  /// What `--price` gave.
  package var userPrices: [UserPrice]
  /// The configuration's prices, each for one profile or (`nil`) for all.
  package var configured: [(price: UserPrice, profile: String?)] = []
  /// The day that chooses between former and new prices.
  package var day: Day

  /// The layers for a run on `day`.
  package init(file: PriceFile? = nil, userPrices: [UserPrice] = [], day: Day) {
    self.file = file
    self.userPrices = userPrices
    self.day = day
  }

  /// The prices of a model; `profile` is `nil` for an address without one.
  package func quote(profile: String?, model: String) -> Quote {
    let quote = Quote.find(profile: profile, model: model, userPrices: userPrices, on: day)
    guard quote.source != .user else { return quote }
    guard let file, let profile, let entry = file.find(profile: profile, model: model) else {
      let own = configured.filter { $0.profile == nil || $0.profile == profile }.map(\.price)
      return own.isEmpty ? quote : Quote.find(profile: profile, model: model, userPrices: own, on: day)
    }
    // Limits that the file leaves out are the built-in list's.
    var merged = entry
    merged.context = entry.context ?? quote.entry?.context
    merged.maxOutput = entry.maxOutput ?? quote.entry?.maxOutput
    guard let prices = entry.prices(on: day) else {
      var quote = quote
      quote.entry?.context = merged.context
      quote.entry?.maxOutput = merged.maxOutput
      return quote
    }
    return Quote(prices: prices, source: .user, checked: entry.checked, entry: merged)
  }
}
