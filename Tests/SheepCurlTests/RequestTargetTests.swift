import SheepCore
import SheepCurl
import Testing

/// What libcurl's parser makes of a URL is what a guard sees and what a transfer asks for.
@Suite("RequestTarget: URLs as libcurl reads them", .timeLimit(.minutes(2)))
struct RequestTargetTests {
  init() throws { _ = try CurlLibrary.open() }

  @Test(
    "a host is named in libcurl's spelling",
    arguments: [
      ("http://LOCALHOST:1/", "localhost"), ("http://EXAMPLE.com.", "example.com."),
      ("http://[::ffff:127.0.0.1]", "[::ffff:127.0.0.1]"), ("http://[::FFFF:7f00:1]/", "[::ffff:7f00:1]"),
      ("http://[0:0::1]", "[::1]"), ("http://[::1%25lo]", "[::1]"),
      ("http://0x7f.1", "127.0.0.1"), ("http://2130706433", "127.0.0.1"),
      ("http://017700000001", "127.0.0.1"),
      ("http://127.1/", "127.0.0.1"), ("http://%31%32%37.0.0.1", "127.0.0.1"), ("http://0", "0.0.0.0"),
      ("http:///127.0.0.1", "127.0.0.1"), ("http:/127.0.0.1", "127.0.0.1"),
      ("http://127.0.0.1:", "127.0.0.1"),
      ("http://evil.example#@127.0.0.1", nil), ("http://evil.example?@127.0.0.1", "evil.example"),
      ("http://evil.example/@127.0.0.1", "evil.example"), ("http://127.0.0.1.", "127.0.0.1."),
      ("http://127.0.0.1%2f@evil", nil), ("http://127.0.0.1%2fevil", nil), ("http://a@b@c", nil),
      ("http://user:password@evil", nil), ("http://@evil", nil), ("http://evil\\@127.0.0.1", nil),
      ("http://127.0.0.1\\.evil", nil), ("http:\\\\evil", nil), ("http://ev\til", nil),
      ("\thttp://evil", nil),
      ("http://evil ", nil), ("http://evil\n", nil), ("http://127.0.0.1:80:90", nil), ("http://[v1.x]", nil),
      ("ftp://evil", nil), ("evil", nil), ("http://", nil),
    ])
  func spelling(url: String, host: String?) {
    #expect((try? RequestTarget(url: url))?.host.name == host)
    #expect((try? CurlLibrary.host(of: url))?.name == host)
  }

  @Test(
    "a name in other letters is what it is in punycode, an address included",
    arguments: [
      ("http://münchen.example", "xn--mnchen-3ya.example"), ("http://①②⑦.⓪.⓪.①", "127.0.0.1"),
      ("http://127。0。0。1", "127.0.0.1"), ("http://ｌocalhost", "localhost"),
    ])
  func otherLetters(url: String, host: String) throws {
    // In the C locale, or without IDN, libcurl cannot convert the name, and asks nobody. Before
    // 7.88 it gave the name out as it is, which is no address and not this machine.
    guard let read = try? RequestTarget(url: url).host else {
      let handler = CurlLoop(environment: CurlEnvironment()).fetch(post(url))
      #expect(handler.problem?.kind == .invalidRequest && handler.sent.isEmpty)
      return
    }
    let isAsItWas = read.name.utf8.contains { $0 >= 0x80 }
    #expect(read.name == host || isAsItWas && read.address == nil && !read.isLoopback)
    #expect(try CurlLibrary.open().number < 0x075800 || !isAsItWas)
  }

  @Test(
    "this machine is known by its spelling alone",
    arguments: [
      ("http://LOCALHOST:1/", true, false), ("http://127.1/", true, true), ("http://[::1]/", true, true),
      ("http://localhost.example.com/", false, false), ("http://128.0.0.1/", false, true),
      ("http://10.0.0.1/", false, true), ("http://localhost./", false, false),
      ("http://127.0.0.1./", false, false), ("http://256.0.0.1/", false, false),
    ])
  func thisMachine(url: String, isLoopback: Bool, isAddress: Bool) throws {
    let host = try RequestTarget(url: url).host
    #expect(host.isLoopback == isLoopback)
    #expect((host.address != nil) == isAddress)
  }

  @Test(
    "the guard's reading and the connection of a transfer agree",
    arguments: ["0x7f.1", "2130706433", "127.1", "%31%32%37.0.0.1"])
  func agreement(spelled: String) throws {
    let loop = CurlLoop(environment: CurlEnvironment())
    let server = try LoopServer(on: loop)
    server.onRequest = { connection, _ in connection.send(answer("ok")) }
    let url = "http://\(spelled):\(server.port)/"
    let address = try #require(try RequestTarget(url: url).host.address)
    let handler = loop.fetch(post(url))
    #expect(handler.end?.connection.remoteAddress.flatMap { IPAddress($0) } == address)
    #expect(address.isPrivate && address.isLoopback)
  }
}
