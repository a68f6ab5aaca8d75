import SheepCore
import SheepOptions
import SheepRun
import SheepTesting
import Testing

@Suite("sheep cost")
struct CostCommandTests {
  private func trial(terminal width: Int? = nil) -> ProgramTrial {
    let trial = ProgramTrial()
    trial.variables = ["TERM": "xterm"]
    if let width {
      trial.output.isTerminal = true
      trial.output.width = width
    }
    return trial
  }

  private func json(_ arguments: String...) -> JSON? {
    let trial = trial()
    trial.run(["cost", "--json"] + arguments)
    return trial.json
  }

  @Test("one model is explained, asks nobody and needs no key")
  func explained() {
    let trial = trial()
    #expect(trial.run("cost", "-m", "gpt-4.1", "--input", "1000", "--output", "500") == .exit(.done))
    #expect(
      trial.output.text
        == """
        gpt-4.1@holysheep
        kind    tokens    $/M     amount
        input    1,000   8.00  $0.008000
        output     500  32.00  $0.016000
        total    1,500         $0.024000
        price: HolySheep article on migration, checked 2026-11-21, today

        """)
    #expect(trial.errors.text.isEmpty && trial.loop.received.isEmpty)
  }

  @Test("side by side for a person and for a pipe, with and without colour", arguments: [80, 40])
  func golden(_ width: Int) {
    let words = [
      "cost", "-m", "gpt-4.1,deepseek-v3.2,claude-sonnet-5@anthropic,gpt-4o", "--input", "12000", "--cached",
      "2000", "--output", "500",
    ]
    for colour in ["always", "never"] {
      let table = trial(terminal: width)
      #expect(table.run(words + ["--color", colour]) == .exit(.model))
      Golden.expect(table.output.text, "cost-\(width)-\(colour).txt")
      let forecast = trial(terminal: width)
      #expect(
        forecast.run(
          "cost", "-P", "anthropic", "--input", "1000", "--output", "500", "--requests", "1000/day",
          "--versus",
          "gpt-4.1@openai", "--color", colour) == .exit(.done))
      Golden.expect(forecast.output.text, "cost-forecast-\(width)-\(colour).txt")
    }
    let pipe = trial()
    #expect(pipe.run(words) == .exit(.model))
    Golden.expect(pipe.output.text + pipe.errors.text, "cost-pipe.txt")
  }

  @Test("text and files are estimated, with their names and ranges", arguments: [80, 40])
  func estimates(_ width: Int) {
    let trial = trial(terminal: width)
    trial.files = [
      "보고서 초안.txt": Array("양은 왜 무리를 지어 다니나요? 이유를 세 가지 들어 주세요.\n".utf8),
      "en.md": Array("# Sheep\n\nWhy do they flock?\n".utf8),
    ]
    trial.input = TrialInput(piped: "and this came through a pipe")
    #expect(
      trial.run(
        "cost", "-m", "gpt-4.1", "-f", "보고서 초안.txt", "-f", "en.md", "--output", "200", "--color", "never",
        "Answer in Korean") == .exit(.done))
    Golden.expect(trial.output.text, "cost-text-\(width).txt")
  }

  @Test("the worked example, to the cent")
  func workedExample() throws {
    let words = [
      "cost", "--price", "in=2.5,out=2.5", "--fee", "29", "--requests", "100000", "--input", "3000",
      "--output", "0",
      "--versus", "in=15,out=15",
    ]
    let text = trial()
    #expect(text.run(words) == .exit(.done))
    for figure in [
      "$779.00", "$4,500.00 a month", "$3,721.00 a month", "$44,652.00 a year", "83.3 % before", "82.7 %",
    ] {
      #expect(text.output.text.contains(figure), "\(figure) in \(text.output.text)")
    }
    let trial = trial()
    #expect(trial.run(words + ["--json"]) == .exit(.done))
    let model = try #require(trial.json?["models"]?[0])
    #expect(model["month_usd"] == 779 && trial.json?["versus"]?["month_usd"] == 4500)
    #expect(
      model["saving"]?.serialized()
        == #"{"request_usd":0.0375,"month_usd":3721,"year_usd":44652,"percent_before_fee":83.3,"percent":82.7}"#
    )
  }

  @Test(
    "exact to the last digit in JSON",
    arguments: [
      (["-m", "gpt-4.1", "--input", "1", "--output", "1"], "0.00004"),
      (["-m", "deepseek-v3.2", "--input", "999999999999", "--output", "7"], "420000.00001288"),
      (
        ["-m", "m", "--price", "in=0.000000000001,out=0", "--input", "1", "--output", "9"],
        "0.000000000000000001"
      ),
      (["-m", "gpt-4.1@openai", "--input", "3", "--cached", "1", "--output", "0", "--batch"], "0.0000025"),
      (["-m", "m", "--price", "in=1,out=1,request=0.01", "--input", "0", "--output", "1"], "0.010001"),
    ] as [([String], String)])
  func exact(_ arguments: [String], _ amount: String) {
    let trial = trial()
    #expect(trial.run(["cost", "--json"] + arguments) == .exit(.done))
    #expect(trial.json?["models"]?[0]?["cost"]?["usd"]?.serialized() == amount)
  }

  @Test("an answer without a count has a range: from nothing to its limit")
  func ranges() throws {
    let model = try #require(json("-m", "gpt-4.1", "--input", "1000", "--max-tokens", "100")?["models"]?[0])
    #expect(model["cost"]?["usd"] == nil && model["min_usd"]?.serialized() == "0.008")
    #expect(model["max_usd"]?.serialized() == "0.0112")
    let limit = try #require(json("-m", "claude-sonnet-5@anthropic", "--input", "0")?["models"]?[0])
    #expect(limit["max_usd"]?.serialized() == "1.28", "128,000 tokens at 10 dollars a million")
    let unlimited = try #require(json("-m", "m", "--price", "in=1,out=1", "--input", "5")?["models"]?[0])
    #expect(unlimited["max_usd"] == nil && unlimited["min_usd"]?.serialized() == "0.000005")
  }

  @Test("unknown is unknown: in words, in JSON, by the code, with the nearest names")
  func unknown() {
    let trial = trial()
    #expect(trial.run("cost", "-m", "gpt-9", "--input", "1204", "--output", "88") == .exit(.model))
    #expect(trial.output.text.contains("price unknown (for 1,204 in / 88 out)"))
    #expect(
      trial.errors.text.contains(
        "similar: gpt-4o, gpt-4.1, gpt-4o-mini; set it with --price gpt-9:in="))
    let object = ProgramTrial()
    #expect(object.run("cost", "--json", "-m", "gpt-9", "--input", "1", "--output", "1") == .exit(.model))
    #expect(object.json?["models"]?[0]?["cost"]?["usd"] == nil)
    #expect(object.errorObject?["code"] == 7)
    let all = ProgramTrial()
    #expect(
      all.run("cost", "--input", "1", "--output", "1") == .exit(.done), "nobody asked for the unknown ones")
  }

  @Test("a free model is free, not unknown")
  func free() {
    let trial = trial()
    #expect(
      trial.run("cost", "-m", "m,gpt-4.1", "--price", "m:in=0,out=0", "--input", "1", "--output", "1")
        == .exit(.done))
    #expect(trial.output.text.contains("free"))
  }

  @Test("prices of a file, and one of the command line above it")
  func priceFile() {
    let trial = trial()
    trial.files["p.json"] = Array(
      #"{"models":[{"provider":"mine","id":"a","prices":[{"input":"1","output":"1"}]}]}"#.utf8)
    #expect(
      trial.run("cost", "--json", "--prices", "p.json", "-m", "a@mine", "--input", "10", "--output", "0")
        == .exit(.done))
    #expect(trial.json?["models"]?[0]?["cost"]?["usd"]?.serialized() == "0.00001")
    #expect(trial.json?["models"]?[0]?["price"]?["source"] == "user")
    let own = ProgramTrial()
    own.files = trial.files
    #expect(
      own.run(
        "cost", "--json", "--prices", "p.json", "--price", "a:in=3,out=3", "-m", "a@mine", "--input", "10",
        "--output", "0")
        == .exit(.done))
    #expect(own.json?["models"]?[0]?["cost"]?["usd"]?.serialized() == "0.00003")
  }

  @Test("CSV with names, exact amounts and quotes where they must be")
  func csv() {
    let trial = trial()
    #expect(
      trial.run("cost", "--csv", "-m", "gpt-4.1,x\"y", "--input", "10", "--output", "2") == .exit(.model))
    let lines = trial.output.text.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count == 4 && lines[0].hasPrefix("model,profile,input_tokens,"))
    #expect(
      lines[1]
        == "gpt-4.1,holysheep,10,,2,0.000144,0.00008,0.000064,0.000144,0.000144,catalogue,2026-11-21,,,,")
    #expect(lines[2] == #""x""y",holysheep,10,,2,,,,,,unknown,,,,,"#)
  }

  @Test("a log of calls: each at its own price, a sum that says what is missing")
  func usages() throws {
    let log = """
      {"model":"gpt-4.1","input_tokens":100,"output_tokens":5}

      {"requested_model":"nix","model":"nix-1","usage":{"input_tokens":7,"output_tokens":3,"source":"reported"}}
      {"model":"gpt-4.1","profile":"openai","input_tokens":100,"cached_input_tokens":50,"output_tokens":5}\r
      {"model":"m","usage":{"input_tokens":1,"output_tokens":1},"cost":{"usd":0.5,"source":"reported"}}
      """
    let text = trial()
    text.input = TrialInput(piped: log)
    #expect(text.run("cost", "--usages", "-") == .exit(.done))
    #expect(text.output.text.contains(">= $0.5011 (1 request unpriced)"), "\(text.output.text)")
    let trial = trial()
    trial.files["log.jsonl"] = Array(log.utf8)
    #expect(trial.run("cost", "--usages", "log.jsonl", "--json") == .exit(.done))
    let items = try #require(trial.json?["items"]?.array)
    #expect(items.map { $0["line"]?.count } == [1, 3, 4, 5])
    #expect(items.map { $0["cost"]?["usd"]?.serialized() } == ["0.00096", nil, "0.000165", "0.5"])
    #expect(trial.json?["total_usd"] == nil && trial.json?["known_usd"]?.serialized() == "0.501125")
    #expect(trial.json?["unpriced"] == 1)
    let one = ProgramTrial()
    one.files = trial.files
    #expect(one.run("cost", "--usages", "log.jsonl", "--json", "-m", "gpt-4.1") == .exit(.done))
    #expect(one.json?["unpriced"] == 0, "with -m all lines are of that model")
  }

  @Test(
    "the parts of a usage that contradict it are refused by their line",
    arguments: [
      ("{", "line 1 is not JSON"), ("7", "is not an object"), (#"{"input_tokens":1}"#, "has no model"),
      (#"{"model":"m"}"#, "neither"), (#"{"model":"m","input_tokens":-1}"#, "not a number of tokens"),
      (#"{"model":"m","input_tokens":1.5}"#, "not a number of tokens"),
      (#"{"model":"m","input_tokens":1,"cached_input_tokens":2}"#, "parts that exceed its \"input_tokens\""),
      (#"{"model":"m","output_tokens":1,"reasoning_tokens":2}"#, "parts that exceed its \"output_tokens\""),
      (
        #"{"model":"m","input_tokens":9,"cache_write_tokens":1,"cache_write_1h_tokens":2}"#,
        "parts that exceed its \"cache_write_tokens\""
      ),
      (#"{"model":"m","input_tokens":9223372036854775808}"#, "not a number of tokens"),
      ("\n\n", "has no usage"),
    ])
  func badUsages(_ line: String, _ problem: String) {
    let trial = trial()
    trial.files["log.jsonl"] = Array(line.utf8)
    #expect(trial.run("cost", "--usages", "log.jsonl") == .exit(.usage))
    #expect(trial.errors.text.contains(problem), "\(trial.errors.text)")
    #expect(trial.output.bytes.isEmpty)
  }

  @Test("huge counts are summed without a trap")
  func hugeCounts() {
    let trial = trial()
    let line = #"{"model":"gpt-4.1","input_tokens":9223372036854775807,"output_tokens":9223372036854775807}"#
    trial.files["log.jsonl"] = Array((line + "\n" + line).utf8)
    #expect(trial.run("cost", "--usages", "log.jsonl") == .exit(.done))
    #expect(trial.output.text.contains("9,223,372,036,854,775,807"))
  }

  @Test(
    "bad input is answered with what to type, and code 2",
    arguments: [
      ([], "use --input N and --output N"), (["--cached", "11"], "add --input N"),
      (["--input", "10", "--cached", "11"], "more than the 10 of --input"),
      (["--input", "10", "--cached", "6", "--cache-write", "6"], "more than the 10 of --input"),
      (["--input", "1", "--reasoning", "1"], "add --output N"),
      (["--input", "1", "--output", "1", "--reasoning", "2"], "more than the 1 of --output"),
      (["--input", "1", "text"], "cannot be combined"), (["--input", "-1"], "is out of range"),
      (["--input", "1e3"], "is not a whole number"), (["--input", "1", "--fee", "29"], "add --requests N"),
      (["--input", "1", "--requests", "5/week"], "use hour, day, month or year"),
      (["--input", "1", "--requests", "many"], "100000, or 1000/day"),
      (["--input", "1", "-m", "gpt-4.1,"], "is empty"),
      (["--input", "1", "-m", "m@nowhere"], "does not exist"),
      (["--input", "1", "--versus", "in=1"], "out=… is missing"),
      (["--input", "1", "--batch", "--service", "flex"], "use one of them"),
      (["--input", "1", "--json", "--csv"], "use one of them"),
      (["--input", "1", "--prices", "none.json"], "--prices"),
      (["-f", "none.txt"], "No such file"), (["--usages", "x", "--input", "1"], "use one of them"),
    ] as [([String], String)])
  func badInput(_ arguments: [String], _ advice: String) {
    let trial = trial()
    #expect(trial.run(["cost"] + arguments) == .exit(.usage), "\(trial.output.text)")
    #expect(trial.errors.text.contains(advice), "\(trial.errors.text)")
    #expect(trial.output.bytes.isEmpty)
    #expect(trial.notes.count == (arguments.contains("--json") ? 2 : 1))
  }

  @Test("standard input is read only when text is wanted and it ends by itself")
  func standardInput() {
    let counted = trial()
    counted.input = TrialInput(piped: "text")
    #expect(counted.run("cost", "-m", "gpt-4.1", "--input", "1", "--output", "1") == .exit(.done))
    #expect(counted.input.reads == 0)
    let open = trial()
    open.input = TrialInput(kind: .other, bytes: [0x61])
    #expect(open.run("cost", "-m", "gpt-4.1", "hello") == .exit(.done))
    #expect(open.input.reads == 0)
    let broken = trial()
    broken.input = TrialInput(kind: .finite, bytes: [0x61, 0xff])
    #expect(broken.run("cost", "-m", "gpt-4.1") == .exit(.usage))
    #expect(broken.errors.text.contains("byte 2 is 0xff"))
  }

  @Test("a reader that leaves is no error, a full disk is")
  func output() {
    let closed = trial()
    closed.output.end = (0, .closed)
    #expect(closed.run("cost", "--input", "1", "--output", "1") == .exit(.done))
    let full = trial()
    full.output.end = (0, .failed(28))
    #expect(full.run("cost", "--input", "1", "--output", "1") == .exit(.localIO))
  }
}
