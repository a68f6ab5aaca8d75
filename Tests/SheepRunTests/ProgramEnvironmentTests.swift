import SheepCore
import SheepOptions
import SheepRun
import SheepTesting
import Testing

@Suite("program: variables")
struct ProgramEnvironmentTests {
  @Test("SHEEP_<LONG_OPTION> sets a default, and the command line outranks it")
  func defaults() {
    let trial = ProgramTrial(answer: "Hi")
    trial.variables.merge([
      "SHEEP_MODEL": "m-env", "SHEEP_TEMPERATURE": "0.3", "SHEEP_MAX_TOKENS": "7", "SHEEP_SYSTEM": "Be brief",
      "SHEEP_USAGE": "1", "SHEEP_SEED": "",
    ]) { $1 }
    #expect(trial.run("chat", "-t", "0.9", "Hello") == .exit(.done))
    #expect(trial.body?["model"] == "m-env")
    #expect(trial.body?["temperature"]?.serialized() == "0.9")
    #expect(trial.body?["max_tokens"] == 7)
    #expect(trial.body?["messages"]?[0]?["content"] == "Be brief")
    #expect(trial.body?["seed"] == nil, "an empty variable is none")
    #expect(trial.errors.text.contains("tok") || trial.errors.text.contains("out"), "the receipt")
  }

  @Test("a switch in a variable can be turned off on the command line")
  func switches() {
    let trial = ProgramTrial(answer: "Hi")
    trial.variables["SHEEP_JSON"] = "yes"
    #expect(trial.run("chat", "Hello") == .exit(.done))
    #expect(trial.json?["text"] == "Hi")
    let off = ProgramTrial(answer: "Hi")
    off.variables["SHEEP_JSON"] = "yes"
    #expect(off.run("chat", "--no-json", "Hello") == .exit(.done))
    #expect(off.output.text == "Hi")
  }

  @Test("a bad variable is named, and nothing is sent")
  func badVariable() {
    for (name, value) in [
      ("SHEEP_TEMPERATURE", "hot"), ("SHEEP_JSON", "maybe"), ("SHEEP_MAX_TIME", "-1"),
      ("SHEEP_COLOR", "blue"),
    ] {
      let trial = ProgramTrial()
      trial.variables[name] = value
      #expect(trial.run("chat", "Hello") == .exit(.usage))
      #expect(trial.errors.text.hasPrefix("sheep: \(name): "), "\(trial.errors.text)")
      #expect(trial.loop.received.isEmpty)
    }
  }

  @Test("errors are JSON also when the variable asks for it")
  func jsonErrors() {
    let trial = ProgramTrial([.response(401, body: ErrorReply.body("no"))])
    trial.variables["SHEEP_JSON"] = "1"
    #expect(trial.run("chat", "Hello") == .exit(.authentication))
    #expect(trial.errorObject?["code"] == 3)
  }

  @Test(
    "77: an address works with and without /v1, with a slash at its end and a path in front",
    arguments: [
      ("http://127.0.0.1:9", "http://127.0.0.1:9/v1/chat/completions"),
      ("http://127.0.0.1:9/", "http://127.0.0.1:9/v1/chat/completions"),
      ("http://127.0.0.1:9/v1", "http://127.0.0.1:9/v1/chat/completions"),
      ("http://127.0.0.1:9/v1/", "http://127.0.0.1:9/v1/chat/completions"),
      ("http://127.0.0.1:9/gw/openai/v1", "http://127.0.0.1:9/gw/openai/v1/chat/completions"),
    ])
  func addresses(_ address: String, _ expected: String) {
    let trial = ProgramTrial(answer: "Hi")
    #expect(trial.run("chat", "--base-url", address, "-m", "m-1", "Hello") == .exit(.done))
    #expect(trial.loop.received.first?.request.url == expected)
  }

  @Test("78: a model's name goes to the server as it is, and is shown without what could steer a terminal")
  func modelNames() {
    for name in ["openai/gpt 4", "a:b", "../../x", "m\u{1b}[2J", "모델", "a@20250101", "x'\"\\"] {
      let trial = ProgramTrial(answer: "Hi")
      let termination = trial.run("chat", "-u", "-m", name, "Hello")
      if termination == .exit(.done) {
        #expect(trial.body?["model"]?.string == name)
        #expect(trial.loop.received.first?.request.url == "https://api.holysheep.ai/v1/chat/completions")
      } else {
        #expect(termination == .exit(.usage), "refused before sending")
        #expect(trial.loop.received.isEmpty)
      }
      #expect(!trial.errors.bytes.contains(0x1b))
    }
  }

  @Test("bare sheep prints the short help; -V names the libraries")
  func helpAndVersion() {
    let bare = ProgramTrial()
    #expect(bare.run() == .exit(.done))
    #expect(bare.output.text.contains("chat"))
    let version = ProgramTrial()
    #expect(version.run("-V") == .exit(.done))
    #expect(version.output.text.contains("8.0.0"))
    let typo = ProgramTrial()
    #expect(typo.run("caht", "Hello") == .exit(.usage))
    #expect(typo.errors.text.contains("did you mean 'sheep chat'?"))
  }
}
