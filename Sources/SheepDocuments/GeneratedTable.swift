/// A table in a page that is otherwise written by hand, by the name that `sheep-generate` takes.
///
/// It stands between two comments, `<!-- NAME: written by "make generate" -->` and `<!-- end -->`.
package enum GeneratedTable: String, CaseIterable, Sendable {
  case profiles, faults
  case slashCommands = "slash-commands"

  /// The page that it is in.
  package var path: String {
    switch self {
    case .profiles: "docs/configuration.md"
    case .faults: "docs/faults.md"
    case .slashCommands: "docs/chat.md"
    }
  }

  /// The table's lines, made from the program's own lists.
  package var text: String {
    switch self {
    case .profiles: ProfileTable.text()
    case .faults: FaultTable.text()
    case .slashCommands: SlashCommandTable.text()
    }
  }

  /// The page with the table as it is now; `nil` when the page has no place for it.
  package func page(from page: String) -> String? {
    let start = #"<!-- \#(rawValue): written by "make generate" -->"#
    let lines = page.split(separator: "\n", omittingEmptySubsequences: false)
    guard let first = lines.firstIndex(where: { $0 == start }),
      let last = lines[first...].firstIndex(of: "<!-- end -->")
    else { return nil }
    return (lines[...first].joined(separator: "\n")) + "\n" + text + lines[last...].joined(separator: "\n")
  }
}
