import SheepCatalog
import SheepCore
import SheepRun

/// The list of models as the JSON object that docs/prices.md describes.
enum ModelsReport {
  /// The whole list. What is not known is `null`.
  static func list(_ rows: [ModelsRow], source: String, profile: String?, notices: [String]) -> JSON {
    [
      "schema": 1,
      "source": .string(source),
      "profile": text(profile),
      "updated": .string(Catalogue.updated.text),
      "notices": .array(notices.map { .string($0) }),
      "models": .array(rows.map(model)),
    ]
  }

  /// One model.
  static func model(_ row: ModelsRow) -> JSON {
    [
      "id": .string(row.id),
      "profile": text(row.profile),
      "aliases": .array(row.aliases.map { .string($0) }),
      "context": number(row.context),
      "max_output": number(row.maxOutput),
      "retires": text(row.retires?.text),
      "prices": row.prices.map(prices) ?? .null,
      "price_source": .string(row.priceSource.rawValue),
      "source": text(row.source),
      "checked": text(row.checked?.text),
      "note": text(row.note),
    ]
  }

  /// Prices in US dollars per million tokens, fees in US dollars.
  static func prices(_ prices: Prices) -> JSON {
    var object = rates(prices.base)
    object["audio_in"] = price(prices.audioInput)
    object["audio_out"] = price(prices.audioOutput)
    object["image_in"] = price(prices.imageInput)
    object["request"] = prices.request?.json ?? .null
    object["web_search"] = prices.webSearch?.json ?? .null
    object["tiers"] = .array(prices.tiers.map(tier))
    object["service"] = services(prices)
    object["region"] = factors(prices.region)
    object["from"] = text(prices.from?.text)
    object["note"] = text(prices.note)
    return .object(object)
  }

  private static func rates(_ rates: Prices.Rates) -> JSONObject {
    var object = JSONObject()
    object["unit"] = "USD per million tokens"
    object["input"] = price(rates.input)
    object["cached"] = price(rates.cacheRead)
    object["cache_write"] = price(rates.cacheWrite)
    object["cache_write_1h"] = price(rates.cacheWriteHour)
    object["output"] = price(rates.output)
    object["reasoning"] = price(rates.reasoning)
    return object
  }

  private static func tier(_ tier: Prices.Tier) -> JSON {
    var object = rates(tier.rates)
    object["unit"] = nil
    object[tier.includesThreshold ? "at_or_above" : "above"] = number(tier.threshold)
    object["scope"] = .string(tier.scope.rawValue)
    return .object(object)
  }

  /// A factor, or the prices of the tier.
  private static func services(_ prices: Prices) -> JSON {
    var object = factors(prices.service).object ?? JSONObject()
    for (name, own) in prices.servicePrices.sorted(by: { $0.key < $1.key }) {
      var tokens = rates(own.base)
      tokens["unit"] = nil
      tokens["tiers"] = .array(own.tiers.map(tier))
      object[name] = .object(tokens)
    }
    return .object(object)
  }

  private static func factors(_ factors: [String: PriceMultiplier]) -> JSON {
    let members = factors.sorted { $0.key < $1.key }.map { name, factor in
      JSONObject.Member(
        name: name, value: JSONNumber(text: String(factor.text.dropFirst())).map { .number($0) } ?? .null)
    }
    return .object(JSONObject(members))
  }

  /// A price as an exact number.
  static func price(_ price: TokenPrice?) -> JSON {
    price.flatMap { JSONNumber(text: $0.dollarsPerMillion) }.map { .number($0) } ?? .null
  }

  static func number(_ value: Int?) -> JSON { value.map { .number(JSONNumber($0)) } ?? .null }

  static func text(_ text: String?) -> JSON { text.map { .string($0) } ?? .null }
}
