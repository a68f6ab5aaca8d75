import SheepOptions

/// The options of several commands, each once.
struct OptionIndex {
  /// One option and the commands that have it.
  struct Entry {
    let info: OptionInfo
    fileprivate(set) var commands: [String]
    /// The commands that describe the option in their own words, with these.
    fileprivate(set) var variants: [(command: String, info: OptionInfo)] = []
  }

  /// One heading: its options, and the commands that most of them belong to.
  struct Section {
    let group: OptionGroup
    let commands: [String]
    let entries: [Entry]
  }

  let sections: [Section]

  /// Collects the options of `commands`, each once; a command with words of its own for an option
  /// becomes a variant of it.
  init(_ commands: [CommandInfo], program: [OptionInfo]) {
    var entries: [Entry] = []
    for command in commands {
      for option in command.options {
        if let index = entries.firstIndex(where: { $0.info.form == option.form }) {
          entries[index].commands.append(command.name)
          if entries[index].info != option { entries[index].variants.append((command.name, option)) }
        } else {
          entries.append(Entry(info: option, commands: [command.name]))
        }
      }
    }
    for option in program where !entries.contains(where: { $0.info.long == option.long }) {
      entries.append(Entry(info: option, commands: []))
    }
    sections = OptionGroup.allCases.compactMap { group in
      let own = entries.filter { $0.info.group == group }
      guard let first = own.first else { return nil }
      return Section(group: group, commands: first.commands, entries: own)
    }
  }
}
