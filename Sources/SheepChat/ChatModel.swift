import SheepCatalog
import SheepClient
import SheepCore
import SheepOptions
import SheepRun
import SheepWire

/// The model that is asked, with the place it is asked at and what it costs.
final class ChatModel {
  /// The model's name at its gateway.
  let name: String
  /// The profile's name; `nil` for an address without one.
  let profile: String?
  let target: Target
  let quote: Quote
  /// The options that lead there.
  let connection: ConnectionOptions
  /// The profile whose list of models counts.
  let listProfile: String
  let api: String
  /// How the profile is called in a session; `nil` where that is not worth keeping.
  let recordedProfile: String?

  /// The model of that name at a place, whose endpoint is `target`.
  init(
    _ name: String, at place: Place, _ target: Target, quote: Quote, connection: ConnectionOptions
  ) {
    self.name = name
    profile = target.profile
    self.target = target
    self.quote = quote
    self.connection = connection
    listProfile = place.priceProfile ?? target.profile ?? place.named.profile
    api = target.dialect.name
    recordedProfile = place.recordedProfile
  }

  /// For people: `gpt-4.1`, and with its gateway where that is not the default one.
  var label: String {
    guard let profile, profile != Profile.defaultName, !isDemo else { return name }
    return name + "@" + profile
  }

  /// Whether it is one of the built-in gateway's.
  var isDemo: Bool { profile == "demo" }

  /// The window and the prices of a million tokens, as far as they are known:
  /// `1,048,576 tokens, $2.00 in, $8.00 out`.
  var facts: String { Self.facts(quote.entry, quote.prices) }

  static func facts(_ entry: CatalogueEntry?, _ prices: Prices?) -> String {
    var parts: [String] = []
    if let context = entry?.context { parts.append(window(context)) }
    if let input = prices?.base.input, let output = prices?.base.output {
      parts.append(isFree(input, output) ? "free" : "\(million(input)) in, \(million(output)) out per M")
    } else {
      parts.append("price unknown")
    }
    return parts.joined(separator: " · ")
  }

  /// A context window for people: `128k`, `1M`, `1,047k`.
  static func window(_ tokens: Int) -> String {
    if tokens >= 1_000_000, tokens % 1_000_000 < 50_000 { return "\(tokens / 1_000_000)M window" }
    return tokens >= 1000 ? "\(FigureText.grouped(tokens / 1000))k window" : "\(tokens) window"
  }

  private static func million(_ price: TokenPrice) -> String {
    price.cost(of: 1_000_000).map { FigureText.fixed($0, places: 2) } ?? "?"
  }

  private static func isFree(_ input: TokenPrice, _ output: TokenPrice) -> Bool {
    input.cost(of: 1_000_000) == .zero && output.cost(of: 1_000_000) == .zero
  }
}

/// Finds models for a chat.
struct ChatModels: ~Copyable {
  let environment: Environment
  /// The options of the command line: where the chat began.
  let options: ConnectionOptions
  let demo: DemoGateway?
  let needsKey: Bool

  /// The model that the command line asks for.
  func first() throws(Failure) -> ChatModel { try resolve(options) }

  /// The model that a person names while another one is asked.
  ///
  /// A name alone stays at the present gateway. One with a profile leaves everything behind that
  /// was said of the first gateway: its address, key, headers and dialect belong to it alone.
  func named(_ text: String, beside current: ChatModel) throws(Failure) -> ChatModel {
    let named: ModelTarget
    do throws(ValueProblem) { named = try ModelTarget.parse(text) } catch {
      throw Failure(.usage, "/model", error.problem, advice: error.wayOut)
    }
    let target = try ModelChoice.resolved(named, try environment.settings.configuration())
    return try resolve(target, current)
  }

  /// The names of the models that can be asked beside that one, as far as they are known.
  func listed(beside model: ChatModel) -> [String] {
    guard model.isDemo else { return Catalogue.models(profile: model.listProfile) }
    return environment.localGateway?.modelNames ?? []
  }

  /// The model of a session that is gone on with.
  func model(_ name: String, profile: String?, beside current: ChatModel) throws(Failure) -> ChatModel {
    try resolve(ModelTarget(model: name, profile: profile), current)
  }

  private func resolve(_ target: ModelTarget, _ current: ChatModel) throws(Failure) -> ChatModel {
    var connection = current.connection
    if let profile = target.profile, profile != current.profile, demo == nil {
      connection = options
      if profile != (try? first())?.profile {
        connection.baseURL = nil
        connection.api = nil
        connection.keyFile = nil
        connection.keyEnvironmentName = nil
        connection.keyCommand = nil
        connection.headers = []
      }
      connection.profile = nil
      connection.model = target
    } else if connection.baseURL == nil, demo == nil, let profile = current.profile {
      connection.model = ModelTarget(model: target.model, profile: profile)
    } else {
      connection.model = ModelTarget(model: target.model)
    }
    connection.task = nil
    return try resolve(connection)
  }

  private func resolve(_ connection: ConnectionOptions) throws(Failure) -> ChatModel {
    let place = try Place(
      connection, settings: environment.settings, demo: demo, isDemo: connection.demo)
    let name = try place.model()
    let target = try TargetResolver(environment: environment).resolve(place.choice, needsKey: needsKey)
    let quote = try PriceBook.read(connection, environment).quote(
      profile: place.priceProfile ?? target.profile, model: name)
    return ChatModel(name, at: place, target, quote: quote, connection: connection)
  }
}
