import SheepCatalog
import SheepCore
import SheepOptions
import SheepRun

/// What `sheep cost` found, as the JSON object and the CSV lines that docs/prices.md describes.
struct CostReport {
  let rows: [CostRow]
  let versus: CostRow?
  let input: CostInput
  let plan: CostPlan
  let day: Day

  /// The JSON object. Amounts are exact; what is unknown is `null`.
  var json: JSON {
    [
      "schema": 1,
      "tokens": tokens,
      "service": ModelsReport.text(plan.service),
      "requests": plan.options.requests.map {
        ["count": .number(JSONNumber($0.count)), "period": .string($0.period.rawValue)]
      } ?? .null,
      "fee_usd": Self.money(plan.fee),
      "updated": .string(Catalogue.updated.text),
      "models": .array(rows.map(model)),
      "versus": versus.map(model) ?? .null,
    ]
  }

  private var tokens: JSON {
    [
      "input_tokens": .number(JSONNumber(input.prompt.tokens)),
      "min_input_tokens": .number(JSONNumber(input.prompt.low)),
      "max_input_tokens": .number(JSONNumber(input.prompt.high)),
      "cached_input_tokens": ModelsReport.number(input.cached),
      "cache_write_tokens": ModelsReport.number(input.cacheWrite),
      "cache_write_1h_tokens": ModelsReport.number(input.cacheWriteHour),
      "output_tokens": ModelsReport.number(input.output),
      "reasoning_tokens": ModelsReport.number(input.reasoning),
      "max_output_tokens": ModelsReport.number(input.maximumOutput),
      "source": input.isEstimate ? "estimated" : "reported",
      "texts": .array(
        input.pieces.map {
          [
            "name": .string($0.name), "tokens": .number(JSONNumber($0.estimate.tokens)),
            "min_tokens": .number(JSONNumber($0.estimate.low)),
            "max_tokens": .number(JSONNumber($0.estimate.high)),
          ]
        }),
    ]
  }

  private func model(_ row: CostRow) -> JSON {
    var object = JSONObject()
    object["model"] = .string(row.name)
    object["id"] = ModelsReport.text(row.quote.entry?.id)
    object["profile"] = ModelsReport.text(row.profile)
    object["cost"] = (row.cost.likely ?? (row.range.isExact ? row.cost.headline : .unknown)).json
    object["min_usd"] = Self.money(row.cost.least.total)
    object["max_usd"] = Self.money(row.cost.most?.total)
    object["free"] = .bool(row.cost.headline.isFree)
    object["parts"] = .array(row.cost.headline.parts.map(Self.part))
    object["notes"] = .array(
      (row.cost.headline.notes + [row.quote.entry?.note].compactMap { $0 }).map { .string($0) })
    object["price"] = [
      "source": .string(row.quote.source.rawValue),
      "from": ModelsReport.text(row.quote.source == .catalogue ? row.quote.entry?.source : nil),
      "checked": ModelsReport.text(row.quote.checked?.text),
      "stale": .bool(row.quote.source == .catalogue && row.quote.entry?.isStale(on: day) == true),
    ]
    if plan.options.requests != nil {
      object["month_usd"] = Self.money(row.month)
      object["year_usd"] = Self.money(row.year)
    }
    if versus != nil { object["saving"] = row.saving.map(Self.saving) ?? .null }
    return .object(object)
  }

  private static func saving(_ saving: CostSaving) -> JSON {
    [
      "request_usd": money(saving.request), "month_usd": money(saving.month),
      "year_usd": money(saving.year), "percent_before_fee": percent(saving.permilleBeforeFee),
      "percent": percent(saving.permille),
    ]
  }

  private static func percent(_ permille: Int?) -> JSON {
    permille.flatMap { JSONNumber(text: Figures.fixed(Int64($0), decimals: 1)) }.map { .number($0) }
      ?? .null
  }

  /// One line of a breakdown.
  static func part(_ part: Cost.Part) -> JSON {
    [
      "kind": .string(part.kind.rawValue),
      "tokens": part.kind == .request ? .null : .number(JSONNumber(part.count)),
      "usd_per_million": ModelsReport.price(part.price), "usd": money(part.amount),
    ]
  }

  static func money(_ amount: Money?) -> JSON { amount?.json ?? .null }

  // MARK: - CSV

  /// The rows as comma-separated values (RFC 4180, lines ended by a line feed).
  var csv: String {
    var lines = [
      [
        "model", "profile", "input_tokens", "cached_input_tokens", "output_tokens", "usd", "input_usd",
        "output_usd", "min_usd", "max_usd", "source", "checked", "month_usd", "year_usd", "saved_month_usd",
        "saved_request_usd",
      ]
    ]
    for row in rows + (versus.map { [$0] } ?? []) {
      let cost = row.cost.likely
      let usage = (row.range.likely ?? row.range.least)
      lines.append([
        row.name, row.profile ?? "", text(usage.inputTotal), text(usage.cacheRead),
        row.range.likely == nil ? "" : text(usage.outputTotal), text(cost?.total), text(cost?.input),
        text(cost?.output), text(row.cost.least.total), text(row.cost.most?.total),
        row.quote.source.rawValue, row.quote.checked?.text ?? "", text(row.month), text(row.year),
        text(row.saving?.month), text(row.saving?.request),
      ])
    }
    return CSV.text(lines)
  }

  private func text(_ value: Int?) -> String { value.map(String.init) ?? "" }

  private func text(_ amount: Money?) -> String { amount?.decimal ?? "" }
}

/// Comma-separated values.
enum CSV {
  /// The lines as text; a cell is quoted where it must be.
  static func text(_ lines: [[String]]) -> String {
    lines.map { $0.map(cell).joined(separator: ",") + "\n" }.joined()
  }

  private static func cell(_ text: String) -> String {
    let special: [UInt8] = [UInt8(ascii: ","), UInt8(ascii: "\""), UInt8(ascii: "\n"), UInt8(ascii: "\r")]
    guard text.utf8.contains(where: special.contains) else { return text }
    var bytes: [UInt8] = [UInt8(ascii: "\"")]
    for byte in text.utf8 {
      bytes += byte == UInt8(ascii: "\"") ? [UInt8(ascii: "\""), UInt8(ascii: "\"")] : [byte]
    }
    return String(decoding: bytes + [UInt8(ascii: "\"")], as: UTF8.self)
  }
}
