import SheepClient
import SheepCore
import SheepTesting
import Testing

/// Several keys for one call. Numbers are those of the list of fault scenarios.
@Suite("call: keys")
struct CallKeyTests {
  private static let keys = [
    "sk-first-0123456789aaaa", "sk-second-0123456789bbbb", "sk-third-0123456789cccc",
  ]
  private static let unauthorized = TransferScript.response(401, body: ErrorReply.body("bad key"))

  private func trial(_ scripts: [TransferScript], keys: Int = 2) -> CallTrial {
    let trial = CallTrial(scripts)
    trial.keys = Array(Self.keys.prefix(keys))
    return trial
  }

  private func sent(_ trial: CallTrial) -> [Int?] {
    trial.loop.received.map { received in
      Self.keys.firstIndex { $0 == received.request.credential?.secret.exposed }
    }
  }

  @Test("10: a rate limit for an hour is not waited for: the next key, else the end")
  func rateLimit() throws {
    let limited = TransferScript.response(429, [("Retry-After", "3600")], body: ErrorReply.body("slow down"))
    let two = trial([limited, CallFaultTests.good])
    #expect(try two.run().failure == nil)
    #expect(sent(two) == [0, 1])
    #expect(two.gaps == [.zero])
    #expect(two.observer.retries.first?.failure.problem.contains("(key ****aaaa)") == true)
    let both = trial([limited, limited])
    let outcome = try both.run()
    #expect(outcome.failure?.kind == .rateLimit && outcome.failure?.retryAfter == .seconds(3600))
    #expect(sent(both) == [0, 1])
    let one = trial([limited], keys: 1)
    #expect(try one.run().failure?.kind == .rateLimit)
    #expect(one.observer.retries.isEmpty && one.loop.received.count == 1)
  }

  @Test("a server that forbids a retry is not asked with another key")
  func forbidden() throws {
    let trial = trial([.response(429, [("x-should-retry", "false")], body: ErrorReply.body("slow down"))])
    #expect(try trial.run().failure?.kind == .rateLimit)
    #expect(sent(trial) == [0])
  }

  @Test("with every key limited for seconds, the one that is back first is waited for")
  func rateLimitSoon() throws {
    let limited = { (seconds: String) in
      TransferScript.response(429, [("Retry-After", seconds)], body: ErrorReply.body("slow down"))
    }
    let trial = trial([limited("4"), limited("2"), CallFaultTests.good])
    #expect(try trial.run().failure == nil)
    #expect(sent(trial) == [0, 1, 1])
    #expect(trial.gaps == [.zero, .milliseconds(2100)])
  }

  @Test("17: a refused key gives its turn to the next one, once")
  func unauthorized() throws {
    let second = trial([Self.unauthorized, CallFaultTests.good])
    #expect(try second.run().failure == nil)
    #expect(sent(second) == [0, 1])
    let both = trial([Self.unauthorized, Self.unauthorized])
    #expect(try both.run().failure?.kind == .authentication)
    #expect(sent(both) == [0, 1])
    let three = trial([Self.unauthorized, Self.unauthorized], keys: 3)
    #expect(try three.run().failure?.kind == .authentication)
    #expect(sent(three) == [0, 1], "the third is not tried")
    let one = trial([Self.unauthorized], keys: 1)
    #expect(try one.run().failure?.problem.contains("(key") == false)
  }

  @Test("11, 80: a used-up key gives its turn to all others, whatever the retries allow")
  func quota() throws {
    let empty = TransferScript.response(
      429, body: ErrorReply.body("no credit", type: "insufficient_quota", code: "insufficient_quota"))
    let trial = trial([empty, empty, CallFaultTests.good], keys: 3)
    trial.policy.retry.maximumAttempts = 1
    #expect(try trial.run().failure == nil)
    #expect(sent(trial) == [0, 1, 2])
    let all = self.trial([empty, empty, empty], keys: 3)
    #expect(try all.run().failure?.kind == .quota)
    #expect(sent(all) == [0, 1, 2])
  }

  @Test("another key takes none of the attempts that the retries allow")
  func changesAreNotAttempts() throws {
    let busy = TransferScript.response(503, body: "{}")
    let trial = trial([Self.unauthorized, busy, busy, busy])
    let outcome = try trial.run()
    #expect(outcome.failure?.kind == .server || outcome.failure?.kind == .overloaded)
    #expect(sent(trial) == [0, 1, 1, 1])
    #expect(outcome.failure?.attempts == 4)
  }

  @Test("80: what one call learns of a key spares the next one")
  func shared() throws {
    let empty = TransferScript.response(402, body: ErrorReply.body("no credit"))
    let trial = trial([empty, CallFaultTests.good, CallFaultTests.good, CallFaultTests.good])
    let target = try trial.makeTarget()
    for _ in 0..<3 {
      let observer = RecordingObserver()
      Call(trial.request, to: target, options: trial.policy, loop: trial.loop, observer: observer).begin()
      trial.loop.run { !observer.outcomes.isEmpty }
      #expect(observer.outcome?.failure == nil)
    }
    #expect(sent(trial) == [0, 1, 1, 1])
  }

  @Test("calls take the keys in turn; a retry goes on with the next")
  func turns() throws {
    let trial = trial([.response(500, body: "{}"), CallFaultTests.good, CallFaultTests.good])
    let target = try trial.makeTarget()
    for _ in 0..<2 {
      let observer = RecordingObserver()
      Call(trial.request, to: target, options: trial.policy, loop: trial.loop, observer: observer).begin()
      trial.loop.run { !observer.outcomes.isEmpty }
    }
    #expect(sent(trial) == [0, 1, 0])
  }

  @Test("no key is tried again once something was shown")
  func shown() throws {
    let trial = trial([
      [
        .head(200), .text(ChatStream.text("Ba")),
        .text(ChatStream.error("slow down", code: "rate_limit_exceeded")),
      ]
    ])
    #expect(try trial.run().failure?.kind == .incomplete)
    #expect(sent(trial) == [0])
  }

  @Test("every key is taken out of what a server echoes")
  func redaction() throws {
    let echo = ErrorReply.body("bad: " + Self.keys.joined(separator: " "))
    let trial = trial([.response(400, body: echo)])
    let outcome = try trial.run()
    #expect(outcome.failure?.problem.contains("****aaaa ****bbbb") == true)
    for key in Self.keys.prefix(2) { #expect(!"\(outcome)".contains(key)) }
  }
}
