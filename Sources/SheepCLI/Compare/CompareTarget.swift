import SheepCatalog
import SheepClient
import SheepCompare
import SheepCore
import SheepOptions
import SheepRun
import SheepWire

/// One target of a comparison, ready to be called.
final class CompareTarget {
  /// As the user wrote it: `gpt-4.1@openai`.
  let label: String
  let model: String
  /// Where the model and the profile were said.
  let named: ModelChoice
  let target: Target
  let quote: Quote

  private init(label: String, model: String, named: ModelChoice, target: Target, quote: Quote) {
    self.label = label
    self.model = model
    self.named = named
    self.target = target
    self.quote = quote
  }

  /// What of it is written into a document.
  var entry: CompareDocument.Entry {
    CompareDocument.Entry(
      label: label, model: model, profile: target.profile, host: target.baseURL.host,
      api: target.dialect.name)
  }

  /// The targets of `--model`, in their order.
  /// - Throws: `usage` for a profile or key that is missing, and for the same target twice.
  static func resolve(
    _ options: CompareOptions, demo: DemoGateway?, _ environment: Environment
  ) throws(Failure) -> [CompareTarget] {
    let prices = try PriceBook.read(options.call.connection, environment)
    var targets: [CompareTarget] = []
    let models: [ModelTarget?] = options.models.isEmpty ? [nil] : options.models.map { $0 }
    for named in models {
      let target = try resolve(named, options, demo: demo, prices, environment)
      if targets.contains(where: { $0.label == target.label }) {
        throw Failure(
          .usage, "--model", "\(target.label) is named twice",
          advice: "name it once; more calls come with --rounds")
      }
      targets.append(target)
    }
    return targets
  }

  /// The target of `--judge`; `nil` without the option.
  /// - Throws: `usage` for a profile or key that is missing.
  static func resolveJudge(
    _ options: CompareOptions, demo: DemoGateway?, _ environment: Environment
  ) throws(Failure) -> CompareTarget? {
    guard let judge = options.judge else { return nil }
    var options = options
    options.cold = false
    let prices = try PriceBook.read(options.call.connection, environment)
    return try resolve(judge, options, demo: demo, prices, environment)
  }

  private static func resolve(
    _ named: ModelTarget?, _ options: CompareOptions, demo: DemoGateway?, _ prices: PriceBook,
    _ environment: Environment
  ) throws(Failure) -> CompareTarget {
    var connection = options.call.connection
    connection.model = named
    let place = try Place(
      connection, settings: environment.settings, demo: demo, isDemo: connection.demo)
    let model = try place.model()
    var choice = place.choice
    choice.settings.usesFreshConnection = options.cold
    let target = try TargetResolver(environment: environment).resolve(
      choice, needsKey: !options.call.input.dryRun)
    let quote = prices.quote(profile: place.priceProfile ?? target.profile, model: model)
    let namesProfile = named?.profile != nil || place.named.alias != nil && place.named.namesProfile
    let label = namesProfile ? model + "@" + place.named.profile : model
    return CompareTarget(label: label, model: model, named: place.named, target: target, quote: quote)
  }
}
