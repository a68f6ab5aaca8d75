import SheepCore
import SheepOptions
import SheepRun
import SheepTerminal

extension SlashCommand {
  /// What is about the prompt itself.
  static var asking: [SlashCommand] {
    [
      SlashCommand(
        name: "help", aliases: ["h"], group: .asking, form: "[COMMAND]",
        summary: "List commands, or explain one.", argument: .commands, run: help),
      SlashCommand(
        name: "exit", aliases: ["quit", "q", "bye"], group: .asking,
        summary: "Quit; Ctrl-D does the same.", run: { (_, _) throws(Failure) in .leave }),
      SlashCommand(
        name: "edit", aliases: ["e"], group: .asking, form: "[TEXT]",
        summary: "Write the question in your editor.", run: edit),
      SlashCommand(
        name: "multi", group: .asking, form: "[END]",
        summary: "Write several lines; a line /end, or END, ends them.", run: multi),
    ]
  }

  private static func help(_ chat: Chat, _ invocation: Invocation) throws(Failure) -> Next {
    let word =
      invocation.argument.hasPrefix("/") ? String(invocation.argument.dropFirst()) : invocation.argument
    if !word.isEmpty {
      guard let command = named(word) else { throw unknown(word) }
      let style = chat.screen.style
      chat.screen.show(style.bold(command.usage + (command.canForce ? "  or /\(command.name)!" : "")) + "\n")
      chat.screen.say(command.summary)
      if !command.aliases.isEmpty {
        chat.screen.note("also " + command.aliases.map { "/" + $0 }.joined(separator: ", "))
      }
      return .prompt()
    }
    let commands = all
    let style = chat.screen.style
    // One width for all groups, so that the summaries stand under each other.
    let column = commands.map { TextWidth.of($0.usage) }.filter { $0 <= 30 }.max() ?? 30
    // In a narrow window the summaries stand under what they are about.
    let isNarrow = chat.screen.width < column + 24
    let indent = isNarrow ? 4 : column + 4
    let room = max(20, chat.screen.width - indent)
    var text = ""
    for group in Group.allCases {
      text += style.bold(group.rawValue) + "\n"
      for command in commands where command.group == group {
        let rows = WordWrap.rows(command.summary, width: room)
        let isLong = isNarrow || TextWidth.of(command.usage) > column
        text += "  " + style.cyan(command.usage)
        text += isLong ? "\n" : String(repeating: " ", count: column - TextWidth.of(command.usage))
        for (index, row) in rows.enumerated() {
          let gap = index == 0 && !isLong ? 2 : indent
          text += String(repeating: " ", count: gap) + row + "\n"
        }
      }
    }
    chat.screen.show(text)
    chat.screen.note(
      "Several lines: \"\"\" or :::, a backslash at the end, Ctrl-J, Alt-Enter. Ctrl-C stops an answer, "
        + "Ctrl-R searches, Tab completes. //text sends /text.")
    return .prompt()
  }

  private static func edit(_ chat: Chat, _ invocation: Invocation) throws(Failure) -> Next {
    guard let text = chat.editor.edit(invocation.argument) else {
      throw Failure(
        .usage, "/edit", "the editor could not be run, or failed",
        advice: "set VISUAL or EDITOR to your editor")
    }
    var bytes = Array(text.utf8)
    while bytes.last == UInt8(ascii: "\n") || bytes.last == UInt8(ascii: "\r") { bytes.removeLast() }
    if !bytes.isEmpty { chat.screen.note("press Enter to send it") }
    return .prompt(String(decoding: bytes, as: UTF8.self))
  }

  private static func multi(_ chat: Chat, _ invocation: Invocation) throws(Failure) -> Next {
    let end = invocation.argument.isEmpty ? "/end" : invocation.argument
    chat.screen.note("a line \(end) ends the text; Ctrl-C cancels")
    guard let text = chat.readLines(until: end) else {
      chat.screen.note("cancelled; the text is in the history")
      return .prompt()
    }
    if text.trimmed.isEmpty { return .prompt() }
    chat.editor.remember(text)
    return .prompt(try chat.ask(text, typed: text))
  }
}
