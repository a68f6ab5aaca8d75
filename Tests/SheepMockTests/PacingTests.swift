import SheepMock
import Testing

@Suite("Pacing")
struct PacingTests {
  @Test("pieces leave at multiples of the interval after the first")
  func due() {
    let schedule = PacingSchedule(firstTokenAfter: 320, tokensPerSecond: 80, speed: 1)
    #expect(schedule.due(piece: 0) == .milliseconds(320))
    #expect(schedule.due(piece: 1) == .microseconds(332_500))
    #expect(schedule.due(piece: 1_000) == .milliseconds(320 + 12_500))
    #expect(schedule.isPaced)
  }

  @Test("a speed divides all waits; 0 takes them away")
  func speed() {
    let fast = PacingSchedule(firstTokenAfter: 400, tokensPerSecond: 10, speed: 4)
    #expect(fast.firstPiece == .milliseconds(100))
    #expect(fast.interval == .milliseconds(25))
    for speed in [0, -1, Double.nan, .infinity] {
      #expect(!PacingSchedule(firstTokenAfter: 400, tokensPerSecond: 10, speed: speed).isPaced)
    }
  }

  @Test("no number is too strange for a schedule")
  func strange() {
    let slow = PacingSchedule(firstTokenAfter: .max, tokensPerSecond: 1e-300, speed: 1e-300)
    #expect(slow.firstPiece == .seconds(86_400))
    #expect(slow.interval == .seconds(86_400))
    #expect(slow.due(piece: -5) == slow.firstPiece)
    #expect(!PacingSchedule(firstPiece: .seconds(-1), interval: .seconds(-1)).isPaced)
  }

  @Test("a paced stream takes its time, and so do small writes with pauses")
  func takesTime() throws {
    let gateway = try MockGateway.make()
    let clock = ContinuousClock()
    let paced = try clock.measure { _ = try gateway.stream(fault: "ttft=20;rate=100;tokens=5") }
    #expect(paced >= .milliseconds(20 + 4 * 10))
    var count = 0
    let split = try clock.measure {
      count = try gateway.stream(fault: "split=100;split-every=2;tokens=20").body.count
    }
    #expect(split >= .milliseconds(2) * (count / 100 - 1))
  }

  @Test("a paced stream says the same as an unpaced one")
  func samePieces() throws {
    let gateway = try MockGateway.make()
    let paced = try gateway.stream(fault: "ttft=1;rate=100000")
    #expect(try paced.body == gateway.stream().body)
  }
}
