/// The texts of `-h` and `--help`, for a terminal of 80 columns.
package enum Help {
  /// The widest line.
  package static let width = 79

  /// Help about the named command, or about the program when nil or unknown.
  package static func text(command name: String?, isFull: Bool) -> String {
    if let name, let command = CommandTable.command(named: name) {
      let info = command.describe()
      return isFull ? full(info) : short(info)
    }
    return isFull ? programText : programSummary
  }

  // MARK: A command

  private static func short(_ info: CommandInfo) -> String {
    let column = (info.options.map(nameColumn).map(\.utf8.count).max() ?? 0) + 2
    var text = head(info) + actions(info)
    for group in OptionGroup.inHelp {
      let options = info.options.filter { $0.group == group }
      if options.isEmpty { continue }
      text += "\n\(group.rawValue)\n"
      text += options.map { pad(nameColumn($0), column) + $0.line + "\n" }.joined()
    }
    return text + "\nMore about each option:  sheep \(info.name) --help\n"
  }

  private static func full(_ info: CommandInfo) -> String {
    var text = head(info)
    if !info.detail.isEmpty { text += "\n" + Markup(info.detail).terminal(width: width, indent: 0) }
    if !info.operands.isEmpty {
      text += "\nOperands\n" + definitions(info.operands.map { ($0.usage, $0.summary) }, column: 6)
    }
    text += actions(info)
    for group in OptionGroup.inHelp {
      let options = info.options.filter { $0.group == group }
      if options.isEmpty { continue }
      text += "\n\(group.rawValue)\n" + options.map(option).joined(separator: "\n")
    }
    if !info.examples.isEmpty {
      text += "\nExamples\n"
      text += info.examples.map { "  \($0.line)\n      \($0.purpose)\n" }.joined()
    }
    return text + "\nExit codes and environment variables:  sheep --help\n"
  }

  private static func option(_ info: OptionInfo) -> String {
    var text = nameColumn(info) + "\n" + Markup(info.fullText).terminal(width: width, indent: 10)
    if !info.examples.isEmpty {
      text += info.examples.map { "\n            \($0)\n" }.joined()
    }
    return text
  }

  private static func head(_ info: CommandInfo) -> String {
    "Usage: \(info.usages.joined(separator: "\n       "))\n\n\(info.summary)\n"
  }

  private static func actions(_ info: CommandInfo) -> String {
    guard let widest = info.actions.map(\.usage.utf8.count).max() else { return "" }
    return "\nActions\n"
      + info.actions.map { pad("  " + $0.usage, widest + 4) + $0.summary + "\n" }.joined()
  }

  // MARK: Lines

  private static func nameColumn(_ info: OptionInfo) -> String {
    (info.short == nil ? "      " : "  ") + info.form
  }

  package static func optionLines(_ infos: [OptionInfo]) -> String {
    let column = (infos.map(nameColumn).map(\.utf8.count).max() ?? 0) + 2
    return infos.map { pad(nameColumn($0), column) + $0.line + "\n" }.joined()
  }

  package static func definitions(_ rows: [(String, String)], column: Int) -> String {
    rows.map { "  \($0)\n" + Markup($1).terminal(width: width, indent: column) }.joined()
  }

  package static func pad(_ text: String, _ column: Int) -> String {
    text + String(repeating: " ", count: max(1, column - text.utf8.count))
  }
}
