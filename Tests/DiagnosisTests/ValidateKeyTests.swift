import SheepCore
import SheepMock
import Testing

/// `validate-key`: what it finds, what it asks, what it says, and that it never says the key.
@Suite("validate-key", .timeLimit(.minutes(1)))
struct ValidateKeyTests {
  private static let key = "sk-0123456789abcdefghijklmnop"

  private func run(_ gateway: MockGateway, _ more: [String] = [], key: String = key) -> CommandRun {
    CommandRun.of(["validate-key", "--base-url", gateway.baseURL] + more, variables: ["SHEEP_API_KEY": key])
  }

  @Test("a key is accepted where a broken one is refused, and the broken one is no part of it")
  func accepted() throws {
    let gateway = try MockGateway(.instant(keys: [Self.key]))
    defer { gateway.stop() }
    let good = run(gateway)
    #expect(good.status == 0)
    #expect(good.output.contains("****mnop") && good.output.contains("a broken key is refused (401)"))
    let keys = gateway.requests.map { String(($0.headers["authorization"] ?? "").dropFirst("Bearer ".count)) }
    #expect(keys.count == 2 && keys[0] == Self.key)
    #expect(!keys[1].contains("0123") && keys[1].hasPrefix("sk-"), "no part of the key but its kind")
  }

  @Test("a wrong key is rejected by one request")
  func rejected() throws {
    let gateway = try MockGateway(.instant(keys: ["sk-another-key-0000000000"]))
    defer { gateway.stop() }
    let bad = run(gateway, ["--json"])
    #expect(bad.status == 3)
    #expect(bad.json?["keys"]?[0]?["verdict"]?.string == "rejected")
    #expect(gateway.requestCount == 1, "there is nothing to compare with")
  }

  @Test("--max-time ends the whole check")
  func maxTime() throws {
    let gateway = try MockGateway(.instant(fault: try MockFault(parsing: "no-answer")))
    defer { gateway.stop() }
    let late = run(gateway, ["--max-time", "0.2"])
    #expect(late.status == 10, "\(late.output)\(late.errors)")
    #expect(late.errors.contains("longer than the limit of 0.2 s; allow more time with --max-time"))
  }

  @Test("an address that needs no key is fine without one")
  func noKeyNeeded() {
    let run = CommandRun.of(["validate-key", "--base-url", "http://192.0.2.1:8000"])
    #expect(run.status == 0)
    #expect(run.output.contains("no key, and none is needed"))
  }

  @Test("a public list of models proves nothing; --deep asks for one token")
  func publicList() throws {
    let gateway = try MockGateway(.instant())
    defer { gateway.stop() }
    let unsure = run(gateway)
    #expect(unsure.status == 1)
    #expect(unsure.errors.contains("****mnop"), "of several keys this one is meant")
    #expect(unsure.errors.contains("public") && unsure.errors.contains("--deep"))
    #expect(run(gateway, ["--deep", "-m", "gpt-4.1"]).status == 0)
    let asked = try #require(gateway.requests.last?.json)
    #expect(asked["max_tokens"]?.count == 1)
  }

  @Test(
    "every other answer of the gateway has its exit code",
    arguments: [
      ("status=500", Int32(6)), ("status=403", 3), ("status=429", 4), ("no-answer", 5), ("close", 5),
      ("status=400;code=api_key_invalid;message=API key not valid.", 3), ("status=404", 1),
    ])
  func otherAnswers(fault: String, status: Int32) throws {
    let gateway = try MockGateway(.instant(fault: try MockFault(parsing: fault)))
    defer { gateway.stop() }
    let result = run(gateway, ["--first-byte-timeout", "0.3"])
    #expect(result.status == status, "\(result.output)\(result.errors)")
  }

  @Test(
    "a malformed key is described, not shown and not sent",
    arguments: [
      ("YOUR_HOLYSHEEP_API_KEY", "placeholder"), ("your-api-key-goes-here-please", "placeholder"),
      ("<paste your key here-0123456789>", "placeholder"), ("\"sk-0123456789abcdefghijklmnop\"", "quotes"),
      ("'sk-0123456789abcdefghijklmnop'", "quotes"), ("“sk-0123456789abcdefghijklmnop”", "quotes"),
      (" sk-0123456789abcdefghijklmnop", "blank"), ("sk-0123456789 abcdefghijklmnop", "blank"),
      ("sk-0123456789abcdefghijklmnop\n", "line_break"), ("sk-0123456789abc\r\ndefghijklmnop", "line_break"),
      ("Bearer sk-0123456789abcdefghijklmnop", "bearer"), ("bearer sk-0123456789abcdefghijklmnop", "bearer"),
      ("HOLYSHEEP_KEY=sk-0123456789abcdefghijklmnop", "assignment"), ("sk-0123", "short"),
      ("sk-0123456789abcdéfghijklmnop", "not_ascii"),
      ("sk-0123456789abc\u{7}defghijklmnop", "control_character"),
      ("sk-ant-0123456789abcdefghijklmnop", "other_vendor"),
      ("AIza0123456789abcdefghijklmnop", "other_vendor"),
      ("gsk_0123456789abcdefghijklmnop", "other_vendor"),
      ("sk-or-0123456789abcdefghijklmnop", "other_vendor"),
      ("xai-0123456789abcdefghijklmnop", "other_vendor"),
    ])
  func malformedKeys(key: String, code: String) throws {
    for more in [[], ["--offline"], ["--json"]] {
      let result = CommandRun.of(["validate-key"] + more, variables: ["HOLYSHEEP_API_KEY": key])
      #expect(result.status == 2, "\(result.output)\(result.errors)")
      if more == ["--json"] {
        let findings = try #require(result.json?["keys"]?[0]?["findings"]?.array)
        #expect(findings.contains { $0["code"]?.string == code }, "\(result.output)")
      }
      for text in [result.output, result.errors] {
        for start in key.indices {
          guard let end = key.index(start, offsetBy: 5, limitedBy: key.endIndex), code != "placeholder" else {
            break
          }
          let piece = String(key[start..<end])
          // The mask may stand before a quotation mark or a line's end of our own.
          if piece.utf8.contains(where: { $0 <= 0x22 || $0 == 0x27 || $0 >= 0x80 }) { continue }
          if "Bearer bearer sk-ant- HOLYSHEEP_KEY".contains(piece) { continue }
          #expect(!text.contains(piece), "\(piece) of the key is shown: \(text)")
        }
      }
    }
  }

  @Test("a missing key names its variable; an unknown profile or variable is an error of usage")
  func missingKeys() {
    let result = CommandRun.of(["validate-key", "openai"])
    #expect(result.status == 3)
    #expect(result.errors.contains("OPENAI_API_KEY is not set"))
    #expect(CommandRun.of(["validate-key", "nobody"]).status == 2)
    #expect(CommandRun.of(["validate-key", "--base-url", "http://127.0.0.1:1", "--offline"]).status == 0)
    #expect(CommandRun.of(["validate-key", "--key-env", "NOT_SET"]).status == 2)
  }

  @Test("the source of a key is named: file, command or variable")
  func source() throws {
    let file = CommandRun.of(
      ["validate-key", "--key-file", "/k", "--offline"], files: ["/k": Self.key + "\nsecond line\n"])
    #expect(file.status == 0 && file.output.contains("from --key-file /k: ****mnop"), "\(file.output)")
    let command = CommandRun.of(["validate-key", "--key-cmd", "echo \(Self.key)", "--offline", "--json"])
    #expect(command.json?["keys"]?[0]?["source_kind"]?.string == "command")
    let variable = CommandRun.of(["validate-key", "--offline"], variables: ["HOLYSHEEP_API_KEY": Self.key])
    #expect(variable.output.contains("from HOLYSHEEP_API_KEY"))
    #expect(variable.status == 0)
  }

  @Test("an unreachable gateway says nothing about the key")
  func unreachable() {
    let result = CommandRun.of(
      ["validate-key", "--base-url", "http://127.0.0.1:1"], variables: ["SHEEP_API_KEY": Self.key])
    #expect(result.status == 5)
  }

  @Test("the demo gateway answers in every dialect", arguments: DialectName.allCases.map(\.rawValue))
  func demoDialects(_ api: String) {
    let key = CommandRun.of(["validate-key", "--demo", "--api", api, "--deep"])
    #expect(key.status == 0, "\(key.errors)")
    #expect(key.output.contains("a broken key is refused"))
    let ping = CommandRun.of(["ping", "--demo", "--api", api, "--deep", "--explain"])
    #expect(ping.status == 0, "\(ping.errors)")
    #expect(ping.errors.contains("sheep: dialect: \(api)\n"))
    for check in ["auth", "model", "stream", "usage"] { #expect(ping.mark(check) == "✓", "\(ping.output)") }
  }

  @Test(
    "ping asks for the list and the answer on the paths of the dialect",
    arguments: [
      ("openai", "/v1/models", "/v1/chat/completions"), ("responses", "/v1/models", "/v1/responses"),
      ("anthropic", "/v1/models", "/v1/messages"),
      ("gemini", "/v1/models", "/v1beta/models/mock-instant:streamGenerateContent"),
    ])
  func pingDialects(_ api: String, _ list: String, _ call: String) throws {
    let gateway = try MockGateway(.instant())
    defer { gateway.stop() }
    let ping = CommandRun.of([
      "ping", "--base-url", gateway.baseURL, "--api", api, "--deep", "-m", "mock-instant",
    ])
    #expect(ping.status == 0, "\(ping.errors)")
    #expect(Set(gateway.requests.map(\.path)) == [list, call], "\(gateway.requests.map(\.path))")
  }

  @Test("the demo gateway accepts its key and refuses a broken one")
  func demo() {
    let result = CommandRun.of(["validate-key", "--demo"])
    #expect(result.status == 0)
    #expect(result.output.contains("a broken key is refused (401)"))
  }
}
