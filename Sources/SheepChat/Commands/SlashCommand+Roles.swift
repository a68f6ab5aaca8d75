import SheepCore
import SheepOptions
import SheepRun
import SheepStore
import SheepTerminal

extension SlashCommand {
  /// The roles that questions are put in.
  static var roles: [SlashCommand] {
    [
      SlashCommand(
        name: "role", group: .model, form: "[NAME [VARIABLE=VALUE…]|off]",
        summary: "Use a role: a system prompt or template, with model and settings.", argument: .roles,
        run: role)
    ]
  }

  private static func role(_ chat: Chat, _ invocation: Invocation) throws(Failure) -> Next {
    let book = chat.environment.settings.roles
    guard let words = CommandWords.split(invocation.argument) else {
      throw misuse("role", "a quote is not closed")
    }
    guard let name = words.first else {
      if let role = chat.role { chat.screen.note("role: \(role.role.name)") }
      let list = RoleList(book)
      chat.screen.show(list.table(width: chat.screen.terminal.width, style: chat.screen.style))
      return .prompt()
    }
    if name == "off" || name == "none", words.count == 1 {
      if chat.role?.filled.system != nil { chat.append(.system(nil)) }
      chat.role = nil
      chat.screen.note("role off (model and settings kept)")
      return .prompt()
    }
    let role = try book.role(named: name)
    var values: [BodyField] = []
    for word in words.dropFirst() {
      do throws(ValueProblem) { values.append(try BodyField.parse(word)) } catch {
        throw misuse("role", error.problem)
      }
    }
    let filled: Role.Filled
    do throws(RoleProblem) { filled = try role.fill(variables: values.map { ($0.key, $0.value) }) } catch {
      let problem =
        error.isMissing ? "'\(error.variable)' has no value" : "has no variable '\(error.variable)'"
      throw Failure(
        .usage, "role '\(name)'", problem,
        advice: error.isMissing ? "write /role \(name) \(error.variable)=VALUE" : nil)
    }
    try chat.take(RoleInUse(role: role, filled: filled))
    return .prompt()
  }
}

extension Chat {
  /// The names of the roles, for completion.
  var roleNames: [String] { environment.settings.roles.names }

  /// Takes a role: all of it or, where its model or a setting is wrong, nothing.
  func take(_ role: RoleInUse) throws(Failure) {
    var sampling = settings.sampling
    var profile: String?
    for option in role.role.options {
      if option.name == "profile" { profile = option.text.value }
      guard let setting = ChatSetting.named(option.name) else { continue }
      do throws(ValueProblem) { try setting.set(&sampling, option.text.value) } catch {
        throw Failure(.usage, "role '\(role.role.name)', \(option.name)", error.problem, advice: error.wayOut)
      }
    }
    if let name = role.role.model {
      let target = profile.map { name.contains("@") ? name : name + "@" + $0 } ?? name
      model = try models.named(target, beside: model)
      record(model)
    }
    settings.sampling = sampling
    self.role = role
    if log.conversation.system != role.filled.system { append(.system(role.filled.system)) }
    screen.note("role: \(role.role.name)" + (role.role.description.map { " (\($0))" } ?? ""))
    if role.role.model != nil { nameModel() }
  }
}
