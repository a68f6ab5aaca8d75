import SheepCore
import SheepCurl
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The loop without transfers: timers, descriptors, the hook before a wait, and its end.
@Suite(.timeLimit(.minutes(2)))
struct LoopTests {
  let loop = CurlLoop(environment: CurlEnvironment())

  @Test func timersFireInOrderAndNeverEarly() {
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

  @Test func returnsWhenNothingCanHappenAnyMore() {
    var asked = 0
    loop.run {
      asked += 1
      return false
    }
    #expect(asked > 0)
  }

  @Test func aTimerThatSetsItselfAgainDoesNotStarveDescriptors() throws {
    let pipe = try Pipe()
    var isRead = false
    func again() {
      _ = loop.schedule(at: loop.now) { again() }
    }
    again()
    loop.watch(descriptor: pipe.reader) { isRead = true }
    pipe.write("x")
    loop.runUntil { isRead }
    loop.unwatch(descriptor: pipe.reader)
  }

  @Test(arguments: [true, false])
  func watchedDescriptorsAreServedUntilUnwatched(prefersEpoll: Bool) throws {
    let loop = CurlLoop(environment: CurlEnvironment(), prefersEpoll: prefersEpoll)
    let pipe = try Pipe()
    var seen: [String] = []
    loop.watch(descriptor: pipe.reader) {
      seen.append(pipe.read())
      if seen.count == 1 { pipe.write("two") }
      if seen.count == 2 { loop.unwatch(descriptor: pipe.reader) }
    }
    pipe.write("one")
    loop.runUntil { seen.count == 2 }
    pipe.write("three")
    var isOver = false
    _ = loop.schedule(at: loop.now + .milliseconds(1)) { isOver = true }
    loop.runUntil { isOver }
    #expect(seen == ["one", "two"])
  }

  @Test func theEndOfADescriptorIsAnEventToo() throws {
    let pipe = try Pipe()
    var count = 0
    loop.watch(descriptor: pipe.reader) { count += 1 }
    pipe.closeWriter()
    loop.runUntil { count > 0 }
    loop.unwatch(descriptor: pipe.reader)
  }

  @Test func aRegularFileIsAlwaysReadable() throws {
    let descriptor = open("/etc/passwd", O_RDONLY | O_CLOEXEC)
    try #require(descriptor >= 0)
    defer { close(descriptor) }
    var count = 0
    loop.watch(descriptor: descriptor) { count += 1 }
    loop.runUntil { count == 3 }
    loop.unwatch(descriptor: descriptor)
    loop.run { false }
    #expect(count == 3)
  }

  @Test func theHookIsCalledBeforeEachWaitThatMayBlock() {
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

  @Test func theHookMayEndTheRun() {
    var isDone = false
    _ = loop.schedule(at: loop.now + .seconds(3600)) {}
    loop.beforeWait = { isDone = true }
    loop.run { isDone }
    #expect(isDone)
  }

  @Test func itIsKnownSinceWhenBytesCanHaveLainUnread() throws {
    let pipes = [try Pipe(), try Pipe(), try Pipe()]
    loop.keepsUnreadSince = true
    var order: [(name: Int, unread: Duration)] = []
    var written = loop.now
    func serve(_ index: Int) {
      let unread = loop.unreadSince.map { loop.now - $0 } ?? .zero
      order.append((index, unread))
      loop.unwatch(descriptor: pipes[index].reader)
      guard order.count == 1 else { return }
      // Busy for a while with the first one: the second waits, and the third comes meanwhile.
      let start = loop.now
      written = start
      pipes[2].write("x")
      while loop.now - start < .milliseconds(3) {}
    }
    for index in 0..<3 { loop.watch(descriptor: pipes[index].reader) { serve(index) } }
    pipes[0].write("x")
    pipes[1].write("x")
    var lastSince: Instant?
    loop.runUntil {
      if order.count == 3, lastSince == nil { lastSince = loop.unreadSince }
      return order.count == 3
    }
    #expect(order[1].unread >= .milliseconds(3), "the second had to wait for the first")
    #expect(try #require(lastSince) <= written, "the third may have come at any time since")
    #expect(order[2].name == 2 && order[2].unread >= .milliseconds(3))
  }
}

/// A pipe whose ends close with it.
private final class Pipe {
  let reader: Int32
  private var writer: Int32

  init() throws {
    var ends: [Int32] = [-1, -1]
    try #require(pipe(&ends) == 0)
    ends.forEach(SystemCall.setNonblocking)
    reader = ends[0]
    writer = ends[1]
  }

  deinit {
    close(reader)
    closeWriter()
  }

  func write(_ text: String) {
    let bytes = Array(text.utf8)
    #expect(SystemCall.write(writer, bytes) == bytes.count)
  }

  func read() -> String {
    String(decoding: SystemCall.read(reader), as: UTF8.self)
  }

  func closeWriter() {
    if writer >= 0 { close(writer) }
    writer = -1
  }
}
