import SheepTerminal
import Testing

@Suite("terminal information")
struct TerminalInfoTests {
  private func info(
    isTTY: Bool = true, _ color: ColorChoice = .auto, size: (Int, Int)? = (80, 24),
    with variables: [String: String] = [:]
  ) -> TerminalInfo {
    let all = ["TERM": "xterm"].merging(variables) { $1 }
    return TerminalInfo(
      isTTY: isTTY, size: size.map { (columns: $0.0, rows: $0.1) }, color: color
    ) { all[$0] }
  }

  @Test("a terminal has colour and a size")
  func terminal() {
    #expect(
      info() == TerminalInfo(isTerminal: true, width: 80, height: 24, hasColor: true, canRedraw: true))
  }

  @Test("a pipe has neither colour nor a size")
  func pipe() {
    #expect(info(isTTY: false, with: ["COLUMNS": "40"]) == TerminalInfo(isTerminal: false))
  }

  @Test(
    "NO_COLOR, TERM and CLICOLOR_FORCE decide about colour",
    arguments: [
      (["NO_COLOR": "1"], false), (["NO_COLOR": "0"], false), (["NO_COLOR": ""], true),
      (["TERM": "dumb"], false), (["TERM": ""], false), (["CLICOLOR_FORCE": "1", "TERM": "dumb"], true),
      (["CLICOLOR_FORCE": "0", "TERM": "dumb"], false), (["CLICOLOR_FORCE": "1", "NO_COLOR": "1"], false),
    ])
  func environment(_ variables: [String: String], _ hasColor: Bool) {
    #expect(info(with: variables).hasColor == hasColor)
  }

  @Test("the --color option outranks the environment")
  func option() {
    #expect(info(.always, with: ["NO_COLOR": "1"]).hasColor)
    #expect(info(isTTY: false, .always).hasColor)
    #expect(!info(.never, with: ["CLICOLOR_FORCE": "1"]).hasColor)
    #expect(info(isTTY: false, with: ["CLICOLOR_FORCE": "1"]).hasColor)
  }

  @Test(
    "COLUMNS outranks the kernel's size when it makes sense",
    arguments: [
      ("132", 132), ("0", 80), ("-5", 80), ("abc", 80), ("99999999999999999999", 80), ("", 80),
    ])
  func columns(_ columns: String, _ width: Int) {
    #expect(info(with: ["COLUMNS": columns]).width == width)
  }

  @Test("an unknown size is nil")
  func unknownSize() {
    #expect(info(size: (0, 0)).width == nil)
    #expect(info(size: nil).height == nil)
  }

  @Test("a dumb terminal cannot redraw")
  func dumb() {
    #expect(!info(.always, with: ["TERM": "dumb"]).canRedraw)
  }
}

@Suite("styles")
struct StyleTests {
  @Test("a style is set before the text and reset after it")
  func styled() {
    let style = Style(isOn: true)
    #expect(style.bold("a") == "\u{1b}[1ma\u{1b}[0m")
    #expect(style("a", [.dim, .red]) == "\u{1b}[2;31ma\u{1b}[0m")
    #expect(style.green("") == "")
  }

  @Test("without colour the text stays as it is")
  func withoutColour() {
    let style = Style(isOn: false)
    let texts = [
      style.bold("a"), style.dim("a"), style.italic("a"), style.underline("a"), style.red("a"),
      style.green("a"), style.yellow("a"), style.cyan("a"),
    ]
    #expect(texts == Array(repeating: "a", count: 8))
  }
}

@Suite("status line")
struct StatusLineTests {
  private let terminal = TerminalInfo(isTerminal: true, width: 80, hasColor: true, canRedraw: true)

  @Test("nothing shows in the first five seconds")
  func early() {
    var line = StatusLine(terminal)
    #expect(line.nextChange == .seconds(5))
    #expect(line.update(elapsed: .milliseconds(4999)).isEmpty)
    #expect(line.clear().isEmpty)
  }

  @Test("the wait counts up once a second and is cleared")
  func counting() {
    var line = StatusLine(terminal)
    let shown = line.update(elapsed: .milliseconds(6200))
    #expect(String(decoding: shown, as: UTF8.self) == "\r\u{1b}[K\u{1b}[2mwaiting 6 s …\u{1b}[0m")
    #expect(line.update(elapsed: .milliseconds(6900)).isEmpty)
    #expect(line.nextChange == .seconds(7))
    #expect(!line.update(elapsed: .seconds(7)).isEmpty)
    #expect(String(decoding: line.clear(), as: UTF8.self) == "\r\u{1b}[K")
    #expect(line.clear().isEmpty)
  }

  @Test(
    "nothing shows where it cannot be cleared",
    arguments: [
      TerminalInfo(isTerminal: false), TerminalInfo(isTerminal: true, width: 80, canRedraw: false),
    ])
  func notClearable(_ terminal: TerminalInfo) {
    var line = StatusLine(terminal)
    #expect(line.nextChange == nil)
    #expect(line.update(elapsed: .seconds(60)).isEmpty)
  }
}
