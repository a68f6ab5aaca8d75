import SheepDocuments
import SheepOptions
import Testing

/// What the generators make of the table.
@Suite("generator")
struct GenerateTests {
  private static let commands = CommandTable.all.map { $0.describe() }

  @Test("the man page has every option, exit code and variable")
  func manPage() {
    let page = ManPage.text()
    for info in Self.commands.flatMap(\.options) {
      #expect(page.contains("\\fB" + Roff.escaped("--" + info.long, isCode: true) + "\\fR"))
    }
    for status in ExitStatus.allCases { #expect(page.contains("\n.B \(status.rawValue)\n")) }
    for variable in CommandTable.variables {
      #expect(page.contains("\n.B \"" + Roff.escaped(variable.name, isCode: true) + "\"\n"))
    }
    #expect(!page.contains("\n\n") && page.utf8.allSatisfy { $0 < 0x80 })
  }

  @Test("the reference has every option with its variable, and every exit code")
  func reference() {
    let page = Reference.text()
    for info in Self.commands.flatMap(\.options) {
      #expect(page.contains("#### `\(info.form)`\n"))
      if let name = info.environmentName { #expect(page.contains("`\(name)`")) }
    }
    for status in ExitStatus.allCases {
      #expect(page.contains("| \(status.rawValue) | `\(status.name)` |"))
    }
  }

  @Test("the completions know every option", arguments: [GeneratedFile.bash, .zsh, .fish])
  func completions(file: GeneratedFile) {
    let script = file.text
    for info in Self.commands.flatMap(\.options) {
      #expect(
        script.contains(file == .fish ? "-l \(info.long) " : "--" + info.long), "\(info.long)")
    }
    for command in Self.commands { #expect(script.contains(command.name)) }
  }

  @Test("markup renders for roff and for Markdown")
  func renderings() {
    let markup = Markup("Give `-x` or `sheep chat -x` *now*; it's <5.\n\n- one `a`\n- two")
    #expect(
      markup.markdown
        == "Give `-x` or `sheep chat -x` *now*; it's \\<5.\n\n- one `a`\n- two\n")
    #expect(
      markup.roff(nested: false)
        == "Give \\fB\\-x\\fR or \\fBsheep chat \\-x\\fR \\fInow\\fR; it\\(aqs <5.\n"
        + ".IP \\(bu 2\none \\fBa\\fR\n.IP \\(bu 2\ntwo\n")
  }

  @Test("roff cannot be taken over by a text")
  func roff() {
    #expect(Roff.line(Roff.escaped(".so /etc/passwd", isCode: false)) == "\\&.so /etc/passwd\n")
    #expect(Roff.escaped("\\fB'\u{2026}-", isCode: true) == "\\efB\\(aq\\[u2026]\\-")
  }
}
