import SheepCore
import SheepOptions
import Testing

/// Rules that every row of the table keeps.
@Suite("options: the table")
struct OptionsTableLintTests {
  private static let commands = CommandTable.all.map { $0.describe() }
  private static let options = commands.flatMap(\.options) + GeneralOptions.all

  /// What can be typed for an option, hyphens included.
  private static func spellings(_ info: OptionInfo) -> [String] {
    let shorts = info.short.map { ["-" + $0] } ?? []
    let longs = ["--" + info.long] + (info.negation.map { ["--" + $0] } ?? [])
    return shorts + longs + info.aliases.map { ($0.count == 1 ? "-" : "--") + $0 }
  }

  @Test("names are unique in each command", arguments: commands)
  func unique(command: CommandInfo) {
    let names = command.options.flatMap(Self.spellings)
    #expect(names.count == Set(names).count, "\(names.sorted())")
  }

  @Test("names are of the right characters", arguments: options)
  func characters(info: OptionInfo) {
    let longs = [info.long] + info.aliases.filter { $0.count > 1 } + info.knownAs
    for name in longs {
      #expect(name.utf8.count > 1 && !name.hasPrefix("-") && !name.hasSuffix("-"))
      #expect(
        name.utf8.allSatisfy {
          (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D
        })
    }
    for letter in [info.short].compactMap({ $0 }) {
      #expect(letter.utf8.count == 1 && letter.utf8.allSatisfy { (0x41...0x7A).contains($0) })
    }
  }

  @Test(
    "summaries are one short sentence", arguments: options.map(\.summary) + commands.map(\.summary))
  func summaries(summary: String) {
    #expect(summary.count <= 60 && summary.hasSuffix(".") && !summary.contains("\n"))
    #expect(summary.first?.isUppercase == true)
  }

  @Test("texts are ASCII, so that every terminal and every man shows them", arguments: options)
  func ascii(info: OptionInfo) {
    #expect((info.fullText + info.form + info.examples.joined()).utf8.allSatisfy { $0 < 0x80 })
  }

  @Test("values and switches are told apart", arguments: options)
  func values(info: OptionInfo) {
    #expect(info.valueName != "")
    if info.takesValue {
      #expect(!info.negatable)
    } else {
      #expect(info.hint == .none && info.repetition == .lastWins)
    }
    #expect(!info.since.isEmpty)
  }

  @Test("an option that several commands have means the same in all")
  func sameEverywhere() {
    // `compare` exports to files; `chat` exports to standard output.
    let exceptions: Set = ["export"]
    // What some command says of an option in words of its own.
    let reworded: Set = [
      "model", "seed", "max-retries", "max-tokens", "file", "raw", "json", "csv", "explain",
    ]
    for info in Self.options where !exceptions.contains(info.long) {
      for other in Self.options where other.long == info.long {
        #expect(reworded.contains(info.long) ? other.isSameOption(as: info) : other == info, "\(info.long)")
      }
    }
  }

  @Test("a short letter belongs to the contract's option")
  func letters() {
    let contract = [
      "m": "model", "P": "profile", "H": "header", "s": "system", "t": "temperature", "o": "option",
      "f": "file", "n": "no-stdin", "x": "extract", "u": "usage", "q": "quiet", "h": "help",
      "V": "version", "c": "count", "i": "interval", "S": "session", "r": "role",
    ]
    // "A short letter may differ where a stronger habit exists": going on with a conversation
    // is -c everywhere else.
    let habits = ["c": "continue"]
    for info in Self.options {
      if let short = info.short { #expect(contract[short] == info.long || habits[short] == info.long) }
    }
    for long in contract.values {
      #expect(Self.options.contains { $0.long == long && $0.short != nil })
    }
  }

  @Test("every option and every command that a text mentions exists")
  func mentions() {
    let known = Set(
      Self.options.flatMap(Self.spellings) + ["--", "--name", "-n", "--no-NAME"])
    var texts = Self.options.map(\.fullText) + Self.commands.map(\.detail)
    texts += [CommandTable.detail, CommandTable.files] + CommandTable.variables.map(\.meaning)
    texts += ExitStatus.allCases.map(\.meaning)
    for text in texts {
      for code in Markup(text).codes {
        for word in code.split(separator: " ") where word.hasPrefix("-") && word != "-" {
          #expect(known.contains(String(word.prefix { $0 != "=" })), "\(word) in: \(text)")
        }
        let words = code.split(separator: " ")
        if words.first == "sheep", words.count > 1 {
          #expect(CommandTable.names.contains(String(words[1])), "\(code)")
        }
      }
      // An option outside of code would not be checked, and would be typeset badly.
      let plain = text.split(separator: "`", omittingEmptySubsequences: false).enumerated()
        .filter { $0.offset % 2 == 0 }.map { String($0.element) }.joined()
      #expect(!plain.contains(" --"), "\(text)")
    }
  }

  @Test("what a row refers to exists", arguments: options)
  func references(info: OptionInfo) {
    for name in info.seeAlso { #expect(Self.options.contains { $0.long == name }) }
    for name in info.conflicts {
      let rival = Self.options.first { $0.long == name }
      #expect(rival?.conflicts.contains(info.long) == true, "\(name) does not name \(info.long)")
    }
    for name in info.knownAs where !info.formerNames.contains(name) {
      #expect(!Self.options.contains { Self.spellings($0).contains("--" + name) })
    }
  }

  @Test("every example is a command line that works", arguments: commands)
  func examples(command: CommandInfo) throws {
    for line in command.examples.map(\.line) + command.options.flatMap(\.examples) {
      let words = try #require(Self.sheepWords(line), "no sheep in: \(line)")
      #expect(throws: Never.self, "\(line)") { try Invocation.parse(words, PlainDefaults { _ in nil }) }
    }
  }

  @Test("only what is a choice is accepted as one")
  func choices() throws {
    for command in Self.commands {
      for info in command.options {
        guard case .choice(let words) = info.hint else { continue }
        for word in words {
          #expect(throws: Never.self) {
            try Invocation.parse([command.name, "--\(info.long)=\(word)"], PlainDefaults { _ in nil })
          }
        }
        #expect(throws: UsageError.self) {
          try Invocation.parse([command.name, "--\(info.long)=no-such-word"], PlainDefaults { _ in nil })
        }
      }
    }
  }

  @Test("commands are named by small letters and hyphens")
  func commandNames() {
    #expect(CommandTable.names.count == Set(CommandTable.names).count)
    for command in Self.commands {
      #expect(command.name.utf8.allSatisfy { (0x61...0x7A).contains($0) || $0 == 0x2D })
      #expect(CommandTable.command(named: command.name)?.describe() == command)
    }
  }

  @Test("exit codes are the contract's")
  func exitCodes() {
    #expect(ExitStatus.allCases.map(\.rawValue) == Array(0...12) + [70, 129, 130, 143])
    #expect(Set(ExitStatus.allCases.map(\.name)).count == ExitStatus.allCases.count)
  }

  /// The words after `sheep` in a shell's line, up to a pipe or a redirection.
  private static func sheepWords(_ line: String) -> [String]? {
    var words: [String] = []
    var word: String?
    var quote: Character?
    for character in line + " " {
      if let open = quote {
        if character == open { quote = nil } else { word = (word ?? "") + String(character) }
      } else if character == "'" || character == "\"" {
        quote = character
        word = word ?? ""
      } else if character == " " {
        if let done = word { words.append(done) }
        word = nil
      } else {
        word = (word ?? "") + String(character)
      }
    }
    guard quote == nil, let start = words.firstIndex(of: "sheep") else { return nil }
    return Array(words[(start + 1)...].prefix { $0 != "|" && $0 != ">" })
  }
}

extension CommandInfo: CustomTestStringConvertible {
  /// The command's name, for the test's report.
  public var testDescription: String { name }
}

extension OptionInfo: CustomTestStringConvertible {
  /// The option's name, for the test's report.
  public var testDescription: String { long }
}
