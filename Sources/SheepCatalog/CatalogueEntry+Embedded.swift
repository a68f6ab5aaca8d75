import SheepCore

extension CatalogueEntry {
  /// Reads one record of the embedded list.
  ///
  /// Its fields are divided by tabs, each a name and, after a blank, a value; names and values are
  /// those of `data/models.json`. `prices` begins the prices that hold from some day on, and what
  /// follows is theirs. `tier >200000` or `tier >=200000`, with ` slice` after it where it holds for
  /// a slice, begins a tier; `service batch` the prices of a service tier; what follows is theirs.
  /// `service batch x0.5` is a factor, and so is `region eu x1.1`.
  ///
  /// Not JSON, because reading that was a fifth of all that `sheep models` does.
  /// `nil` for what is not of this form; a test compares all records with their source.
  init?(embedded record: UnsafeBufferPointer<UInt8>) {
    var reader = RecordReader(record)
    guard let provider = reader.next(), provider.isNamed("provider"), let id = reader.next(), id.isNamed("id")
    else { return nil }
    self.init(profile: provider.text, id: id.text, source: "", checked: nil)
    while let field = reader.next() {
      switch true {
      case field.isNamed("match"): aliases = field.words.map(\.text)
      case field.isNamed("context"): context = field.count
      case field.isNamed("max_output"): maxOutput = field.count
      case field.isNamed("retires"): retires = Day(field.text)
      case field.isNamed("source"): source = field.text
      case field.isNamed("checked"): checked = Day(field.text)
      case field.isNamed("note"): note = field.text
      case field.isNamed("prices"):
        guard let prices = reader.prices() else { return nil }
        self.prices.append(prices)
      default: return nil
      }
    }
  }
}

/// Goes through the fields of an embedded record.
private struct RecordReader {
  private let bytes: UnsafeBufferPointer<UInt8>
  private var position = 0

  init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  /// The next field; `nil` after the last one.
  mutating func next() -> RecordField? {
    guard position < bytes.count else { return nil }
    var end = position
    while end < bytes.count, bytes[end] != UInt8(ascii: "\t") { end += 1 }
    defer { position = end + 1 }
    return RecordField(UnsafeBufferPointer(rebasing: bytes[position..<end]))
  }

  /// The prices that follow; `nil` when there is something else among them.
  mutating func prices() -> Prices? {
    var prices = Prices()
    var service: String?
    var own = Prices.ServicePrices(base: Prices.Rates())
    while position < bytes.count {
      let start = position
      guard let field = next() else { break }
      if field.isNamed("prices") {
        position = start
        break
      }
      if field.isNamed("service") || field.isNamed("region") {
        let words = field.words
        if let service { prices.servicePrices[service] = own }
        (service, own) = (nil, Prices.ServicePrices(base: Prices.Rates()))
        if words.count == 1 {
          service = words[0].text
        } else {
          guard words.count == 2, let factor = PriceMultiplier(words[1].text) else { return nil }
          if field.isNamed("service") {
            prices.service[words[0].text] = factor
          } else {
            prices.region[words[0].text] = factor
          }
        }
      } else if service == nil {
        guard prices.read(field) else { return nil }
      } else {
        guard field.read(into: &own.base, tiers: &own.tiers) else { return nil }
      }
    }
    if let service { prices.servicePrices[service] = own }
    return prices
  }
}

extension Prices {
  /// Takes a field that is not about a service tier or a region; whether it was one.
  fileprivate mutating func read(_ field: RecordField) -> Bool {
    if field.read(into: &base, tiers: &tiers) { return true }
    switch true {
    case field.isNamed("from"): from = Day(field.text)
    case field.isNamed("audio_in"): audioInput = field.price
    case field.isNamed("audio_out"): audioOutput = field.price
    case field.isNamed("image_in"): imageInput = field.price
    case field.isNamed("request"): request = Money(dollars: field.text)
    case field.isNamed("web_search"): webSearch = Money(dollars: field.text)
    case field.isNamed("note"): note = field.text
    default: return false
    }
    return true
  }
}

/// One field as it lies in the program.
private struct RecordField {
  private let bytes: UnsafeBufferPointer<UInt8>
  /// How long the name is.
  private let name: Int

  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    self.bytes = bytes
    var name = 0
    while name < bytes.count, bytes[name] != UInt8(ascii: " ") { name += 1 }
    self.name = name
  }

  func isNamed(_ text: StaticString) -> Bool {
    guard text.utf8CodeUnitCount == name else { return false }
    for index in 0..<name where text.utf8Start[index] != bytes[index] { return false }
    return true
  }

  private var value: UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(rebasing: bytes[min(name + 1, bytes.count)...])
  }

  var text: String { String(decoding: value, as: UTF8.self) }

  var price: TokenPrice? { TokenPrice(dollarsPerMillion: text) }

  /// The words of the value.
  var words: [RecordWord] {
    var words: [RecordWord] = []
    var start = name + 1
    while start < bytes.count {
      var end = start
      while end < bytes.count, bytes[end] != UInt8(ascii: " ") { end += 1 }
      words.append(RecordWord(bytes: UnsafeBufferPointer(rebasing: bytes[start..<end])))
      start = end + 1
    }
    return words
  }

  /// The value as a number of tokens; `nil` when it is none.
  var count: Int? { Self.count(value) }

  private static func count(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    var count = 0
    for byte in bytes {
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte), count < 1 << 50 else { return nil }
      count = count * 10 + Int(byte - UInt8(ascii: "0"))
    }
    return bytes.isEmpty ? nil : count
  }

  /// Takes a tier, or the price of a kind of token, which belongs to the last tier if there is one;
  /// whether it was one of these.
  func read(into base: inout Prices.Rates, tiers: inout [Prices.Tier]) -> Bool {
    if isNamed("tier") {
      guard let tier else { return false }
      tiers.append(tier)
      return true
    }
    return tiers.isEmpty ? read(into: &base) : read(into: &tiers[tiers.count - 1].rates)
  }

  private func read(into rates: inout Prices.Rates) -> Bool {
    switch true {
    case isNamed("input"): rates.input = price
    case isNamed("cached"): rates.cacheRead = price
    case isNamed("cache_write"): rates.cacheWrite = price
    case isNamed("cache_write_1h"): rates.cacheWriteHour = price
    case isNamed("output"): rates.output = price
    case isNamed("reasoning"): rates.reasoning = price
    default: return false
    }
    return true
  }

  private var tier: Prices.Tier? {
    let words = words
    guard let edge = words.first?.bytes, edge.first == UInt8(ascii: ">") else { return nil }
    let includes = edge.count > 1 && edge[1] == UInt8(ascii: "=")
    guard let threshold = Self.count(UnsafeBufferPointer(rebasing: edge[(includes ? 2 : 1)...])) else {
      return nil
    }
    return Prices.Tier(
      threshold: threshold, includesThreshold: includes, scope: words.count > 1 ? .slice : .request,
      rates: Prices.Rates())
  }
}

/// One word of a field's value.
private struct RecordWord {
  let bytes: UnsafeBufferPointer<UInt8>

  var text: String { String(decoding: bytes, as: UTF8.self) }
}
