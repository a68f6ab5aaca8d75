package import SheepCore
package import SheepOptions
package import SheepStore

/// The names that stand for models: aliases, tasks and the configuration's default.
package enum ModelNames {
  /// A model, where it was named, and the alias that named it.
  typealias Named = (target: ModelTarget, origin: SettingOrigin, alias: NamedText?)

  /// What `--model` or `--task` names, aliases resolved; `nil`: nothing.
  /// - Throws: `usage` for an unknown task, and for an alias or a task whose model cannot be read.
  static func named(
    _ options: ConnectionOptions, _ origin: SettingOrigin, _ configuration: Configuration?
  ) throws(Failure) -> Named? {
    if let target = options.model {
      return (try resolved(target, configuration), origin, alias(target, configuration))
    }
    guard let task = options.task else { return nil }
    if let own = configuration?.tasks.first(where: { $0.name == task }) {
      let place = SettingOrigin.configuration(configuration?.path ?? "", own.text.position)
      let target = try parse(own.text, configuration)
      return (try resolved(target, configuration), place, alias(target, configuration))
    }
    guard let builtIn = TaskModel.builtIn.first(where: { $0.name == task }) else {
      let names = (configuration?.tasks ?? []).map(\.name) + TaskModel.builtIn.map(\.name)
      throw Failure(
        .usage, "--task", "unknown task \(Quoted.text(task))",
        advice: Suggestion.nearest(to: task, among: names).map { "did you mean \($0)?" }
          ?? "tasks: " + names.joined(separator: ", "))
    }
    return (try target(builtIn.model, "--task"), .builtIn, nil)
  }

  /// The model that a name stands for: an alias's, or itself. One that names its profile is
  /// taken as it is, so that an alias can never hide a gateway's model.
  package static func resolved(
    _ target: ModelTarget, _ configuration: Configuration?
  ) throws(Failure) -> ModelTarget {
    guard let alias = alias(target, configuration) else { return target }
    return try parse(alias.text, configuration)
  }

  private static func alias(_ target: ModelTarget, _ configuration: Configuration?) -> NamedText? {
    if target.profile != nil { return nil }
    return configuration?.aliases.first { $0.name == target.model }
  }

  /// What the configuration's `default_model` names, aliases resolved; `nil`: nothing.
  static func defaultModel(_ configuration: Configuration?) throws(Failure) -> Named? {
    guard let text = configuration?.defaultModel else { return nil }
    let origin = SettingOrigin.configuration(configuration?.path ?? "", text.position)
    let target = try parse(text, configuration)
    return (try resolved(target, configuration), origin, alias(target, configuration))
  }

  private static func parse(
    _ text: Located<String>, _ configuration: Configuration?
  ) throws(Failure) -> ModelTarget {
    try target(text.value, (configuration?.path ?? "") + ":\(text.position)")
  }

  private static func target(_ text: String, _ subject: String) throws(Failure) -> ModelTarget {
    do throws(ValueProblem) { return try ModelTarget.parse(text) } catch {
      throw Failure(.usage, subject, error.problem, advice: error.wayOut)
    }
  }
}
