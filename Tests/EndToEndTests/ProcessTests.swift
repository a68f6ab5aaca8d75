import SheepCore
import SheepMock
import SheepTesting
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite("binary: descriptors, signals and crashes")
struct ProcessTests {
  /// An answer that has begun and then waits.
  private static let waiting = "text=Hello there friend;stall-after=2"

  @Test(
    "43: a reader that has gone ends it quietly with 0, and the transfer stops",
    arguments: ["chat", "stream"])
  func readerGone(_ command: String) throws {
    let trial = try GatewayTrial(fault: "text=word ;endless")
    let process = try trial.start(command, "-u", "Hello")
    process.waitForOutput("word")
    process.closeOutput()
    #expect(process.finish() == .exit(0))
    #expect(process.errors.isEmpty, "\(process.errorText)")
    #expect(trial.gateway.waitForConnections(1, open: 0))
    #expect(trial.gateway.connections.map(\.abandoned) == [true])
    #expect(trial.gateway.requestCount == 1)
  }

  @Test("43: the same in a shell's pipe with head")
  func head() throws {
    let trial = try GatewayTrial(fault: "text=one line%0A;endless")
    let process = try SheepProcess(
      program: "/bin/bash",
      [
        "-c",
        "set -o pipefail; '\(SheepBinary.path)' chat --base-url '\(trial.gateway.baseURL)' -m mock-instant Hi"
          + " | head -n 1",
      ])
    #expect(process.finish() == .exit(0))
    #expect(process.text == "one line\n")
    #expect(process.errors.isEmpty, "\(process.errorText)")
    #expect(trial.gateway.waitForConnections(1, open: 0))
    #expect(trial.gateway.connections.map(\.abandoned) == [true])
  }

  @Test(
    "44: a full disk exits 11 and says why",
    arguments: [["chat"], ["stream"], ["chat", "--json"], ["stream", "--jsonl"]])
  func diskFull(_ arguments: [String]) throws {
    let trial = try GatewayTrial(fault: "tokens=50")
    let process = try trial.start(arguments + ["Hello"], output: .file("/dev/full"))
    #expect(process.finish() == .exit(11))
    #expect(process.errorText.hasPrefix("sheep: standard output cannot be written: No space left on device"))
    #expect(trial.gateway.requestCount == 1)
    for words in [["--help"], ["--version"], ["help", "chat"]] {
      let help = try SheepProcess(words, output: .file("/dev/full"))
      #expect(help.finish() == .exit(11))
    }
  }

  @Test("output that is closed from the start is a local error, not a crash")
  func closedOutput() throws {
    let trial = try GatewayTrial(fault: "text=Hi")
    let process = try trial.start("chat", "Hello", output: .closed)
    #expect(process.finish() == .exit(11))
  }

  @Test(
    "58, 60: a signal ends it by that signal at once; what arrived is delivered",
    arguments: [SIGINT, SIGTERM, SIGHUP])
  func signals(_ number: Int32) throws {
    let trial = try GatewayTrial(fault: Self.waiting)
    let process = try trial.start("chat", "Hello")
    process.waitForOutput("H")
    process.signal(number)
    // At once: nothing else would end it before the limit of silence, and that with an exit code.
    #expect(process.finish() == .signal(number))
    #expect(process.text.hasPrefix("H"))
    #expect(process.errorText == "sheep: stopped; the partial answer was delivered\n")
    #expect(trial.gateway.waitForConnections(1, open: 0))
    #expect(trial.gateway.connections.map(\.abandoned) == [true])
    #expect(trial.gateway.requestCount == 1)
  }

  @Test("58: a signal ends the wait for an answer, and the wait between two attempts")
  func signalWhileWaiting() throws {
    let silent = try GatewayTrial(fault: "no-answer")
    let process = try silent.start("chat", "Hello")
    #expect(silent.gateway.waitForRequests(1))
    process.signal(SIGINT)
    #expect(process.finish() == .signal(SIGINT))
    let busy = try GatewayTrial(fault: "status=429;retry-after=60")
    let retrying = try busy.start("chat", "Hello")
    retrying.waitForErrors("retrying")
    retrying.signal(SIGTERM)
    #expect(retrying.finish() == .signal(SIGTERM))
    #expect(busy.gateway.requestCount == 1)
  }

  @Test("61: the time in which it was stopped counts towards no limit", arguments: [true, false])
  func suspended(_ arrivesMeanwhile: Bool) throws {
    let trial = try GatewayTrial(fault: "text=Hello there friend;stall-after=1;gate=g")
    let process = try trial.start("chat", "--idle-timeout", "2", "--max-time", "20", "Hello")
    process.waitForOutput("H")
    process.signal(SIGSTOP)
    if arrivesMeanwhile { trial.gateway.release(gate: "g") }
    // Longer than the limit, and than the half second by which a wait may be late; only real time
    // can show that it does not count.
    usleep(2_700_000)
    process.signal(SIGCONT)
    trial.gateway.release(gate: "g")
    #expect(process.finish() == .exit(0), "\(process.errorText)")
    #expect(process.text == "Hello there friend")
    #expect(trial.gateway.requestCount == 1)
  }

  @Test("58: with --json the partial answer is still whole JSON")
  func signalWithJSON() throws {
    let trial = try GatewayTrial(fault: Self.waiting)
    let process = try trial.start("stream", "--jsonl", "Hello")
    process.waitForOutput("\"text\"")
    process.signal(SIGINT)
    #expect(process.finish() == .signal(SIGINT))
    let last = process.output.split(separator: 0x0a).last.map(Array.init) ?? []
    #expect((try JSON.parse(last))["finish_reason"] == "interrupted")
  }

  @Test(
    "a second signal ends it even when output is not taken any more",
    .enabled(if: access("/proc/self/fd", R_OK) == 0, "needs /proc, to give a pipe to the program by its path")
  )
  func secondSignal() throws {
    // Nobody reads: the program hangs in a write, where the first signal only leaves a note.
    let trial = try GatewayTrial(fault: "text=word ;endless")
    let folder = try TemporaryFolder()
    let path = folder.path + "/pipe"
    try #require(mkfifo(path, 0o600) == 0)
    defer { unlink(path) }
    // Open for both, so that neither this nor the program waits for the other end.
    let pipe = open(path, O_RDWR | O_NONBLOCK | O_CLOEXEC)
    try #require(pipe >= 0)
    defer { close(pipe) }
    let process = try trial.start("chat", "Hello", output: .file(path))
    // The pipe is full when nothing more fits.
    var entry = pollfd(fd: pipe, events: Int16(POLLOUT), revents: 0)
    #expect(Waiting.wait(until: { poll(&entry, 1, 0) == 0 }) == .done, "the pipe is full")
    #expect(process.end == nil)
    process.insist(on: SIGINT)
    #expect(process.end == .signal(SIGINT))
  }

  @Test("a signal that was ignored from the start, as under nohup, stays ignored", arguments: ["INT", "HUP"])
  func ignoredSignal(_ name: String) throws {
    let trial = try GatewayTrial(fault: "text=Hello there friend;stall-after=1;gate=g")
    let process = try SheepProcess(
      program: "/bin/sh",
      [
        "-c",
        "trap '' \(name); exec '\(SheepBinary.path)' chat --base-url '\(trial.gateway.baseURL)' -m mock-instant Hi",
      ])
    process.waitForOutput("H")
    process.signal(name == "INT" ? SIGINT : SIGHUP)
    trial.gateway.release(gate: "g")
    #expect(process.finish() == .exit(0))
    #expect(process.text == "Hello there friend")
  }

  @Test(
    "74: a crash with a key in memory says one line, exits 70 and shows nothing of the key",
    arguments: [SIGSEGV, SIGILL, SIGABRT, SIGBUS, SIGFPE, SIGTRAP])
  func crash(_ number: Int32) throws {
    let trial = try GatewayTrial(fault: Self.waiting)
    let process = try trial.start("chat", "Hello")
    process.waitForOutput("H")
    process.signal(number)
    #expect(process.finish() == .exit(70))
    #expect(process.errors.filter { $0 == 0x0a }.count == 1)
    #expect(process.errorText.hasPrefix("sheep: internal error: "))
    for part in [
      GatewayTrial.key.prefix(12), GatewayTrial.key.dropFirst(3).prefix(8), GatewayTrial.key.suffix(8),
    ] {
      #expect(!process.mentions(part))
    }
    #expect(trial.gateway.requestCount == 1)
  }

  @Test("74: no core file can be written while a key is in memory")
  func noCoreFile() throws {
    let trial = try GatewayTrial(fault: Self.waiting)
    let process = try trial.start("chat", "Hello")
    process.waitForOutput("H")
    let limits = TemporaryFolder.read("/proc/\(process.identifier)/limits")
    #if os(Linux)
      let line = limits.split(separator: "\n").first { $0.hasPrefix("Max core file size") } ?? ""
      #expect(line.split(separator: " ").filter { $0 == "0" }.count == 2, "\(line)")
    #endif
  }

  @Test("the key is not in the arguments of a running call, nor in its variables when a file holds it")
  func processList() throws {
    #if os(Linux)
      let folder = try TemporaryFolder()
      let path = try folder.write("key", GatewayTrial.key + "\n", mode: 0o600)
      let trial = try GatewayTrial(fault: Self.waiting)
      let process = try trial.start(
        "chat", "--key-file", path, "Hello", variables: ["SHEEP_API_KEY": "other"])
      process.waitForOutput("H")
      for file in ["cmdline", "environ"] {
        let text = TemporaryFolder.read("/proc/\(process.identifier)/\(file)")
        #expect(text.contains("HOME") || text.contains("chat"), "\(file) could be read")
        #expect(!text.contains(GatewayTrial.key))
      }
      #expect(trial.gateway.requests.first?.headers["authorization"] == "Bearer " + GatewayTrial.key)
    #endif
  }

  @Test("with a prompt nothing hangs, whatever standard input is")
  func standardInputKinds() throws {
    var ends: [Int32] = [-1, -1]
    #if canImport(Glibc)
      try #require(socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends) == 0)
    #else
      try #require(socketpair(AF_UNIX, SOCK_STREAM, 0, &ends) == 0)
    #endif
    defer { ends.forEach { _ = close($0) } }
    for input in [SheepProcess.Input.nothing, .closed, .bytes([]), .descriptor(ends[0])] {
      let trial = try GatewayTrial(fault: "text=Hi")
      let process = try trial.run("chat", "Hello", exit: 0, requests: 1, input: input)
      #expect(process.text == "Hi")
      #expect(trial.gateway.requests.first?.json?["messages"]?[0]?["content"] == "Hello")
    }
    for input in [SheepProcess.Input.nothing, .closed, .bytes([])] {
      let process = try GatewayTrial().run("chat", exit: 2, requests: 0, input: input)
      #expect(process.errorText.contains("there is no prompt"))
    }
  }

  @Test("a pipe and a file are read whole, byte for byte")
  func pipedInput() throws {
    let text = String(repeating: "줄 하나\r\n", count: 50_000)
    let trial = try GatewayTrial(fault: "text=Hi")
    _ = try trial.run("chat", "Sum up", exit: 0, requests: 1, input: .bytes(Array(text.utf8)))
    #expect(trial.gateway.requests.first?.json?["messages"]?[0]?["content"]?.string == text + "\nSum up")
    let folder = try TemporaryFolder()
    let path = try folder.write("in.txt", "from a file", mode: 0o644)
    let descriptor = open(path, O_RDONLY)
    defer { close(descriptor) }
    let file = try GatewayTrial(fault: "text=Hi")
    _ = try file.run("chat", "<{}>", exit: 0, requests: 1, input: .descriptor(descriptor))
    #expect(file.gateway.requests.first?.json?["messages"]?[0]?["content"] == "<from a file>")
  }

  @Test("input and arguments that are not UTF-8 are refused by their first bad byte")
  func undecodable() throws {
    let process = try GatewayTrial().run(
      "chat", "Hello", exit: 2, requests: 0, input: .bytes([0x61, 0x0a, 0xff, 0x62]))
    #expect(process.errorText.contains("byte 3 is 0xff"))
    let trial = try GatewayTrial()
    let shell = try SheepProcess(
      program: "/bin/bash",
      [
        "-c",
        "exec '\(SheepBinary.path)' chat --base-url '\(trial.gateway.baseURL)' -m m $'Ce\\xe7i' </dev/null",
      ])
    #expect(shell.finish() == .exit(2))
    #expect(shell.errorText.contains("is not UTF-8: byte 3 is 0xe7"), "\(shell.errorText)")
    #expect(trial.gateway.requestCount == 0)
  }

  @Test("files: missing, unreadable, a folder, binary; each is named")
  func files() throws {
    let folder = try TemporaryFolder()
    let binary = try folder.write("a.bin", "a\u{0}b", mode: 0o644)
    for (path, problem) in [
      (folder.path + "/none", ": No such file or directory"), (folder.path, " is a directory"),
      (binary, " is not text, "),
    ] {
      let process = try GatewayTrial().run("chat", "-f", path, "Hello", exit: 2, requests: 0)
      #expect(process.errorText.hasPrefix("sheep: \(path)\(problem)"), "\(process.errorText)")
    }
  }

  @Test("a key file that others can read is refused, with the way out")
  func keyFileModes() throws {
    let folder = try TemporaryFolder()
    for mode in [0o644, 0o640, 0o660, 0o604] as [mode_t] {
      let path = try folder.write("key-\(mode)", GatewayTrial.key, mode: mode)
      let process = try GatewayTrial().run("chat", "--key-file", path, "Hello", exit: 2, requests: 0)
      #expect(process.errorText.contains("can be read by other users; run: chmod 600 \(path)"))
    }
    for mode in [0o600, 0o400] as [mode_t] {
      let path = try folder.write("key-\(mode)", GatewayTrial.key, mode: mode)
      _ = try GatewayTrial(script: [], keys: [GatewayTrial.key]).run(
        "chat", "--key-file", path, "Hello", exit: 0, requests: 1,
        variables: ["SHEEP_API_KEY": "other-key-00000000"])
    }
  }

  @Test("--key-cmd runs a program without a shell and takes its first line")
  func keyCommand() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("a key", GatewayTrial.key + "\nsecond line\n", mode: 0o600)
    let trial = try GatewayTrial(script: [], keys: [GatewayTrial.key])
    _ = try trial.run(
      "chat", "--key-cmd", "cat '\(path)'", "Hello", exit: 0, requests: 1,
      variables: ["SHEEP_API_KEY": "other-key-00000000"])
    for command in ["false", "/nonexistent/program", "sh -c 'kill -9 $$'"] {
      let process = try GatewayTrial().run("chat", "--key-cmd", command, "Hello", exit: 2, requests: 0)
      #expect(process.errorText.hasPrefix("sheep: --key-cmd: "), "\(process.errorText)")
    }
  }

  @Test("--key-cmd cannot hang the program with endless output")
  func keyCommandBounds() throws {
    let endless = try GatewayTrial().run(
      "chat", "--key-cmd", "yes sk-0123456789", "Hello", exit: 2, requests: 0)
    #expect(endless.errorText.hasPrefix("sheep: --key-cmd: yes "), "\(endless.errorText)")
  }

  @Test("--demo answers with a receipt's money, and says that it is local")
  func demo() throws {
    let process = try SheepProcess(["chat", "--demo", "-u", "-m", "gpt-4.1", "--max-tokens", "8", "Hello"])
    #expect(process.finish() == .exit(0))
    #expect(process.errorText.contains("generated locally"))
    #expect(process.errorText.contains("gpt-4.1 · first token "))
    #expect(process.errorText.contains(" out · $0.0"))
  }
}
