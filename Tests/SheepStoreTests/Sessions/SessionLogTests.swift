import SheepCore
import SheepStore
import Synchronization
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What a session keeps, whatever happens to it.
@Suite("sessions: log")
struct SessionLogTests {
  @Test("memory and file say the same after every record")
  func same() throws {
    let trial = try SessionTrial()
    let log = try trial.open("work")
    for record in SessionTrial.all {
      try log.append(record)
      guard trial.names.contains("work.jsonl") else { continue }
      var inMemory = log.conversation
      inMemory.settlePieces()
      #expect(try trial.conversation("work") == inMemory, "\(record)")
    }
    log.close()
    let again = try trial.open("work")
    #expect(again.conversation == log.conversation && again.notes == [] && !again.isNew)
    #expect(again.conversation.exchanges.last?.reply?.state.first?.dialect == "anthropic")
    #expect(again.conversation.total.cost == Money(dollars: "0.00049382715604938"))
  }

  @Test("files are the owner's alone, whatever the umask")
  func modes() throws {
    let trial = try SessionTrial()
    let log = try trial.open("work")
    try log.append(SessionTrial.question("?", [SessionTrial.picture]))
    #expect(SessionTrial.mode(trial.folder.path) == 0o700)
    #expect(SessionTrial.mode(trial.path("work")) == 0o600)
    let image = trial.folder.path + "/images/" + SHA256.hexadecimal([1, 2, 3, 255])
    #expect(SessionTrial.mode(image) == 0o600)
    log.close()
    #expect(chmod(trial.path("work"), 0o644) == 0)
    try trial.open("work").append(SessionTrial.question("again"))
    #expect(SessionTrial.mode(trial.path("work")) == 0o600)
  }

  @Test("nothing is left behind by a session in which nothing was sent")
  func lazy() throws {
    let trial = try SessionTrial()
    let named = try trial.open("work")
    try named.append(.system("S"))
    try named.append(.model("m", profile: nil))
    let unnamed = try trial.folder.begin()
    try unnamed.append(.model("m", profile: nil))
    #expect(named.isNew && unnamed.isNew)
    named.close()
    unnamed.close()
    #expect(trial.names == [])
    #expect(try trial.folder.latest() == nil)
    let late = try trial.open("late")
    try late.append(.system("S"))
    try late.append(SessionTrial.question("?"))
    #expect(try trial.conversation("late").system == "S", "what came before the question is kept with it")
  }

  @Test("an unnamed session is named after the time, and never after another one")
  func timeNames() throws {
    let trial = try SessionTrial()
    var names: [String] = []
    for _ in 0..<3 {
      let log = try trial.folder.begin()
      try log.append(SessionTrial.question("?"))
      names.append(log.sessionName.text)
    }
    #expect(Set(names).count == 3)
    for name in names {
      let shape = name.map { $0.isNumber ? "0" : $0.isLetter ? "a" : String($0) }.joined()
      #expect(shape.hasPrefix("0000-00-00-0000-aa"), "\(name)")
      #expect(StoredName(name) != nil)
    }
  }

  @Test("a tail cut at any byte costs that line and no other, and is told once")
  func torn() throws {
    let trial = try SessionTrial()
    let log = try trial.open("whole")
    for record in [SessionTrial.question("first"), .reply(SessionTrial.reply("one"))] {
      try log.append(record)
    }
    let kept = try trial.bytes("whole")
    try log.append(SessionTrial.question("second {x} 한글", [], files: ["f"]))
    let all = try trial.bytes("whole")
    for length in kept.count...all.count {
      for zeros in [0, 3] {
        try trial.write(Array(all[..<length]) + [UInt8](repeating: 0, count: zeros), "cut")
        let isWhole = zeros == 0 ? length >= all.count - 1 : length == all.count
        let found = try trial.open("cut")
        #expect(found.conversation.exchanges.count == (isWhole ? 2 : 1), "\(length) \(zeros)")
        #expect(found.notes.isEmpty == (length == kept.count && zeros == 0 || isWhole && zeros == 0))
        try found.append(SessionTrial.question("third"))
        found.close()
        let again = try trial.open("cut")
        #expect(again.conversation.exchanges.last?.question.text == "third", "\(length) \(zeros)")
        #expect(again.conversation.exchanges.count == (isWhole ? 3 : 2))
        #expect(again.notes == [], "the crash was told of")
        again.close()
      }
    }
  }

  @Test("a damaged line is left out by its number, and a newer version's is said to be that")
  func damaged() throws {
    let trial = try SessionTrial()
    let log = try trial.open("work")
    try log.append(SessionTrial.question("first"))
    let bytes = try trial.bytes("work")
    try trial.write(
      bytes + Array("{\"nonsense\":1}\n{\"schema\":9,\"type\":\"vote\"}\n\n".utf8) + bytes, "other")
    let other = try trial.open("other")
    #expect(other.conversation.exchanges.count == 2)
    #expect(
      other.notes == [
        "skipped damaged line 2",
        "skipped records written by a newer version of sheep",
      ])
    try trial.write([], "empty")
    #expect(try trial.open("empty").notes == [])
  }

  @Test("a killed program's answer is an interrupted one, which goes on as memory says")
  func killed() throws {
    let trial = try SessionTrial()
    func begin(_ name: String) throws {
      let log = try trial.open(name)
      try log.append(.model("m", profile: "p"))
      try log.append(SessionTrial.question("?"))
      try log.append(.piece(text: "one ", reasoning: "r"))
      try log.append(.piece(text: "two", reasoning: ""))
      log.close()
    }
    for more: [ConversationRecord] in [
      [.continuation(SessionTrial.reply(" three"))], [.reply(SessionTrial.reply("other"))],
      [SessionTrial.question("next")], [.undo(count: 1)], [.choose(0)],
      [.continuing, .piece(text: "x", reasoning: "")],
    ] {
      try begin("work")
      let log = try trial.open("work")
      #expect(log.conversation.exchanges.last?.reply?.text == "one two")
      #expect(log.conversation.exchanges.last?.reply?.finishReason == .interrupted)
      for record in more { try log.append(record) }
      log.close()
      var expected = log.conversation
      expected.settlePieces()
      #expect(try trial.open("work").conversation == expected, "\(more)")
      #expect(unlink(trial.path("work")) == 0)
    }
  }

  @Test("an answer killed while it was continued is longer, not another one")
  func killedContinuation() throws {
    var conversation = Conversation([SessionTrial.question("?"), .reply(SessionTrial.reply("one"))])
    for record: ConversationRecord in [.continuing, .piece(text: " two", reasoning: "")] {
      conversation.apply(record)
    }
    conversation.settlePieces()
    #expect(conversation.exchanges.last?.replies.map(\.text) == ["one two"])
    conversation.apply(.continuing)
    conversation.apply(SessionTrial.question("next"))
    conversation.apply(.piece(text: "new", reasoning: ""))
    conversation.settlePieces()
    #expect(conversation.exchanges.last?.replies.map(\.text) == ["new"])
  }

  @Test("what a full disk does not take is written later, in order and once, wherever it was cut")
  func full() throws {
    let room = Mutex<Int?>(nil)
    let trial = try SessionTrial(room: { room.withLock { $0 } })
    let log = try trial.open("work")
    try log.append(SessionTrial.question("first"))
    for bytes in 0..<600 where bytes < 8 || bytes % 7 == 0 {
      room.withLock { $0 = bytes }
      let before = log.conversation
      for record in [.reply(SessionTrial.reply("answer \(bytes)")), SessionTrial.question("next \(bytes)")] {
        do throws(Failure) { try log.append(record) } catch {
          #expect(error.kind == .output)
          #expect(error.sentence.contains("cannot be written: No space left on device"))
        }
      }
      #expect(log.conversation != before, "it counts in memory")
      room.withLock { $0 = nil }
      try log.append(.model("m-\(bytes)", profile: nil))
      #expect(try trial.conversation("work") == log.conversation, "\(bytes)")
    }
    log.close()
    #expect(try trial.open("work").notes == [])
  }

  @Test("after a short write no line is written twice and none is empty, wherever it was cut")
  func shortWrite() throws {
    let room = Mutex<Int?>(nil)
    let trial = try SessionTrial(room: { room.withLock { $0 } })
    for length in 0..<500 {
      let log = try trial.open("work")
      try log.append(.model("m", profile: nil))
      try log.append(SessionTrial.question("first"))
      room.withLock { $0 = 0 }
      // Nothing is taken, so that both lines wait for the next write.
      for text in ["second", "third"] {
        #expect(throws: Failure.self) { try log.append(SessionTrial.question(text)) }
      }
      room.withLock { $0 = length }
      try? log.append(.model("n", profile: nil))
      room.withLock { $0 = nil }
      try log.append(SessionTrial.question("last"))
      try log.append(.model("o", profile: nil))
      log.close()
      let lines = try trial.bytes("work").split(separator: 0x0a, omittingEmptySubsequences: false)
      #expect(lines.dropLast().allSatisfy { !$0.isEmpty }, "\(length)")
      let whole = lines.filter { (try? JSON.parse(Array($0))) != nil }
      #expect(whole.count == 7 && Set(whole).count == 7, "\(length)")
      #expect(unlink(trial.path("work")) == 0)
    }
  }

  @Test("pieces that a reply repeats are dropped once they are most of a long file")
  func compaction() throws {
    let trial = try SessionTrial()
    let log = try trial.open("work")
    try log.append(SessionTrial.question("?"))
    let word = String(repeating: "x", count: 8 << 10)
    for _ in 0..<40 { try log.append(.piece(text: word, reasoning: "")) }
    try log.append(.reply(SessionTrial.reply("short")))
    try log.append(SessionTrial.question("open"))
    try log.append(.piece(text: "in flight", reasoning: ""))
    log.close()
    let size = try trial.bytes("work").count
    let again = try trial.open("work")
    #expect(try trial.bytes("work").count < size / 50)
    #expect(again.conversation.exchanges.map(\.reply?.text) == ["short", "in flight"])
    try again.append(SessionTrial.question("more"))
    #expect(try trial.conversation("work") == again.conversation)
  }
}
