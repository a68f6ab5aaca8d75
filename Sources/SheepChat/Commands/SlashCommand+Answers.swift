import SheepCore
import SheepOptions
import SheepRun
import SheepTerminal

extension SlashCommand {
  /// What can be done with the last answer.
  static var answers: [SlashCommand] {
    [
      SlashCommand(
        name: "last", group: .answer, summary: "Show the last answer again.", run: last),
      SlashCommand(
        name: "code", group: .answer, form: "[N]",
        summary: "Show the code blocks of the last answer, or the N-th.",
        run: code),
      SlashCommand(
        name: "copy", group: .answer, form: "[code [N]]",
        summary: "Copy the last answer, or a code block of it.", argument: .words(["code"]), run: copy),
      SlashCommand(
        name: "json", group: .answer, summary: "Show the last call as JSON.", run: json),
    ]
  }

  private static func last(_ chat: Chat, _ invocation: Invocation) throws(Failure) -> Next {
    try chat.render(try chat.lastReply("last").text)
    return .prompt()
  }

  private static func code(_ chat: Chat, _ invocation: Invocation) throws(Failure) -> Next {
    let blocks = try chat.codeBlocks("code")
    if invocation.argument.isEmpty, blocks.count > 1 {
      var table = Table([
        Table.Column("", .right, canShrink: false), Table.Column("language", ink: .cyan),
        Table.Column("lines", .right), Table.Column("starts with"),
      ])
      for (index, block) in blocks.enumerated() {
        let lines = block.text.split(separator: "\n", omittingEmptySubsequences: false).count - 1
        table.add([
          String(index + 1), Messages.filtered(block.language ?? ""), String(max(1, lines)),
          Chat.opening(block.text.trimmed),
        ])
      }
      chat.screen.show(table)
      return .prompt()
    }
    let block = try chat.codeBlock("code", invocation.argument)
    try chat.render("```\(block.language ?? "")\n\(block.text)\n```")
    return .prompt()
  }

  private static func copy(_ chat: Chat, _ invocation: Invocation) throws(Failure) -> Next {
    let (word, rest) = invocation.argument.firstWord
    let text: String
    switch word {
    case "": text = try chat.lastReply("copy").text
    case "code": text = try chat.codeBlock("copy", rest).text
    default: throw misuse("copy", "unknown word \(Quoted.text(word))")
    }
    let clean = Chat.cleaned(text)
    let way = try ChatClipboard(chat.environment).copy(clean.text)
    let removed = clean.removed > 0 ? "; removed \(clean.removed) control sequences" : ""
    chat.screen.note("copied \(ChatAttachments.bytes(clean.text.utf8.count)) \(way)\(removed)")
    return .prompt()
  }

  private static func json(_ chat: Chat, _ invocation: Invocation) throws(Failure) -> Next {
    guard let result = chat.last else { throw Failure(.usage, "/json", "there is no answer yet") }
    let object = AnswerReport.object(
      requestedModel: result.requestedModel, profile: result.profile, api: result.api,
      answer: result.answer, cost: result.cost, includesText: true)
    try chat.write(JSON.object(object).serialized(chat.program.jsonStyle) + "\n")
    return .prompt()
  }
}

extension Chat {
  /// The reply that the conversation goes on from.
  func lastReply(_ command: String) throws(Failure) -> Reply {
    guard let reply = log.conversation.lastAnswered?.reply, !reply.text.isEmpty else {
      throw Failure(.usage, "/" + command, "there is no answer yet")
    }
    return reply
  }

  /// The code blocks of the last answer; at least one.
  func codeBlocks(_ command: String) throws(Failure) -> [CodeBlock.Found] {
    let blocks = CodeBlock.all(in: try lastReply(command).text)
    guard !blocks.isEmpty else { throw Failure(.usage, "/" + command, "the last answer has no code block") }
    return blocks
  }

  /// The code block of that number, by default the only one.
  func codeBlock(_ command: String, _ number: String) throws(Failure) -> CodeBlock.Found {
    let blocks = try codeBlocks(command)
    if number.isEmpty, blocks.count == 1 { return blocks[0] }
    guard let index = Int(number), blocks.indices.contains(index - 1) else {
      throw Failure(
        .usage, "/" + command, "the last answer has \(blocks.count) code blocks",
        advice: "give its number")
    }
    return blocks[index - 1]
  }

  /// Shows Markdown as answers are shown.
  func render(_ text: String) throws(Failure) {
    let terminal = program.outputTerminal
    var bytes: [UInt8] = []
    if !terminal.isTerminal {
      bytes = Array((text.utf8.last == UInt8(ascii: "\n") ? text : text + "\n").utf8)
    } else if settings.isRaw || !terminal.canRedraw {
      var renderer = PlainRenderer()
      renderer.write(Array(text.utf8), to: &bytes)
      renderer.finish(to: &bytes)
    } else {
      var renderer = MarkdownRenderer(
        width: terminal.width ?? 80, isStyled: terminal.hasColor, canRedraw: false)
      renderer.write(Array(text.utf8), to: &bytes)
      renderer.finish(to: &bytes)
    }
    try check(bytes.withUnsafeBytes { environment.standardOutput.write($0) })
  }

  /// Writes to standard output what is safe there already.
  func write(_ text: String) throws(Failure) {
    try check(environment.standardOutput.write(text))
  }

  private func check(_ result: WriteResult) throws(Failure) {
    switch result {
    case .written: return
    case .closed: termination = .exit(.done)
    case .failed: throw result.failure
    }
  }
}
