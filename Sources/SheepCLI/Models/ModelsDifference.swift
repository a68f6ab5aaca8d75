import SheepCatalog
import SheepCore
import SheepRun
import SheepTerminal
import SheepWire

/// One way in which an endpoint's list and the built-in one disagree.
struct ModelsDifference: Equatable {
  /// What is different; the raw value is the `change` of the JSON output.
  enum Change: String {
    case new, gone, retiring, price
  }

  var change: Change
  var id: String
  /// What the built-in list and the endpoint say, in words; `nil` where one has nothing.
  var listed: String?
  var live: String?

  /// A retirement nearer than this many days is worth a line.
  private static let notice = 90

  /// All differences: new, gone, retiring, then prices, each by id.
  static func all(live: [ListedModel], profile: String, on day: Day) -> [ModelsDifference] {
    var new: [ModelsDifference] = []
    var retiring: [ModelsDifference] = []
    var prices: [ModelsDifference] = []
    var seen: Set<String> = []
    for model in live {
      let entry = Catalogue.find(profile: profile, model: model.id)
      if let entry {
        seen.insert(entry.id)
        prices += price(model, entry, on: day)
      } else {
        new.append(ModelsDifference(change: .new, id: model.id))
      }
      let announced = model.retirement.flatMap(ModelsRow.day)
      if let last = announced ?? entry?.retires, last.days(since: day) < notice || announced != entry?.retires
      {
        retiring.append(
          ModelsDifference(
            change: .retiring, id: model.id, listed: entry?.retires?.text, live: announced?.text))
      }
    }
    let gone = Catalogue.entries(profile: profile).filter { !seen.contains($0.id) }
      .map { ModelsDifference(change: .gone, id: $0.id) }
    return [new, gone, retiring, prices].flatMap { group in
      group.sorted { NaturalOrder.precedes($0.id, $1.id) }
    }
  }

  private static func price(_ model: ListedModel, _ entry: CatalogueEntry, on day: Day) -> [ModelsDifference]
  {
    guard let listed = model.prices.flatMap(Prices.init(listed:)), let ours = entry.prices(on: day),
      listed.base.input != ours.base.input || listed.base.output != ours.base.output
    else { return [] }
    return [ModelsDifference(change: .price, id: model.id, listed: text(ours), live: text(listed))]
  }

  private static func text(_ prices: Prices) -> String {
    [prices.base.input, prices.base.output].map { $0.map(ModelsTable.text) ?? "unknown" }
      .joined(separator: " / ")
  }

  /// The differences as a table.
  static func table(_ differences: [ModelsDifference], width: Int?, style: Style) -> String {
    var table = Table([
      Table.Column("change", canShrink: false), Table.Column("model"),
      Table.Column("built-in list", canShrink: false), Table.Column("endpoint", canShrink: false),
    ])
    for difference in differences {
      let ink: Ink =
        switch difference.change {
        case .new: .green
        case .gone: .red
        case .retiring, .price: .yellow
        }
      let isThere = difference.change == .new || difference.change == .gone
      table.add(
        [
          difference.change.rawValue, Messages.filtered(difference.id),
          difference.listed ?? (isThere ? (difference.change == .gone ? "yes" : "no") : "-"),
          difference.live ?? (isThere ? (difference.change == .new ? "yes" : "no") : "-"),
        ], inks: [ink])
    }
    return table.render(width: width, style: style)
  }

  /// The difference as an element of the JSON output.
  var json: JSON {
    [
      "change": .string(change.rawValue), "id": .string(id), "catalogue": ModelsReport.text(listed),
      "endpoint": ModelsReport.text(live),
    ]
  }
}
