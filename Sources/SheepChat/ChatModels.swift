import SheepCatalog
import SheepClient
import SheepCore
import SheepOptions
import SheepRun
import SheepWire

/// Finds models for a chat.
struct ChatModels {
  private let program: Run
  /// Where the chat began: what the command line asks for.
  let first: Destination
  private let needsKey: Bool

  /// Models beside the one that the options lead to.
  /// - Throws: as `Destination.find` does.
  init(_ options: ConnectionOptions, in program: Run, needsKey: Bool) throws(Failure) {
    self.program = program
    self.needsKey = needsKey
    first = try Destination.find(options, in: program, needsKey: needsKey)
  }

  /// The model that a person names while another one is asked.
  ///
  /// A name alone stays at the present gateway. One with a profile leaves everything behind that
  /// was said of the first gateway: its address and dialect, and its keys and headers, which belong to
  /// its origin alone.
  func named(_ text: String, beside current: Destination) throws(Failure) -> Destination {
    let named: ModelTarget
    do throws(ValueProblem) { named = try ModelTarget.parse(text) } catch {
      throw Failure(.usage, "/model", error.problem, advice: error.wayOut)
    }
    let target = try ModelNames.resolved(named, try program.settings.configuration())
    return try resolve(target, current)
  }

  /// The names of the models that can be asked beside that one, as far as they are known.
  func listed(beside model: Destination) -> [String] {
    guard model.isDemo else { return Catalogue.models(profile: model.listProfile) }
    return program.environment.localGateway?.modelNames ?? []
  }

  /// The model of a session that is gone on with.
  func model(_ name: String, profile: String?, beside current: Destination) throws(Failure) -> Destination {
    try resolve(ModelTarget(model: name, profile: profile), current)
  }

  private func resolve(_ target: ModelTarget, _ current: Destination) throws(Failure) -> Destination {
    var connection = current.options
    connection.secretOrigin = first.target.baseURL.origin
    if let profile = target.profile, profile != current.target.profile, !current.isDemo {
      connection.baseURL = first.options.baseURL
      connection.api = first.options.api
      if profile != first.target.profile {
        connection.baseURL = nil
        connection.api = nil
      }
      connection.profile = nil
      connection.model = target
    } else if connection.baseURL == nil, !current.isDemo, let profile = current.target.profile {
      connection.model = ModelTarget(model: target.model, profile: profile)
    } else {
      connection.model = ModelTarget(model: target.model)
    }
    connection.task = nil
    return try Destination.find(connection, in: program, needsKey: needsKey)
  }
}
