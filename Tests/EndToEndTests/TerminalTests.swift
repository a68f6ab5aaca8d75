import SheepCore
import SheepMock
import SheepTesting
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite("binary: on a terminal")
struct TerminalTests {
  /// What a model or a server may try on a terminal (4.3 of the notes on safety).
  static let corpus: [(name: String, bytes: [UInt8])] =
    [
      ("colour", "a\u{1b}[31mb\u{1b}[0mc"), ("clear", "a\u{1b}[2J\u{1b}[Hb"),
      ("title", "a\u{1b}]0;owned\u{7}b"),
      ("title, ST", "a\u{1b}]2;owned\u{1b}\\b"),
      ("link", "a\u{1b}]8;;http://evil/\u{1b}\\x\u{1b}]8;;\u{1b}\\b"),
      ("open link", "a\u{1b}]8;;http://evil/"), ("clipboard", "a\u{1b}]52;c;ZXZpbA==\u{7}b"),
      ("palette", "a\u{1b}]4;1;?\u{7}\u{1b}]10;?\u{7}\u{1b}]11;?\u{7}b"), ("position", "a\u{1b}[6nb"),
      ("DECRQSS", "a\u{1b}P$qm\u{1b}\\b"), ("paste end", "a\u{1b}[201~rm -rf /\u{1b}[200~b"),
      ("DCS", "a\u{1b}Pq#0\u{1b}\\b"), ("APC", "a\u{1b}_G\u{1b}\\b"),
      ("8-bit", "a\u{9b}31m\u{9d}0;x\u{9c}\u{90}q\u{9c}b"),
      ("overwrite", "secret\rpublic"), ("backspaces", "abc\u{8}\u{8}\u{8}xyz"), ("bells", "\u{7}\u{7}\u{7}a"),
      ("directions", "a\u{202e}txt\u{2066}b\u{2069}\u{200b}\u{e0041}c"),
      ("separators", "a\u{2028}b\u{2029}c\u{85}d"),
      ("delete", "a\u{7f}b\u{0}c\u{1}d"),
    ].map { ($0, Array($1.utf8)) } + [
      ("bad UTF-8", [0x61, 0xff, 0xc0, 0xaf, 0xed, 0xa0, 0x80, 0x1b, 0x5b, 0x32, 0x4a, 0x62]),
      ("raw C1", [0x61, 0x9b, 0x33, 0x31, 0x6d, 0x62]),
    ]

  /// The bytes that must not be: controls other than line feed and tab, and C1 characters.
  /// Sequences of our own are taken out first: looks (SGR), and moving within the open line.
  static func forbidden(_ output: [UInt8]) -> [String] {
    var rest: [UInt8] = []
    var index = 0
    while index < output.count {
      if output[index] == 0x1b, let length = ownSequence(output[index...]) {
        index += length
      } else {
        rest.append(output[index])
        index += 1
      }
    }
    let text = String(decoding: rest, as: UTF8.self)
    return text.unicodeScalars.filter {
      $0.value < 0x20 && $0 != "\n" && $0 != "\t" && $0 != "\r" || (0x7f...0x9f).contains($0.value)
        || (0x202a...0x202e).contains($0.value) || (0x2066...0x2069).contains($0.value)
    }.map { "U+" + String($0.value, radix: 16) }
  }

  /// The length of a sequence that the program itself writes: `ESC [ digits m|A|B|C|D|G|J|K`
  /// without the ones that answers are made of here (31, 2J, H).
  private static func ownSequence(_ bytes: ArraySlice<UInt8>) -> Int? {
    guard bytes.dropFirst().first == 0x5b else { return nil }
    let parameters = bytes.dropFirst(2).prefix { (0x30...0x3b).contains($0) }
    guard let last = bytes.dropFirst(2 + parameters.count).first else { return nil }
    let sequence = String(decoding: parameters, as: UTF8.self) + String(UnicodeScalar(last))
    if ["31m", "2J", "H"].contains(sequence) { return nil }
    return Array("mABCDGJK".utf8).contains(last) ? parameters.count + 3 : nil
  }

  /// An answer of these bytes as events of one byte, or as one event.
  private static func stream(_ bytes: [UInt8], split: Bool) -> MockStep {
    func event(_ bytes: some Sequence<UInt8>) -> [UInt8] {
      // A JSON string with the bytes as they are: only what JSON itself forbids is escaped.
      var text: [UInt8] = []
      for byte in bytes {
        switch byte {
        case 0x22, 0x5c: text += [0x5c, byte]
        case 0..<0x20:
          text += Array("\\u00".utf8) + [byte >> 4 + 0x30, Array("0123456789abcdef".utf8)[Int(byte & 15)]]
        default: text.append(byte)
        }
      }
      return Array(#"data: {"choices":[{"index":0,"delta":{"content":""#.utf8) + text
        + Array("\"}}]}\n\n".utf8)
    }
    let events = split ? bytes.flatMap { event([$0]) } : event(bytes)
    return .stream(events + Array((ChatStream.finish() + ChatStream.done).utf8))
  }

  @Test(
    "62: nothing in an answer steers the terminal",
    arguments: [
      ["stream"], ["chat"], ["chat", "--raw"], ["chat", "--json"], ["chat", "-x"], ["stream", "--jsonl"],
      ["stream", "--sse"],
    ])
  func answers(_ arguments: [String]) throws {
    for (name, bytes) in Self.corpus {
      for split in arguments.count == 1 ? [false, true] : [false] {
        let trial = try GatewayTrial(script: [Self.stream(bytes, split: split)])
        let terminal = try trial.terminal(arguments + ["Hello"])
        #expect(terminal.finish() == .exit(0), "\(name): \(terminal.text)")
        #expect(
          Self.forbidden(terminal.output) == [], "\(name), split \(split): \(terminal.text.debugDescription)")
        #expect(terminal.output.contains(0x61) || terminal.text.contains("public"), "\(name)")
        #expect(terminal.unread == 0)
        #expect(trial.gateway.requestCount == 1)
      }
    }
  }

  @Test("62: nothing in an error's words, a model's name or a header steers the terminal")
  func errors() throws {
    for (name, bytes) in Self.corpus {
      let text = String(decoding: bytes, as: UTF8.self)
      let body = ErrorReply.body(text, type: text, code: text, param: text)
      let head =
        "HTTP/1.1 400 Bad Request\r\nContent-Type: application/json\r\n"
        + "Content-Length: \(body.utf8.count)\r\n\r\n"
      let trial = try GatewayTrial(script: [.raw(Array((head + body).utf8))])
      let terminal = try trial.terminal(["chat", "Hello"])
      #expect(terminal.finish() == .exit(6), "\(name): \(terminal.text)")
      #expect(Self.forbidden(terminal.output) == [], "\(name): \(terminal.text.debugDescription)")
      let served = ChatStream.event([
        "model": .string(text), "choices": [["delta": ["content": "x"], "finish_reason": .string(text)]],
      ])
      let other = try GatewayTrial(script: [.stream(Array((served + ChatStream.done).utf8))])
      let second = try other.terminal(["chat", "-u", "Hello"])
      #expect(second.finish() == .exit(0), "\(name): \(second.text)")
      #expect(Self.forbidden(second.output) == [], "\(name): \(second.text.debugDescription)")
    }
    let file = try PseudoTerminal(
      ["chat", "-f", "no\u{1b}[2J\u{9b}6n\u{7}file", "Hello"], variables: ["SHEEP_MODEL": "m"])
    #expect(file.finish() == .exit(2))
    #expect(Self.forbidden(file.output) == [])
    #expect(file.text.contains("no^[[2J"))
    let location = try GatewayTrial(fault: "status=302;header=Location: http://x/\u{1b}]0%3Bowned\u{7}")
    let redirect = try location.terminal(["chat", "Hello"])
    #expect(redirect.finish() == .exit(5))
    #expect(Self.forbidden(redirect.output) == [])
  }

  @Test("a receipt, notes and the final line end are there without being asked for")
  func receipt() throws {
    let trial = try GatewayTrial(fault: "text=Hello there")
    let terminal = try trial.terminal(["chat", "Hello"])
    #expect(terminal.finish() == .exit(0))
    #expect(terminal.text.hasPrefix("Hello there\n"), "\(terminal.text.debugDescription)")
    #expect(terminal.text.contains("mock-instant · first token "))
    #expect(terminal.text.contains(" · unknown"))
    let quiet = try trial.terminal(["chat", "-q", "Hello"])
    #expect(quiet.finish() == .exit(0))
    #expect(quiet.text == "Hello there\n")
  }

  @Test("58: Ctrl-C ends it by SIGINT, ends the line and leaves the terminal as it was")
  func interrupt() throws {
    let trial = try GatewayTrial(fault: "text=Hello there friend;stall-after=2")
    let terminal = try trial.terminal(["chat", "Hello"])
    terminal.waitFor("H")
    let before = terminal.settings
    terminal.type("\u{3}")
    #expect(terminal.finish() == .signal(SIGINT))
    let after = terminal.settings
    #expect(
      before.c_lflag == after.c_lflag && before.c_iflag == after.c_iflag && before.c_oflag == after.c_oflag)
    #expect(after.c_lflag & tcflag_t(ECHO) != 0 && after.c_lflag & tcflag_t(ICANON) != 0)
    #expect(
      terminal.text.contains("\nsheep: stopped; the partial answer was delivered"),
      "\(terminal.text.debugDescription)")
    #expect(terminal.text.hasSuffix("\n"))
    #expect(trial.gateway.waitForConnections(1, open: 0))
    #expect(trial.gateway.connections.map(\.abandoned) == [true])
    #expect(trial.gateway.requestCount == 1)
  }

  @Test("a terminal without a prompt is told what to write, and is not read")
  func noPrompt() throws {
    let terminal = try PseudoTerminal(["stream"], variables: ["SHEEP_MODEL": "m"])
    #expect(terminal.finish() == .exit(2))
    #expect(terminal.text.contains("there is no prompt"))
  }

  @Test("reasoning is dim, on standard error, and never in the answer")
  func reasoning() throws {
    let trial = try GatewayTrial(fault: "reasoning=5;text=The answer")
    let folder = try TemporaryFolder()
    let path = try folder.write("errors", "", mode: 0o600)
    let apart = try trial.terminal(["chat", "Hello"], errorsTo: path)
    #expect(apart.finish() == .exit(0))
    #expect(apart.text == "The answer\n")
    let errors = TemporaryFolder.read(path)
    #expect(errors.utf8.count > 5 && errors.hasSuffix("\n") && !errors.contains("\u{1b}"), "\(errors)")
    let both = try trial.terminal(["chat", "Hello"])
    #expect(both.finish() == .exit(0))
    #expect(both.output.starts(with: Array("\u{1b}[2m".utf8)), "\(both.text.debugDescription)")
    #expect(both.text.contains("\nThe answer\n"), "\(both.text.debugDescription)")
  }
}
