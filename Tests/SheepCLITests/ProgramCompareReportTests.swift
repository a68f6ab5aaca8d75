import SheepCore
import SheepRun
import SheepTesting
import Testing

@Suite("program: reports of a comparison, and saved ones")
struct ProgramCompareReportTests {
  /// A saved comparison: each target with its times to first token, `nil` for a failure.
  private static func saved(
    _ targets: [(label: String, times: [Double?], usd: String?)], text: String = "an answer",
    question: String = "a prompt", baseline: String? = nil, run: Int? = nil
  ) -> [UInt8] {
    var attempts: [JSON] = []
    for (round, _) in (targets.first?.times ?? []).enumerated() {
      for target in targets {
        attempts.append(
          attempt(target.label, round + 1, target.times[round], usd: target.usd, text: text))
      }
    }
    let entries = targets.map { target -> JSON in
      [
        "label": .string(target.label), "model": .string(target.label), "host": "gateway.example",
        "api": "openai",
      ]
    }
    let document: JSON = [
      "schema": 1, "kind": "comparison", "sheep": "0.1.0", "prices_updated": "2026-11-21",
      "created": 1_795_219_200, "rounds": .number(JSONNumber(targets.first?.times.count ?? 1)),
      "prompts": 1, "seed": 7, "cache": "off", "interleaved": true,
      "requested_baseline": baseline.map { .string($0) } ?? .null,
      "questions": .array([.string(question)]), "targets": .array(entries), "attempts": .array(attempts),
    ]
    return Array(document.serialized(JSONStyle(indented: false, terminalSafe: false)).utf8)
  }

  private static func attempt(
    _ label: String, _ round: Int, _ time: Double?, usd: String?, text: String
  ) -> JSON {
    let milliseconds = time.flatMap { JSONNumber(text: "\($0)") }.map { JSON.number($0) } ?? .null
    let cost = usd.flatMap { JSONNumber(text: $0) }.map { JSON.number($0) } ?? .null
    let error: JSON = ["kind": "server", "status": 500, "message": .string("broken: " + text)]
    return [
      "target": .string(label), "round": .number(JSONNumber(round)), "prompt": 1,
      "ok": .bool(time != nil), "error": time == nil ? error : .null, "finish_reason": "stop",
      "usage": ["input_tokens": 9, "output_tokens": 20, "source": "reported"],
      "cost": ["usd": time == nil ? .null : cost, "source": usd == nil ? "unknown" : "catalogue"],
      "timing": ["ttft_ms": milliseconds, "e2e_ms": milliseconds, "total_ms": milliseconds],
      "text": .string(text),
    ]
  }

  /// The report of saved comparisons.
  private static func report(_ files: [String: [UInt8]], _ options: String...) throws -> String {
    let trial = ProgramTrial()
    let written = TrialFiles()
    trial.files = files
    trial.written = written
    trial.run(["compare", "--load", "--export", "r.html"] + options + files.keys.sorted())
    #expect(trial.loop.received.isEmpty)
    return String(decoding: try #require(written.content["r.html"]), as: UTF8.self)
  }

  private static func title(_ report: String) throws -> String {
    let start = try #require(report.firstRange(of: "<h1>")).upperBound
    let end = try #require(report.firstRange(of: "</h1>")).lowerBound
    var text = ""
    var isTag = false
    for character in report[start..<end] {
      if character == "<" {
        isTag = true
      } else if character == ">" {
        isTag = false
      } else if !isTag {
        text.append(character)
      }
    }
    return text
  }

  private static let steady = (0..<8).map { 100 + Double($0) }

  @Test("a report is written after each round and at the end, beside the other forms")
  func written() throws {
    let trial = ProgramTrial()
    trial.loop.lastScript = .stream([
      ChatStream.role, ChatStream.text("Hi <there>"), ChatStream.finish(),
      ChatStream.usage(prompt: 9, completion: 20), ChatStream.done,
    ])
    let files = TrialFiles()
    trial.written = files
    trial.run(
      "compare", "--rounds", "3", "--warmup", "0", "--answers", "-m", "gpt-4.1,b", "--export", "r.html",
      "--export", "r.json", "What & why?")
    #expect(files.replacements["r.html"] == 4 && files.replacements["r.json"] == 4)
    let report = String(decoding: try #require(files.content["r.html"]), as: UTF8.self)
    #expect(report.hasPrefix("<!DOCTYPE html>") && report.hasSuffix("</html>\n"))
    for part in ["Hi &lt;there&gt;", "What &amp; why?", "gpt-4.1", "seed "] {
      #expect(report.contains(part), "\(part)")
    }
    // From the saved form the same report is made, to the byte.
    let again = try Self.report(["a": try #require(files.content["r.json"])], "--answers")
    #expect(again == report)
  }

  @Test("answers and prompts are in a report only where --answers puts them there")
  func privacy() throws {
    let files = ["a": Self.saved([("m", Self.steady, nil)], text: "secret words", question: "secret prompt")]
    #expect(!(try Self.report(files)).contains("secret"))
    let open = try Self.report(files, "--answers")
    #expect(open.contains("secret words") && open.contains("secret prompt"))
  }

  @Test(
    "nothing that a model or a server says becomes markup, or hides or reorders text",
    arguments: [
      "<script>alert(1)</script>", "</title><img src=x onerror='a()'>", "\"><svg onload=a()>",
      "' onclick='a()",
      "<!--", "]]>", "&lt;b&gt;", "\u{1b}[31m\u{0}\u{9b}", "\u{202e}abc\u{2066}\u{200b}",
    ])
  func hostile(text: String) throws {
    let report = try Self.report(
      [
        "a": Self.saved(
          [(text, Self.steady, "0.001"), ("other" + text, Self.steady.map { $0 > 105 ? nil : $0 }, "0.002")],
          text: text, question: text, baseline: text)
      ], "--answers", "--requests", "1000")
    // Every tag of the page is one that the program writes.
    let known: Set<String> = [
      "!DOCTYPE", "html", "head", "body", "meta", "title", "style", "main", "header", "footer", "section",
      "h1", "h2", "h3", "p", "dl", "dt", "dd", "div", "span", "ul", "li", "table", "thead", "tbody", "tr",
      "th", "td", "caption", "details", "summary", "figure", "svg", "line", "rect", "circle", "path", "text",
      "article",
    ]
    for tag in report.split(separator: "<").dropFirst() {
      let name = tag.drop { $0 == "/" }.prefix { $0.isLetter || $0.isNumber || $0 == "!" }
      #expect(known.contains(String(name)), "\(name)")
    }
    for tag in report.split(separator: "<").dropFirst() {
      let inside = tag.prefix { $0 != ">" }
      for handler in [" on", "href", "src="] {
        let isQuoted = inside.contains("&#39;") || inside.contains("&quot;") || inside.contains("aria-label")
        #expect(isQuoted || !inside.contains(handler), "\(inside)")
      }
    }
    for scalar in report.unicodeScalars {
      #expect(
        scalar == "\n" || !(scalar.value < 0x20 || (0x7f...0x9f).contains(scalar.value)), "\(scalar.value)")
      #expect(!(0x202a...0x202e).contains(scalar.value) && !(0x2060...0x2069).contains(scalar.value))
    }
  }

  @Test("the title says what the verdicts say, and no more")
  func titles() throws {
    let slow = Self.steady.map { Optional($0 * 2) }
    let wobbly = Self.steady.enumerated().map {
      Optional($0.offset % 2 == 0 ? $0.element * 1.3 : $0.element * 0.7)
    }
    func title(_ targets: [(String, [Double?], String?)], _ baseline: String? = nil) throws -> String {
      try Self.title(
        Self.report([
          "a": Self.saved(targets.map { (label: $0.0, times: $0.1, usd: $0.2) }, baseline: baseline)
        ]))
    }
    let steady = Self.steady.map(Optional.init)
    #expect(
      try title([("a", steady, "0.001"), ("b", slow, "0.004")]) == "a is 2.0x faster and 75% cheaper than b")
    #expect(
      try title([("a", steady, "0.001"), ("b", slow, "0.004")], "a")
        == "b is 2.0x slower than a and costs 300% more")
    #expect(
      try title([("a", steady, "0.001"), ("b", slow, "0.001")]) == "a is 2.0x faster than b at the same cost")
    #expect(try title([("a", steady, nil), ("b", slow, "0.001")]) == "a is 2.0x faster than b")
    let tie = try title([("a", steady, "0.001"), ("b", wobbly, "0.001")])
    #expect(tie == "No relevant difference in speed between a and b; both cost the same")
    #expect(
      try title([("a", steady, "0.001"), ("b", slow, "0.004"), ("c", slow, "0.0001")])
        == "a is the fastest of 3, c the cheapest")
    #expect(
      try title([("a", steady, "0.001"), ("b", slow, "0.004"), ("c", slow, nil)])
        == "a is the fastest of 3, a the cheapest of known price")
    #expect(try title([("a", steady, "0.001"), ("b", steady.map { _ in nil }, nil)]).contains("Too few"))
    let few = Array(steady.prefix(3))
    #expect(try title([("a", few, "0.001"), ("b", few, "0.002")]).hasPrefix("Too few rounds"))
    #expect(try title([("a", [100], "0.001"), ("b", [200], "0.002")]).hasPrefix("A first look"))
    #expect(try title([("a", [nil], nil), ("b", [nil], nil)]) == "None of the 2 models answered")
  }

  @Test("the table of a move is in the report where a baseline was asked for, or a rate")
  func move() throws {
    let targets = [("old", Self.steady, "0.001"), ("new", Self.steady.map { $0 * 2 }, "0.002")].map {
      (label: $0.0, times: $0.1.map(Optional.init), usd: Optional($0.2))
    }
    #expect(!(try Self.report(["a": Self.saved(targets)])).contains("Moving from"))
    let moved = try Self.report(["a": Self.saved(targets, baseline: "old")])
    #expect(moved.contains("Moving from old") && !moved.contains("Cost per month"))
    #expect(moved.contains("+100%"))
    let monthly = try Self.report(["a": Self.saved(targets)], "--requests", "1000000", "--baseline", "old")
    #expect(monthly.contains("1,000,000 requests a month") && monthly.contains("$2,000.00"))
  }

  // MARK: Several files

  private static func loaded(_ options: String...) -> ProgramTrial {
    let trial = ProgramTrial()
    let slow = steady.map { Optional($0 * 2) }
    trial.files["runs/mon.json"] = saved([
      ("a", steady.map(Optional.init), "0.001"), ("b", slow, "0.002"),
    ])
    trial.files["runs/fri.json"] = saved([("a", slow, "0.001"), ("c", slow, "0.002")])
    trial.run(["compare", "--load", "runs/mon.json", "runs/fri.json"] + options)
    return trial
  }

  @Test("targets of one file are judged against each other, those of another file never")
  func unpaired() throws {
    let trial = Self.loaded("--json", "--baseline", "a (mon.json)")
    let targets = try #require(trial.json?["targets"]?.array)
    #expect(targets.map { $0["label"]?.string } == ["a (mon.json)", "b", "a (fri.json)", "c"])
    #expect(targets.map { $0["run"]?.count } == [1, 1, 2, 2])
    let words = targets.map { $0["verdicts"]?["ttft"]?["word"]?.string }
    #expect(words == [nil, "slower", "not interleaved", "not interleaved"])
    #expect(targets[2]["verdicts"]?["ttft"]?["low"]?.number?.text == "0")
    #expect(trial.json?["interleaved"]?.bool == false)
    let table = Self.loaded("--baseline", "a (mon.json)").output.text
    #expect(table.contains("2.0x slower") && table.contains("2.0x, no verdict"))
    #expect(table.contains("no verdict: not interleaved with a (mon.json)"))
    // Asked from the other side, it is the other two.
    let other = Self.loaded("--json", "--baseline", "c")
    let turned = (other.json?["targets"]?.array ?? []).map { $0["verdicts"]?["ttft"]?["word"]?.string }
    #expect(turned == ["not interleaved", "not interleaved", "~", nil])
  }

  @Test("files that were put together can be saved and loaded again")
  func mergedAgain() throws {
    let first = Self.loaded("--json")
    let trial = ProgramTrial()
    trial.files["both.json"] = first.output.bytes
    trial.run("compare", "--load", "--json", "both.json")
    #expect(trial.output.text == first.output.text)
  }

  @Test("one file twice keeps its two sides apart")
  func twice() {
    let trial = ProgramTrial()
    trial.files["r.json"] = Self.saved([("a", Self.steady.map(Optional.init), "0.001")])
    trial.run("compare", "--load", "r.json", "r.json")
    #expect(trial.output.text.contains("a (r.json)") && trial.output.text.contains("a (r.json, 2)"))
  }

  @Test("the front does not say that a target of one file beats one of another")
  func mergedFront() throws {
    let trial = Self.loaded("--json")
    let front = (trial.json?["targets"]?.array ?? []).map { $0["pareto"]?.bool }
    // b is slower and dearer than a of the same file; c is dearer than a of its own.
    #expect(front == [true, false, true, false])
  }

  @Test("a failure of a kind that this version does not know stays a failure")
  func unknownKind() throws {
    let trial = ProgramTrial()
    let text = String(decoding: Self.saved([("a", [nil, 100], "0.001")]), as: UTF8.self)
    trial.files["r.json"] = Array(text.replacing("\"server\"", with: "\"of tomorrow\"").utf8)
    trial.run("compare", "--load", "--json", "r.json")
    #expect(trial.json?["targets"]?[0]?["ok"]?.count == 1)
  }
}
