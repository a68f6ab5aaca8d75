package import SheepCatalog
package import SheepClient
package import SheepCore
package import SheepOptions

/// Where a call goes and what it costs there: found once, from the options, the role, the
/// environment, the configuration and the catalogue.
package struct Destination {
  /// What was chosen, and where each part of it was said.
  package let choice: Choice
  /// The model's name at its gateway.
  package let model: String
  /// The endpoint, with the keys and headers that belong to it.
  package let target: Target
  /// What the model costs there.
  package let quote: Quote

  /// The destination that the options lead to.
  ///
  /// - Parameter needsKey: false where nothing will be sent (`--dry-run`).
  /// - Throws: `usage` when no model is named, for an unknown task or profile, a bad address, an
  ///   unreadable key or price file; `authentication` when a key is needed and there is none.
  package static func find(
    _ options: ConnectionOptions, in run: Run, needsKey: Bool = true
  ) throws(Failure) -> Destination {
    let choice = try Choice(options, in: run)
    let model = try choice.requiredModel()
    return try Destination(choice, model: model, target: choice.target(needsKey: needsKey))
  }

  /// This model at a place that was chosen, whose endpoint is `target`.
  /// - Throws: `usage` for a price file that cannot be read.
  package init(_ choice: Choice, model: String, target: Target) throws(Failure) {
    self.choice = choice
    self.model = model
    self.target = target
    quote = try choice.quote(for: model, at: target)
  }

  /// The options that lead here.
  package var options: ConnectionOptions { choice.options }

  /// How the profile is called when a conversation is resumed; `nil`: the default one, an address
  /// without a profile, or the gateway inside this process.
  package var recordedProfile: String? {
    choice.isDemo || options.baseURL != nil ? nil : choice.profile
  }

  /// Whether it is the gateway inside this process.
  package var isDemo: Bool { choice.isDemo }

  /// What an answer from here cost.
  package func cost(of answer: Answer) -> Cost {
    Cost(of: answer.usage, reported: answer.reportedCost, at: quote)
  }
}
