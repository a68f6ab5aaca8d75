import SheepCore
import SheepStore
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Sessions beside each other, and what somebody else put in their place.
@Suite("sessions: folder")
struct SessionFolderTests {
  private static func begin(_ trial: SessionTrial, _ name: String, _ text: String = "?") throws {
    let log = try trial.open(name)
    try log.append(SessionTrial.question(text))
    try log.append(.reply(SessionTrial.reply("!")))
    log.close()
  }

  @Test("the second to open a session is told who has it, and reading needs no leave")
  func locked() throws {
    let trial = try SessionTrial()
    let first = try trial.open("work")
    try first.append(SessionTrial.question("?"))
    let failure = #expect(throws: Failure.self) { try trial.open("work") }
    #expect(failure?.kind == .usage)
    #expect(failure?.sentence.contains("session 'work' is in use by process \(getpid()), since 20") == true)
    #expect(failure?.sentence.contains("--fork NAME") == true)
    #expect(try trial.conversation("work").exchanges.count == 1)
    #expect(try trial.folder.list().count == 1)
    try trial.folder.fork(SessionTrial.name("work"), to: SessionTrial.name("copy"))
    #expect(throws: Failure.self) {
      try trial.folder.rename(SessionTrial.name("work"), to: SessionTrial.name("other"))
    }
    first.close()
    try trial.open("work").close()
    #expect(trial.names == ["copy.jsonl", "work.jsonl"], "no lock is left behind")
  }

  @Test("a name that is not taken yet is held as well")
  func lockedName() throws {
    let trial = try SessionTrial()
    let first = try trial.open("new")
    #expect(throws: Failure.self) { try trial.open("new") }
    withExtendedLifetime(first) {}
  }

  @Test("a lock that a killed process left behind holds nobody up")
  func staleLock() throws {
    let trial = try SessionTrial()
    try Self.begin(trial, "work")
    try PrivateFile.write(Array("1 1\n".utf8), to: trial.folder.path + "/.work.lock", mayReplace: false)
    try trial.open("work").append(SessionTrial.question("?"))
  }

  @Test("a copy goes its own way, and replaces nothing")
  func fork() throws {
    let trial = try SessionTrial()
    try Self.begin(trial, "work")
    try trial.folder.fork(SessionTrial.name("work"), to: SessionTrial.name("copy"))
    #expect(try trial.conversation("copy") == trial.conversation("work"))
    try trial.open("copy").append(SessionTrial.question("more"))
    #expect(try trial.conversation("work").exchanges.count == 1)
    let before = try trial.bytes("copy")
    #expect(throws: Failure.self) {
      try trial.folder.fork(SessionTrial.name("work"), to: SessionTrial.name("copy"))
    }
    #expect(throws: Failure.self) {
      try trial.folder.fork(SessionTrial.name("none"), to: SessionTrial.name("other"))
    }
    #expect(try trial.bytes("copy") == before)
    #expect(SessionTrial.mode(trial.path("copy")) == 0o600)
  }

  @Test("a copy that is opened is made with its first question, also of a session in use")
  func openCopy() throws {
    let trial = try SessionTrial()
    let original = try trial.open("work")
    try original.append(SessionTrial.question("first"))
    try original.append(.piece(text: "half", reasoning: ""))
    let (work, copy) = (try SessionTrial.name("work"), try SessionTrial.name("copy"))
    try trial.folder.open(copy, copyOf: work).close()
    #expect(trial.names.contains("copy.jsonl") == false)
    let log = try trial.folder.open(copy, copyOf: work)
    #expect(throws: Failure.self) { try trial.folder.open(copy, copyOf: work) }
    try log.append(SessionTrial.question("second"))
    #expect(log.conversation.exchanges.map(\.reply?.text) == ["half", nil])
    #expect(try trial.conversation("copy") == log.conversation)
    try log.append(.reply(SessionTrial.reply("!")))
    log.close()
    #expect(try trial.conversation("copy") == log.conversation)
    #expect(throws: Failure.self) { try trial.folder.open(copy, copyOf: work) }
    #expect(throws: Failure.self) { try trial.folder.open(work, copyOf: SessionTrial.name("none")) }
  }

  @Test("another name takes the conversation along, and replaces nothing")
  func rename() throws {
    let trial = try SessionTrial()
    try Self.begin(trial, "a")
    try Self.begin(trial, "b")
    #expect(throws: Failure.self) {
      try trial.folder.rename(SessionTrial.name("a"), to: SessionTrial.name("b"))
    }
    #expect(throws: Failure.self) {
      try trial.folder.rename(SessionTrial.name("x"), to: SessionTrial.name("y"))
    }
    try trial.folder.rename(SessionTrial.name("a"), to: SessionTrial.name("c"))
    #expect(trial.names == ["b.jsonl", "c.jsonl"])
    let log = try trial.open("c")
    try log.rename(to: SessionTrial.name("d"))
    try log.append(SessionTrial.question("more"))
    #expect(log.name == "d")
    #expect(try trial.conversation("d").exchanges.count == 2)
    #expect(throws: Failure.self) { try trial.open("d") }
    log.close()
    #expect(trial.names == ["b.jsonl", "d.jsonl"])
    let unwritten = try trial.folder.begin()
    try unwritten.rename(to: SessionTrial.name("e"))
    try unwritten.append(SessionTrial.question("?"))
    #expect(try trial.conversation("e").exchanges.count == 1)
  }

  @Test("T11: links, pipes, folders and others' files are refused, and what they point to is untouched")
  func planted() throws {
    let trial = try SessionTrial()
    try Self.begin(trial, "work")
    let target = trial.folder.path + "/target"
    try PrivateFile.write(Array("precious".utf8), to: target, mayReplace: false)
    #expect(symlink(target, trial.path("link")) == 0)
    #expect(symlink(trial.folder.path + "/nowhere", trial.path("dangling")) == 0)
    #expect(mkfifo(trial.path("pipe"), 0o600) == 0)
    #expect(mkdir(trial.path("folder"), 0o700) == 0)
    for name in ["link", "dangling", "pipe", "folder"] {
      let failure = #expect(throws: Failure.self, "\(name)") { try trial.open(name) }
      #expect(failure?.kind == .usage, "\(name): \(failure?.sentence ?? "")")
      #expect(throws: Failure.self) { _ = try trial.folder.read(SessionTrial.name(name)) }
      #expect(throws: Failure.self) {
        try trial.folder.fork(SessionTrial.name("work"), to: SessionTrial.name(name))
      }
      #expect(throws: Failure.self) {
        try trial.folder.rename(SessionTrial.name("work"), to: SessionTrial.name(name))
      }
    }
    #expect(try PrivateFile.read(target) == Array("precious".utf8))
    #expect(try trial.folder.names().map(\.text) == ["work"], "they are not listed")
    #expect(chmod(trial.path("work"), 0o666) == 0)
    #expect(throws: Failure.self) { try trial.open("work") }
    #expect(chmod(trial.path("work"), 0o600) == 0)
    #expect(symlink(target, trial.folder.path + "/.work.lock") == 0)
    #expect(throws: Failure.self) { try trial.open("work") }
    #expect(try PrivateFile.read(target) == Array("precious".utf8))
    #expect(chmod(trial.folder.path, 0o777) == 0)
    #expect(throws: Failure.self) { _ = try trial.folder.list() }
  }

  @Test("a session can be read and gone on with where nothing can be written")
  func readOnly() throws {
    let trial = try SessionTrial()
    // A file in the place of the folder: what also stops the superuser.
    try PrivateFile.write([], to: trial.folder.path, mayReplace: false)
    for path in [trial.folder.path, trial.folder.path + "/inner"] {
      let blocked = SessionFolder(path: path, now: { 0 }, random: { 0 })
      let log = try blocked.open(SessionTrial.name("work"))
      let failure = #expect(throws: Failure.self) { try log.append(SessionTrial.question("?")) }
      #expect(failure?.kind == .output)
      #expect(log.conversation.exchanges.count == 1)
    }
  }

  @Test("a file longer than any conversation is refused with advice, and listed without its figures")
  func long() throws {
    let trial = try SessionTrial()
    try Self.begin(trial, "work")
    #expect(truncate(trial.path("work"), off_t(SessionFolder.maximumBytes + 1)) == 0)
    let failure = #expect(throws: Failure.self) { try trial.open("work") }
    #expect(failure?.sentence.contains("is longer than 64 MiB; start another") == true)
    let summary = try #require(try trial.folder.list().first)
    #expect(summary.turns == nil && summary.total == nil && summary.bytes > 64 << 20)
  }

  @Test("the list tells the last used first, with title, model, turns and money")
  func list() throws {
    let trial = try SessionTrial()
    try Self.begin(
      trial, "old", "Why is the sky blue,\nand why is it not so at night when the sun shines elsewhere?")
    let log = try trial.open("new")
    try log.append(.model("m-9", profile: "p"))
    try log.append(
      SessionTrial.question("[file: a.txt]\nlong text\n\n\nWhat is this?", [], files: ["a.txt"]))
    try log.append(.reply(SessionTrial.reply("!", cost: "0.25")))
    try log.append(SessionTrial.question("no answer yet"))
    log.close()
    var times = [timeval(tv_sec: 1000, tv_usec: 0), timeval(tv_sec: 1000, tv_usec: 0)]
    #expect(utimes(trial.path("old"), &times) == 0)
    let list = try trial.folder.list()
    #expect(list.map(\.name.text) == ["new", "old"])
    #expect(list.first?.title == "What is this?")
    #expect(list.first?.model == "m-9" && list.first?.profile == "p" && list.first?.turns == 2)
    #expect(list.first?.total?.cost == Money(dollars: "0.25") && list.first?.began == 1_795_219_200)
    #expect(
      list.last?.title == "Why is the sky blue, and why is it not so at..." && list.last?.lastUsed == 1000)
    #expect(try trial.folder.latest()?.text == "new")
  }

  @Test("an image that is lost or changed is left out, and said")
  func images() throws {
    let trial = try SessionTrial()
    let log = try trial.open("work")
    try log.append(SessionTrial.question("?", [SessionTrial.picture]))
    log.close()
    #expect(try trial.conversation("work").exchanges.first?.question.parts.count == 2)
    let path = trial.folder.path + "/images/" + SHA256.hexadecimal([1, 2, 3, 255])
    try PrivateFile.write([9], to: path, mayReplace: true)
    #expect(try trial.open("work").notes == ["left out a missing image"])
    #expect(try trial.conversation("work").exchanges.first?.question.parts == [.text("?")])
  }

  @Test(
    "T12: names that could lead elsewhere are no names",
    arguments: [
      "../x", "..", ".", ".hidden", "a/b", "/x", "", "-x", "a b", "a\u{0}b", "%2e", "é", "한글", "a..b", "a\n",
      String(repeating: "x", count: 65),
    ])
  func names(_ text: String) {
    #expect(StoredName(text) == nil)
  }

  @Test("a name that other systems reserve is a name like any other here")
  func reserved() throws {
    let trial = try SessionTrial()
    for name in ["con", "NUL", "images", "x.jsonl", String(repeating: "x", count: 64)] {
      try Self.begin(trial, name)
      #expect(try trial.conversation(name).exchanges.count == 1)
    }
  }
}
