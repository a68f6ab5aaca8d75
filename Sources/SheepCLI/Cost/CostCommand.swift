import SheepCatalog
import SheepClient
package import SheepCore
package import SheepOptions
package import SheepRun
import SheepTerminal

/// `sheep cost`: money from tokens, text, files and forecasts. Asks nobody.
struct CostCommand {
  private var options: CostOptions
  private let run: Run

  init(_ options: CostOptions, _ run: Run) {
    self.options = options
    self.run = run
  }

  /// Does what the options ask for.
  mutating func perform() throws(Failure) -> Termination {
    try checkUse()
    readConfiguration()
    return options.usages == nil ? try priceRequest() : try priceUsages()
  }

  /// Takes names and prices from the configuration; a mistake among them is told, and costs nothing but these.
  private mutating func readConfiguration() {
    do throws(Failure) {
      let applied = try run.settings.applied(to: options)
      _ = try run.settings.prices()
      options = applied
    } catch {
      run.messages.note("\(error.sentence); prices from the configuration were not read")
      run.settings.setAside()
    }
  }

  private func checkUse() throws(Failure) {
    if options.fee != nil, options.requests == nil {
      throw Failure(
        .usage, "--fee", "is a monthly fee", advice: "add --requests N, the number of requests a month")
    }
    guard options.usages != nil else { return }
    let others: [(String, Bool)] = [
      ("--input", options.hasCounts), ("--output", options.outputTokens != nil),
      ("--requests", options.requests != nil), ("--versus", options.versus != nil),
      ("a text", !options.operands.isEmpty), ("--file", !options.input.files.isEmpty),
      ("several models", options.models.count > 1),
    ]
    if let other = others.first(where: \.1) {
      throw Failure(.usage, "--usages", "cannot be combined with \(other.0)", advice: "use one of them")
    }
  }

  private var day: Day { Day(unixSeconds: run.environment.unixTime()) }

  private func priceRequest() throws(Failure) -> Termination {
    let input = try CostInputReader(options: options, environment: run.environment).read()
    let book = try PriceBook.read(options.connection, run.environment)
    let plan = CostPlan(
      options: options, book: book, input: input, profiles: try run.environment.settings.profiles())
    let versus = try plan.versus()
    let rows = try plan.rows(versus: versus)
    let report = CostReport(rows: rows, versus: versus, input: input, plan: plan, day: day)
    if options.output.json {
      try run.write(report.json)
    } else if options.csv {
      try run.write(report.csv)
    } else {
      try run.write { width, style in text(rows, versus, input, plan, width, style) }
    }
    return conclude(rows + (versus.map { [$0] } ?? []))
  }

  private func text(
    _ rows: [CostRow], _ versus: CostRow?, _ input: CostInput, _ plan: CostPlan, _ width: Int?, _ style: Style
  ) -> String {
    var text = ""
    if !input.pieces.isEmpty { text += CostText.pieces(input, width: width, style: style) + "\n" }
    if rows.count > 1 {
      let table = CostTable(
        rows: rows, versus: versus, input: input, hasForecast: options.requests != nil,
        plainProfile: plan.profile)
      text += table.render(width: width, style: style)
    }
    guard options.explain || rows.count == 1 else { return text }
    for (index, row) in rows.enumerated() {
      if rows.count > 1 || index > 0 { text += "\n" }
      text += CostExplanation(row: row, versus: versus, rate: options.requests, fee: plan.fee, day: day)
        .render(width: width, style: style)
    }
    return text
  }

  /// Names the models that nothing is known of, and notes what the table leaves out.
  private func conclude(_ rows: [CostRow]) -> Termination {
    let isExplained = options.explain || rows.count == 1 || options.output.json || options.csv
    var notes: [String] = []
    for row in rows where row.amount != nil && !isExplained {
      for note in row.cost.headline.notes where !notes.contains("\(row.label): \(note)") {
        notes.append("\(row.label): \(note)")
      }
      if row.quote.source == .catalogue, row.quote.entry?.isStale(on: day) == true {
        notes.append("\(row.label): its price was last checked on \(row.quote.checked?.text ?? "")")
      }
    }
    for note in notes { run.messages.note(note) }
    guard !options.models.isEmpty || options.versus != nil else { return .exit(.done) }
    let unknown = rows.filter { $0.quote.source == .unknown && $0.profile != nil }
    for row in unknown { run.messages.error(Self.unknownPrice(row)) }
    return .exit(unknown.isEmpty ? .done : .model)
  }

  private static func unknownPrice(_ row: CostRow) -> Failure {
    let profile = row.profile ?? Profile.defaultName
    var failure = Failure(.model, row.label, "its price is unknown")
    var ways: [String] = []
    if row.quote.entry == nil {
      let near = NearModels.nearest(to: row.name, among: Catalogue.models(profile: profile))
      if let near = NearModels.text(near) { ways.append(near) }
    } else if let note = row.quote.entry?.note {
      failure.problem += " (\(note))"
    }
    ways.append("set it with --price \(row.name):in=USD,out=USD")
    failure.advice = ways.joined(separator: "; ")
    return failure
  }

  private func priceUsages() throws(Failure) -> Termination {
    let path = options.usages ?? "-"
    let bytes =
      path == "-" ? try run.environment.inputContents() : try run.environment.contents(of: path)
    let book = try PriceBook.read(options.connection, run.environment)
    let plan = CostPlan(
      options: options, book: book, input: CostInput(prompt: .nothing, isEstimate: false),
      profiles: try run.environment.settings.profiles())
    let usages = try CostUsages(
      bytes, name: path == "-" ? "standard input" : path, model: options.models.first,
      profile: plan.profile, book: book, service: plan.service)
    if options.output.json {
      try run.write(usages.json)
    } else if options.csv {
      try run.write(usages.csv)
    } else {
      try run.write { usages.table(width: $0, style: $1, plainProfile: plan.profile) }
    }
    return .exit(.done)
  }
}

extension CostOptions: CommandBody {
  package var withoutConfiguration: String? { "prices from the configuration were not read" }

  package func carryOut(_ run: Run) throws(Failure) -> Termination {
    var command = CostCommand(self, run)
    return try command.perform()
  }
}
