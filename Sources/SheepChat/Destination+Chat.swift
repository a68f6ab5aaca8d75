import SheepCatalog
import SheepClient
import SheepCore
import SheepRun

extension Destination {
  /// The model's name at its gateway.
  var name: String { model }

  /// For people: `gpt-4.1`, and with its gateway where that is not the default one.
  var label: String {
    guard let profile = target.profile, profile != Profile.defaultName, !isDemo else { return model }
    return model + "@" + profile
  }

  /// The profile whose list of models applies.
  var listProfile: String { choice.listProfile(at: target) ?? choice.profile }

  /// The window and the prices of a million tokens, as far as they are known:
  /// `1,048,576 tokens, $2.00 in, $8.00 out`.
  var facts: [String] { Self.facts(quote.entry, quote.prices) }

  static func facts(_ entry: CatalogueEntry?, _ prices: Prices?) -> [String] {
    var parts: [String] = []
    if let context = entry?.context { parts.append(window(context)) }
    if let input = prices?.base.input, let output = prices?.base.output {
      parts.append(isFree(input, output) ? "free" : "\(million(input)) in, \(million(output)) out per M")
    } else {
      parts.append("price unknown")
    }
    return parts
  }

  /// A context window for people: `128k`, `1M`, `1,047k`.
  static func window(_ tokens: Int) -> String {
    if tokens >= 1_000_000, tokens % 1_000_000 < 50_000 { return "\(tokens / 1_000_000)M window" }
    return tokens >= 1000 ? "\(Figures.grouped(tokens / 1000))k window" : "\(tokens) window"
  }

  private static func million(_ price: TokenPrice) -> String {
    price.cost(of: 1_000_000).map { FigureText.fixed($0, places: 2) } ?? "?"
  }

  private static func isFree(_ input: TokenPrice, _ output: TokenPrice) -> Bool {
    input.cost(of: 1_000_000) == .zero && output.cost(of: 1_000_000) == .zero
  }
}
