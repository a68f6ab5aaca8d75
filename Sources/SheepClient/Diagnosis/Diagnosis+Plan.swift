package import SheepCore

extension Diagnosis {
  /// What is to be checked, and how.
  package struct Plan {
    package let target: Target
    /// The model to look for and to call; `nil` when none is named.
    package let model: String?
    package let proxy: ProxyInEffect
    /// What is known of the settings: the result of the layer `config`.
    package let config: CheckResult
    /// The last layer to check.
    package let last: Check
    package let limits: TimeLimits
    /// The user's limit for one diagnosis or probe as a whole; `nil` for none.
    package var totalTime: Duration?
    /// How long the small call may take in all.
    package var callLimit: Duration = .seconds(60)
    /// The time of day in seconds since 1970.
    package let now: () -> Int64
    package let price: (Answer) -> PricedCall

    /// A plan; without a model the layers that cost tokens cannot be checked.
    package init(
      target: Target, model: String?, proxy: ProxyInEffect, config: CheckResult, last: Check,
      limits: TimeLimits, now: @escaping () -> Int64, price: @escaping (Answer) -> PricedCall
    ) {
      self.target = target
      self.model = model
      self.proxy = proxy
      self.config = config
      self.last = last
      self.limits = limits
      self.now = now
      self.price = price
    }
  }
}
