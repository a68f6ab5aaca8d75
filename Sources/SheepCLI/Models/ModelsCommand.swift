import SheepCatalog
import SheepClient
package import SheepCore
package import SheepOptions
package import SheepRun
import SheepTerminal
import SheepWire

/// `sheep models`: what can be called, with limits and prices.
struct ModelsCommand {
  private let options: ModelsOptions
  private let run: Run

  init(_ options: ModelsOptions, _ run: Run) {
    self.options = options
    self.run = run
  }

  /// Does what the options ask for.
  func perform() throws(Failure) -> Termination {
    try checkUse()
    let connection = options.connection
    let asks = options.live || options.check || connection.baseURL != nil || connection.demo
    return options.offline || options.all || !asks ? try showBuiltIn() : try ask()
  }

  private func checkUse() throws(Failure) {
    if options.operands.count > 1 {
      throw Failure(
        .usage, Quoted.text(options.operands[1]), "is a second pattern",
        advice: "use one, such as 'gpt-*', in quotes so that the shell does not expand it")
    }
    if options.all, options.live || options.check {
      throw Failure(
        .usage, "--all", "cannot be combined with --live or --check",
        advice: "choose one profile with -P NAME")
    }
  }

  private var day: Day { Day(unixSeconds: run.environment.unixTime()) }

  private var pattern: ModelsPattern? { options.operands.first.map { ModelsPattern($0) } }

  private func matches(_ row: ModelsRow) -> Bool {
    guard let pattern else { return true }
    return pattern.matches(row.id) || row.aliases.contains(where: pattern.matches)
  }

  // MARK: - The built-in list

  private func showBuiltIn() throws(Failure) -> Termination {
    if options.connection.explain {
      Explanation(run).show([(try Destination.Choice(options.connection, in: run), nil, nil)])
    }
    let profiles = try run.environment.settings.profiles()
    let name = options.connection.profile ?? profiles.defaultName
    let entries = options.all ? Catalogue.all : Catalogue.entries(profile: name)
    if entries.isEmpty { throw KnownProfile.isEmpty(name, profiles) }
    let rows = entries.map { ModelsRow($0, on: day) }
    let whose = options.all ? "all profiles" : name
    let shown = rows.filter(matches)
    if shown.isEmpty { throw noMatch(whose, among: rows.map(\.id)) }
    let status = try show(
      shown, source: "catalogue", profile: options.all ? nil : name, notices: [])
    if run.environment.standardOutput.isTerminal {
      let others = options.all ? "" : "--all shows every profile, "
      run.messages.note(
        "\(Figures.count(shown.count, "model")) of \(whose), from the built-in list of \(Catalogue.updated.text); "
          + others + "--live asks the endpoint")
    }
    return status
  }

  private func noMatch(_ whose: String, among ids: [String]) -> Failure {
    let pattern = options.operands.first ?? ""
    var failure = Failure(.model, Quoted.text(pattern), "no model of \(whose) matches")
    failure.advice =
      NearModels.text(NearModels.nearest(to: pattern, among: ids)) ?? "list all with 'sheep models'"
    return failure
  }

  // MARK: - The endpoint

  private func ask() throws(Failure) -> Termination {
    if options.connection.demo { try run.startDemo() }
    let choice = try Destination.Choice(options.connection, in: run)
    let target = try choice.target(needsKey: true)
    if options.connection.explain { Explanation(run).show([(choice, nil, target)]) }
    let profile = choice.listProfile(at: target)
    if options.check, profile == nil {
      throw Failure(
        .usage, "--check", "there is no built-in list for this address",
        advice: "give its profile with -P")
    }
    let (result, signal) = run.list(target, policy: policy)
    if let signal { return .signal(signal) }
    switch result {
    case .failure(let failure): throw failure
    case .success(let list):
      for notice in list.notices { run.messages.note("\(target.name): \(notice)") }
      return try options.check
        ? check(list, target, profile: profile ?? "") : showLive(list, target, profile: profile)
    }
  }

  private var policy: CallPolicy {
    var call = CallOptions()
    call.connection = options.connection
    // A list is ready at once; a silence is no thinking.
    if call.connection.firstByteTimeout == nil { call.connection.firstByteTimeout = .seconds(30) }
    if call.connection.maxTime == nil { call.connection.maxTime = .seconds(300) }
    var policy = CallPolicyBuilder.policy(
      call, request: Request(model: "", messages: []), environment: run.environment)
    policy.totalTimeIsUsers = options.connection.maxTime != nil
    return policy
  }

  private func showLive(
    _ list: ModelListing.List, _ target: Target, profile: String?
  ) throws(Failure) -> Termination {
    let rows = list.models.map { model in
      let entry = profile.flatMap { Catalogue.find(profile: $0, model: model.id) }
      return ModelsRow(model, profile: target.profile, known: entry, on: day)
    }
    let shown = rows.filter(matches)
    if shown.isEmpty, !rows.isEmpty { throw noMatch(target.name, among: rows.map(\.id)) }
    let status = try show(shown, source: "endpoint", profile: target.profile, notices: list.notices)
    if run.environment.standardOutput.isTerminal {
      run.messages.note(
        "\(Figures.count(shown.count, "model")) of \(target.name), as listed by the endpoint; missing values are from the "
          + "built-in list of \(Catalogue.updated.text)")
    }
    return status
  }

  private func check(
    _ list: ModelListing.List, _ target: Target, profile: String
  ) throws(Failure) -> Termination {
    var differences = ModelsDifference.all(live: list.models, profile: profile, on: day)
    if let pattern { differences.removeAll { !pattern.matches($0.id) } }
    if options.output.json {
      let report: JSON = [
        "schema": 1, "profile": .string(profile), "updated": .string(Catalogue.updated.text),
        "endpoint_models": .number(JSONNumber(list.models.count)),
        "differences": .array(differences.map(\.json)),
      ]
      try run.write(report)
    } else if !differences.isEmpty {
      try run.write { ModelsDifference.table(differences, width: $0, style: $1) }
    }
    let words = differences.isEmpty ? "no difference" : "\(differences.count) differences"
    run.messages.note(
      "\(target.name): \(words) between its list and the built-in one of \(Catalogue.updated.text)")
    return .exit(differences.isEmpty ? .done : .conditionFalse)
  }

  // MARK: - Output

  private func show(
    _ rows: [ModelsRow], source: String, profile: String?, notices: [String]
  ) throws(Failure) -> Termination {
    let rows = (options.sort ?? .id).sorted(rows)
    if options.output.json {
      try run.write(ModelsReport.list(rows, source: source, profile: profile, notices: notices))
    } else {
      let table = ModelsTable(rows: rows, day: day, showsProfile: options.all)
      try run.write { table.render(width: $0, style: $1) }
    }
    return .exit(.done)
  }
}

extension ModelsOptions: CommandBody {
  package var withoutConfiguration: String? {
    offline || connection.demo ? "the configuration was not read" : nil
  }

  package func carryOut(_ run: Run) throws(Failure) -> Termination { try ModelsCommand(self, run).perform() }
}
