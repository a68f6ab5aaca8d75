import SheepCore
import SheepOptions
import SheepRun
import SheepTesting
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Pages, budgets and sessions of the chat, by script.
@Suite("chat: roles, attachments and comparisons")
struct ChatPartsTests {
  private func trial(_ scripts: [TransferScript], _ lines: String...) -> ProgramTrial {
    let trial = ProgramTrial(scripts)
    trial.typist = ScriptedLineEditor(lines.map { .line($0) })
    trial.output.isTerminal = true
    trial.errors.isTerminal = true
    trial.errors.width = 400
    trial.variables["TERM"] = "xterm"
    trial.variables["NO_COLOR"] = "1"
    return trial
  }

  private static func page(_ body: String, _ type: String = "text/html; charset=utf-8") -> TransferScript {
    [.head(200, [("Content-Type", type)]), .text(body), .end]
  }

  private static let answer = TransferScript.stream(ChatStream.answer("Read."))

  private func prompt(_ trial: ProgramTrial) -> String? {
    trial.loop.received.last?.json?["messages"]?[0]?["content"]?.string
  }

  @Test("a page is fetched without a key, reduced to its text, and sent with the next question")
  func page() {
    let html = """
      <!doctype html><html><head><title>No</title><style>p{}</style></head><body><!-- no --><h1>Sheep &amp; co</h1>
      <p>Two   words<br>and <a href="https://a.example/x">more</a>.</p><script>if (1 < 2) { evil() }</script>
      <ul><li>one<li>two</ul><pre>a
        b</pre><p>&#44277;&hellip;</p></body></html>
      """
    let trial = trial([Self.page(html), Self.answer], "/url https://pages.example/a", "Sum up")
    trial.run("chat", "--no-log", "-m", "gpt-4.1")
    let request = trial.loop.received[0].request
    #expect(request.method == "GET" && request.credential == nil && request.url == "https://pages.example/a")
    #expect(!request.headers.fields.contains { $0.name.lowercased() == "authorization" })
    #expect(
      prompt(trial) == """
        [page: https://pages.example/a]
        # Sheep & co

        Two words
        and more (https://a.example/x).

        - one
        - two

        ```
        a
          b
        ```

        공…

        Sum up
        """)
  }

  @Test("a redirect is named and not followed")
  func redirect() {
    let away: TransferScript = [.head(302, [("Location", "http://169.254.169.254/latest")]), .end]
    let trial = trial([away], "/url https://pages.example/a")
    trial.run("chat", "--no-log", "-m", "gpt-4.1")
    #expect(trial.loop.received.count == 1)
    #expect(trial.errors.text.contains("redirects to http://169.254.169.254/latest"))
    #expect(trial.typist?.reads.last?.text == "/url https://pages.example/a")
  }

  @Test("a name that leads to a private address is not even asked; the address itself is")
  func privateAddress() {
    let trial = trial(
      [Self.page("secret", "text/plain")], "/url http://inside.example/admin",
      "/url http://10.0.0.7/admin")
    let network = ScriptedNetwork(loop: trial.loop)
    network.names[.ipv4] = NameAnswer(addresses: ["10.0.0.7"], time: .milliseconds(1))
    trial.network = network
    trial.run("chat", "--no-log", "-m", "gpt-4.1")
    #expect(
      trial.errors.text.contains(
        "inside.example/admin resolves to the private address 10.0.0.7, so it was not fetched"))
    #expect(trial.loop.received.map(\.request.url) == ["http://10.0.0.7/admin"])
    for address in [
      "127.0.0.1", "192.168.1.1", "172.20.0.1", "169.254.169.254", "::1", "fd00::1", "fe80::1", "100.64.0.1",
      "::ffff:10.1.1.1",
    ] {
      network.names[.ipv4] = NameAnswer(addresses: ["93.184.216.34", address], time: .milliseconds(1))
      let other = self.trial([], "/url https://mixed.example/")
      let names = ScriptedNetwork(loop: other.loop)
      names.names = network.names
      other.network = names
      other.run("chat", "--no-log", "-m", "gpt-4.1")
      #expect(other.loop.received.isEmpty, "\(address)")
    }
  }

  @Test(
    "an address in a spelling that hides where it leads is refused like a name",
    arguments: [
      ("0x7f.1", "127.0.0.1"), ("2130706433", "127.0.0.1"), ("①②⑦.⓪.⓪.①", "127.0.0.1"),
      ("[::ffff:127.0.0.1]", "[::ffff:127.0.0.1]"), ("[::ffff:7f00:1]", "[::ffff:7f00:1]"),
    ])
  func hiddenAddress(spelled: String, host: String) {
    let trial = trial([], "/url http://\(spelled)/admin")
    let network = ScriptedNetwork(loop: trial.loop)
    network.hosts[spelled] = host
    trial.network = network
    trial.run("chat", "--no-log", "-m", "gpt-4.1")
    #expect(trial.errors.text.contains("resolves to the private address \(host), so it was not fetched"))
    #expect(trial.loop.received.isEmpty && network.asked.isEmpty)
  }

  @Test("what is no text, not there or too slow is not taken")
  func refused() {
    let trial = trial(
      [Self.page("%PDF", "application/pdf"), .response(404, body: "no"), [.silence]],
      "/url https://a.example/x.pdf", "/url https://a.example/none", "/url https://a.example/slow", "/file")
    trial.run("chat", "--no-log", "-m", "gpt-4.1")
    #expect(trial.errors.text.contains("application/pdf, not text"))
    #expect(trial.errors.text.contains("a.example/none returned 404"))
    #expect(trial.errors.text.contains("did not load within 20 s"))
    #expect(trial.errors.text.contains("nothing attached"))
    #expect(trial.loop.running == 0 && trial.loop.waitingTimers == 0)
  }

  @Test("a role brings its system prompt, and goes again")
  func role() {
    let trial = trial(
      [Self.answer, Self.answer], "/role explain reader=children", "Hi", "/role off", "And?", "/role nobody")
    trial.run("chat", "--no-log", "-m", "gpt-4.1")
    let system = trial.loop.received[0].json?["messages"]?[0]?["content"]?.string
    #expect(system?.contains("The reader is children.") == true)
    #expect(prompt(trial) == "Hi", "no system prompt once it is off")
    #expect(trial.errors.text.contains("role off (model and settings kept)"))
    #expect(trial.typist?.reads.last?.text == "/role nobody")
  }

  @Test("sessions: a new one, a copy, a name, and back again")
  func sessions() throws {
    let folder = try TemporaryFolder()
    let trial = trial(
      [Self.answer, Self.answer, Self.answer],
      "One?", "/save first", "/fork second", "Two?", "/session first", "/history", "/sessions", "/new",
      "/session a/b",
      "/export md", "/session second", "/export json")
    trial.variables["XDG_DATA_HOME"] = folder.path
    trial.run("chat", "-m", "gpt-4.1")
    #expect(trial.errors.text.contains("this session is now first"))
    #expect(trial.errors.text.contains("this session is now second; first is unchanged"))
    #expect(trial.errors.text.contains("session first · 1 turn, "), "\(trial.errors.text)")
    #expect(trial.errors.text.contains("session second · 2 turns, "), "\(trial.errors.text)")
    #expect(trial.errors.text.contains("'a/b' is not a valid session name"))
    let json = trial.output.text.split(separator: "\n{\n").last.map { "{\n" + $0 }
    #expect((try? JSON.parse(text: json ?? ""))?["exchanges"]?.array?.count == 2, "\(trial.output.text)")
  }

  @Test("an answer whose program was killed is said to be cut, and goes along as far as it came")
  func killed() throws {
    let folder = try TemporaryFolder()
    let trial = trial([Self.answer], "And?")
    trial.variables["XDG_DATA_HOME"] = folder.path
    try folder.write(
      "sheep/sessions/cut.jsonl",
      """
      {"schema":1,"time":1,"type":"model","model":"gpt-4.1"}
      {"schema":1,"time":2,"type":"question","parts":[{"text":"Go"}]}
      {"schema":1,"time":2,"type":"piece","text":"Half of"}

      """)
    trial.run("chat", "-S", "cut")
    #expect(
      trial.errors.text.contains("session cut: 1 turn, tokens unknown, price unknown"), "\(trial.errors.text)"
    )
    #expect(trial.errors.text.contains("its last answer was cut; /continue resumes it"))
    let messages = trial.loop.received[0].json?["messages"]?.array ?? []
    #expect(messages.map { $0["content"]?.string } == ["Go", "Half of", "And?"])
  }

  @Test("a copy is there at once, also when nothing is asked in it, and under its new name")
  func emptyCopy() throws {
    let folder = try TemporaryFolder()
    let trial = trial(
      [Self.answer], "One?", "/save first", "/fork second", "/save third", "/session first", "/session third",
      "/history")
    trial.variables["XDG_DATA_HOME"] = folder.path
    trial.run("chat", "-m", "gpt-4.1")
    #expect(trial.errors.text.contains("session third · 1 turn, "), "\(trial.errors.text)")
  }

  @Test("the model of /retry -m is not the session's")
  func retryModel() throws {
    let folder = try TemporaryFolder()
    let trial = trial(
      [Self.answer, Self.answer], "One?", "/save first", "/retry -m gpt-4o-mini", "/export json")
    trial.variables["XDG_DATA_HOME"] = folder.path
    trial.run("chat", "-m", "gpt-4.1")
    let json = trial.output.text.split(separator: "\n{\n").last.map { "{\n" + $0 }
    let session = try JSON.parse(text: json ?? "")
    #expect(session["model"]?.string == "gpt-4.1")
    #expect(session["exchanges"]?[0]?["replies"]?[1]?["requested_model"]?.string == "gpt-4o-mini")
  }

  @Test("a session that cannot be kept is not said to be kept")
  func unkept() throws {
    let folder = try TemporaryFolder()
    let trial = trial([Self.answer], "Q?")
    try folder.write("file", "")
    trial.variables["XDG_DATA_HOME"] = folder.path + "/file"
    trial.run("chat", "-m", "gpt-4.1")
    #expect(trial.errors.text.contains("the end of this chat could not be saved"), "\(trial.errors.text)")
    #expect(!trial.errors.text.contains("kept as"))
  }

  @Test("a session that is gone on with brings its model; another gateway's key is not asked for it")
  func follows() throws {
    let folder = try TemporaryFolder()
    let first = trial([Self.answer], "One?")
    first.variables["XDG_DATA_HOME"] = folder.path
    first.run("chat", "-m", "deepseek-v3.2", "-S", "work")
    let second = trial([Self.answer], "Two?")
    second.variables["XDG_DATA_HOME"] = folder.path
    second.run("chat", "-c")
    #expect(second.loop.received[0].json?["model"]?.string == "deepseek-v3.2")
    #expect(second.loop.received[0].json?["messages"]?.array?.count == 3)
  }

  @Test("another gateway gets neither the first one's key nor its headers")
  func keys() {
    let trial = trial([Self.answer, Self.answer], "One", "/model gpt-4o-mini@openai", "Two")
    trial.variables["OPENAI_API_KEY"] = "sk-other-0123456789abcdef"
    trial.variables["MY_KEY"] = "sk-mine-0123456789abcdef00"
    trial.run("chat", "--no-log", "-m", "gpt-4.1", "--key-env", "MY_KEY", "-H", "X-Team: red")
    let (first, second) = (trial.loop.received[0].request, trial.loop.received[1].request)
    #expect(first.credential?.secret.exposed == "sk-mine-0123456789abcdef00")
    #expect(second.credential?.secret.exposed == "sk-other-0123456789abcdef")
    #expect(first.headers["X-Team"] == "red" && second.headers["X-Team"] == nil)
  }

  @Test("without a typist at a terminal there is no chat, and a prompt still gets one answer")
  func oneShot() {
    let trial = trial([Self.answer])
    #expect(trial.run("chat", "-m", "gpt-4.1", "Hello") == .exit(.done))
    #expect(trial.typist?.reads.isEmpty == true)
  }
}
