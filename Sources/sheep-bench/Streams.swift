import SheepClient
import SheepCore
import SheepCurl
import SheepWire

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Many paced streams at once through the core client, in this one process and thread.
///
/// Prints one line, separated by tabs: streams, whole answers, tokens, wall time in nanoseconds,
/// processor time in microseconds, peak memory in KiB, and the median and the 99th percentile of
/// the tokens' latencies in nanoseconds.
final class Streams: CallObserver {
  private let count: Int
  private var ended = 0
  private var whole = 0
  /// How many tokens took so many microseconds; a table of one size, so that it is no part of
  /// what another stream costs in memory.
  private var latencies = [UInt32](repeating: 0, count: 1_000_000)
  private var tokens = 0
  private var failure: Failure?

  /// `count` calls to `address`.
  static func run(count: Int, address: String) throws {
    raiseDescriptorLimit()
    try Streams(count: count).run(address)
  }

  private init(count: Int) {
    self.count = count
  }

  private func run(_ address: String) throws {
    let target = try Target(
      profile: nil, dialect: OpenAIChat(), baseURL: try BaseURL(address), key: nil)
    let request = Request(model: "bench", messages: [Message(.user, "go")])
    var policy = CallPolicy()
    policy.keepsText = false
    let loop = CurlLoop(environment: CurlEnvironment())
    let started = Clock.now()
    for _ in 0..<count {
      Call(request, to: target, options: policy, loop: loop, observer: self).begin()
    }
    loop.run { [self] in ended == count }
    if let failure { throw BenchFailure(description: failure.sentence) }
    try report(wall: Clock.now() - started)
  }

  func call(_ call: Call, didReceive event: Event, at instant: Instant) {
    guard case .text(let text) = event else { return }
    var scanner = StampScanner()
    let now = Clock.now()
    for byte in text.bytes {
      guard let sent = scanner.next(byte) else { continue }
      tokens += 1
      latencies[min(latencies.count - 1, Int(clamping: max(0, now - sent) / 1000))] += 1
    }
  }

  func call(_ call: Call, willRetryAfter wait: Duration, because failure: Failure) {}

  func call(_ call: Call, didEnd outcome: Outcome) {
    ended += 1
    if outcome.answer.isComplete { whole += 1 }
    if failure == nil { failure = outcome.failure }
  }

  private func report(wall: Int64) throws {
    let processor = processorTime()
    func percentile(_ hundredths: Int) -> Int64 {
      var below = 0
      for (microseconds, number) in latencies.enumerated() {
        below += Int(number)
        if below * 100 > tokens * hundredths { return Int64(microseconds) * 1000 }
      }
      return 0
    }
    let columns = [
      Int64(count), Int64(whole), Int64(tokens), wall, Int64(processor), Int64(peakMemory()),
      percentile(50), percentile(99),
    ]
    let line = columns.map { "\($0)" }.joined(separator: "\t")
    try Output.write(Array((line + "\n").utf8), to: STDOUT_FILENO)
  }

  /// The peak of this process alone, in KiB: what `getrusage` says is inherited from the process
  /// that started it.
  private func peakMemory() -> Int {
    guard let file = fopen("/proc/self/status", "r") else { return 0 }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 256)
    while fgets(&line, Int32(line.count), file) != nil {
      let text = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
      guard text.hasPrefix("VmHWM:") else { continue }
      return Int(text.split(whereSeparator: { $0 == " " || $0 == "\t" })[1]) ?? 0
    }
    return 0
  }
}
