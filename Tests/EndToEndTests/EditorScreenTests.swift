import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The prompt's editor in a terminal emulator: what a person sees.
@Suite("prompt's editor: the screen, in tmux", .enabled(if: Tmux.path != nil), .serialized)
struct EditorScreenTests {
  /// The trial in a shell with job control.
  private func start(_ arguments: String = "") throws -> (Tmux, EditorRecord) {
    let record = try EditorRecord()
    let tmux = try Tmux(variables: ["LC_ALL": "C.UTF-8"], shell: "bash --norc --noprofile")
    let words = ([EditorRecord.program] + record.arguments).joined(separator: " ")
    try tmux.write("clear; " + words + " " + arguments)
    try tmux.press("Enter")
    tmux.waitForScreen { $0 == ["sheep ▸"] }
    return (tmux, record)
  }

  private func expect(
    _ lines: [String], _ cursor: String? = nil, _ tmux: Tmux,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    tmux.waitForScreen { $0 == lines && (cursor == nil || tmux.cursor == cursor) }
    #expect(tmux.screen == lines, sourceLocation: sourceLocation)
    if let cursor { #expect(tmux.cursor == cursor, sourceLocation: sourceLocation) }
  }

  @Test("a line of wide characters wraps where the terminal wraps it, the cursor with it")
  func wide() throws {
    let (tmux, record) = try start()
    let text = String(repeating: "한글 ", count: 16)
    try tmux.write(text)
    let first = "sheep ▸ " + String(repeating: "한글 ", count: 14) + "한"
    expect([first, "글 한글"], "8,1", tmux)
    try tmux.press("Home")
    expect([first, "글 한글"], "8,0", tmux)
    try tmux.write("x")
    let moved = "sheep ▸ x" + String(repeating: "한글 ", count: 13) + "한글"
    expect([moved, "한글 한글"], "9,0", tmux)
    try tmux.press("BSpace", "Enter")
    expect([first, "글 한글", "sheep ▸"], "8,2", tmux)
    #expect(record.submitted == [text])
  }

  @Test("a line that fills its row exactly goes on in the next")
  func fullRow() throws {
    let (tmux, _) = try start()
    let full = String(repeating: "x", count: 72)
    try tmux.write(full)
    expect(["sheep ▸ " + full], "0,1", tmux)
    try tmux.write("y")
    expect(["sheep ▸ " + full, "y"], "1,1", tmux)
    try tmux.press("BSpace", "BSpace")
    expect(["sheep ▸ " + full.dropLast()], "79,0", tmux)
    try tmux.write("가")
    expect(["sheep ▸ " + full.dropLast(), "가"], "2,1", tmux)
    try tmux.press("Enter")
    expect(["sheep ▸ " + full.dropLast(), "가", "sheep ▸"], "8,2", tmux)
  }

  @Test("several lines stand below each other, each after its mark")
  func lines() throws {
    let (tmux, record) = try start()
    try tmux.write("\"\"\"글:")
    try tmux.press("Enter")
    try tmux.write("  들여쓰기")
    try tmux.press("Enter", "Enter")
    try tmux.write("끝")
    expect(["sheep ▸ \"\"\"글:", "…   들여쓰기", "…", "… 끝"], "4,3", tmux)
    try tmux.press("Up", "Up", "End")
    try tmux.write("!")
    expect(["sheep ▸ \"\"\"글:", "…   들여쓰기!", "…", "… 끝"], "13,1", tmux)
    try tmux.press("Down", "Down", "End")
    try tmux.write("\"\"\"")
    try tmux.press("Enter")
    expect(["sheep ▸ \"\"\"글:", "…   들여쓰기!", "…", "… 끝\"\"\"", "sheep ▸"], "8,4", tmux)
    #expect(record.submitted == ["글:\n  들여쓰기!\n\n끝"])
    try tmux.press("Up")
    expect(
      ["sheep ▸ \"\"\"글:", "…   들여쓰기!", "…", "… 끝\"\"\"", "sheep ▸ 글:", "…   들여쓰기!", "…", "… 끝"], "4,7", tmux)
  }

  @Test("a resize draws the prompt anew, narrower and wider, and leaves what stands above")
  func resize() throws {
    let (tmux, record) = try start()
    // At the bottom of the screen, where a prompt is after a while. A terminal with room below
    // lets rows scroll away that it does not have to.
    for number in 0..<24 { try tmux.write(":\(number)\r") }
    let words = "하나 둘 셋 넷 다섯 여섯 일곱 여덟 아홉 열 eleven twelve thirteen fourteen"
    try tmux.write(words)
    try tmux.press("C-j")
    try tmux.write("second")
    let wide = ["sheep ▸ 하나 둘 셋 넷 다섯 여섯 일곱 여덟 아홉 열 eleven twelve thirteen fourtee", "n", "… second"]
    tmux.waitForScreen { $0.suffix(4) == ["sheep ▸ :23"] + wide }
    try tmux.run(["resize-window", "-x", "40", "-y", "24"])
    let narrow = ["sheep ▸ 하나 둘 셋 넷 다섯 여섯 일곱 여", "덟 아홉 열 eleven twelve thirteen fourte", "en", "… second"]
    tmux.waitForScreen { $0.suffix(6) == ["sheep ▸ :22", "sheep ▸ :23"] + narrow && tmux.cursor == "8,23" }
    try tmux.write("!")
    tmux.waitForScreen { $0.suffix(5) == ["sheep ▸ :23"] + narrow.dropLast() + ["… second!"] }
    try tmux.run(["resize-window", "-x", "100", "-y", "24"])
    let all = ["sheep ▸ :22", "sheep ▸ :23", "sheep ▸ " + words, "… second!"]
    tmux.waitForScreen { $0.suffix(4) == all }
    try tmux.press("Enter")
    tmux.waitForScreen { $0.suffix(5) == all + ["sheep ▸"] }
    #expect(record.submitted == [words + "\nsecond!"])
  }

  @Test("a text higher than the screen is shown around the cursor, and sent whole")
  func high() throws {
    let (tmux, record) = try start()
    for number in 0..<30 {
      try tmux.write("line \(number)")
      if number < 29 { try tmux.press("C-j") }
    }
    expect((6..<30).map { "… line \($0)" }, "9,23", tmux)
    try tmux.run(["send-keys", "-N", "29", "Up"])
    expect(["sheep ▸ line 0"] + (1..<24).map { "… line \($0)" }, "14,0", tmux)
    try tmux.press("Enter")
    expect((7..<30).map { "… line \($0)" } + ["sheep ▸"], "8,23", tmux)
    // All of it can be read by scrolling back, once.
    let all = try tmux.run(["capture-pane", "-p", "-S", "-"])
    #expect(all.contains("sheep ▸ line 0\n… line 1\n… line 2\n"))
    #expect(record.submitted == [(0..<30).map { "line \($0)" }.joined(separator: "\n")])
  }

  @Test("Tab completes what is common, then shows the possibilities in columns, then more of them")
  func completion() throws {
    let (tmux, record) = try start("--candidates 40 --notes")
    try tmux.write("ask mo")
    try tmux.press("Tab")
    expect(["sheep ▸ ask model-"], "18,0", tmux)
    try tmux.press("Tab")
    let page = (0..<11).map { "model-\($0)".padding(10) + "about model-\($0)" }
    expect(["sheep ▸ ask model-"] + page + ["… 29 more"], "18,0", tmux)
    try tmux.press("Tab")
    let next = (11..<22).map { "model-\($0)".padding(10) + "about model-\($0)" }
    expect(["sheep ▸ ask model-"] + next + ["… 18 more"], "18,0", tmux)
    try tmux.write("39")
    expect(["sheep ▸ ask model-39"], "20,0", tmux)
    try tmux.press("Tab")
    expect(["sheep ▸ ask model-39"], "21,0", tmux)
    try tmux.press("C-u")
    try tmux.write("모")
    try tmux.press("Tab", "Tab")
    expect(["sheep ▸ 모델-", "모델-하나  about 모델-하나", "모델-둘    about 모델-둘"], "13,0", tmux)
    try tmux.press("C-c")
    expect(["sheep ▸ 모델-^C", "sheep ▸"], "8,1", tmux)
    #expect(record.count("interrupted") == 1)
  }

  @Test("Ctrl-Z gives the terminal to the shell, fg brings the line back; also while an answer streams")
  func suspend() throws {
    let (tmux, record) = try start()
    try tmux.write("반쯤")
    try tmux.press("C-z")
    tmux.waitForScreen { $0.contains { $0.hasPrefix("[1]+  Stopped") } && $0.last == "prompt>" }
    try tmux.write("clear; stty -a | grep -o -- '-*icanon'")
    try tmux.press("Enter")
    expect(["icanon", "prompt>"], "8,1", tmux)
    try tmux.write("clear; fg > /dev/null")
    try tmux.press("Enter")
    expect(["sheep ▸ 반쯤"], "12,0", tmux)
    try tmux.write(" 더")
    try tmux.press("Enter")
    tmux.waitForScreen { $0.last == "sheep ▸" }
    #expect(record.submitted == ["반쯤 더"])
    try tmux.write(":stream")
    try tmux.press("Enter")
    tmux.waitForScreen { _ in record.count("streaming") == 1 }
    try tmux.press("C-z")
    tmux.waitForScreen { $0.contains { $0.hasPrefix("[1]+  Stopped") } && $0.last == "prompt>" }
    try tmux.write("clear; fg > /dev/null")
    try tmux.press("Enter")
    tmux.waitForScreen { $0.isEmpty }
    try tmux.write("ahead")
    record.openGate()
    expect(["sheep ▸ ahead"], "13,0", tmux)
    // Stopped and continued by others, it takes the terminal as well.
    #expect(kill(record.identifier, SIGSTOP) == 0)
    tmux.waitForScreen { $0.last == "prompt>" }
    try tmux.write("clear; fg > /dev/null")
    try tmux.press("Enter")
    expect(["sheep ▸ ahead"], "13,0", tmux)
    try tmux.press("Enter", "C-d")
    tmux.waitForScreen { $0.last == "prompt>" }
    #expect(record.submitted == ["반쯤 더", "ahead"])
  }

  @Test("a terminal's own paste is whole, and its note stands above the prompt")
  func paste() throws {
    let (tmux, record) = try start()
    try tmux.write("see ")
    try tmux.paste("one\n\ttwo\n")
    expect(["sheep ▸ see one", "…       two", "…"], "2,2", tmux)
    let long = (1...50).map { "\($0)" }.joined(separator: "\n")
    try tmux.paste(long)
    expect(
      ["pasted \(long.utf8.count) bytes", "sheep ▸ see one", "…       two", "… [pasted 50 lines]"], "19,3",
      tmux)
    try tmux.press("Enter")
    tmux.waitForScreen { $0.last == "sheep ▸" }
    #expect(record.submitted == ["see one\n\ttwo\n" + long])
  }
}

extension String {
  /// With blanks up to a length.
  fileprivate func padding(_ length: Int) -> String {
    self + String(repeating: " ", count: max(0, length - count))
  }
}
