package import SheepCore

extension CatalogueEntry {
  /// Reads one model of a price list in the form of `data/models.json`.
  ///
  /// Unknown fields are refused, so that a misspelt price cannot pass for a missing one.
  /// - Parameter fileName: a user's own file, whose entries need to name neither a source nor the
  ///   day of their last check.
  /// - Throws: `usage`, with the model as the subject.
  package init(json: JSON, fileName: String? = nil) throws(Failure) {
    let fields = try PriceListFields(json, subject: "price list", known: Self.fieldNames)
    let profile = try fields.requiredText("provider")
    let id = try fields.requiredText("id")
    let model = fields.about(id + "@" + profile)
    self.init(
      profile: profile, id: id,
      source: try model.required("source", try model.text("source") ?? fileName),
      checked: try model.day("checked"))
    if checked == nil, fileName == nil { _ = try model.required("checked", checked) }
    aliases = try model.texts("match")
    context = try model.count("context")
    maxOutput = try model.count("max_output")
    retires = try model.day("retires")
    note = try model.text("note")
    for element in try model.list("prices") {
      prices.append(try Prices(json: element, subject: model.subject))
    }
    guard zip(prices, prices.dropFirst()).allSatisfy({ Self.precedes($0, $1) }) else {
      throw model.failure("has prices out of order", "list them by their \"from\", oldest first")
    }
  }

  private static let fieldNames = [
    "provider", "id", "match", "context", "max_output", "retires", "source", "checked", "note", "prices",
  ]

  private static func precedes(_ left: Prices, _ right: Prices) -> Bool {
    guard let later = right.from else { return false }
    return left.from.map { $0 < later } ?? true
  }
}

extension Prices {
  // Written out one by one: a list that is added up is made anew at every start.
  private static let fieldNames = [
    "input", "cached", "cache_write", "cache_write_1h", "output", "reasoning",
    "from", "audio_in", "audio_out", "image_in", "request", "web_search", "tiers", "service", "region",
    "note",
  ]
  private static let serviceNames = [
    "input", "cached", "cache_write", "cache_write_1h", "output", "reasoning", "tiers",
  ]

  /// Reads one set of prices of the model that `subject` names.
  /// - Throws: `usage`.
  package init(json: JSON, subject: String) throws(Failure) {
    let fields = try PriceListFields(json, subject: subject, known: Self.fieldNames)
    self.init()
    from = try fields.day("from")
    base = try Rates(fields)
    audioInput = try fields.price("audio_in")
    audioOutput = try fields.price("audio_out")
    imageInput = try fields.price("image_in")
    request = try fields.fee("request")
    webSearch = try fields.fee("web_search")
    note = try fields.text("note")
    let services = try fields.members("service")
    service = try fields.multipliers("service", services.plain)
    for member in services.objects {
      let own = try PriceListFields(member.value, subject: subject, known: Self.serviceNames)
      servicePrices[member.name] = ServicePrices(base: try Rates(own), tiers: try Tier.list(own))
    }
    let regions = try fields.members("region")
    region = try fields.multipliers("region", regions.plain + regions.objects)
    tiers = try Tier.list(fields)
  }
}

extension Prices.Rates {
  fileprivate init(_ fields: PriceListFields) throws(Failure) {
    self.init()
    input = try fields.price("input")
    cacheRead = try fields.price("cached")
    cacheWrite = try fields.price("cache_write")
    cacheWriteHour = try fields.price("cache_write_1h")
    output = try fields.price("output")
    reasoning = try fields.price("reasoning")
  }
}

extension Prices.Tier {
  private static let fieldNames = [
    "input", "cached", "cache_write", "cache_write_1h", "output", "reasoning",
    "above", "at_or_above", "scope",
  ]

  fileprivate static func list(_ fields: PriceListFields) throws(Failure) -> [Self] {
    var tiers: [Self] = []
    for element in try fields.list("tiers") { tiers.append(try Self(json: element, subject: fields.subject)) }
    guard zip(tiers, tiers.dropFirst()).allSatisfy({ $0.threshold < $1.threshold }) else {
      throw fields.failure("has tiers out of order", "list them by rising threshold")
    }
    return tiers
  }

  fileprivate init(json: JSON, subject: String) throws(Failure) {
    let fields = try PriceListFields(json, subject: subject, known: Self.fieldNames)
    let above = try fields.count("above")
    let atOrAbove = try fields.count("at_or_above")
    guard let threshold = above ?? atOrAbove, above == nil || atOrAbove == nil else {
      throw fields.failure("has a tier without one threshold", "give \"above\" or \"at_or_above\"")
    }
    let scope = try fields.text("scope") ?? Scope.request.rawValue
    guard let scope = Scope(rawValue: scope) else {
      throw fields.failure("has a tier of scope \"\(scope)\"", "use \"request\" or \"slice\"")
    }
    self.init(
      threshold: threshold, includesThreshold: above == nil, scope: scope, rates: try Prices.Rates(fields))
  }
}
