import SheepMock
import SheepTesting
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The chat as it looks in a real terminal emulator.
@Suite("binary: chat in tmux", .enabled(if: Tmux.path != nil), .serialized)
struct ChatScreenTests {
  private func chat(_ script: [MockStep]) throws -> (tmux: Tmux, gateway: MockGateway) {
    let gateway = try MockGateway(.instant(script: script))
    let tmux = try Tmux()
    try tmux.write(
      "clear; exec '\(SheepBinary.path)' chat --no-log --base-url '\(gateway.baseURL)' -m mock-instant")
    try tmux.press("Enter")
    tmux.waitForScreen { $0.last == "mock-instant ▸" }
    return (tmux, gateway)
  }

  private func ask(_ tmux: Tmux, _ text: String) throws {
    try tmux.write(text)
    try tmux.press("Enter")
  }

  @Test("a Korean question and an answer with a table: whole rows, straight columns, a prompt below")
  func korean() throws {
    let answer = "# 양\n\n양은 **풀**을 먹는다.\n\n| 시간 | 하는 일 |\n|---|---|\n| 06:00 | 양을 센다 🐑 |\n| 18:00 | 쉰다 |\n"
    let (tmux, gateway) = try chat([.stream(Array(ChatStream.answer(answer).joined().utf8))])
    try ask(tmux, "양은 무엇을 먹나요?")
    tmux.waitForScreen { $0.last == "mock-instant ▸" && $0.count > 10 }
    let screen = tmux.screen
    #expect(screen[1] == "mock-instant ▸ 양은 무엇을 먹나요?")
    #expect(
      Array(screen[2...9]) == [
        "양", "", "양은 풀을 먹는다.", "", "시간  │ 하는 일", "──────┼─────────────", "06:00 │ 양을 센다 🐑", "18:00 │ 쉰다",
      ], "\(screen)")
    #expect(screen[10].hasPrefix("served-1 for mock-instant · first token "))
    #expect(screen.contains { $0.contains("session 1 turn, 10 tokens, price unknown") })
    #expect(gateway.requestCount == 1)
  }

  @Test("another width in mid-answer: what follows is laid out in it, and no word is lost")
  func resize() throws {
    let words = (1...60).map { "word\($0)" }
    let (tmux, gateway) = try chat([try .fault("text=\(words.joined(separator: " "));rate=60")])
    try ask(tmux, "Go")
    tmux.waitForScreen { $0.contains { $0.contains("word14") } }
    try tmux.run(["resize-window", "-x", "40", "-y", "24"])
    tmux.waitForScreen { $0.last == "mock-instant ▸" && $0.contains { $0.contains("word60") } }
    let screen = tmux.screen
    // The rows before are wrapped anew by the terminal, in the middle of words, and may leave the
    // screen by that.
    let all = try tmux.run(["capture-pane", "-p", "-S", "-"])
    let shown = all.filter { $0 != " " && $0 != "\n" }
    #expect(shown.contains(words.joined()), "\(screen)")
    #expect(screen.allSatisfy { $0.unicodeScalars.count <= 40 })
    let wide = screen.filter { $0.hasPrefix("word") }.dropLast().suffix(4)
    #expect(wide.allSatisfy { $0.unicodeScalars.count > 32 }, "full rows: \(screen)")
    withExtendedLifetime(gateway) {}
  }
}
