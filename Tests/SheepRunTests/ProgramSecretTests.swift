import SheepCore
import SheepOptions
import SheepRun
import SheepTesting
import Testing

/// Keys and headers of the options belong to one origin: that of the first destination.
@Suite("program: secrets of the options")
struct ProgramSecretTests {
  private static let first = "sk-first-3333333333333333"
  private static let second = "sk-second-4444444444444444"

  private static func trial(_ answers: Int) -> ProgramTrial {
    let answer = TransferScript.stream([
      ChatStream.role, ChatStream.text("Hi"), ChatStream.finish(),
      ChatStream.usage(prompt: 9, completion: 20), ChatStream.done,
    ])
    let trial = ProgramTrial(Array(repeating: answer, count: answers))
    trial.variables["K"] = first
    trial.variables["OPENAI_API_KEY"] = second
    return trial
  }

  /// What each request took along to which host.
  private static func sent(_ trial: ProgramTrial) -> [String: String?] {
    Dictionary(
      trial.loop.received.map { received in
        let host = received.request.url.split(separator: "/")[1]
        return (String(host), received.request.credential?.secret.exposed)
      }, uniquingKeysWith: { first, _ in first })
  }

  @Test(
    "a key that was named goes to the first target of a comparison; others use their own",
    arguments: ["option", "variable", "configuration"])
  func comparison(_ source: String) {
    let trial = Self.trial(2)
    var words = ["compare", "-m", "a@holysheep,b@openai", "--warmup", "0", "x"]
    switch source {
    case "option": words += ["--key-env", "K"]
    case "variable": trial.variables["SHEEP_KEY_ENV"] = "K"
    default:
      trial.variables["HOME"] = "/home/x"
      trial.stored["/home/x/.config/sheep/config.toml"] = "[options]\nkey-env = \"K\"\n"
    }
    #expect(trial.run(words) == .exit(.done))
    #expect(Self.sent(trial) == ["api.holysheep.ai": Self.first, "api.openai.com": Self.second])
  }

  @Test("a target without a key of its own is refused, whatever key was named for the first")
  func missing() {
    for words in [
      ["compare", "-m", "a@holysheep,b@openai", "x"],
      ["compare", "-m", "a@holysheep,b@holysheep", "--judge", "j@openai", "x"],
    ] {
      let trial = Self.trial(0)
      trial.variables["OPENAI_API_KEY"] = nil
      #expect(trial.run(words + ["--key-env", "K"]) == .exit(.authentication))
      #expect(trial.loop.received.isEmpty)
      #expect(trial.errors.text.contains("OPENAI_API_KEY"))
    }
  }

  @Test("headers go to the first target alone")
  func headers() {
    let trial = Self.trial(2)
    trial.run("compare", "-m", "a@holysheep,b@openai", "--warmup", "0", "-H", "X-Team: red", "x")
    let headers = trial.loop.received.map { $0.request.headers["x-team"] }
    #expect(headers.count == 2)
    #expect(headers.compactMap { $0 } == ["red"])
  }

  @Test("two models of one origin share what was given for it")
  func sameOrigin() {
    let trial = Self.trial(2)
    trial.run("compare", "-m", "a,b", "--key-env", "K", "--warmup", "0", "-H", "X-Team: red", "x")
    #expect(trial.loop.received.map { $0.request.credential?.secret.exposed } == [Self.first, Self.first])
    #expect(trial.loop.received.map { $0.request.headers["x-team"] } == ["red", "red"])
  }

  @Test("a line that names another gateway does not take the key there")
  func lines() {
    let trial = Self.trial(2)
    trial.input = TrialInput(
      piped: """
        {"text": "one"}
        {"text": "two", "model": "b@openai"}

        """)
    #expect(trial.run("chat", "--jsonl", "--key-env", "K", "-H", "X-Team: red") == .exit(.done))
    #expect(Self.sent(trial) == ["api.holysheep.ai": Self.first, "api.openai.com": Self.second])
    #expect(trial.loop.received.map { $0.request.headers["x-team"] } == ["red", nil])
  }

  @Test("of several profiles to look at, the first has the key that was named")
  func profiles() {
    let trial = Self.trial(0)
    trial.run("validate-key", "--offline", "--json", "--key-env", "K", "holysheep", "openai")
    let sources = trial.json?["keys"]?.array?.compactMap { $0["source"]?.string }
    #expect(sources == ["K", "OPENAI_API_KEY"])
  }
}
