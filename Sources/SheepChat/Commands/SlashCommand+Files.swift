import SheepCore
import SheepOptions
import SheepRun

extension SlashCommand {
  /// What is written to files.
  static var files: [SlashCommand] {
    [
      SlashCommand(
        name: "write", aliases: ["w"], group: .answer, form: "FILE [N|code]",
        summary: "Write the last answer, or a code block, to a file; /write! overwrites.", argument: .files,
        canForce: true, run: write)
    ]
  }

  private static func write(_ chat: Chat, _ invocation: Invocation) throws(Failure) -> Next {
    guard let words = CommandWords.split(invocation.argument), let path = words.first, words.count <= 2 else {
      throw misuse("write", "takes a file name, and optionally the number of a code block")
    }
    let text: String
    switch words.dropFirst().first {
    case nil: text = try chat.lastReply("write").text
    case "code": text = try chat.codeBlock("write", "").text
    case let number?: text = try chat.codeBlock("write", number).text
    }
    try chat.save(text, to: path, command: "write", mayReplace: invocation.isForced)
    return .prompt()
  }
}

extension Chat {
  /// Writes a text to a file of the person's, whole or not at all.
  func save(_ text: String, to path: String, command: String, mayReplace: Bool) throws(Failure) {
    let place = environment.expanded(path)
    if !mayReplace, exists(place) {
      throw Failure(.usage, path, "exists", advice: "use /\(command)! to overwrite it, or another name")
    }
    let content = text.utf8.last == UInt8(ascii: "\n") ? text : text + "\n"
    do throws(SystemError) {
      try environment.replaceFile(place, Array(content.utf8))
    } catch {
      throw Failure(.output, path, "cannot be written: \(error.text)", advice: "use another location")
    }
    let removed = Self.cleaned(text).removed
    let warning = removed > 0 ? "; it contains \(removed) control sequences, so view it with less" : ""
    screen.note("wrote \(path) (\(ChatAttachments.bytes(content.utf8.count)))\(warning)")
  }

  /// Whether there is a file already; one that cannot be read counts.
  private func exists(_ path: String) -> Bool {
    do throws(SystemError) { _ = try environment.readFile(path) } catch { return error.number != 2 }
    return true
  }
}
