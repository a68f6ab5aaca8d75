import SheepOptions
import Testing

/// What help says of the table, and how its texts are read and set.
@Suite("help")
struct HelpTests {
  private static let commands = CommandTable.all.map { $0.describe() }

  @Test("help fits 79 columns and ends its last line")
  func width() {
    for name in [nil] + CommandTable.names.map(Optional.some) {
      for isFull in [false, true] {
        let text = Help.text(command: name, isFull: isFull)
        for line in text.split(separator: "\n") { #expect(line.count <= 79, "\(line)") }
        for line in text.split(separator: "\n") { #expect(!line.hasSuffix(" "), "\(line)|") }
        #expect(text.hasSuffix("\n") && !text.hasSuffix("\n\n") && !text.contains("\n\n\n"))
      }
    }
  }

  @Test("short help has one line for each option", arguments: commands)
  func shortHelp(command: CommandInfo) {
    let lines = Help.text(command: command.name, isFull: false).split(separator: "\n")
    for info in command.options {
      let own = lines.filter { $0.contains(info.form + "  ") }
      #expect(own.count == 1 && own.allSatisfy { $0.hasSuffix(info.line) }, "\(info.long)")
    }
  }

  @Test("help shows an option's default")
  func defaults() {
    let short = Help.text(command: "mock", isFull: false)
    #expect(short.contains("Port to listen on [default: 4010].\n"))
    #expect(Help.text(command: "mock", isFull: true).contains("The default is 4010."))
  }

  @Test("a command's own options come first, and what several commands share after them")
  func ownFirst() throws {
    let text = Help.text(command: "compare", isFull: false)
    let headings = OptionGroup.allCases.map(\.rawValue)
    let lines = text.split(separator: "\n").map(String.init).filter(headings.contains)
    #expect(lines.first == "Comparison" && lines.last == "General")
  }

  @Test("short help of config lists its actions")
  func actions() {
    let text = Help.text(command: "config", isFull: false)
    for action in ConfigOptions.Action.allCases { #expect(text.contains("\n  \(action.usage)  ")) }
  }

  @Test("full help has every option, operand and example", arguments: commands)
  func fullHelp(command: CommandInfo) {
    let text = Help.text(command: command.name, isFull: true)
    for info in command.options { #expect(text.contains(info.form + "\n")) }
    for operand in command.operands { #expect(text.contains(operand.usage)) }
    for usage in command.usages { #expect(text.contains(usage + "\n")) }
    for example in command.examples { #expect(text.contains(example.line)) }
  }

  @Test("the program's help has every command, exit code and variable")
  func programHelp() {
    let text = Help.text(command: nil, isFull: true)
    for command in Self.commands { #expect(text.contains("\n  " + command.name + " ")) }
    for status in ExitStatus.allCases { #expect(text.contains("\n  \(status.rawValue) ")) }
    for variable in CommandTable.variables { #expect(text.contains("\n  \(variable.name)\n")) }
  }

  @Test(
    "markup reads its four marks",
    arguments: [
      (
        "a *b* `c d`.",
        [.paragraph([.text("a "), .emphasis("b"), .text(" "), .code("c d"), .text(".")])]
      ),
      ("a\nb\n\nc", [.paragraph([.text("a b")]), .paragraph([.text("c")])]),
      (
        "a:\n- b\n  c\n- d\ne",
        [
          .paragraph([.text("a:")]), .list([[.text("b c")], [.text("d")]]),
          .paragraph([.text("e")]),
        ]
      ),
      ("2 * 3 and `open", [.paragraph([.text("2 * 3 and `open")])]),
      ("", []),
    ] as [(String, [Markup.Block])])
  func markup(text: String, blocks: [Markup.Block]) {
    #expect(Markup(text).blocks == blocks)
  }

  @Test("markup renders for a terminal")
  func rendering() {
    let markup = Markup("Give `-x` or `sheep chat -x` *now*; it's <5.\n\n- one `a`\n- two")
    #expect(
      markup.terminal(width: 30, indent: 2) == """
          Give -x or 'sheep chat -x'
          now; it's <5.

          - one a
          - two

        """)
  }

  @Test(
    "completion offers models, profiles, and both",
    arguments: [
      (["models", ""], ["a-1", "a-2", "b"]), (["models"], ["a-1", "a-2", "b"]),
      (["models", "a"], ["a-1", "a-2"]),
      (["models", "z"], []), (["models", "a-1@"], ["a-1@p", "a-1@q"]),
      (["models", "new@q"], ["new@q"]),
      (["models", "m@2025@p"], ["m@2025@p"]),
      (["profiles", ""], ["p", "q"]), (["profiles", "q"], ["q"]), (["nothing"], []), ([], []),
    ])
  func completion(words: [String], offers: [String]) {
    let answer = Completion.answer(
      words: words, models: { ["a-1", "a-2", "b"] }, profiles: { ["p", "q"] })
    #expect(answer == offers)
  }
}
