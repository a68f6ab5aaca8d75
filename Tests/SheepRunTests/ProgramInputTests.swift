import SheepCore
import SheepOptions
import SheepRun
import SheepTesting
import Testing

@Suite("program: what is read")
struct ProgramInputTests {
  @Test("operands are joined by spaces, byte for byte", arguments: ["chat", "stream"])
  func operands(_ command: String) {
    let trial = ProgramTrial(answer: "Hi")
    #expect(trial.run(command, "가 나", "", "x  y", "--", "-n") == .exit(.done))
    #expect(trial.prompt == "가 나  x  y -n")
    #expect(trial.body?["stream"] == true)
    #expect(trial.input.reads == 0, "a terminal is not read")
  }

  @Test(
    "piped input comes first, then an empty line, then the prompt",
    arguments: [
      ("one\ntwo\n", ["Sum", "up"], "one\ntwo\n\nSum up"), ("no line end", ["Sum"], "no line end\n\nSum"),
      ("A\r\nB\u{0}\t", [], "A\r\nB\u{0}\t"), ("in", ["<{}>"], "<in>"),
      ("in\n", ["{} and {}"], "in\n and in\n"),
      ("in", ["{", "}"], "in\n\n{ }"), ("a {} b", ["c {}"], "c a {} b"), ("", ["alone {}"], "alone {}"),
      ("\n", ["x"], "\n\nx"),
    ])
  func pipedInput(_ piped: String, _ words: [String], _ expected: String) {
    let trial = ProgramTrial(answer: "Hi")
    trial.input = TrialInput(piped: piped)
    #expect(trial.run(["chat"] + words) == .exit(.done))
    #expect(trial.prompt?.utf8.elementsEqual(expected.utf8) == true, "\(trial.prompt ?? "none")")
  }

  @Test("with --no-stdin, or -n, a pipe is left alone", arguments: ["-n", "--no-stdin"])
  func noStandardInput(_ option: String) {
    let trial = ProgramTrial(answer: "Hi")
    trial.input = TrialInput(piped: "rest of a loop")
    #expect(trial.run("chat", option, "Hello") == .exit(.done))
    #expect(trial.prompt == "Hello")
    #expect(trial.input.reads == 0)
  }

  @Test("what might never end is not read when there is a prompt or a file")
  func otherInput() {
    let trial = ProgramTrial(answer: "Hi")
    trial.input = TrialInput(kind: .other, bytes: Array("socket".utf8))
    #expect(trial.run("chat", "Hello") == .exit(.done))
    #expect(trial.prompt == "Hello")
    let file = ProgramTrial(answer: "Hi")
    file.input = TrialInput(kind: .other, bytes: Array("socket".utf8))
    file.files["a.txt"] = Array("text".utf8)
    #expect(file.run("chat", "-f", "a.txt") == .exit(.done))
    #expect(trial.input.reads + file.input.reads == 0)
    let alone = ProgramTrial(answer: "Hi")
    alone.input = TrialInput(kind: .other, bytes: Array("socket".utf8))
    #expect(alone.run("chat") == .exit(.done))
    #expect(alone.prompt == "socket")
  }

  @Test(
    "without anything to ask, nothing is sent and the way out is named",
    arguments: [InputKind.terminal, .finite, .other], ["chat", "stream"])
  func nothingToAsk(_ kind: InputKind, _ command: String) {
    let trial = ProgramTrial()
    trial.input = TrialInput(kind: kind)
    #expect(trial.run(command) == .exit(.usage))
    #expect(trial.notes.count == 1)
    #expect(trial.errors.text.hasPrefix("sheep: \(command): there is no prompt; "))
    #expect(trial.loop.received.isEmpty)
  }

  @Test(
    "input that is not UTF-8 names the first bad byte, and nothing is sent",
    arguments: [
      ([0x61, 0xff], "byte 2 is 0xff"), ([0xb0, 0xa1], "byte 1 is 0xb0"),
      ([0x61, 0xe2, 0x82], "byte 2 is 0xe2"),
      ([0xc0, 0xaf], "byte 1 is 0xc0"), ([0x61, 0x62, 0xed, 0xa0, 0x80], "byte 3 is 0xed"),
    ] as [([UInt8], String)])
  func notUTF8(_ bytes: [UInt8], _ named: String) {
    let trial = ProgramTrial()
    trial.input = TrialInput(kind: .finite, bytes: bytes)
    #expect(trial.run("chat", "Hello") == .exit(.usage))
    #expect(trial.errors.text.hasPrefix("sheep: standard input is not UTF-8: \(named); "))
    let file = ProgramTrial()
    file.files["korean.txt"] = bytes
    #expect(file.run("chat", "-f", "korean.txt", "Hello") == .exit(.usage))
    #expect(file.errors.text.hasPrefix("sheep: korean.txt is not UTF-8: \(named); "))
    let system = ProgramTrial()
    system.files["s.txt"] = bytes
    #expect(system.run("chat", "-s", "@s.txt", "Hello") == .exit(.usage))
    #expect(trial.loop.received.isEmpty && file.loop.received.isEmpty && system.loop.received.isEmpty)
  }

  @Test("standard input that cannot be read is an error")
  func unreadableInput() {
    let trial = ProgramTrial()
    trial.input = TrialInput(kind: .finite, error: SystemError(number: 5, text: "Input/output error"))
    #expect(trial.run("chat", "Hello") == .exit(.usage))
    #expect(trial.errors.text == "sheep: standard input: Input/output error\n")
    #expect(trial.loop.received.isEmpty)
  }

  @Test("a text file stands under its name before the prompt")
  func textFile() {
    let trial = ProgramTrial(answer: "Hi")
    trial.files = ["가.txt": Array("one\n".utf8), "b": Array("two".utf8)]
    trial.input = TrialInput(piped: "piped")
    #expect(trial.run("chat", "-f", "가.txt", "Compare", "--file=b") == .exit(.done))
    #expect(trial.prompt == "[file: 가.txt]\none\n\n[file: b]\ntwo\n\npiped\n\nCompare")
  }

  @Test("-f - is standard input as a file, and only that")
  func standardInputAsFile() {
    let trial = ProgramTrial(answer: "Hi")
    trial.input = TrialInput(piped: "piped")
    #expect(trial.run("chat", "-f", "-", "Say {}") == .exit(.done))
    #expect(trial.prompt == "[file: standard input]\npiped\n\nSay {}")
    #expect(trial.input.reads == 1)
  }

  @Test(
    "an image is known by its bytes and sent as it is",
    arguments: [
      ([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a], "image/png", "iVBORw0KGgo="),
      ([0xff, 0xd8, 0xff, 0xe0], "image/jpeg", "/9j/4A=="),
      (Array("GIF89a".utf8), "image/gif", "R0lGODlh"),
      (Array("RIFF\u{1}\u{2}\u{3}\u{4}WEBP".utf8), "image/webp", "UklGRgECAwRXRUJQ"),
    ] as [([UInt8], String, String)])
  func image(_ bytes: [UInt8], _ type: String, _ base64: String) {
    let trial = ProgramTrial(answer: "A dot")
    trial.files["photo.txt"] = bytes
    #expect(trial.run("chat", "-f", "photo.txt", "What is this?") == .exit(.done))
    let parts = trial.body?["messages"]?.array?.last?["content"]?.array ?? []
    #expect(parts.count == 2)
    #expect(parts.first?["image_url"]?["url"]?.string == "data:\(type);base64,\(base64)")
    #expect(parts.last?["text"]?.string == "What is this?")
  }

  @Test("a PDF goes along as it is, and the estimate counts its pages, not the branches above them")
  func document() {
    func run(_ text: String) -> JSON? {
      let trial = ProgramTrial()
      trial.files["a"] = Array(text.utf8)
      #expect(trial.run("chat", "--dry-run", "--json", "-f", "a", "Sum it up") == .exit(.done))
      return trial.json
    }
    let one = run("%PDF-1.7 /Type /Pages /Type /Page")
    let part = one?["body"]?["messages"]?[0]?["content"]?[0]
    #expect(
      part?["file"]?["file_data"]?.string?.hasPrefix("data:application/pdf;base64,JVBERi0xLjcg") == true)
    let tokens = [one, run("%PDF-1.7"), run("%PDF-1.7 /Type/Page>> /Type\n/Page /Typo/Page")].map {
      $0?["estimate"]?["input_tokens"]?.count ?? 0
    }
    #expect(tokens[0] == tokens[1], "at least one page")
    #expect(tokens[2] - tokens[0] == TokenEstimate.perPage.tokens)
  }

  @Test(
    "a file that is neither text nor an image, or cannot be read, is named",
    arguments: [
      ("a.bin", Array("text\u{0}more".utf8), "sheep: a.bin is not text, an image or a document"),
      ("a.zip", [0x50, 0x4b, 0x03, 0x04], "sheep: a.zip is not text, an image or a document"),
      ("gone", nil, "sheep: gone: No such file or directory; "),
    ] as [(String, [UInt8]?, String)])
  func badFile(_ name: String, _ bytes: [UInt8]?, _ message: String) {
    let trial = ProgramTrial()
    trial.files[name] = bytes
    #expect(trial.run("chat", "-f", name, "Hello") == .exit(.usage))
    #expect(trial.errors.text.hasPrefix(message), "\(trial.errors.text)")
    #expect(trial.loop.received.isEmpty)
  }

  @Test("62: a file's name cannot steer the terminal")
  func fileNameWithEscapes() {
    let trial = ProgramTrial()
    #expect(trial.run("chat", "-f", "a\u{1b}]0;owned\u{7}\u{9b}2J\u{202e}", "Hello") == .exit(.usage))
    #expect(trial.errors.text.hasPrefix("sheep: a^[]0;owned^G<U+009B>2J<U+202E>: No such file"))
  }

  @Test("a word that looks like a key is not sent", arguments: ["chat", "stream"])
  func keyAsPrompt(_ command: String) {
    let trial = ProgramTrial()
    #expect(trial.run(command, "Hello", "sk-proj-abcdefghijklmnopqrstuvwx1234") == .exit(.usage))
    #expect(trial.errors.text.contains("1234"))
    #expect(!trial.errors.text.contains("abcdefgh"))
    #expect(trial.loop.received.isEmpty)
  }

  @Test("a system prompt is text, a file's text, or begins with a single @")
  func systemPrompt() {
    func system(_ text: String) -> String? {
      let trial = ProgramTrial(answer: "Hi")
      trial.files["s.txt"] = Array("from a file\n".utf8)
      #expect(trial.run("chat", "-s", text, "Hello") == .exit(.done))
      let first = trial.body?["messages"]?.array?.first
      #expect(first?["role"] == "system")
      return first?["content"]?.string
    }
    #expect(system("Be brief") == "Be brief")
    #expect(system("@s.txt") == "from a file\n")
    #expect(system("@@me") == "@me")
  }

  @Test("the options are in the request, numbers as they were typed")
  func samplingOptions() throws {
    let trial = ProgramTrial(answer: "{}")
    trial.run(
      "chat", "-m", "m-1", "-t", "0.70", "--top-p", "0.1", "--max-tokens", "50", "--stop", "a", "--stop", "b",
      "--seed", "-4", "--reasoning-effort", "low", "-o", "top_k=40", "-o", "user=bob", "-o", "metadata.a=[1]",
      "-H", "X-Team: search", "Hello")
    let body = try #require(trial.body)
    #expect(body["model"] == "m-1")
    #expect(body["temperature"]?.serialized() == "0.70")
    #expect(body["top_p"]?.serialized() == "0.1")
    #expect(body["max_tokens"] == 50)
    #expect(body["stop"]?.serialized() == #"["a","b"]"#)
    #expect(body["seed"] == -4)
    #expect(body["reasoning_effort"] == "low")
    #expect(body["top_k"] == 40)
    #expect(body["user"] == "bob")
    #expect(body["metadata"]?.serialized() == #"{"a":[1]}"#)
    #expect(trial.loop.received.first?.request.headers["X-Team"] == "search")
  }
}
