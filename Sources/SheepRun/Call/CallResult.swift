package import SheepClient
package import SheepCore
import SheepWire

/// A finished call with its price: what receipts, reports and exit codes are made from.
package struct CallResult {
  package let requestedModel: String
  package let profile: String?
  package let api: String
  package var answer: Answer
  package let cost: Cost
  /// What kept the answer from being whole and good; `nil` when nothing did.
  package var failure: Failure?

  /// How a call at a destination ended.
  package init(_ request: Request, to destination: Destination, _ outcome: Outcome) {
    requestedModel = request.model
    profile = destination.target.profile
    api = destination.target.dialect.name
    answer = outcome.answer
    cost = destination.cost(of: outcome.answer)
    failure = outcome.failure
  }
}
