import SheepCore
import SheepOptions
import SheepRun
import SheepTerminal

extension SlashCommand {
  /// How it is asked and shown.
  static var settings: [SlashCommand] {
    [
      SlashCommand(
        name: "system", aliases: ["sys"], group: .model, form: "[TEXT|@FILE|off]",
        summary: "Set the system prompt.", argument: .textOrFile, run: system),
      SlashCommand(
        name: "set", group: .model, form: "[NAME [VALUE|off]]",
        summary: "Set temperature, max-tokens, top-p, seed, stop, ... or any field.",
        argument: .settings, run: set),
      SlashCommand(
        name: "temp", aliases: ["temperature"], group: .model, form: "[NUMBER|off]",
        summary: "Set the temperature, 0 to 2.",
        run: { (chat, invocation) throws(Failure) in try change(chat, "temperature", invocation.argument) }),
      SlashCommand(
        name: "reasoning", aliases: ["think"], group: .model, form: "[on|off|fold]",
        summary: "Show the model's reasoning, hide it, or fold it into one line.",
        argument: .words(ChatSettings.Reasoning.allCases.map(\.rawValue)), run: reasoning),
      toggle("stream", "Show answers as they arrive.", \.streams),
      toggle("raw", "Show text without rendering Markdown.", \.isRaw),
      toggle("dry", "Show requests and their price; send nothing.", \.isDry),
    ]
  }

  private static func toggle(
    _ name: String, _ summary: String, _ path: WritableKeyPath<ChatSettings, Bool>
  ) -> SlashCommand {
    SlashCommand(
      name: name, group: .model, form: "[on|off]", summary: summary, argument: .words(["on", "off"]),
      run: { (chat, invocation) throws(Failure) in
        switch invocation.argument {
        case "": break
        case "on": chat.settings[keyPath: path] = true
        case "off": chat.settings[keyPath: path] = false
        default: throw misuse(name, "\(Quoted.text(invocation.argument)) is neither on nor off")
        }
        chat.screen.note("\(name) is \(chat.settings[keyPath: path] ? "on" : "off")")
        return .prompt()
      })
  }

  private static func reasoning(_ chat: Chat, _ invocation: Invocation) throws(Failure) -> Next {
    if !invocation.argument.isEmpty {
      guard let mode = ChatSettings.Reasoning(rawValue: invocation.argument) else {
        throw misuse("reasoning", "\(Quoted.text(invocation.argument)) is not on, off or fold")
      }
      chat.settings.reasoning = mode
    }
    let reasoning = chat.settings.reasoning
    chat.screen.note("reasoning is \(reasoning == .fold ? "folded" : reasoning.rawValue)")
    return .prompt()
  }

  private static func system(_ chat: Chat, _ invocation: Invocation) throws(Failure) -> Next {
    let text = invocation.argument
    switch text {
    case "":
      if let system = chat.log.conversation.system {
        chat.screen.show(Chat.filteredLines(system) + "\n")
      } else {
        chat.screen.note("there is no system prompt")
      }
      return .prompt()
    case "off", "none":
      chat.append(.system(nil))
      chat.screen.note("system prompt removed")
      return .prompt()
    default: break
    }
    let source: TextSource
    do throws(ValueProblem) { source = try TextSource.textOrFile(text) } catch {
      throw misuse("system", error.problem)
    }
    let prompt: String
    switch source {
    case .text(let text): prompt = text
    case .file(let path): prompt = try PromptText.decode(try chat.readFile(path), subject: path)
    }
    chat.append(.system(prompt))
    let tokens = Figures.grouped(TokenEstimate(of: prompt).tokens)
    chat.screen.note("system prompt: ~\(tokens) tokens, sent with each question")
    return .prompt()
  }

  private static func set(_ chat: Chat, _ invocation: Invocation) throws(Failure) -> Next {
    let (name, value) = invocation.argument.firstWord
    if name.isEmpty {
      showSettings(chat)
      return .prompt()
    }
    return try change(chat, name, value)
  }

  /// Changes a setting, or shows it.
  private static func change(_ chat: Chat, _ name: String, _ value: String) throws(Failure) -> Next {
    guard let setting = ChatSetting.named(name) else { return try changeField(chat, name, value) }
    if !value.isEmpty {
      do throws(ValueProblem) {
        try setting.set(&chat.settings.sampling, value == "off" ? nil : value)
      } catch {
        throw Failure(.usage, "/set \(setting.name)", error.problem, advice: error.wayOut)
      }
    }
    chat.screen.note("\(setting.name): \(setting.value(chat.settings.sampling) ?? "model default")")
    return .prompt()
  }

  /// Any other field of the request's body. A name that is nearly a setting's is a mistake, unless
  /// it has the underscore or the point of a field's name.
  private static func changeField(_ chat: Chat, _ name: String, _ value: String) throws(Failure) -> Next {
    let known = ChatSetting.all.map(\.name)
    let isSet = chat.settings.sampling.bodyFields.contains { $0.key == name }
    let isFieldName = name.utf8.contains { $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: ".") }
    if !isSet, !isFieldName, let near = Suggestion.nearest(to: name, among: known) {
      throw Failure(
        .usage, "/set", "unknown setting \(Quoted.text(name))", advice: "did you mean \(near)?")
    }
    if value.isEmpty {
      let now = chat.settings.sampling.bodyFields.last { $0.key == name }?.value
      chat.screen.note("\(name): \(now ?? "not sent")")
      return .prompt()
    }
    chat.settings.sampling.bodyFields.removeAll { $0.key == name }
    if value != "off" {
      do throws(ValueProblem) {
        chat.settings.sampling.bodyFields.append(try BodyField.parse(name + "=" + value))
      } catch {
        throw Failure(.usage, "/set", error.problem, advice: error.wayOut)
      }
    }
    chat.screen.note(value == "off" ? "\(name): not sent" : "\(name): \(value) (request field)")
    return .prompt()
  }

  private static func showSettings(_ chat: Chat) {
    var table = Table([
      Table.Column("setting", canShrink: false, ink: .cyan), Table.Column("now"),
      Table.Column("takes", ink: .dim),
    ])
    for setting in ChatSetting.all {
      let value = setting.value(chat.settings.sampling).map(Messages.filtered)
      table.add(
        [setting.name, value ?? "model default", setting.form], inks: [nil, value == nil ? .dim : nil])
    }
    for field in chat.settings.sampling.bodyFields {
      table.add([Messages.filtered(field.key), Messages.filtered(field.value), "request field"])
    }
    chat.screen.show(table)
    chat.screen.note("/set NAME off resets it; any other NAME is sent as a request field")
  }
}

extension Chat {
  /// A text of several lines, less what a terminal would obey.
  static func filteredLines(_ text: String) -> String {
    cleaned(text).text
  }

  /// A text without escape sequences and control characters but tabs and line ends, and how many
  /// were taken out.
  static func cleaned(_ text: String) -> (text: String, removed: Int) {
    var filter = EscapeFilter(.answer)
    var bytes: [UInt8] = []
    filter.write(Array(text.utf8), to: &bytes)
    filter.finish(to: &bytes)
    return (String(decoding: bytes, as: UTF8.self), filter.removed)
  }
}
