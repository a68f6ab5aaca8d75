import SheepCatalog
import SheepCore
import SheepOptions
import SheepRun
import SheepTesting
import Testing

@Suite("sheep models")
struct ModelsCommandTests {
  private static let json = [("Content-Type", "application/json")]

  private func trial(_ body: String? = nil, status: Int = 200) -> ProgramTrial {
    guard let body else { return ProgramTrial() }
    return ProgramTrial([[.head(status, Self.json), .text(body), .end]])
  }

  private func ids(_ trial: ProgramTrial) -> [String] {
    trial.json?["models"]?.array?.compactMap { $0["id"]?.string } ?? []
  }

  @Test("the built-in list needs neither key nor network")
  func offline() {
    let trial = trial()
    trial.variables = [:]
    #expect(trial.run("models") == .exit(.done))
    #expect(trial.loop.received.isEmpty)
    #expect(trial.output.text.hasPrefix("model "))
    #expect(trial.output.text.contains("gpt-4.1 "))
    #expect(trial.errors.text.isEmpty, "no note beside a pipe")
  }

  @Test("a person sees a table that fits, a pipe all of it without colour", arguments: [80, 40])
  func golden(_ width: Int) {
    for colour in ["always", "never"] {
      let trial = trial()
      trial.variables["TERM"] = "xterm"
      trial.output.isTerminal = true
      trial.output.width = width
      #expect(trial.run("models", "--all", "claude-*", "--sort", "output", "--color", colour) == .exit(.done))
      Golden.expect(trial.output.text, "models-\(width)-\(colour).txt")
    }
    let pipe = trial()
    #expect(pipe.run("models", "--all", "claude-*", "--sort", "output") == .exit(.done))
    Golden.expect(pipe.output.text, "models-pipe.txt")
  }

  @Test("ids that are paths keep their end")
  func paths() {
    let trial = trial()
    trial.output.isTerminal = true
    #expect(trial.run("models", "-P", "fireworks", "--color", "never") == .exit(.done))
    Golden.expect(trial.output.text, "models-paths.txt")
  }

  @Test(
    "a pattern is a part of a name, or a shape, in any case",
    arguments: [
      ("GPT-4O", ["gpt-4o", "gpt-4o-mini"]), ("gpt-4?", ["gpt-4o"]), ("*mini", ["gpt-4o-mini"]),
      ("claude-sonnet-4", ["claude-sonnet-4-5", "claude-sonnet-4-20250514"]),
      ("deepseek-chat", ["deepseek-v3.2"]),
      ("*", nil),
    ] as [(String, [String]?)])
  func patterns(_ pattern: String, _ expected: [String]?) {
    let trial = trial()
    #expect(trial.run("models", "--json", pattern) == .exit(.done))
    #expect(ids(trial).sorted() == (expected ?? Catalogue.models(profile: "holysheep")).sorted())
  }

  @Test("numbers in names count as numbers")
  func naturalOrder() {
    let trial = trial(
      #"{"data":[{"id":"m-10"},{"id":"m-9"},{"id":"m-09"},{"id":"m-1.5"},{"id":"m"},{"id":"M"}]}"#)
    #expect(trial.run("models", "--live", "--json") == .exit(.done))
    #expect(ids(trial) == ["M", "m", "m-1.5", "m-09", "m-9", "m-10"])
  }

  @Test("sorted by a price the unknown come last, by context the largest first")
  func sorting() {
    let byInput = trial()
    #expect(byInput.run("models", "--json", "--sort", "input") == .exit(.done))
    #expect(ids(byInput).prefix(2) == ["deepseek-v3.2", "gemini-2.5-flash"])
    #expect(ids(byInput).last == "text-embedding-3-small")
    let byContext = trial()
    #expect(byContext.run("models", "--json", "--sort", "context") == .exit(.done))
    #expect(ids(byContext).first == "gemini-2.5-flash")
  }

  @Test("what is not found is an error with the nearest names")
  func noMatch() {
    let pattern = trial()
    #expect(pattern.run("models", "gpt-4.x") == .exit(.model))
    #expect(
      pattern.notes == [
        "sheep: 'gpt-4.x': no model of holysheep matches; similar: gpt-4.1, gpt-4o, gpt-4o-mini"
      ])
    let one = trial()
    #expect(one.run("models", "deapseek") == .exit(.model))
    #expect(one.notes.last?.hasSuffix("; similar: deepseek-v3.2") == true, "\(one.errors.text)")
    let vendor = trial()
    #expect(vendor.run("models", "openai/GPT-4O-mni") == .exit(.model))
    #expect(vendor.notes.last?.contains("; similar: gpt-4o-mini, ") == true, "\(vendor.errors.text)")
    let profile = trial()
    #expect(profile.run("models", "-P", "holysheap") == .exit(.usage))
    #expect(profile.errors.text.contains("profiles: anthropic, "))
    let empty = trial()
    #expect(empty.run("models", "-P", "ollama") == .exit(.model))
    #expect(empty.errors.text.contains("sheep models --live -P ollama"))
    #expect(pattern.output.bytes.isEmpty && profile.output.bytes.isEmpty && empty.output.bytes.isEmpty)
  }

  @Test("a name that is like none is answered with no name at all", arguments: ["xyz", "q", "zzzzzzzz-9"])
  func nothingNear(pattern: String) {
    let trial = trial()
    #expect(trial.run("models", pattern) == .exit(.model))
    #expect(trial.notes.last?.hasSuffix("; list all with 'sheep models'") == true, "\(trial.errors.text)")
  }

  @Test(
    "what contradicts itself is refused",
    arguments: [
      ["a", "b"], ["--all", "--live"], ["--all", "--check"], ["--offline", "--live"], ["--sort", "speed"],
    ])
  func refused(_ arguments: [String]) {
    let trial = trial()
    #expect(trial.run(["models"] + arguments) == .exit(.usage))
    #expect(trial.output.bytes.isEmpty && trial.loop.received.isEmpty)
  }

  @Test("an address is asked by itself, unless --offline says no")
  func address() {
    let live = trial(#"{"data":[{"id":"x","max_model_len":4096}]}"#)
    #expect(live.run("models", "--base-url", "http://127.0.0.1:9", "--json") == .exit(.done))
    #expect(live.loop.received.map(\.request.url) == ["http://127.0.0.1:9/v1/models"])
    #expect(live.sentKey == nil)
    #expect(live.json?["source"] == "endpoint" && live.json?["models"]?[0]?["context"] == 4096)
    let offline = trial()
    #expect(offline.run("models", "--base-url", "http://127.0.0.1:9", "--offline") == .exit(.done))
    #expect(offline.loop.received.isEmpty)
  }

  @Test("what the endpoint leaves out comes from the built-in list, what it says counts more")
  func merged() throws {
    let trial = trial(
      #"{"data":[{"id":"openai/gpt-4.1","context_length":7},{"id":"priced","pricing":{"prompt":"0.000001","#
        + #""completion":"0.000002"}}]}"#)
    #expect(trial.run("models", "--live", "--json") == .exit(.done))
    #expect(trial.sentKey == ProgramTrial.key)
    let known = try #require(trial.json?["models"]?[0])
    #expect(known["id"] == "openai/gpt-4.1" && known["context"] == 7)
    #expect(known["price_source"] == "catalogue" && known["prices"]?["input"] == 8)
    let priced = try #require(trial.json?["models"]?[1])
    #expect(
      priced["price_source"] == "endpoint" && priced["prices"]?["output"] == 2 && priced["checked"] == nil)
  }

  @Test("an id from outside cannot steer the terminal")
  func hostileID() {
    let trial = trial(#"{"data":[{"id":"a\u001b[2Jb\u202ec\n"}]}"#)
    trial.output.isTerminal = true
    #expect(trial.run("models", "--live", "--color", "never") == .exit(.done))
    #expect(!trial.output.bytes.contains(0x1b))
    #expect(!trial.output.text.unicodeScalars.contains("\u{202e}"))
    #expect(trial.output.text.split(separator: "\n").count == 2)
  }

  @Test("--check names what is new, gone, retiring and priced otherwise, and exits 1")
  func check() {
    let body =
      #"{"data":[{"id":"gpt-4.1","pricing":{"prompt":"0.000008","completion":"0.000033"}},{"id":"gpt-6"},"#
      + #"{"id":"gpt-4o","shutdown_date":"2026-12-01"},{"id":"gpt-4o-mini"},{"id":"claude-sonnet-4-5"},"#
      + #"{"id":"claude-opus-4"},{"id":"claude-sonnet-4"},{"id":"deepseek/deepseek-chat"},{"id":"gemini-2.5-flash"}]}"#
    let text = trial(body)
    #expect(text.run("models", "--check") == .exit(.conditionFalse))
    #expect(
      text.output.text
        == """
        change    model                   built-in list  endpoint
        new       gpt-6                   no             yes
        gone      text-embedding-3-small  yes            no
        retiring  gpt-4o                  -              2026-12-01
        price     gpt-4.1                 8.00 / 32.00   8.00 / 33.00

        """)
    let json = trial(body)
    #expect(json.run("models", "--check", "--json") == .exit(.conditionFalse))
    #expect(
      json.json?["differences"]?.array?.compactMap { $0["change"]?.string } == [
        "new", "gone", "retiring", "price",
      ])
  }

  @Test("--check is content when both lists agree")
  func agrees() {
    let entries = Catalogue.models(profile: "holysheep").map { #"{"id":"\#($0)"}"# }.joined(separator: ",")
    let trial = trial(#"{"data":[\#(entries)]}"#)
    #expect(trial.run("models", "--check") == .exit(.done))
    #expect(trial.output.bytes.isEmpty)
    #expect(trial.errors.text.contains("no difference"))
  }

  @Test("--check of an address that belongs to no profile says what is missing")
  func checkNeedsProfile() {
    let trial = trial()
    #expect(trial.run("models", "--check", "--base-url", "http://127.0.0.1:9") == .exit(.usage))
    #expect(trial.loop.received.isEmpty)
  }

  @Test(
    "errors of the endpoint have their own codes",
    arguments: [
      (401, SheepOptions.ExitStatus.authentication), (404, .provider), (500, .provider), (200, .provider),
    ])
  func failures(_ status: Int, _ exit: SheepOptions.ExitStatus) {
    let script: TransferScript = [.head(status, Self.json), .text("<html>no</html>"), .end]
    let trial = ProgramTrial([script, script, script])
    #expect(trial.run("models", "--live", "--json") == .exit(exit))
    #expect(trial.output.bytes.isEmpty)
    #expect(trial.errorObject?["code"]?.count == Int(exit.rawValue))
  }

  @Test("without a key nothing is asked")
  func noKey() {
    let trial = trial()
    trial.variables = [:]
    #expect(trial.run("models", "--live") == .exit(.authentication))
    #expect(trial.loop.received.isEmpty)
  }

  @Test("a signal ends it")
  func signal() {
    let trial = ProgramTrial([[.sent, .after(.seconds(1)), .silence]])
    trial.signals.pending = [2]
    _ = trial.loop.schedule(at: trial.loop.now + .milliseconds(10)) {
      trial.loop.makeReadable(trial.signals.descriptor)
    }
    #expect(trial.run("models", "--live") == .signal(2))
    #expect(trial.loop.received.first?.wasCancelled == true)
  }

  @Test("the JSON of a model has every field of docs/prices.md")
  func fields() throws {
    let trial = trial()
    #expect(trial.run("models", "--json", "-P", "openai", "gpt-4.1") == .exit(.done))
    let model = try #require(trial.json?["models"]?[0]?.object)
    #expect(
      model.members.map(\.name) == [
        "id", "profile", "aliases", "context", "max_output", "retires", "prices", "price_source", "source",
        "checked",
        "note",
      ])
    #expect(model["prices"]?["unit"] == "USD per million tokens")
    #expect(model["prices"]?["service"]?["priority"] != nil)
  }

  @Test(
    "a refused model is answered with the nearest three",
    arguments: [
      ("gpt-4.2", "similar: gpt-4.1, gpt-4o, gpt-4o-mini; list all with 'sheep models'"),
      (
        "gpt-4o",
        "it is in the built-in list, so it may be retired or not available to this key; list its models with 'sheep models --live'"
      ),
    ])
  func refusedModel(_ model: String, _ advice: String) {
    let body = #"{"error":{"message":"The model does not exist","code":"model_not_found"}}"#
    let trial = ProgramTrial([[.head(404, Self.json), .text(body), .end]])
    #expect(trial.run("chat", "-m", model, "Hello") == .exit(.model))
    #expect(trial.body?["model"]?.string == model, "an unknown id is sent as it is")
    #expect(trial.notes.last?.hasSuffix("; " + advice) == true, "\(trial.errors.text)")
  }
}
