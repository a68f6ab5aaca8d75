import SheepCatalog
import SheepCore
import SheepOptions
import SheepRun

extension SlashCommand {
  /// Who is asked.
  static var models: [SlashCommand] {
    [
      SlashCommand(
        name: "model", aliases: ["m"], group: .model, form: "[MODEL[@PROFILE]]",
        summary: "Switch to another model.", argument: .models, run: model),
      SlashCommand(
        name: "models", group: .model, form: "[PATTERN] [live]",
        summary: "List models with context windows and prices.", run: list),
    ]
  }

  private static func model(_ chat: Chat, _ invocation: Invocation) throws(Failure) -> Next {
    if invocation.argument.isEmpty {
      chat.nameModel()
      return .prompt()
    }
    let model = try chat.models.named(invocation.argument, beside: chat.model)
    chat.model = model
    if !chat.log.conversation.exchanges.isEmpty { chat.record(model) }
    chat.nameModel()
    if model.quote.entry == nil, model.options.baseURL == nil {
      let near = NearModels.nearest(to: model.name, among: chat.models.listed(beside: model))
      if let near = NearModels.text(near) {
        chat.screen.note("the built-in list does not have it; \(near)")
      }
    }
    return .prompt()
  }

  private static func list(_ chat: Chat, _ invocation: Invocation) throws(Failure) -> Next {
    var words = invocation.words
    var options = ModelsOptions()
    options.output = chat.options.output
    options.connection = chat.model.options
    options.connection.profile = options.connection.model?.profile ?? options.connection.profile
    let isLive = words.last == "live"
    if isLive { words.removeLast() }
    // The gateway of --demo is at hand, and serves less than the built-in list has.
    if isLive || chat.model.isDemo {
      options.live = true
    } else {
      options.connection.demo = false
      options.connection.baseURL = nil
      options.connection.profile = chat.model.listProfile
    }
    options.output.quiet = true
    options.operands = words
    _ = chat.commands.models(options, chat.inner)
    chat.watchSignals()
    return .prompt()
  }
}

extension Chat {
  /// The environment of a command that runs inside the chat: on its loop, with its signals.
  var inner: Environment {
    var inner = environment
    inner.makeLoop = { [loop] in loop }
    inner.signals = { [signals] in signals }
    return inner
  }
}
