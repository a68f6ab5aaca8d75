import SheepOptions

/// The completion script for fish, `completions/sheep.fish`.
package enum FishCompletion {
  /// The whole script.
  package static func text() -> String {
    let commands = CommandTable.all.map { $0.describe() }
    var text = """
      # Completion of sheep for fish. Written by "make generate"; do not edit.
      # Put it into ~/.config/fish/completions.

      # True while the command itself is being typed.
      function __sheep_first
          test (count (commandline -opc)) -eq 1
      end

      # True when the command is one of the given ones.
      function __sheep_using
          set -l words (commandline -opc)
          test (count $words) -ge 2
          and contains -- $words[2] $argv
      end

      # Offers what sheep itself knows: models or profiles.
      function __sheep_ask
          set -l word (commandline -ct | string replace -r -- '^(--[^=]*=|-[A-Za-z](?=.))' '')
          command sheep __complete $argv[1] "$word" 2>/dev/null
      end

      complete -c sheep -f

      """
    for command in commands {
      text +=
        "complete -c sheep -n __sheep_first -a \(command.name) -d \(quoted(command.summary))\n"
    }
    for command in commands where command.operands.first?.name == "COMMAND" {
      let names = commands.map(\.name).joined(separator: " ")
      text += "complete -c sheep -n '__sheep_using \(command.name)' -a '\(names)'\n"
    }
    for option in GeneralOptions.all { text += row(option, condition: "__sheep_first") }
    for section in OptionIndex(commands, program: []).sections {
      for entry in section.entries {
        let usual = entry.commands.filter { name in !entry.variants.contains { $0.command == name } }
        text += row(entry.info, condition: "'__sheep_using \(usual.joined(separator: " "))'")
        for variant in entry.variants {
          text += row(variant.info, condition: "'__sheep_using \(variant.command)'")
        }
      }
    }
    return text
  }

  private static func row(_ info: OptionInfo, condition: String) -> String {
    var parts = ["complete -c sheep -n \(condition)"]
    if let short = info.short { parts.append("-s \(short)") }
    parts.append("-l \(info.long)")
    if info.takesValue {
      switch info.hint {
      case .none: parts.append("-x")
      case .file: parts.append("-r -F")
      case .model: parts.append("-x -a '(__sheep_ask models)'")
      case .profile: parts.append("-x -a '(__sheep_ask profiles)'")
      case .session: parts.append("-x -a '(__sheep_ask sessions)'")
      case .role: parts.append("-x -a '(__sheep_ask roles)'")
      case .choice(let words): parts.append("-x -a '\(words.joined(separator: " "))'")
      }
    }
    return parts.joined(separator: " ") + " -d \(quoted(info.summary))\n"
  }

  private static func quoted(_ text: String) -> String {
    var result = "'"
    for character in text {
      if character == "'" || character == "\\" { result.append("\\") }
      result.append(character)
    }
    return result + "'"
  }
}
