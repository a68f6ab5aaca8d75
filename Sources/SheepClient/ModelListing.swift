package import SheepCore
package import SheepWire

/// Asks an endpoint for its list of models, page by page to the end.
package final class ModelListing {
  /// The list as it was put together.
  package struct List: Sendable {
    /// The models in the endpoint's order, each id once.
    package var models: [ListedModel] = []
    /// What to know about the list's completeness; nothing for a whole list.
    package var notices: [String] = []

    /// An empty list.
    package init() {}
  }

  /// Lists end here, so that no server can keep a client busy for ever.
  package static let mostPages = 50
  /// The most models that are kept; OpenRouter had about 500 in 2026-11.
  package static let mostModels = 20_000

  private let target: Target
  private let policy: CallPolicy
  private let loop: any EventLoop
  private let onRetry: (Duration, Failure) -> Void
  private let onEnd: (Result<List, Failure>) -> Void

  private var list = List()
  private var ids: Set<String> = []
  private var cursors: Set<ModelListPage.Next> = []
  private var pages = 0
  private var fetch: Fetch?

  /// Prepares a listing of `target`; nothing is sent before `begin`.
  package init(
    of target: Target, policy: CallPolicy, loop: any EventLoop,
    onRetry: @escaping (Duration, Failure) -> Void, onEnd: @escaping (Result<List, Failure>) -> Void
  ) {
    self.target = target
    self.policy = policy
    self.loop = loop
    self.onRetry = onRetry
    self.onEnd = onEnd
  }

  /// Asks for the first page.
  package func begin() { get(target.get("models")) }

  /// Stops at once, because of `failure`.
  package func cancel(because failure: Failure) { fetch?.cancel(because: failure) }

  private func get(_ http: HTTPRequest) {
    pages += 1
    let fetch = Fetch(http, of: target, policy: policy, loop: loop, onRetry: onRetry) { [weak self] outcome in
      self?.take(outcome)
    }
    self.fetch = fetch
    fetch.begin()
  }

  private func take(_ outcome: Fetch.Outcome) {
    fetch = nil
    switch outcome {
    case .failure(let failure): onEnd(.failure(described(failure)))
    case .success(let body):
      guard let json = try? JSON.parse(body), let page = ModelListPage(json) else {
        onEnd(.failure(noList()))
        return
      }
      add(page)
      advance(to: page.next)
    }
  }

  private func add(_ page: ModelListPage) {
    if page.skipped > 0 {
      let entries = page.skipped == 1 ? "1 entry" : "\(page.skipped) entries"
      note("skipped \(entries) without a model name in the list")
    }
    for var model in page.models {
      model.id = target.redactedShortened(model.id)
      if list.models.count == Self.mostModels {
        note("the list is truncated at \(Self.mostModels) models")
        return
      }
      if ids.insert(model.id).inserted { list.models.append(model) }
    }
  }

  private func advance(to next: ModelListPage.Next?) {
    guard let next, list.models.count < Self.mostModels else { return end() }
    guard cursors.insert(next).inserted else {
      note("the list repeats a page; the rest was not read")
      return end()
    }
    guard pages < Self.mostPages else {
      note("the list is truncated after \(Self.mostPages) pages")
      return end()
    }
    switch next {
    case .query(let fields): get(target.get("models", query: fields))
    case .link(let link):
      guard let http = target.get(link: link) else {
        note("the next page is at another address, which was not called")
        return end()
      }
      get(http)
    }
  }

  private func end() { onEnd(.success(list)) }

  private func note(_ text: String) {
    if !list.notices.contains(text) { list.notices.append(text) }
  }

  private func noList() -> Failure {
    Failure(
      .protocolViolation, target.name,
      "\(target.baseURL.appending("models")) did not return a model list",
      advice: "check the address, or use the built-in list with --offline")
  }

  /// A missing list is no unknown model.
  private func described(_ failure: Failure) -> Failure {
    guard failure.status == 404 || failure.status == 405 else { return failure }
    var failure = failure
    failure.kind = .badRequest
    failure.problem = "has no model list at \(target.baseURL.appending("models"))"
    failure.advice = "check the address, or use the built-in list with --offline"
    return failure
  }
}
