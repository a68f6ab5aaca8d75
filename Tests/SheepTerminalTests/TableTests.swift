import SheepTerminal
import Testing

@Suite("table")
struct TableTests {
  private func prices() -> Table {
    var table = Table([
      .init("model"), .init("속도", .right), .init("note", canShrink: true), .init("price", canShrink: false),
    ])
    table.add(["gpt-4.1", "88", "안정적이고 빠름", "$8.00"])
    table.add(["claude-sonnet-4.5 🚀", "171", "a long remark that can be cut where it has to", "$15.00"])
    table.add(["short"])
    return table
  }

  @Test("columns line up under wide characters")
  func wideCharacters() {
    expectGolden(prices().render(width: nil, style: Style(isOn: false)), "table-plain.txt")
  }

  @Test("the widest text is cut to fit the width; numbers stay whole", arguments: [40, 60, 80])
  func cut(_ width: Int) {
    let text = prices().render(width: width, style: Style(isOn: false))
    expectGolden(text, "table-\(width).txt")
    for line in text.split(separator: "\n") { #expect(TextWidth.of(line) <= width) }
    // Numbers and what may not be cut stay whole.
    #expect(text.contains("171") && text.contains("$15.00"))
  }

  @Test("styles do not change the layout")
  func styles() {
    let plain = prices().render(width: 60, style: Style(isOn: false))
    var screen = Screen()
    screen.write(Array(prices().render(width: 60, style: Style(isOn: true)).utf8))
    #expect(screen.text == plain)
    #expect(screen.rows[0][0].look == "1")
  }

  @Test("a table without room keeps its rows")
  func noRoom() {
    let text = prices().render(width: 1, style: Style(isOn: false))
    #expect(text.split(separator: "\n", omittingEmptySubsequences: false).count == 5)
  }

  @Test("a table without headers has no header line")
  func noHeaders() {
    var table = Table([.init(""), .init("", .right)])
    table.add(["a", "1"])
    table.add(["bb", "22"])
    #expect(table.render(width: 80, style: Style(isOn: true)) == "a    1\nbb  22\n")
  }
}
