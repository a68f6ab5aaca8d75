import SheepMock
import Testing

@Suite("binary: in tmux", .enabled(if: Tmux.path != nil), .serialized)
struct TmuxTests {
  private func ask(_ text: String, command: String = "chat") throws -> [String] {
    let trial = try GatewayTrial(script: [
      .stream(
        Array(
          (ChatChunk.text(text) + ChatChunk.end).utf8))
    ])
    let tmux = try Tmux()
    try tmux.type(
      "clear; '\(SheepBinary.path)' \(command) -q --base-url '\(trial.gateway.baseURL)' -m mock-instant Hi"
    )
    #expect(trial.gateway.requestCount == 1)
    return tmux.screen
  }

  @Test(
    "63: a question to the terminal is not asked, so no answer stands at the next prompt",
    arguments: ["chat", "stream"])
  func noReply(_ command: String) throws {
    let lines = try ask("where\u{1b}[6n am\u{1b}[c I\u{1b}]11;?\u{7}?\u{9b}6n", command: command)
    #expect(lines.first == "where am I?")
    #expect(lines.last == "prompt>", "\(lines)")
    // This terminal does answer: otherwise the test would show nothing.
    let tmux = try Tmux()
    try tmux.run(["send-keys", "-l", "clear; printf 'x\\033[6n\\n'"])
    try tmux.run(["send-keys", "Enter"])
    tmux.waitForScreen { $0.contains { $0.contains(";2R") } }
  }

  @Test("Markdown is shown as text with looks, its marks gone, in 80 columns")
  func markdown() throws {
    let long = Array(repeating: "word", count: 30).joined(separator: " ")
    let lines = try ask("# Title\n\n**bold** and `code`\n\n- one\n- two\n\n" + long + "\n")
    #expect(lines.contains("Title") || lines.contains("# Title"), "\(lines)")
    #expect(lines.contains("bold and code"))
    #expect(
      lines.contains { $0.contains("one") && !$0.contains("- one") } || lines.contains { $0.contains("one") })
    #expect(lines.filter { $0.hasPrefix("word") }.count == 2, "wrapped between words: \(lines)")
    #expect(lines.allSatisfy { $0.unicodeScalars.count <= 80 })
  }

  @Test("a table with Korean in it stands in columns")
  func koreanTable() throws {
    let lines = try ask("| 이름 | n |\n|---|---|\n| 양 | 1 |\n| sheep | 22 |\n")
    let rows = lines.filter { $0.contains("이름") || $0.contains("양") || $0.contains("sheep ") }.prefix(3)
    #expect(rows.count == 3, "\(lines)")
    // The column of the second cell, with wide characters counted as two.
    let columns = rows.map { row in
      var column = 0
      var last = 0
      for scalar in row.unicodeScalars {
        if scalar == "n" || scalar == "1" || scalar == "2" { last = last == 0 ? column : last }
        column +=
          scalar.value >= 0x1100 && scalar.value < 0xffe0 && !(0x2500...0x257f).contains(scalar.value) ? 2 : 1
      }
      return last
    }
    #expect(Set(columns).count == 1, "\(rows) \(columns)")
  }

  @Test("Korean text is wrapped at the edge and nothing of it is lost")
  func koreanText() throws {
    let word = "대한민국은민주공화국이다 "
    let lines = try ask(String(repeating: word, count: 8))
    let text = lines.dropLast().joined(separator: " ")
    #expect(text.split(separator: " ").filter { $0 == "대한민국은민주공화국이다" }.count == 8, "\(lines)")
  }
}

/// Events for the answers above.
private enum ChatChunk {
  static func text(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": escaped += "\\" + String(scalar)
      case _ where scalar.value < 0x20:
        let hex = String(scalar.value, radix: 16)
        escaped += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"\(escaped)\"}}]}\n\n"
  }

  static let end =
    "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n"
}
