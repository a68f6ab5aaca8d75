import SheepCore
import SheepOptions
import SheepRun
import SheepTesting
import Testing

@Suite("program: compare")
struct ProgramCompareTests {
  /// A stream whose first token comes after `wait`.
  private static func answer(_ text: String = "Hi there", after wait: Int, cached: Int = 0) -> TransferScript
  {
    let usage: JSON = [
      "prompt_tokens": 9, "completion_tokens": 20, "total_tokens": 29,
      "prompt_tokens_details": ["cached_tokens": .number(JSONNumber(cached))],
    ]
    return [
      .head(200), .after(.milliseconds(wait)), .text(ChatStream.text(text)),
      .after(.milliseconds(100)), .text(ChatStream.text(".")),
      .text(ChatStream.finish() + ChatStream.event(["choices": [], "usage": usage]) + ChatStream.done),
      .end,
    ]
  }

  private static let refusal = TransferScript.response(500, body: ErrorReply.body("broken"))

  /// The models in the order in which they were asked.
  private static func order(_ trial: ProgramTrial) -> [String] {
    trial.loop.received.compactMap { $0.json?["model"]?.string }
  }

  @Test("one round asks every target once and shows table and answers")
  func oneRound() {
    let trial = ProgramTrial([Self.answer(after: 300), Self.answer("Other", after: 200)])
    #expect(trial.run("compare", "-m", "gpt-4.1,gemini-2.5-flash", "Hello") == .exit(.done))
    #expect(Set(Self.order(trial)) == ["gpt-4.1", "gemini-2.5-flash"])
    #expect(trial.prompt == "Hello")
    for part in ["0.30 s", "0.20 s", "== gpt-4.1 ==", "Hi there.", "Other."] {
      #expect(trial.output.text.contains(part), "\(part) in \(trial.output.text)")
    }
    #expect(!trial.output.text.contains("slower"), "one round gives no verdict")
  }

  @Test("where nothing has answered, the verdicts' column is not headed by a name that is not there")
  func withoutBaseline() {
    let trial = ProgramTrial()
    trial.loop.lastScript = Self.refusal
    trial.run("compare", "--rounds", "2", "--warmup", "0", "--max-retries", "0", "-m", "a,b", "x")
    let head = trial.output.text.split(separator: "\n").first { $0.contains("by round") } ?? ""
    #expect(head.contains("vs baseline") && !head.contains("vs -"), "\(trial.output.text)")
  }

  @Test("rounds are interleaved: each asks every target once, and the seed repeats the order")
  func interleaved() {
    func run(_ seed: String) -> [String] {
      let trial = ProgramTrial()
      trial.loop.lastScript = Self.answer(after: 100)
      let arguments = ["compare", "--rounds", "6", "--warmup", "0", "--seed", seed, "-m", "a,b,c", "x"]
      #expect(trial.run(arguments) == .exit(.done))
      return Self.order(trial)
    }
    let order = run("7")
    #expect(order.count == 18)
    for round in 0..<6 { #expect(Set(order[(3 * round)..<(3 * round + 3)]) == ["a", "b", "c"]) }
    #expect(order == run("7") && order != run("8"))
  }

  @Test("identical targets tie, a slow one is called slower, with an exact sum of money")
  func verdicts() throws {
    func run(_ slow: Int) throws -> JSON {
      // The scripts go to calls in their order, which the seed decides: ask first who comes when.
      let probe = ProgramTrial()
      probe.loop.lastScript = Self.answer(after: 1)
      let arguments = [
        "compare", "--json", "--rounds", "8", "--warmup", "0", "--seed", "5", "-m",
        "gpt-4.1,gemini-2.5-flash", "--baseline", "gpt-4.1", "x",
      ]
      probe.run(arguments)
      let scripts = Self.order(probe).enumerated().map { index, model in
        Self.answer(after: (model == "gpt-4.1" ? 100 : slow) + (index / 2 * 7) % 5)
      }
      let trial = ProgramTrial(scripts)
      #expect(trial.run(arguments) == .exit(.done))
      return try #require(trial.json)
    }
    let verdict = try run(250)["targets"]?[1]?["verdicts"]?["ttft"]
    #expect(verdict?["word"]?.string == "slower")
    #expect(try #require(verdict?["ratio"]?.number?.double) > 2)
    #expect(verdict?["pairs"]?.count == 8)
    let tie = try run(100)
    #expect(tie["targets"]?[1]?["verdicts"]?["ttft"]?["word"]?.string == "~")
    // 9 tokens in and 20 out, eight times: exact to the last digit.
    #expect(tie["targets"]?[0]?["mean_cost_usd"]?.number?.text == "0.000712")
    #expect(tie["spent"]?["usd"]?.number?.text == "0.007476")
  }

  @Test("what is too small for its digits is not called nothing")
  func smallNumbers() {
    let trial = ProgramTrial()
    trial.loop.lastScript = Self.answer(after: 100)
    trial.run("compare", "--rounds", "8", "--warmup", "0", "-m", "a,b", "x")
    #expect(
      trial.output.text.contains("differences below about 1% cannot be detected"), "\(trial.output.text)")
  }

  @Test("a failure does not sink the rest, and gives its code if all agree, else 1")
  func failures() {
    let trial = ProgramTrial([Self.answer(after: 1), Self.refusal])
    #expect(trial.run("compare", "-m", "a,b", "x") == .exit(.provider))
    #expect(trial.output.text.contains("failed") && trial.output.text.contains("Hi there."))
    let mixed = ProgramTrial([
      Self.refusal, .response(401, body: ErrorReply.body("no key", code: "invalid_api_key")),
    ])
    #expect(mixed.run("compare", "-m", "a,b", "x") == .exit(.conditionFalse))
    #expect(mixed.loop.received.count == 2, "nothing is retried")
  }

  @Test("no verdict below six rounds, and it is said how many are missing")
  func tooFew() {
    let trial = ProgramTrial()
    trial.loop.lastScript = Self.answer(after: 100)
    trial.run("compare", "--rounds", "3", "-m", "a,b", "x")
    #expect(trial.output.text.contains("3 more rounds needed for a verdict"))
    #expect(trial.loop.received.count == 8, "two warm up")
    #expect(trial.output.text.contains("2 of them for warm-up"))
  }

  @Test("a signal ends with the table of what was measured")
  func interrupted() {
    let trial = ProgramTrial()
    trial.loop.lastScript = Self.answer(after: 1000)
    var answers = 0
    trial.errors.onWrite = {
      answers += 1
      guard trial.errors.text.contains("round 2/9") else { return }
      trial.errors.onWrite = nil
      _ = trial.loop.schedule(at: trial.loop.now + .milliseconds(500)) {
        trial.signals.pending = [2]
        trial.loop.makeReadable(trial.signals.descriptor)
      }
    }
    #expect(trial.run("compare", "--rounds", "9", "--warmup", "0", "-m", "a,b", "x") == .signal(2))
    #expect(trial.output.text.contains("2/2"))
    #expect(trial.output.text.contains("ended early"))
    #expect(trial.loop.running == 0)
  }

  @Test("the cost limit ends a comparison before the call that could pass it")
  func costLimit() {
    let trial = ProgramTrial()
    trial.loop.lastScript = Self.answer(after: 10)
    let status = trial.run(
      "compare", "--rounds", "50", "--warmup", "0", "--max-tokens", "20", "--max-cost", "0.01", "-m",
      "gpt-4.1,gemini-2.5-flash", "x")
    #expect(status == .exit(.userLimit))
    #expect((5...99).contains(trial.loop.received.count), "\(trial.loop.received.count)")
    #expect(trial.output.text.contains("ended early"))
    let capped = ProgramTrial()
    capped.run("compare", "--max-cost", "0.0000001", "--max-tokens", "20", "-m", "gpt-4.1", "x")
    #expect(capped.loop.received.isEmpty)
    #expect(capped.output.text.contains("not measured") && !capped.output.text.contains("failed"))
    let unknown = ProgramTrial()
    #expect(unknown.run("compare", "--max-cost", "1", "-m", "gpt-4.1,nobody-knows", "x") == .exit(.userLimit))
    #expect(unknown.loop.received.isEmpty)
  }

  @Test("a cache guard changes the start of the prompt in each call, and hits are left out")
  func cacheBust() throws {
    let trial = ProgramTrial()
    trial.loop.lastScript = Self.answer(after: 10, cached: 5)
    trial.run("compare", "--json", "--rounds", "2", "--warmup", "0", "--cache", "bust", "-m", "a,b", "Hello")
    let prompts = trial.loop.received.compactMap { $0.json?["messages"]?[0]?["content"]?.string }
    #expect(Set(prompts).count == 4 && prompts.allSatisfy { $0.hasSuffix("]\nHello") })
    let target = try #require(trial.json?["targets"]?[0])
    #expect(target["flags"]?["wrong_cache"]?.count == 2 && target["ttft_ms"] == nil)
    #expect(target["ok"]?.count == 2)
  }

  @Test(
    "prompts come from a file of lines or of JSON",
    arguments: ["one\n\ntwo\n", "{\"prompt\":\"one\"}\n{\"prompt\":\"two\"}"])
  func promptFile(content: String) {
    let trial = ProgramTrial()
    trial.files["p"] = Array(content.utf8)
    trial.loop.lastScript = Self.answer(after: 10)
    #expect(trial.run("compare", "--prompts", "p", "-m", "a,b", "Say {}!") == .exit(.done))
    let prompts = trial.loop.received.compactMap { $0.json?["messages"]?[0]?["content"]?.string }
    #expect(prompts.sorted() == ["Say one!", "Say one!", "Say two!", "Say two!"])
  }

  @Test(
    "a bad line of the file is named",
    arguments: [
      ("{\"prompt\":1}", "line 1"), ("{\"prompt\":\"a\"}\n{", "line 2"), ("\n \n", "has no prompt"),
    ])
  func badPrompts(content: String, problem: String) {
    let trial = ProgramTrial()
    trial.files["p"] = Array(content.utf8)
    #expect(trial.run("compare", "--prompts", "p", "-m", "a") == .exit(.usage))
    #expect(trial.errors.text.contains(problem) && trial.loop.received.isEmpty)
  }

  @Test(
    "what cannot be compared is refused before anything is sent",
    arguments: [["-m", "a,a", "x"], ["-m", "a,b", "--baseline", "c", "x"], ["-m", "a,b"], ["--load"]])
  func refused(arguments: [String]) {
    let trial = ProgramTrial()
    #expect(trial.run(["compare"] + arguments) == .exit(.usage))
    #expect(trial.loop.received.isEmpty)
  }

  @Test("in parallel all targets of a round are under way at once")
  func parallel() {
    let trial = ProgramTrial()
    trial.loop.lastScript = Self.answer(after: 1000)
    trial.run("compare", "--parallel", "-m", "a,b,c", "x")
    #expect(Set(trial.loop.received.map(\.instant)).count == 1)
    let cold = ProgramTrial()
    cold.loop.lastScript = Self.answer(after: 10)
    cold.run("compare", "--cold", "-m", "a,b", "x")
    #expect(cold.loop.received.allSatisfy { $0.request.settings.usesFreshConnection })
  }

  @Test("--quiet leaves standard error alone; a terminal gets rows that go away again")
  func progress() {
    let quiet = ProgramTrial()
    quiet.loop.lastScript = Self.answer(after: 100)
    quiet.run("compare", "-q", "--rounds", "2", "-m", "a,b", "x")
    #expect(quiet.errors.text.isEmpty)
    let live = ProgramTrial()
    live.loop.lastScript = Self.answer(after: 100)
    live.errors.isTerminal = true
    live.variables["TERM"] = "xterm"
    live.run("compare", "--rounds", "2", "-m", "a,b", "x")
    #expect(live.errors.text.contains("●") && live.errors.text.hasSuffix("\u{1b}[J"))
    #expect(live.loop.waitingTimers == 0)
  }

  @Test("every row of a table fits the terminal")
  func width() {
    let trial = ProgramTrial()
    trial.loop.lastScript = Self.answer(after: 100)
    trial.output.isTerminal = true
    trial.variables["TERM"] = "dumb"
    trial.run("compare", "-q", "--rounds", "6", "-m", "a-model-with-a-very-long-name-indeed-it-is,b", "x")
    let lines = trial.output.text.split(separator: "\n")
    #expect(lines.count >= 4)
    for line in lines { #expect(line.count <= 80, "\(line)") }
  }

  @Test("what was exported is loaded again without a request and says the same")
  func loading() throws {
    let trial = ProgramTrial()
    trial.loop.lastScript = Self.answer(after: 100)
    let arguments = ["compare", "--rounds", "6", "--warmup", "0", "--seed", "1", "-m", "gpt-4.1,b", "x"]
    let files = TrialFiles()
    trial.written = files
    trial.run(
      arguments + ["--export", "r.json", "--export", "r.csv", "--export", "r.md", "--records", "r.jsonl"])
    let saved = try #require(files.content["r.json"])
    #expect(files.replacements["r.json"] == 7, "after each round and at the end")
    let lines = try #require(files.content["r.jsonl"]).split(separator: 0x0a)
    #expect(lines.count == 12)
    for line in lines { #expect(throws: Never.self) { try JSON.parse(line) } }
    #expect(try #require(files.content["r.csv"]).count { $0 == 0x0a } == 13)
    #expect(String(decoding: files.content["r.md"] ?? [], as: UTF8.self).contains("| gpt-4.1 |"))
    let again = ProgramTrial()
    again.files["r.json"] = saved
    #expect(again.run("compare", "--load", "r.json") == .exit(.done))
    #expect(again.output.text == trial.output.text)
    #expect(again.loop.received.isEmpty)
    let two = ProgramTrial()
    two.files["r.json"] = saved
    two.run("compare", "--load", "r.json", "r.json")
    #expect(two.output.text.contains("not interleaved") && two.output.text.contains("gpt-4.1 (r.json)"))
  }

  @Test(
    "a file that is no comparison is refused",
    arguments: ["", "{", "[]", "{\"kind\":\"comparison\",\"schema\":1}"])
  func badFile(content: String) {
    let trial = ProgramTrial()
    trial.files["x.json"] = Array(content.utf8)
    #expect(trial.run("compare", "--load", "x.json") == .exit(.usage))
  }

  @Test("a report that cannot be written costs the exit code, not the comparison")
  func unwritable() {
    let trial = ProgramTrial()
    trial.loop.lastScript = Self.answer(after: 100)
    #expect(trial.run("compare", "-m", "a,b", "--export", "r.json", "x") == .exit(.localIO))
    #expect(trial.output.text.contains("Hi there."))
  }

  @Test("the migration table shows the month and the change")
  func migration() {
    let trial = ProgramTrial()
    trial.loop.lastScript = Self.answer(after: 100)
    trial.run(
      "compare", "--rounds", "6", "--warmup", "0", "-m", "gpt-4.1,gemini-2.5-flash", "--baseline", "gpt-4.1",
      "--requests", "1000000", "x")
    for part in ["cost per month", "$712.00", "$222.50", "availability", "100.0%", "-69%", "-$489.50"] {
      #expect(trial.output.text.contains(part), "\(part) in \(trial.output.text)")
    }
  }

  @Test("--until ends the rounds at a look whose resolution is reached, and says so")
  func until() throws {
    func trial(_ noise: Int, _ arguments: String...) -> ProgramTrial {
      let trial = ProgramTrial((0..<120).map { Self.answer(after: 100 + ($0 * 37 % 11) * noise) })
      trial.run(["compare", "--until", "20%", "--warmup", "0", "-m", "a,b", "x"] + arguments)
      return trial
    }
    let steady = trial(1)
    #expect(steady.loop.received.count == 20, "ten rounds are the first look")
    #expect(steady.output.text.contains("10 rounds, interleaved"))
    #expect(steady.output.text.contains("ended after 10 rounds: differences of 20% are detectable"))
    let noisy = trial(60, "--rounds", "17")
    #expect(noisy.loop.received.count == 34)
    #expect(noisy.output.text.contains("17 rounds were not enough to detect differences of 20%"))
    #expect(trial(1, "--json").json?["until"]?.number?.text == "0.2")
  }

  @Test(
    "the program's own share of the first token is measured, and said above 1 %",
    arguments: [(500, false), (5000, true)])
  func ownShare(microseconds: Int, isSaid: Bool) throws {
    let trial = ProgramTrial()
    trial.loop.lastScript = Self.answer(after: 100)
    trial.loop.unreadTime = .microseconds(microseconds)
    let files = TrialFiles()
    trial.written = files
    trial.run("compare", "--export", "r.json", "--rounds", "2", "-m", "a,b", "x")
    #expect(trial.output.text.contains("sheep itself may have added up to 5.0%") == isSaid)
    let json = try JSON.parse(files.content["r.json"] ?? [])
    let share = try #require(json["targets"]?[0]?["client_share"]?.number?.double)
    #expect(abs(share - Double(microseconds) / 100_000) < 1e-9)
    let again = ProgramTrial()
    again.files["r.json"] = files.content["r.json"]
    again.run("compare", "--load", "r.json")
    #expect(again.output.text == trial.output.text)
    // Bytes cannot have come before the request was sent, whatever the loop was at.
    let longer = ProgramTrial()
    longer.loop.lastScript = Self.answer(after: 100)
    longer.loop.unreadTime = .seconds(5)
    longer.run("compare", "--json", "-m", "a,b", "x")
    #expect(longer.json?["targets"]?[0]?["client_share"]?.number?.text == "1")
  }

  @Test("files and standard input go along with every prompt of a file")
  func filesWithPrompts() {
    let trial = ProgramTrial()
    trial.files["p"] = Array("one\ntwo\n".utf8)
    trial.files["f.txt"] = Array("from the file".utf8)
    trial.input = TrialInput(piped: "from the pipe")
    trial.loop.lastScript = Self.answer(after: 10)
    #expect(trial.run("compare", "--prompts", "p", "-f", "f.txt", "-f", "-", "-m", "a,b") == .exit(.done))
    let prompts = trial.loop.received.compactMap { $0.json?["messages"]?[0]?["content"]?.string }
    #expect(prompts.count == 4 && trial.input.reads == 1, "a pipe can be read once only")
    for prompt in prompts {
      #expect(prompt.contains("from the file") && prompt.contains("from the pipe"), "\(prompt)")
    }
  }

  @Test("every figure is in the table where it is wide enough")
  func figures() {
    let trial = ProgramTrial()
    trial.loop.lastScript = Self.answer(after: 100, cached: 3)
    trial.run("compare", "--rounds", "2", "-m", "gpt-4.1,b", "x")
    for header in [
      "ok", "ok 95%", "TTFT ms", "visible ms", "TTFT total ms", "E2E s", "TPOT ms", "tok/s", "e2e tok/s",
      "in",
      "cached", "out", "finish", "$/1k calls", "price", "stall ms",
    ] {
      #expect(trial.output.text.contains(" " + header), "\(header)")
    }
    #expect(trial.output.text.contains("with a cached prompt: gpt-4.1 (2), b (2)"))
  }

  @Test("hidden reasoning is flagged, and the speed is that of the visible tokens")
  func hiddenReasoning() throws {
    let usage: JSON = [
      "prompt_tokens": 9, "completion_tokens": 8021, "total_tokens": 8030,
      "completion_tokens_details": ["reasoning_tokens": 8000],
    ]
    let trial = ProgramTrial()
    trial.loop.lastScript = [
      .head(200), .after(.seconds(9)), .text(ChatStream.text("a")), .after(.seconds(1)),
      .text(ChatStream.text("b") + ChatStream.finish()),
      .text(ChatStream.event(["choices": [], "usage": usage]) + ChatStream.done), .end,
    ]
    trial.run("compare", "-m", "a,b", "--json", "x")
    let target = try #require(trial.json?["targets"]?.array?.first)
    #expect(target["flags"]?["hidden_reasoning"]?.count == 1)
    // 20 visible tokens after the first in one second, not 8,020.
    #expect(target["tokens_per_second"]?["median"]?.number?.text == "20")
    let table = ProgramTrial()
    table.loop.lastScript = trial.loop.lastScript
    table.run("compare", "-m", "a,b", "x")
    #expect(table.output.text.contains(" 20r ") && table.output.text.contains("r: reasoning was hidden"))
  }

  @Test("a stream that something on the way held back is flagged and has no speed")
  func bufferedStream() throws {
    let pieces = String(repeating: ChatStream.text("x"), count: 12)
    let trial = ProgramTrial()
    trial.loop.lastScript = [
      .head(200), .after(.milliseconds(900)), .text(pieces), .after(.milliseconds(600)), .text(pieces),
      .text(ChatStream.finish() + ChatStream.usage(prompt: 9, completion: 24) + ChatStream.done), .end,
    ]
    trial.run("compare", "-m", "a,b", "--json", "x")
    let target = try #require(trial.json?["targets"]?.array?.first)
    #expect(target["flags"]?["buffered"]?.count == 1 && target["tpot_ms"]?["n"]?.count == nil)
    #expect(target["ttft_ms"]?["n"]?.count == 1)
  }

  @Test("what was retried is shown and flagged, and stays out of the figures of time")
  func retried() throws {
    let trial = ProgramTrial([Self.refusal, Self.answer(after: 100), Self.answer(after: 100)])
    trial.run("compare", "-m", "a", "--rounds", "2", "--warmup", "0", "--max-retries", "1", "--json", "x")
    let target = try #require(trial.json?["targets"]?.array?.first)
    #expect(target["ok"]?.count == 2 && target["flags"]?["retried"]?.count == 1)
    #expect(target["ttft_ms"]?["n"]?.count == 1)
    #expect(trial.json?["attempts"]?[0]?["attempts"]?.count == 2)
  }
}
