import SheepCore
import SheepLoop
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite("Loop: timers, descriptors, the hooks of a turn, and its end", .timeLimit(.minutes(2)))
struct LoopTests {
  let loop = Loop()

  @Test("timers fire in order and never early")
  func timerOrder() {
    var fired: [String] = []
    let start = loop.now
    var last = start
    _ = loop.schedule(at: start + .milliseconds(2)) { [loop] in
      fired.append("late")
      last = loop.now
    }
    _ = loop.schedule(at: start) { fired.append("first") }
    _ = loop.schedule(at: start) { fired.append("second") }
    let dropped = loop.schedule(at: start) { fired.append("dropped") }
    loop.cancel(dropped)
    loop.run { false }
    #expect(fired == ["first", "second", "late"])
    #expect(last >= start + .milliseconds(2))
  }

  @Test("it returns when nothing can happen any more")
  func nothingLeft() {
    var asked = 0
    loop.run {
      asked += 1
      return false
    }
    #expect(asked > 0)
  }

  @Test("it waits for transfers though nothing of theirs is watched for the moment")
  func waitsForStreams() throws {
    let pipe = try Pipe()
    loop.streamCount = 1
    var isOver = false
    loop.watchStream(pipe.reader, for: .readable) { _, _ in isOver = true }
    pipe.send("x")
    loop.run { isOver }
    #expect(isOver)
    loop.streamCount = 0
    loop.run { false }
  }

  @Test("a timer that sets itself again for a past instant does not starve descriptors")
  func descriptorsBesideTimers() throws {
    let pipe = try Pipe()
    let past = loop.now
    var isRead = false
    var firings = 0
    func again() {
      firings += 1
      // Without the rule this would never be left; the bound lets the test fail instead.
      if firings < 10_000 { _ = loop.schedule(at: past) { again() } }
    }
    again()
    loop.watch(pipe.reader) { _, _ in isRead = true }
    pipe.send("x")
    runUntil { isRead }
    loop.unwatch(pipe.reader)
    #expect(firings < 100)
  }

  @Test("a watched descriptor is served until unwatched", arguments: [true, false])
  func watching(prefersEpoll: Bool) throws {
    let loop = Loop(prefersEpoll: prefersEpoll)
    let pipe = try Pipe()
    var seen: [String] = []
    loop.watch(pipe.reader) { descriptor, readiness in
      #expect(descriptor == pipe.reader && readiness == .readable)
      seen.append(pipe.receive())
      if seen.count == 1 { pipe.send("two") }
      if seen.count == 2 { loop.unwatch(pipe.reader) }
    }
    pipe.send("one")
    runUntil(loop) { seen.count == 2 }
    pipe.send("three")
    var isOver = false
    _ = loop.schedule(at: loop.now + .milliseconds(1)) { isOver = true }
    runUntil(loop) { isOver }
    #expect(seen == ["one", "two"])
  }

  @Test(
    "what a descriptor is waited for can change, and nothing is heard in between", arguments: [true, false])
  func changing(prefersEpoll: Bool) throws {
    let loop = Loop(prefersEpoll: prefersEpoll)
    let pipe = try Pipe()
    var seen: [Readiness] = []
    loop.watch(pipe.writer, for: .readable) { _, readiness in seen.append(readiness) }
    loop.change(pipe.writer, to: [])
    var isOver = false
    _ = loop.schedule(at: loop.now + .milliseconds(1)) { isOver = true }
    runUntil(loop) { isOver }
    #expect(seen.isEmpty)
    loop.change(pipe.writer, to: .writable)
    runUntil(loop) { !seen.isEmpty }
    #expect(seen.first == .writable)
    pipe.fill()
    seen = []
    isOver = false
    _ = loop.schedule(at: loop.now + .milliseconds(1)) { isOver = true }
    runUntil(loop) { isOver }
    #expect(seen.isEmpty, "nothing more fits")
    loop.unwatch(pipe.writer)
    loop.change(pipe.writer, to: .writable)
    loop.run { false }
  }

  @Test(
    "an action that ends or replaces the watch of another ready descriptor is obeyed",
    arguments: [true, false])
  func watchesEndedInTheSameTurn(prefersEpoll: Bool) throws {
    let loop = Loop(prefersEpoll: prefersEpoll)
    let pipes = [try Pipe(), try Pipe()]
    var heard: [(name: Int, turn: Int)] = []
    var turn = 0
    loop.afterTurn = { turn += 1 }
    for index in 0..<2 {
      loop.watch(pipes[index].reader) { _, _ in
        heard.append((index, turn))
        loop.unwatch(pipes[index].reader)
        // A new watch of the same number: the event that is already there is of the old one.
        loop.watch(pipes[1 - index].reader) { _, _ in heard.append((2, turn)) }
      }
    }
    for pipe in pipes { pipe.send("x") }
    runUntil(loop) { heard.count == 2 }
    #expect(heard.map(\.name) == [heard[0].name, 2])
    #expect(heard[1].turn > heard[0].turn)
    for pipe in pipes { loop.unwatch(pipe.reader) }
  }

  @Test("the end of a descriptor is an event too")
  func endOfDescriptor() throws {
    let pipe = try Pipe()
    var count = 0
    loop.watch(pipe.reader) { _, _ in count += 1 }
    pipe.closeWriter()
    runUntil { count > 0 }
    loop.unwatch(pipe.reader)
  }

  @Test("a reader that has gone is a failure, whatever was waited for", arguments: [true, false])
  func failure(prefersEpoll: Bool) throws {
    let loop = Loop(prefersEpoll: prefersEpoll)
    var ends: [Int32] = [-1, -1]
    try #require(pipe(&ends) == 0)
    defer { close(ends[1]) }
    var seen: Readiness = []
    loop.watch(ends[1], for: .readable) { _, readiness in seen = readiness }
    close(ends[0])
    runUntil(loop) { !seen.isEmpty }
    #expect(seen.contains(.failed))
    loop.unwatch(ends[1])
  }

  @Test("a regular file is always readable")
  func regularFile() throws {
    let descriptor = open("/etc/passwd", O_RDONLY | O_CLOEXEC)
    try #require(descriptor >= 0)
    defer { close(descriptor) }
    var count = 0
    loop.watch(descriptor) { _, _ in count += 1 }
    runUntil { count == 3 }
    loop.unwatch(descriptor)
    loop.run { false }
    #expect(count == 3)
  }

  @Test("the hook is called before each wait that may block")
  func hookBeforeWaits() {
    var steps: [String] = []
    loop.beforeWait = { steps.append("flush") }
    _ = loop.schedule(at: loop.now) { [loop] in
      steps.append("due")
      _ = loop.schedule(at: loop.now + .milliseconds(1)) { steps.append("later") }
    }
    loop.run { false }
    #expect(steps.first == "due", "there was no wait before a timer that was due")
    #expect(steps.dropFirst().first == "flush")
    #expect(steps.contains("later"))
  }

  @Test("the hook may end the run")
  func hookEndsRun() {
    var isDone = false
    _ = loop.schedule(at: loop.now + .seconds(3600)) {}
    loop.beforeWait = { isDone = true }
    loop.run { isDone }
    #expect(isDone)
  }

  @Test("who hurries has a turn without a wait, once")
  func hurrying() {
    var turns = 0
    var waits = 0
    loop.afterTurn = { turns += 1 }
    loop.beforeWait = { waits += 1 }
    _ = loop.schedule(at: loop.now + .seconds(3600)) {}
    loop.hurry()
    loop.run { turns == 1 || waits > 0 }
    #expect(turns == 1 && waits == 0)
    loop.run { waits == 1 }
    #expect(turns == 1)
  }

  @Test("a wake-up ends a wait, and is over when it is drained")
  func wakeUp() throws {
    let wake = try #require(WakePipe())
    defer { wake.close() }
    var wakes = 0
    loop.watch(wake.readEnd) { _, _ in
      wake.drain()
      wakes += 1
    }
    for _ in 0..<3 { wake.wake() }
    runUntil { wakes > 0 }
    #expect(!wake.wait(until: loop.now + .milliseconds(1)))
    wake.wake()
    runUntil { wakes > 1 }
    loop.unwatch(wake.readEnd)
    wake.wake()
    #expect(wake.wait(until: loop.now + .seconds(30)))
  }

  @Test("streams that come fast are left to gather, and no other descriptors are", arguments: [true, false])
  func gathering(isStream: Bool) throws {
    let pipe = try Pipe()
    loop.streamCount = 1
    var rounds = 0
    let action: Loop.Action = { [loop] _, _ in
      _ = pipe.receive()
      rounds += 1
      loop.roundBytes.pointee += 4096
      pipe.send("x")
    }
    // Beside a stream on which nothing comes, which changes nothing.
    let quiet = try Pipe()
    loop.watchStream(quiet.reader, for: .readable) { _, _ in }
    defer { loop.unwatch(quiet.reader) }
    if isStream {
      loop.watchStream(pipe.reader, for: .readable, action)
    } else {
      loop.watch(pipe.reader, action)
    }
    pipe.send("x")
    // A sleep is never shorter than it says. A busy machine makes turns longer too, but not one
    // after the other.
    let pause = Duration.nanoseconds(GatherRule.leastPauseNanoseconds)
    var slowTurns = 0
    var before = loop.now
    runUntil {
      slowTurns = loop.now - before >= pause ? slowTurns + 1 : 0
      before = loop.now
      return slowTurns == 20 || !isStream && rounds == 2000
    }
    loop.unwatch(pipe.reader)
    loop.streamCount = 0
    #expect((slowTurns == 20) == isStream)
  }

  @Test("it is known since when bytes can have lain unread")
  func unreadSince() throws {
    let pipes = [try Pipe(), try Pipe(), try Pipe()]
    loop.keepsUnreadSince = true
    var order: [(name: Int, unread: Duration)] = []
    var written = loop.now
    func serve(_ index: Int) {
      let unread = loop.unreadSince.map { loop.now - $0 } ?? .zero
      order.append((index, unread))
      loop.unwatch(pipes[index].reader)
      guard order.count == 1 else { return }
      // Busy for a while with the first one: the second waits, and the third comes meanwhile.
      let start = loop.now
      written = start
      pipes[2].send("x")
      while loop.now - start < .milliseconds(3) {}
    }
    for index in 0..<3 { loop.watch(pipes[index].reader) { _, _ in serve(index) } }
    pipes[0].send("x")
    pipes[1].send("x")
    var lastSince: Instant?
    runUntil {
      if order.count == 3, lastSince == nil { lastSince = loop.unreadSince }
      return order.count == 3
    }
    #expect(order[1].unread >= .milliseconds(3), "the second had to wait for the first")
    #expect(try #require(lastSince) <= written, "the third may have come at any time since")
    #expect(order[2].name == 2 && order[2].unread >= .milliseconds(3))
  }

  /// Runs until the condition holds; a test that hangs fails instead.
  private func runUntil(
    _ loop: Loop? = nil, sourceLocation: SourceLocation = #_sourceLocation, _ condition: () -> Bool
  ) {
    let loop = loop ?? self.loop
    var isLate = false
    let timer = loop.schedule(at: loop.now + .seconds(30)) { isLate = true }
    loop.run { isLate || condition() }
    loop.cancel(timer)
    #expect(!isLate, "the loop hung", sourceLocation: sourceLocation)
  }
}
