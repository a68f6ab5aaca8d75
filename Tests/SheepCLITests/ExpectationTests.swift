import SheepCore
import SheepOptions
import SheepRun
import SheepTesting
import Testing

@Suite("program: compare --expect")
struct ExpectationTests {
  private static let schema =
    #"{"type":"object","required":["city"],"properties":{"city":{"type":"string"}}}"#

  /// Whether one answer meets one expectation.
  private static func meets(_ answer: String, _ expectation: String) throws -> Bool {
    let trial = ProgramTrial([JudgeTests.answer(answer)])
    trial.files["s.json"] = Array(schema.utf8)
    let status = trial.run("compare", "--json", "-m", "a", "--expect", expectation, "x")
    let record = try #require(trial.json?["attempts"]?.array?.first)
    let passed = record["passed"]?.bool == true
    #expect(status == .exit(passed ? .done : .conditionFalse))
    #expect(record["missed"]?.array?.count == (passed ? 0 : 1))
    return passed
  }

  @Test(
    "each kind looks at the answer in its own way",
    arguments: [
      ("It is Seoul.", "contains:Seoul", true), ("It is seoul.", "contains:Seoul", false),
      (" Seoul\n", "exact:Seoul", true), ("Seoul.", "exact:Seoul", false),
      ("서울", "exact:서울", true), ("42 km", "regex:^[0-9]+ (km|m)$", true), ("km", "regex:[0-9]", false),
      (#"{"city":"Seoul"}"#, "schema:s.json", true), (#"{"city":3}"#, "schema:s.json", false),
      ("Here:\n```json\n{\"city\":\"Seoul\"}\n```\n", "schema:s.json", true),
      ("none", "schema:s.json", false),
      (#"{"city":"Seoul"}"#, "schema:" + schema, true),
    ])
  func kinds(answer: String, expectation: String, passes: Bool) throws {
    #expect(try Self.meets(answer, expectation) == passes)
  }

  @Test("a pattern that makes other engines run for ever is matched at once")
  func hostilePattern() throws {
    let answer = String(repeating: "a", count: 2000)
    #expect(try Self.meets(answer, "regex:^(a+)+$"))
    #expect(try !Self.meets(answer, "regex:^(a+)+b$"))
  }

  @Test(
    "what cannot be expected is refused before anything is sent",
    arguments: ["Seoul", "contains:", "like:x", "regex:(", "regex:(?=a", "schema:missing", "schema:{"])
  func refused(expectation: String) {
    let trial = ProgramTrial()
    #expect(trial.run("compare", "-m", "a", "--expect", expectation, "x") == .exit(.usage))
    #expect(trial.loop.received.isEmpty)
  }

  @Test("a line of the prompt file adds its own expectations, and a bad one is named")
  func promptFile() throws {
    let trial = ProgramTrial([JudgeTests.answer("Seoul!"), JudgeTests.answer("Tokyo!")])
    trial.files["p"] = Array(
      #"""
      {"prompt":"Korea?","expect":"contains:Seoul"}
      {"prompt":"Japan?","expect":["contains:Kyoto","regex:^T"]}
      """#.utf8)
    #expect(
      trial.run("compare", "--json", "--prompts", "p", "-m", "a", "--expect", "contains:!")
        == .exit(.conditionFalse))
    #expect(trial.json?["targets"]?[0]?["solved"]?.count == 1)
    #expect(trial.json?["attempts"]?[1]?["missed"]?[0]?.string == "contains:Kyoto")
    let bad = ProgramTrial()
    bad.files["p"] = Array("{\"prompt\":\"x\"}\n{\"prompt\":\"x\",\"expect\":\"Seoul\"}".utf8)
    #expect(bad.run("compare", "--prompts", "p", "-m", "a") == .exit(.usage))
    #expect(bad.errors.text.contains("p, line 2"))
  }

  @Test("money per solved task is all that was spent over what was solved, exact")
  func money() throws {
    // Three rounds, of which one solves it: three answers of $0.000712 for one.
    let trial = ProgramTrial([
      JudgeTests.answer("Seoul"), JudgeTests.answer("Busan"), JudgeTests.answer("Daegu"),
    ])
    let files = TrialFiles()
    trial.written = files
    trial.run(
      "compare", "--rounds", "3", "--warmup", "0", "-m", "gpt-4.1", "--expect", "exact:Seoul", "--export",
      "r.json", "--export", "r.csv", "--export", "r.md", "--records", "r.jsonl", "x")
    func text(_ name: String) -> String { String(decoding: files.content[name] ?? [], as: UTF8.self) }
    let target = try JSON.parse(text: text("r.json"))["targets"]?[0]
    #expect(target?["solved"]?.count == 1 && target?["expected"]?.count == 3)
    #expect(target?["usd_per_solved"]?.number?.text == "0.002136")
    #expect(trial.output.text.contains("1/3") && trial.output.text.contains("0.002136"))
    #expect(trial.output.text.contains("expectations not met: gpt-4.1 2 x exact:Seoul"))
    #expect(text("r.csv").contains(",true,\r\n") && text("r.csv").contains(",false,exact:Seoul\r\n"))
    #expect(text("r.md").contains("| solved | $/solved |") && text("r.md").contains("| 1/3 |"))
    #expect(text("r.jsonl").contains("\"passed\":false"))
    let again = ProgramTrial()
    again.files["r.json"] = files.content["r.json"]
    #expect(again.run("compare", "--load", "r.json") == .exit(.conditionFalse))
    #expect(again.output.text == trial.output.text)
  }

  @Test("a call that failed solved nothing, and keeps its own code when that is all")
  func failures() {
    let refusal = TransferScript.response(500, body: ErrorReply.body("broken"))
    let trial = ProgramTrial([JudgeTests.answer("Seoul"), refusal])
    #expect(trial.run("compare", "-m", "a,b", "--expect", "contains:Seoul", "x") == .exit(.provider))
    #expect(trial.output.text.contains("0/1") && trial.output.text.contains("none solved"))
    let both = ProgramTrial([JudgeTests.answer("Busan"), refusal])
    #expect(both.run("compare", "-m", "a,b", "--expect", "contains:Seoul", "x") == .exit(.conditionFalse))
  }
}
