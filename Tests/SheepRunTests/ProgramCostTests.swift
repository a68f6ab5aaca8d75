import SheepCore
import SheepOptions
import SheepRun
import SheepTesting
import Testing

@Suite("program: receipts and money")
struct ProgramCostTests {
  private static func usage(_ usage: String) -> TransferScript {
    .stream([
      ChatStream.text("Hi"), ChatStream.finish(),
      #"data: {"model":"served-1","choices":[],"usage":\#(usage)}"# + "\n\n", ChatStream.done,
    ])
  }

  @Test("the default profile's price list counts, exactly: 8.00 and 32.00 for a million tokens of gpt-4.1")
  func catalogue() throws {
    let trial = ProgramTrial([Self.usage(#"{"prompt_tokens":12,"completion_tokens":212,"total_tokens":224}"#)]
    )
    #expect(trial.run("chat", "--json", "Hello") == .exit(.done))
    let cost = try #require(trial.json?["cost"])
    #expect(
      cost.serialized()
        == #"{"usd":0.00688,"input_usd":0.000096,"output_usd":0.006784,"source":"catalogue","checked":"2026-11-21"}"#
    )
  }

  @Test("the same model costs what its own provider asks when it is called there")
  func otherProfile() throws {
    let trial = ProgramTrial([Self.usage(#"{"prompt_tokens":1000,"completion_tokens":100}"#)])
    trial.variables["OPENAI_API_KEY"] = "sk-openai-0000000000001"
    #expect(trial.run("chat", "-m", "gpt-4.1@openai", "--json", "Hello") == .exit(.done))
    #expect(trial.json?["cost"]?["usd"]?.serialized() == "0.0028")
    #expect(trial.json?["profile"] == "openai")
    #expect(trial.loop.received.first?.request.url == "https://api.openai.com/v1/chat/completions")
    #expect(trial.sentKey == "sk-openai-0000000000001")
  }

  @Test("a cost that the provider reports outranks every list")
  func reported() throws {
    let trial = ProgramTrial([Self.usage(#"{"prompt_tokens":12,"completion_tokens":212,"cost":0.0123}"#)])
    #expect(trial.run("chat", "--price", "in=1,out=1", "--json", "-u", "Hello") == .exit(.done))
    #expect(
      trial.json?["cost"]?.serialized()
        == #"{"usd":0.0123,"input_usd":null,"output_usd":null,"source":"reported","checked":null}"#)
    #expect(trial.notes.last?.hasSuffix(" · 12 in + 212 out · $0.0123") == true, "\(trial.errors.text)")
  }

  @Test("prices of the user's own outrank the list, and hold for unknown models")
  func userPrice() {
    let trial = ProgramTrial([Self.usage(#"{"prompt_tokens":1000000,"completion_tokens":3}"#)])
    #expect(trial.run("chat", "-m", "m-1", "--price", "in=0.1,out=0.7", "--json", "Hello") == .exit(.done))
    #expect(trial.json?["cost"]?["usd"]?.serialized() == "0.1000021")
    #expect(trial.json?["cost"]?["source"] == "user")
  }

  @Test("an unknown price says so, and is never 0")
  func unknown() {
    let trial = ProgramTrial([Self.usage(#"{"prompt_tokens":1,"completion_tokens":2}"#)])
    #expect(trial.run("chat", "-m", "nobody-knows", "-u", "Hello") == .exit(.done))
    #expect(trial.notes.last?.hasSuffix(" · 1 in + 2 out · unknown") == true, "\(trial.errors.text)")
  }

  @Test("the prices of a profile are not those of another address", arguments: ["", "@openai", "@holysheep"])
  func otherAddress(_ profile: String) {
    let trial = ProgramTrial([Self.usage(#"{"prompt_tokens":1,"completion_tokens":2}"#)])
    #expect(
      trial.run("chat", "-m", "gpt-4.1" + profile, "--base-url", "http://127.0.0.1:9", "--json", "Hello")
        == .exit(.done))
    #expect(trial.json?["cost"]?["source"] == "unknown")
    #expect(trial.json?["cost"]?["usd"] == nil)
  }

  @Test("36: usage that is missing is estimated, and marked everywhere")
  func estimated() {
    let events = [ChatStream.text("Hello there"), ChatStream.finish(), ChatStream.done]
    let trial = ProgramTrial([.stream(events)])
    #expect(trial.run("chat", "-u", "Hello") == .exit(.done))
    let receipt = trial.notes.last ?? ""
    #expect(receipt.contains(" · ~"), "\(receipt)")
    #expect(receipt.contains(" in + ~"), "\(receipt)")
    #expect(receipt.contains(" out · ~$0.00"), "\(receipt)")
    let json = ProgramTrial([.stream(events)])
    json.run("chat", "--json", "Hello")
    #expect(json.json?["usage"]?["source"] == "estimated")
  }

  @Test(
    "34: token counts that cannot be right are unknown, and nothing traps",
    arguments: [
      "9223372036854775807", "-1", "1.5", "1e400", "-9223372036854775808", #""many""#, "[]", "{}", "true",
      "18446744073709551616", "\"\(String(repeating: "9", count: 400))\"",
    ])
  func hostileCounts(_ count: String) {
    let trial = ProgramTrial([
      Self.usage(
        #"{"prompt_tokens":\#(count),"completion_tokens":\#(count),"total_tokens":\#(count),"#
          + #""prompt_tokens_details":{"cached_tokens":\#(count)},"#
          + #""completion_tokens_details":{"reasoning_tokens":\#(count)},"cost":\#(count)}"#)
    ])
    #expect(trial.run("chat", "--json", "-u", "Hello") == .exit(.done))
    #expect(trial.json?["text"] == "Hi")
    #expect(trial.json?["cost"]?["usd"]?.serialized().hasPrefix("-") != true)
    #expect(trial.notes.last?.contains(" · -") == false)
  }

  @Test("cached tokens and reasoning are in the receipt")
  func receipt() {
    let trial = ProgramTrial([
      [
        .sent, .after(.milliseconds(410)), .head(200), .text(ChatStream.text("a")),
        .after(.milliseconds(1000)),
        .text(ChatStream.text("b")), .after(.milliseconds(510)),
        .text(
          ChatStream.finish()
            + #"data: {"choices":[],"usage":{"prompt_tokens":1200,"completion_tokens":51,"#
            + #""prompt_tokens_details":{"cached_tokens":1000},"#
            + #""completion_tokens_details":{"reasoning_tokens":30}}}"# + "\n\n" + ChatStream.done), .end,
      ]
    ])
    #expect(trial.run("chat", "-m", "m-1", "--price", "in=1,out=2,cached=0.1", "-u", "Hello") == .exit(.done))
    #expect(
      trial.notes == [
        "served-1 for m-1 · first token 0.41 s · total 1.92 s · 20 tok/s · 1200 in (1000 cached) + 51 out"
          + " (30 reasoning) · $0.000402"
      ], "\(trial.errors.text)")
  }

  @Test("the receipt comes on a terminal or with -u, and never with -q")
  func receiptRule() {
    func isShown(_ isTerminal: Bool, _ arguments: String...) -> Bool {
      let trial = ProgramTrial(answer: "Hi")
      trial.errors.isTerminal = isTerminal
      #expect(trial.run(["chat"] + arguments + ["Hello"]) == .exit(.done))
      return trial.errors.text.contains(" 9 in + 20 out · $0.000712")
    }
    #expect(isShown(true))
    #expect(!isShown(false))
    #expect(isShown(false, "-u"))
    #expect(!isShown(true, "-q"))
    #expect(!isShown(false, "-u", "-q"))
  }

  @Test("--max-cost refuses before sending what could cost more, and exits 10")
  func maximumCost() {
    func run(_ arguments: String...) -> ProgramTrial {
      let trial = ProgramTrial()
      #expect(trial.run(["chat", "--max-cost", "0.000001"] + arguments) == .exit(.userLimit))
      #expect(trial.loop.received.isEmpty)
      return trial
    }
    #expect(
      run(String(repeating: "long ", count: 400)).errors.text.contains("the prompt alone costs about $0.00"))
    #expect(run("-m", "nobody-knows", "x").errors.text.contains("the price of nobody-knows is unknown"))
  }

  @Test("--max-cost stops an answer that passes it; what arrived is delivered")
  func costWhileStreaming() {
    let words = Array(repeating: ChatStream.text("expensive words come one by one "), count: 50)
    let trial = ProgramTrial([.stream(words + [ChatStream.finish(), ChatStream.done])])
    #expect(trial.run("chat", "--max-cost", "0.002", "Hello") == .exit(.userLimit))
    #expect(trial.output.text.hasPrefix("expensive words"))
    #expect(trial.output.text.utf8.count < 50 * 32)
    #expect(trial.loop.received.map(\.wasCancelled) == [true])
  }
}
