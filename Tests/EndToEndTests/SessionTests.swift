import SheepCore
import SheepMock
import SheepTesting
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Sessions in real processes: killed, crowded and without room.
@Suite("binary: sessions")
struct SessionTests {
  /// A data folder that is removed with all that is in it.
  private final class Place {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    var path: String { folder.path }

    var variables: [String: String] { ["XDG_DATA_HOME": path] }
  }

  /// The exported session as JSON.
  private static func export(_ name: String, _ place: Place) throws -> JSON {
    let process = try SheepProcess(["chat", "-S", name, "--export", "json"], variables: place.variables)
    #expect(process.finish() == .exit(0), "\(process.errorText)")
    return try JSON.parse(process.output)
  }

  private static func lastReply(_ json: JSON) -> JSON? {
    json["exchanges"]?.array?.last?["replies"]?.array?.last
  }

  @Test("kill -9 in mid-answer loses nothing that was shown", arguments: 1...6)
  func killed(_ count: Int) throws {
    let place = try Place()
    let words = ["one", " two", " three", " four", " five", " six", " seven"]
    let trial = try GatewayTrial(fault: "text=\(words.joined());stall-after=\(count)")
    let process = try trial.start("chat", "-S", "work", "Count to seven", variables: place.variables)
    process.waitForOutput("one")
    process.signal(SIGKILL)
    #expect(process.finish() == .signal(SIGKILL))
    let json = try Self.export("work", place)
    #expect(json["exchanges"]?[0]?["question"]?["text"]?.string == "Count to seven")
    let reply = Self.lastReply(json)
    #expect(reply?["text"]?.string?.hasPrefix(process.text) == true, "\(process.text)")
    #expect(reply?["finish_reason"]?.string == "interrupted" && reply?["complete"]?.bool == false)
    let next = try GatewayTrial(fault: "text=Go on")
    let again = try next.start("chat", "-c", "And then?", variables: place.variables)
    #expect(again.finish() == .exit(0), "the lock of the dead holds nobody up: \(again.errorText)")
    #expect(try Self.export("work", place)["exchanges"]?.array?.count == 2)
  }

  @Test("two terminals on one session: the second is told, and may copy and read")
  func crowded() throws {
    let place = try Place()
    let trial = try GatewayTrial(fault: "text=Hello there friend;stall-after=2")
    let first = try trial.start("chat", "-S", "work", "Hi", variables: place.variables)
    first.waitForOutput("Hello")
    let quick = try GatewayTrial(fault: "text=Quick")
    let second = try quick.start("chat", "-S", "work", "Me too", variables: place.variables)
    #expect(second.finish() == .exit(2))
    #expect(second.errorText.contains("session 'work' is in use by process \(first.identifier), since "))
    #expect(quick.gateway.requestCount == 0)
    let copy = try quick.start("chat", "-S", "work", "--fork", "copy", "Me too", variables: place.variables)
    #expect(copy.finish() == .exit(0) && copy.text == "Quick", "\(copy.errorText)")
    let list = try SheepProcess(["chat", "--list"], variables: place.variables)
    #expect(list.finish() == .exit(0) && list.text.contains("work") && list.text.contains("copy"))
    #expect(Self.lastReply(try Self.export("work", place))?["text"]?.string?.hasPrefix("Hello") == true)
    first.insist(on: SIGINT)
    #expect(first.finish() == .signal(SIGINT))
    #expect(Self.lastReply(try Self.export("work", place))?["finish_reason"]?.string == "interrupted")
    #expect(try Self.export("copy", place)["exchanges"]?.array?.count == 2)
    let third = try quick.start("chat", "-S", "work", "Now", variables: place.variables)
    #expect(third.finish() == .exit(0), "\(third.errorText)")
  }

  @Test("no room for the session: the answer is delivered whole, and the exit code is 11")
  func noRoom() throws {
    let place = try Place()
    let trial = try GatewayTrial(fault: "text=All of the answer")
    var variables = place.variables
    variables["SHEEP_BASE_URL"] = trial.gateway.baseURL
    let long = String(repeating: "long ", count: 1000)
    let process = try SheepProcess(
      program: "/bin/bash",
      ["-c", "trap '' XFSZ; ulimit -f 2; '\(SheepBinary.path)' chat -n -m mock-instant -S work '\(long)'"],
      variables: variables)
    #expect(process.finish() == .exit(11))
    #expect(process.text == "All of the answer")
    #expect(
      process.errorText.contains("work.jsonl cannot be written: File too large"), "\(process.errorText)")
    let after = try SheepProcess(["chat", "-S", "work", "--export", "json"], variables: place.variables)
    #expect(after.finish() == .exit(0), "what was cut is left out")
    #expect(after.errorText.contains("its last line was cut by a crash"))
  }

  @Test(
    "files are the owner's alone in folders of his own, whatever the umask", arguments: ["000", "077", "777"])
  func modes(_ umask: String) throws {
    let place = try Place()
    let trial = try GatewayTrial(fault: "text=Hi")
    var variables = place.variables
    variables["SHEEP_BASE_URL"] = trial.gateway.baseURL
    let process = try SheepProcess(
      program: "/bin/sh",
      [
        "-c",
        """
        umask \(umask); '\(SheepBinary.path)' chat -q -n -m mock-instant -S work Hello > /dev/null || exit 1
        cd "$XDG_DATA_HOME" && ls -ld sheep sheep/sessions sheep/sessions/* | cut -c1-10; ls -A sheep/sessions
        """,
      ], variables: variables)
    process.finish()
    #expect(process.text == "drwx------\ndrwx------\n-rw-------\nwork.jsonl\n", "\(process.errorText)")
  }

  @Test("an image of an earlier question goes along again, from its own file")
  func image() throws {
    let place = try Place()
    let folder = try TemporaryFolder()
    let picture = try folder.write("dot.gif", "GIF89a\u{1}\u{0}\u{1}\u{0}", mode: 0o600)
    let trial = try GatewayTrial(fault: "text=A dot")
    for words in [["-f", picture, "What is this?"], ["Sure?"]] {
      let process = try trial.start(["chat", "-S", "work"] + words, variables: place.variables)
      #expect(process.finish() == .exit(0), "\(process.errorText)")
    }
    let bodies = trial.gateway.requests.map { String(decoding: $0.body, as: UTF8.self) }
    #expect(bodies.count == 2 && bodies.allSatisfy { $0.contains("data:image/gif;base64,R0lGODlh") })
    #expect(try Self.export("work", place)["exchanges"]?[0]?["question"]?["images"]?.array?.count == 1)
  }

  // MARK: - Messages by line

  @Test("a program talks line by line, and has each answer before it writes the next")
  func coprocess() throws {
    let trial = try GatewayTrial(fault: "text=Fine")
    var ends: [Int32] = [-1, -1]
    try Spawning.alone {
      try #require(pipe(&ends) == 0)
      ends.forEach { _ = fcntl($0, F_SETFD, FD_CLOEXEC) }
    }
    let process = try trial.start("chat", "--jsonl", input: .descriptor(ends[0]))
    for turn in 1...3 {
      let line = Array("{\"text\":\"message \(turn)\",\"id\":\"m\(turn)\"}\n".utf8)
      // In two writes: a line may come in pieces.
      #expect(write(ends[1], line, 9) == 9)
      #expect(line[9...].withUnsafeBytes { write(ends[1], $0.baseAddress, $0.count) } == line.count - 9)
      process.waitForOutput("\"turn\":\(turn),\"id\":\"m\(turn)\"")
    }
    close(ends[1])
    #expect(process.finish() == .exit(0), "\(process.errorText)")
    close(ends[0])
    #expect(process.output.split(separator: 0x0a).count == 3)
    #expect(trial.gateway.connections.count == 1, "one connection for all")
    let last = trial.gateway.requests.last.flatMap { try? JSON.parse($0.body) }
    #expect(last?["messages"]?.array?.count == 5)
  }

  @Test("a signal ends it while it waits for a line")
  func signalWhileWaiting() throws {
    let trial = try GatewayTrial(fault: "text=Fine")
    var ends: [Int32] = [-1, -1]
    try Spawning.alone {
      try #require(pipe(&ends) == 0)
      ends.forEach { _ = fcntl($0, F_SETFD, FD_CLOEXEC) }
    }
    defer { ends.forEach { close($0) } }
    let process = try trial.start("chat", "--jsonl", input: .descriptor(ends[0]))
    #expect(write(ends[1], "a\n", 2) == 2)
    process.waitForOutput("\"turn\":1")
    process.signal(SIGTERM)
    #expect(process.finish() == .signal(SIGTERM))
  }

  @Test("lines come from a file, too, and bash can hold the conversation")
  func shells() throws {
    let trial = try GatewayTrial(fault: "text=Fine")
    let folder = try TemporaryFolder()
    let questions = try folder.write("questions.txt", "one\ntwo", mode: 0o600)
    let process = try SheepProcess(
      program: "/bin/bash",
      [
        "-c",
        """
        set -e
        S='\(SheepBinary.path)'
        "$S" chat --jsonl -m mock-instant < '\(questions)' | grep -c '"text":"Fine"'
        coproc TALK { "$S" chat --jsonl -m mock-instant; }
        echo 'Hello' >&"${TALK[1]}"
        IFS= read -r answer <&"${TALK[0]}"
        echo "$answer" | grep -o '"turn":1'
        echo '{"command":"clear"}' >&"${TALK[1]}"
        IFS= read -r answer <&"${TALK[0]}"
        echo "$answer"
        """,
      ], variables: ["SHEEP_BASE_URL": trial.gateway.baseURL])
    process.companion = trial.gateway
    #expect(process.finish() == .exit(0), "\(process.errorText)")
    #expect(
      process.text == "2\n\"turn\":1\n{\"type\":\"done\",\"turn\":2,\"id\":null,\"command\":\"clear\"}\n",
      "\(process.text)")
  }
}
