import SheepCore
import SheepOptions
import SheepRun
import SheepTerminal

extension SlashCommand {
  /// What goes along with the next question.
  static var attaching: [SlashCommand] {
    [
      SlashCommand(
        name: "file", aliases: ["f", "attach"], group: .asking, form: "[FILE…|-]",
        summary: "Attach text or images to the next question; - removes all.", argument: .files,
        run: { (chat, invocation) throws(Failure) in
          try attach(chat, invocation, "file", needsImage: false)
        }),
      SlashCommand(
        name: "image", group: .asking, form: "FILE…",
        summary: "Attach images: PNG, JPEG, GIF or WebP.", argument: .files,
        run: { (chat, invocation) throws(Failure) in
          try attach(chat, invocation, "image", needsImage: true)
        }),
      SlashCommand(
        name: "url", group: .asking, form: "ADDRESS",
        summary: "Fetch a page now and attach its text.", run: url),
      SlashCommand(
        name: "paste", group: .asking, summary: "Insert the clipboard's text into the edit line.", run: paste),
    ]
  }

  private static func attach(
    _ chat: Chat, _ invocation: Invocation, _ name: String, needsImage: Bool
  ) throws(Failure) -> Next {
    guard let paths = CommandWords.split(invocation.argument) else {
      throw misuse(name, "a quote is not closed")
    }
    if paths.isEmpty {
      if needsImage { throw misuse(name, "needs a file") }
      chat.showAttachments()
      return .prompt()
    }
    if paths == ["-"] {
      chat.attachments.removeAll()
      chat.screen.note("nothing attached")
      return .prompt()
    }
    var parts: [(part: Message.Part, path: String)] = []
    for path in paths {
      let bytes = try chat.readFile(path)
      if needsImage, Attachment.imageType(bytes) == nil {
        throw Failure(
          .usage, path, "is not an image that models accept",
          advice: "use PNG, JPEG, GIF or WebP, or try /file")
      }
      parts.append((try Attachment.part(name: path, bytes: bytes), path))
    }
    for (part, path) in parts {
      chat.attachments.add(part, name: path)
      chat.screen.note("attached: \(path) (\(ChatAttachments.size(part)))")
    }
    return .prompt()
  }

  private static func url(_ chat: Chat, _ invocation: Invocation) throws(Failure) -> Next {
    guard let address = invocation.words.first, invocation.words.count == 1 else {
      throw misuse("url", "takes one address")
    }
    let page = try ChatPage.fetch(address, chat)
    let text =
      "[page: \(page.address)]\n" + page.text + (page.text.utf8.last == UInt8(ascii: "\n") ? "" : "\n")
    let part = Message.Part.text(text)
    chat.attachments.add(part, name: page.address)
    let cut = page.isHTML ? "page text, " : ""
    chat.screen.note("attached: \(page.address) (\(cut)\(ChatAttachments.size(part)))")
    return .prompt()
  }

  private static func paste(_ chat: Chat, _ invocation: Invocation) throws(Failure) -> Next {
    let (text, removed) = try ChatClipboard(chat.environment).paste()
    if removed > 0 { chat.screen.note("removed \(removed) control sequences") }
    if text.isEmpty { chat.screen.note("the clipboard is empty") }
    return .prompt(invocation.argument.isEmpty ? text : invocation.argument + " " + text)
  }
}

extension Chat {
  /// The bytes of a file that the person named; `~/` is the home folder.
  func readFile(_ path: String) throws(Failure) -> [UInt8] {
    try environment.contents(of: environment.expanded(path))
  }

  /// Says what goes along with the next question.
  func showAttachments() {
    if attachments.isEmpty { screen.note("nothing attached; /file FILE attaches one") }
    for (name, part) in zip(attachments.names, attachments.parts) {
      screen.say("\(name) (\(ChatAttachments.size(part)))")
    }
  }

  /// Reads lines up to one that is `end`, or Ctrl-D; `nil` when it was given up.
  func readLines(until end: String) -> String? {
    var lines: [String] = []
    while true {
      var event: LineEvent?
      editor.read(prompt: "… ", ink: .dim, text: "") { event = $0 }
      loop.run { event != nil || self.termination != nil }
      switch event {
      case .submitted(let line):
        if line.trimmed == end { return lines.joined(separator: "\n") }
        lines.append(line)
      case .ended: return lines.joined(separator: "\n")
      case .interrupted, nil:
        if !lines.isEmpty { editor.remember(lines.joined(separator: "\n")) }
        return nil
      }
    }
  }
}
