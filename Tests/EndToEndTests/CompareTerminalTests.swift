import Testing

@Suite("compare on a terminal")
struct CompareTerminalTests {
  @Test("Ctrl-C half-way ends with the table of what was measured, by the signal, and no rows stay")
  func interrupted() throws {
    let terminal = try PseudoTerminal(
      [
        "compare", "--demo", "--rounds", "50", "--max-tokens", "5", "-m", "gpt-4.1,gemini-2.5-flash", "Hi",
      ], variables: [:])
    terminal.waitFor("round 3/50")
    terminal.type("\u{3}")
    #expect(terminal.finish() == .signal(2))
    // Both have ended two rounds at least, and neither was near the last one.
    let lines = lines(terminal)
    let rows = lines.filter { $0.hasPrefix("gpt-4.1 ") || $0.hasPrefix("gemini-2.5-flash ") }
    #expect(rows.count == 2, "\(lines)")
    for row in rows {
      let counts = row.split(separator: " ").first { $0.contains("/") }?.split(separator: "/") ?? []
      let numbers = counts.compactMap { Int($0) }
      #expect(numbers.count == 2 && numbers[0] == numbers[1], "\(row)")
      #expect((2..<50).contains(numbers.first ?? 0), "\(row)")
    }
    #expect(lines.contains { $0.contains("ended early") })
  }

  @Test("with --quiet a terminal gets the table and nothing else")
  func quiet() throws {
    let terminal = try PseudoTerminal(
      [
        "compare", "--demo", "-q", "--rounds", "2", "--max-tokens", "2", "-m", "gpt-4.1,gemini-2.5-flash",
        "Hi",
      ],
      variables: [:])
    #expect(terminal.finish() == .exit(0))
    #expect(terminal.text.hasPrefix("\u{1b}[2m2 rounds"), "\(terminal.text.debugDescription)")
    #expect(!terminal.text.contains("round 1/2"))
  }

  @Test("where standard error is no terminal, progress is plain lines")
  func plain() throws {
    let run = try SheepProcess([
      "compare", "--demo", "--rounds", "2", "--max-tokens", "2", "-m", "gpt-4.1,gemini-2.5-flash", "Hi",
    ])
    #expect(run.finish() == .exit(0))
    let lines = run.errorText.split(separator: "\n")
    #expect(lines.allSatisfy { $0.hasPrefix("sheep: ") } && !run.errorText.contains("\u{1b}"))
    #expect(lines.contains { $0.hasPrefix("sheep: round 1/2: 2/2 ok") })
  }

  /// What stands on the screen at the end: rows that were drawn over are gone.
  private func lines(_ terminal: PseudoTerminal) -> [String] {
    var lines = [""]
    var rest = terminal.text[...]
    while let character = rest.popFirst() {
      switch character {
      case "\n", "\r\n": lines.append("")
      case "\u{1b}":
        let sequence = rest.prefix { !$0.isLetter }
        rest = rest.dropFirst(sequence.count)
        let command = rest.popFirst()
        let count = Int(sequence.dropFirst()) ?? 1
        if command == "A" { lines.removeLast(min(count, lines.count - 1)) }
        if command == "A" || command == "J" { lines[lines.count - 1] = "" }
      case "\r": break
      default: lines[lines.count - 1].append(character)
      }
    }
    return lines
  }
}
