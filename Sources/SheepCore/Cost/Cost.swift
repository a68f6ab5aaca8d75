/// What a call cost, and how that is known.
package struct Cost: Equatable, Sendable {
  /// Where the amount comes from; the raw value is the contract's `cost.source`.
  package enum Source: String, Sendable {
    /// The provider said so.
    case reported
    /// Reckoned from the built-in price list.
    case catalogue
    /// Reckoned from the user's own prices.
    case user
    case unknown
  }

  /// What the amount is made of: tokens of one kind, or a fee.
  package enum Kind: String, Sendable {
    case input, cached, cacheWrite = "cache_write", cacheWriteHour = "cache_write_1h"
    case output, reasoning, request
  }

  /// One line of the breakdown.
  package struct Part: Equatable, Sendable {
    package var kind: Kind
    /// How many tokens; 1 for a fee.
    package var count: Int
    /// The price of a token; `nil` for a fee and when no price is known.
    package var price: TokenPrice?
    /// The amount; `nil` when no price is known.
    package var amount: Money?

    /// A line of so many tokens, or of one fee.
    package init(kind: Kind, count: Int, price: TokenPrice?, amount: Money?) {
      self.kind = kind
      self.count = count
      self.price = price
      self.amount = amount
    }
  }

  package var source: Source
  /// The whole amount; `nil` when unknown, which is not the same as nothing.
  package var total: Money?
  /// The prompt's share, cached tokens and cache writes included; `nil` when unknown.
  package var input: Money?
  /// The answer's share, reasoning included; `nil` when unknown.
  package var output: Money?
  /// Whether the number of tokens was estimated, so the amount is too.
  package var isEstimate = false
  /// Whether every published price of the model is zero.
  package var isFree = false
  /// When the prices were last compared with their source; `nil` for other sources.
  package var checked: Day?
  /// How the amount comes about; empty for a reported one.
  package var parts: [Part] = []
  /// What was assumed, for the breakdown.
  package var notes: [String] = []

  /// Nobody knows.
  package static let unknown = Cost(source: .unknown, total: nil)

  /// What the provider says.
  package static func reported(_ amount: Money) -> Cost { Cost(source: .reported, total: amount) }

  /// An amount from that source, with nothing more known of it; `nil` when unknown.
  package init(source: Source, total: Money?) {
    self.source = source
    self.total = total
  }

  /// The amount for people: `$0.001792`, `~$0.0018`, `free`, `unknown`.
  package var display: String {
    guard let total else { return "unknown" }
    if isFree, total == .zero { return "free" }
    return (isEstimate ? "~" : "") + total.display
  }

  /// The contract's `cost` object. Amounts are exact; what is unknown is `null`.
  package var json: JSON {
    [
      "usd": total?.json ?? .null,
      "input_usd": input?.json ?? .null,
      "output_usd": output?.json ?? .null,
      "source": .string(total == nil ? Source.unknown.rawValue : source.rawValue),
      "checked": checked.map { .string($0.text) } ?? .null,
    ]
  }
}
