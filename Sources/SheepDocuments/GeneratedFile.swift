import SheepOptions

/// A file that is written from the table of options and kept in the repository, by the name that
/// `sheep-generate` takes.
package enum GeneratedFile: String, CaseIterable, Sendable {
  case man, bash, zsh, fish, reference, help

  /// The file's whole text, made from the table.
  package var text: String {
    switch self {
    case .man: ManPage.text()
    case .bash: BashCompletion.text()
    case .zsh: ZshCompletion.text()
    case .fish: FishCompletion.text()
    case .reference: Reference.text()
    case .help: Help.source()
    }
  }

  /// Where the repository keeps it.
  package var path: String {
    switch self {
    case .man: "docs/sheep.1"
    case .bash: "completions/sheep.bash"
    case .zsh: "completions/_sheep"
    case .fish: "completions/sheep.fish"
    case .reference: "docs/reference.md"
    case .help: "Sources/SheepOptions/Help/Help+Generated.swift"
    }
  }
}
