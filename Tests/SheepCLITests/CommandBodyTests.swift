import SheepCLI
import SheepOptions
import SheepRun
import Testing

@Suite("every command can be carried out")
struct CommandBodyTests {
  @Test("a row of the table has a folder that carries it out")
  func bodies() throws {
    let defaults = PlainDefaults { _ in nil }
    for command in CommandTable.all {
      let words: ArraySlice<String> = command.name == "config" ? ["path"] : []
      switch try command.parse(words, defaults) {
      case .command(let parsed): #expect(parsed.values is any CommandBody, "\(command.name)")
      case .help: #expect(command.name == "help")
      default: Issue.record("\(command.name) is something else")
      }
    }
  }
}
