/// The prices of one model that hold from some day on.
///
/// Everything `nil` was not published: that is not a price of zero. What is done without a
/// price is said by `Prices.rates(at:)`.
package struct Prices: Equatable, Sendable {
  /// The first day on which these prices hold; `nil` when they always did, as far as is known.
  package var from: Day?
  /// The prices that depend on the kind of token, below every tier.
  package var base = Rates()
  /// Prices for long prompts, by rising threshold.
  package var tiers: [Tier] = []
  /// What one token of audio costs in the prompt.
  package var audioInput: TokenPrice?
  /// What one token of audio costs in the answer.
  package var audioOutput: TokenPrice?
  /// What one token of an image costs in the prompt.
  package var imageInput: TokenPrice?
  /// A fee for every request.
  package var request: Money?
  /// A fee for every web search that the provider makes.
  package var webSearch: Money?
  /// Factors by service tier: `batch`, `flex`, `priority`.
  package var service: [String: PriceMultiplier] = [:]
  /// Prices of service tiers that no one factor leads to: those in place of all the others.
  package var servicePrices: [String: ServicePrices] = [:]
  /// Factors by region of processing: `us`, `eu`.
  package var region: [String: PriceMultiplier] = [:]
  /// What these prices leave out, for people: hours with other prices. `nil`: nothing.
  package var note: String?

  /// Prices of which nothing is known yet.
  package init() {}

  /// A price for every kind of token that is billed by one of the two directions.
  package init(input: TokenPrice, output: TokenPrice) {
    base.input = input
    base.output = output
  }

  /// The prices of tokens at a service tier, complete in themselves.
  package struct ServicePrices: Equatable, Sendable {
    /// Below every tier of length.
    package var base: Rates
    /// For long prompts, by rising threshold.
    package var tiers: [Tier]

    /// Prices of a service tier.
    package init(base: Rates, tiers: [Tier] = []) {
      self.base = base
      self.tiers = tiers
    }
  }

  /// Prices by kind of token.
  package struct Rates: Equatable, Sendable {
    package var input: TokenPrice?
    /// Prompt tokens read from the provider's cache.
    package var cacheRead: TokenPrice?
    /// Prompt tokens written to the cache for five minutes.
    package var cacheWrite: TokenPrice?
    /// Prompt tokens written to the cache for one hour.
    package var cacheWriteHour: TokenPrice?
    package var output: TokenPrice?
    package var reasoning: TokenPrice?

    /// No price at all.
    package init() {}

    /// Whether none of the prices is more than nothing.
    package var chargeNothing: Bool {
      (input ?? .free) == .free && (cacheRead ?? .free) == .free && (cacheWrite ?? .free) == .free
        && (cacheWriteHour ?? .free) == .free && (output ?? .free) == .free && (reasoning ?? .free) == .free
    }

    /// These prices, and those of `other` where there are none.
    package func or(_ other: Rates) -> Rates {
      var rates = self
      rates.input = input ?? other.input
      rates.cacheRead = cacheRead ?? other.cacheRead
      rates.cacheWrite = cacheWrite ?? other.cacheWrite
      rates.cacheWriteHour = cacheWriteHour ?? other.cacheWriteHour
      rates.output = output ?? other.output
      rates.reasoning = reasoning ?? other.reasoning
      return rates
    }
  }

  /// Other prices for requests with a long prompt.
  package struct Tier: Equatable, Sendable {
    /// What is billed at the tier's prices.
    package enum Scope: String, Sendable {
      /// The whole request, its output included.
      case request
      /// Only the prompt tokens beyond the threshold; output stays at the base price.
      case slice
    }

    /// The threshold in prompt tokens, cached ones included.
    package var threshold: Int
    /// Whether a prompt of exactly that length is in the tier already.
    package var includesThreshold: Bool
    package var scope: Scope
    /// The tier's prices; what is `nil` stays as below the tier.
    package var rates: Rates

    /// A tier.
    package init(threshold: Int, includesThreshold: Bool = false, scope: Scope = .request, rates: Rates) {
      self.threshold = threshold
      self.includesThreshold = includesThreshold
      self.scope = scope
      self.rates = rates
    }

    /// Whether a prompt of that many tokens is in the tier.
    package func holds(_ inputTokens: Int) -> Bool {
      includesThreshold ? inputTokens >= threshold : inputTokens > threshold
    }
  }
}

extension Prices {
  /// The prices of a request whose prompt has `inputTokens` tokens, cached ones included, when
  /// the tiers that hold for the whole request have been applied.
  package func rates(at inputTokens: Int) -> Rates {
    tiers.reduce(base) { rates, tier in
      tier.scope == .request && tier.holds(inputTokens) ? tier.rates.or(rates) : rates
    }
  }

  /// Whether every published price is zero, so that a call is free rather than cheap.
  package var areFree: Bool {
    base.input == .free && base.output == .free && base.chargeNothing
      && tiers.allSatisfy { $0.rates.chargeNothing }
      && (request ?? .zero) == .zero && (webSearch ?? .zero) == .zero
  }
}
