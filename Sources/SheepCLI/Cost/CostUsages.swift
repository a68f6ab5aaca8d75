import SheepCatalog
import SheepCore
import SheepOptions
import SheepRun
import SheepTerminal

/// `sheep cost --usages`: what many calls cost, each by its own record.
struct CostUsages {
  /// One call of the file.
  struct Item {
    /// Its line in the file, from 1.
    var line: Int
    var model: String
    var profile: String?
    var usage: Usage
    var cost: Cost
  }

  let items: [Item]

  /// Reads and prices the lines of a file.
  ///
  /// - Parameters:
  ///   - models: those that count for every line instead of its own; at most one.
  ///   - profile: the profile of lines that name none.
  /// - Throws: `usage` for a line that is no record, naming it.
  init(
    _ bytes: [UInt8], name: String, model: ModelTarget?, profile: String, book: PriceBook, service: String?
  ) throws(Failure) {
    var items: [Item] = []
    var number = 0
    var start = 0
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
      number += 1
      let line = bytes[start..<end]
      start = end + 1
      if line.allSatisfy({ $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") || $0 == UInt8(ascii: "\r") })
      {
        continue
      }
      let record = try UsageRecord(line, subject: "\(name), line \(number)")
      guard let asked = model?.model ?? record.model else {
        throw Failure(
          .usage, "\(name), line \(number)", "has no model", advice: "add \"model\" to it, or give -m MODEL"
        )
      }
      let place = model?.profile ?? record.profile ?? profile
      let quote = book.quote(profile: place, model: asked)
      let cost = Cost(
        of: record.usage, reported: model == nil ? record.reported : nil, at: quote, service: service)
      items.append(Item(line: number, model: asked, profile: place, usage: record.usage, cost: cost))
    }
    if items.isEmpty { throw Failure(.usage, name, "has no usage", advice: "use one JSON object per line") }
    self.items = items
  }

  private var sum: CostSum {
    var sum = CostSum()
    for item in items { sum.add(item.cost) }
    return sum
  }

  /// The items and their exact sum.
  var json: JSON {
    let sum = sum
    return [
      "schema": 1,
      "items": .array(
        items.map { item in
          [
            "line": .number(JSONNumber(item.line)), "model": .string(item.model),
            "profile": ModelsReport.text(item.profile), "usage": AnswerReport.usage(item.usage),
            "cost": item.cost.json, "parts": .array(item.cost.parts.map(CostReport.part)),
            "notes": .array(item.cost.notes.map { .string($0) }),
          ]
        }),
      "requests": .number(JSONNumber(sum.count)),
      "unpriced": .number(JSONNumber(sum.unpriced)),
      "total_usd": sum.unpriced == 0 ? CostReport.money(sum.known) : .null,
      "known_usd": CostReport.money(sum.known),
    ]
  }

  /// The items as comma-separated values.
  var csv: String {
    var lines = [
      [
        "line", "model", "profile", "input_tokens", "cached_input_tokens", "output_tokens", "usd", "source",
        "checked",
      ]
    ]
    for item in items {
      let counts = [item.usage.inputTotal, item.usage.cacheRead, item.usage.outputTotal]
      lines.append(
        [String(item.line), item.model, item.profile ?? ""] + counts.map { $0.map(String.init) ?? "" }
          + [item.cost.total?.decimal ?? "", item.cost.source.rawValue, item.cost.checked?.text ?? ""])
    }
    return CSV.text(lines)
  }

  /// One row for each model, the dearest first, and the sum.
  func table(width: Int?, style: Style, plainProfile: String) -> String {
    struct Group {
      var name: String
      var sum = CostSum()
      var input = 0
      var output = 0
    }
    var groups: [Group] = []
    var places: [String: Int] = [:]
    for item in items {
      let name = item.profile == plainProfile ? item.model : item.model + "@" + (item.profile ?? "")
      let place = places[name] ?? groups.count
      if place == groups.count {
        groups.append(Group(name: name))
        places[name] = place
      }
      groups[place].sum.add(item.cost)
      groups[place].input = Self.sum(groups[place].input, item.usage.inputTotal)
      groups[place].output = Self.sum(groups[place].output, item.usage.outputTotal)
    }
    groups = groups.sorted { left, right in
      let (one, other) = (left.sum.known ?? .zero, right.sum.known ?? .zero)
      return one == other ? NaturalOrder.precedes(left.name, right.name) : one > other
    }
    let largest = groups.compactMap(\.sum.known).max()
    let amounts = FigureText.aligned(
      groups.map { Figures.grouped($0.sum.display) } + [Figures.grouped(sum.display)])
    var table = Table(
      [
        Table.Column("model"), Table.Column("requests", .right), Table.Column("input", .right),
        Table.Column("output", .right), Table.Column("cost", .right),
      ] + (width == nil ? [] : [Table.Column("", canShrink: false, ink: .cyan)]))
    for (group, amount) in zip(groups, amounts) {
      let cells = [
        Messages.filtered(group.name), Figures.grouped(group.sum.count), Figures.grouped(group.input),
        Figures.grouped(group.output), amount,
      ]
      table.add(cells + (width == nil ? [] : [FigureText.bar(group.sum.known, of: largest, width: 10)]))
    }
    let all = items.reduce((0, 0)) {
      (Self.sum($0.0, $1.usage.inputTotal), Self.sum($0.1, $1.usage.outputTotal))
    }
    table.add(
      [
        "total", Figures.grouped(items.count), Figures.grouped(all.0), Figures.grouped(all.1),
        amounts.last ?? "",
      ], inks: Array(repeating: .bold, count: 5))
    return table.render(width: width, style: style)
  }

  private static func sum(_ left: Int, _ right: Int?) -> Int {
    let (sum, overflow) = left.addingReportingOverflow(right ?? 0)
    return overflow ? .max : sum
  }
}

/// One line of a file of usages.
struct UsageRecord {
  var model: String?
  var profile: String?
  var usage: Usage
  /// What the provider said that it cost.
  var reported: Money?

  /// Reads a line of `sheep chat --json`, or an object with the same names at its top.
  /// - Throws: `usage`, about `subject`.
  init(_ line: ArraySlice<UInt8>, subject: String) throws(Failure) {
    let json: JSON
    do throws(JSONError) { json = try JSON.parse(line) } catch {
      throw Failure(
        .usage, subject, "is not JSON: \(error.problem)", advice: "use one object per line")
    }
    guard json.object != nil else {
      throw Failure(.usage, subject, "is not an object", advice: "use one object per line")
    }
    model = (json["requested_model"] ?? json["model"])?.string
    profile = json["profile"]?.string
    if json["cost"]?["source"]?.string == Cost.Source.reported.rawValue,
      let usd = json["cost"]?["usd"]?.number
    {
      reported = Money(dollars: usd.text)
    }
    usage = try Self.usage(json["usage"] ?? json, subject)
  }

  private static func usage(_ json: JSON, _ subject: String) throws(Failure) -> Usage {
    func count(_ names: String...) throws(Failure) -> Int? {
      for name in names {
        guard let value = json[name] else { continue }
        guard let count = value.count else {
          throw Failure(
            .usage, subject,
            "has \"\(name)\": \(value.serialized().prefix(30)), which is not a number of tokens"
          )
        }
        return count
      }
      return nil
    }
    let input = try count("input_tokens", "prompt_tokens")
    let output = try count("output_tokens", "completion_tokens")
    let cached = try count("cached_input_tokens")
    let written = try count("cache_write_tokens")
    let hour = try count("cache_write_1h_tokens")
    let reasoning = try count("reasoning_tokens")
    guard input != nil || output != nil else {
      throw Failure(
        .usage, subject, "has neither \"input_tokens\" nor \"output_tokens\"",
        advice: "see docs/prices.md for the fields")
    }
    func rest(_ whole: Int?, _ parts: [Int?], _ name: String) throws(Failure) -> Int? {
      guard let whole else { return nil }
      var left = whole
      for part in parts {
        let (less, overflow) = left.subtractingReportingOverflow(part ?? 0)
        guard !overflow, less >= 0 else {
          throw Failure(
            .usage, subject, "has parts that exceed its \"\(name)\"",
            advice: "\"\(name)\" is the total")
        }
        left = less
      }
      return left
    }
    // The one-hour writes are inside the writes, as every part is inside its total.
    let shortWrites = try rest(written, [hour], "cache_write_tokens")
    var usage = Usage(
      input: try rest(input, [cached, written ?? hour], "input_tokens"), cacheRead: cached,
      cacheWrite: shortWrites, cacheWriteHour: hour, output: try rest(output, [reasoning], "output_tokens"),
      reasoning: reasoning)
    switch json["source"]?.string {
    case Usage.Source.estimated.rawValue: usage.source = .estimated
    case Usage.Source.partial.rawValue: usage.source = .partial
    default: break
    }
    return usage
  }
}
