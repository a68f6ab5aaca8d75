import SheepCatalog
import SheepCore
import SheepOptions
import SheepRun
import SheepStore
import SheepTerminal

/// What the Tab key offers: commands, and what their arguments can be.
struct ChatCompletion {
  let chat: Chat

  /// The candidates for the word at the cursor; `nil`: nothing is completed here.
  func answer(_ request: CompletionRequest) -> CompletionAnswer? {
    let head = request.head
    guard head.hasPrefix("/"), !head.hasPrefix("//") else { return nil }
    guard let space = head.firstIndex(of: " ") else { return commands(String(head.dropFirst())) }
    let name = String(head[head.index(after: head.startIndex)..<space]).lowercased()
    guard let command = SlashCommand.named(name) else { return nil }
    let argument = String(head[head.index(after: space)...])
    let word = String(argument.split(separator: " ", omittingEmptySubsequences: false).last ?? "")
    let isFirst = !argument.contains(" ")
    switch command.argument {
    case .none: return nil
    case .commands: return isFirst ? commands(word) : nil
    case .models: return models(argument, word)
    case .files: return ChatFileNames(chat.environment).complete(argument)
    case .textOrFile:
      guard argument.hasPrefix("@") else { return nil }
      return ChatFileNames(chat.environment).complete(String(argument.dropFirst()))
    case .sessions: return isFirst ? offer(word, chat.sessions.names.map { ($0, "") }) : nil
    case .roles: return isFirst ? offer(word, chat.roleNames.map { ($0, "") }) : nil
    case .settings: return settings(argument, word)
    case .words(let words): return isFirst ? offer(word, words.map { ($0, "") }) : nil
    }
  }

  private func offer(_ word: String, _ all: [(text: String, note: String)]) -> CompletionAnswer? {
    let found = all.filter { $0.text.hasPrefix(word) }
    if found.isEmpty { return nil }
    return CompletionAnswer(
      word: word, candidates: found.map { CompletionAnswer.Candidate($0.text, note: $0.note) })
  }

  private func commands(_ word: String) -> CompletionAnswer? {
    offer(word, SlashCommand.all.map { ($0.name, $0.summary) })
  }

  /// Models with their windows and prices; behind an `@` the profiles. `compare` takes several,
  /// parted by commas.
  private func models(_ argument: String, _ word: String) -> CompletionAnswer? {
    let word = String(word.split(separator: ",", omittingEmptySubsequences: false).last ?? "")
    if let at = word.lastIndex(of: "@") {
      let model = String(word[..<at])
      let names = (try? chat.environment.settings.profiles().names) ?? []
      return offer(word, names.map { (model + "@" + $0, "") })
    }
    let configuration = (try? chat.environment.settings.configuration()) ?? nil
    let aliases = (configuration?.aliases ?? []).map { (text: $0.name, note: $0.text.value) }
    let day = Day(unixSeconds: chat.environment.unixTime())
    let profile = chat.model.listProfile
    let known = chat.models.listed(beside: chat.model).map { name in
      let entry = Catalogue.find(profile: profile, model: name)
      return (text: name, note: Destination.facts(entry, entry?.prices(on: day)).joined(separator: " · "))
    }
    return offer(word, aliases + known)
  }

  private func settings(_ argument: String, _ word: String) -> CompletionAnswer? {
    let words = argument.split(separator: " ", omittingEmptySubsequences: false)
    if words.count <= 1 {
      return offer(
        word,
        ChatSetting.all.map { ($0.name, $0.value(chat.settings.sampling) ?? $0.form) })
    }
    guard words.count == 2, words[0] == "reasoning-effort" else { return nil }
    return offer(word, ReasoningEffort.words.map { ($0, "") })
  }
}

/// Completes the names of files, blanks and quotes in them behind backslashes.
struct ChatFileNames {
  private let environment: Environment

  init(_ environment: Environment) {
    self.environment = environment
  }

  /// The candidates for the last file's name in an argument.
  func complete(_ argument: String) -> CompletionAnswer? {
    let word = Self.lastWord(argument)
    let plain = Self.plain(word)
    let folder = plain.lastIndex(of: "/").map { String(plain[...$0]) } ?? ""
    let start = String(plain.dropFirst(folder.count))
    let place = folder.isEmpty ? "." : environment.expanded(folder)
    let names = environment.folderNames(place).filter { name in
      name.hasPrefix(start) && (start.hasPrefix(".") || !name.hasPrefix("."))
    }
    let found = names.sorted().map { CompletionAnswer.Candidate(Self.quoted(folder + $0)) }
    guard !found.isEmpty else { return nil }
    let isFolder = found.count == 1 && (found.first?.text.hasSuffix("/") ?? false)
    return CompletionAnswer(word: word, candidates: found, addsSpace: !isFolder)
  }

  /// The end of the argument that is one word to `CommandWords`.
  private static func lastWord(_ argument: String) -> String {
    var start = argument.startIndex
    var isEscaped = false
    for index in argument.indices {
      if !isEscaped, argument[index] == " " { start = argument.index(after: index) }
      isEscaped = !isEscaped && argument[index] == "\\"
    }
    return String(argument[start...])
  }

  private static func plain(_ word: String) -> String {
    var text = ""
    var isEscaped = false
    for character in word {
      if character == "\\", !isEscaped {
        isEscaped = true
      } else {
        text.append(character)
        isEscaped = false
      }
    }
    return text
  }

  private static func quoted(_ name: String) -> String {
    var text = ""
    for character in name {
      if character == " " || character == "\\" || character == "'" || character == "\"" { text.append("\\") }
      text.append(character)
    }
    return text
  }
}
