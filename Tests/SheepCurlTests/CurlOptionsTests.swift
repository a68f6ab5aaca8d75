import SheepCore
import SheepCurl
import Testing

/// The list of options against the threat table, and the requests that must not leave.
@Suite("options of libcurl")
struct CurlOptionsTests {
  let library: CurlLibrary

  init() throws {
    library = try CurlLibrary.open()
  }

  private func settings(
    _ request: HTTPRequest, environment: CurlEnvironment = CurlEnvironment(), library: CurlLibrary? = nil
  ) throws -> [String: CurlSetting.Value] {
    let context = try CurlOptions.Context(
      request: request, library: library ?? self.library, environment: environment)
    let list = try CurlOptions.settings(for: request, in: context)
    #expect(Set(list.map(\.name)).count == list.count, "an option is set twice")
    return Dictionary(uniqueKeysWithValues: list.map { ($0.name, $0.value) })
  }

  @Test("every option of libcurl is the one of the threat table")
  func threatTable() throws {
    var request = post("https://api.example.com/v1/chat/completions", body: "{}")
    request.settings.certificateFile = "/etc/ca.pem"
    var modern = library
    modern.number = 0x080000
    let expected: [String: CurlSetting.Value] = [
      "URL": .text("https://api.example.com/v1/chat/completions"),
      "PROTOCOLS_STR": .text("https"), "REDIR_PROTOCOLS_STR": .text("https"),
      "DISALLOW_USERNAME_IN_URL": .number(1), "HTTPHEADER": .memory(.headerLines),
      "POST": .number(1), "POSTFIELDSIZE_LARGE": .size(2), "COPYPOSTFIELDS": .bytes(Array("{}".utf8)),
      "FOLLOWLOCATION": .number(0), "MAXREDIRS": .number(0), "UNRESTRICTED_AUTH": .number(0),
      "NETRC": .number(0), "HTTPAUTH": .number(0), "HTTP_CONTENT_DECODING": .number(0),
      "HTTP09_ALLOWED": .number(0), "VERBOSE": .number(0),
      "HTTP_VERSION": .number(4), "NOSIGNAL": .number(1), "NOPROGRESS": .number(1),
      "CONNECTTIMEOUT_MS": .number(10_000), "TIMEOUT_MS": .number(0), "LOW_SPEED_LIMIT": .number(0),
      "TCP_NODELAY": .number(1), "TCP_KEEPALIVE": .number(1), "TCP_KEEPIDLE": .number(60),
      "TCP_KEEPINTVL": .number(60), "MAXAGE_CONN": .number(30), "PIPEWAIT": .number(0),
      "FRESH_CONNECT": .number(0), "FORBID_REUSE": .number(0),
      "BUFFERSIZE": .number(65536), "QUICK_EXIT": .number(1),
      "SSL_VERIFYPEER": .number(1), "SSL_VERIFYHOST": .number(2), "SSLVERSION": .number(6),
      "PROXY_SSL_VERIFYPEER": .number(1), "PROXY_SSL_VERIFYHOST": .number(2),
      "PROXY_SSLVERSION": .number(6), "CAINFO": .text("/etc/ca.pem"), "CAPATH": .text(nil),
      "PROXY_CAINFO": .text("/etc/ca.pem"), "PROXY_CAPATH": .text(nil),
      "PROXY": .text(""), "NOPROXY": .text(""), "HTTPPROXYTUNNEL": .number(0),
      "SUPPRESS_CONNECT_HEADERS": .number(1), "ERRORBUFFER": .memory(.errorText),
      "WRITEFUNCTION": .callback(.body), "WRITEDATA": .memory(.transfer),
      "HEADERFUNCTION": .callback(.header), "HEADERDATA": .memory(.transfer),
      "PREREQFUNCTION": .callback(.beforeSending), "PREREQDATA": .memory(.transfer),
    ]
    let actual = try settings(request, library: modern)
    for name in Set(expected.keys).union(actual.keys).sorted() {
      #expect(actual[name] == expected[name], "\(name)")
    }
  }

  @Test("an inspection adds only an observer")
  func inspection() throws {
    let plain = post("https://api.example.com/v1/chat/completions", body: "{}")
    var inspected = plain
    inspected.settings.inspectsTLS = true
    var expected = try settings(plain)
    expected["SSL_CTX_DATA"] = .memory(.tlsFacts)
    expected["SSL_CTX_FUNCTION"] = .callback(.tlsContext)
    #expect(try settings(inspected) == expected)
    var other = library
    other.readsHashedFolders = false
    #expect(try settings(inspected, library: other)["SSL_CTX_FUNCTION"] == nil)
  }

  @Test("for an http URL no other protocol is allowed")
  func plainHTTP() throws {
    let list = try settings(post("http://127.0.0.1:8080/v1"))
    #expect(list["PROTOCOLS_STR"] == .text("http"))
    #expect(list["CAINFO"] == nil)
  }

  @Test("without HTTP/2 in the library HTTP/1.1 is asked for")
  func withoutHTTP2() throws {
    var old = library
    old.hasHTTP2 = false
    #expect(try settings(post("https://api.example.com/"), library: old)["HTTP_VERSION"] == .number(2))
  }

  @Test("a connect timeout is at least 1 ms and at most what libcurl can hold")
  func connectTimeout() throws {
    var request = post("https://api.example.com/")
    request.settings.connectTimeout = .zero
    #expect(try settings(request)["CONNECTTIMEOUT_MS"] == .number(1))
    request.settings.connectTimeout = .seconds(1e12)
    #expect(try settings(request)["CONNECTTIMEOUT_MS"] == .number(Int(Int32.max)))
  }

  @Test(
    "a URL that is not safe is refused, with the reason",
    arguments: [
      ("http://api.example.com/v1", "unencrypted"),
      ("http://127.0.0.1.example.com/v1", "unencrypted"),
      ("https://user:pass@api.example.com/v1", ""),
      ("https://api.example.com/v1#x", "fragment"),
      ("https://api.example.com/v1\r\nX: y", "control"),
      ("https://api.example.com/a b", "space"),
      ("ftp://api.example.com/", "neither"),
      ("file:///etc/passwd", ""),
      ("api.example.com/v1", ""),
      ("https://", ""),
      ("", ""),
    ])
  func refusesURL(url: String, reason: String) throws {
    let error = #expect(throws: RequestTarget.Refused.self) {
      _ = try settings(post(url, key: "sk-0123456789abcdef"))
    }
    #expect(error?.reason.contains(reason) == true || reason.isEmpty)
    #expect(error?.reason.contains("sk-") == false)
  }

  @Test("a key over plain http does not go through a proxy elsewhere")
  func keyAndProxy() throws {
    var request = post("http://localhost:8080/v1", key: "sk-0123456789abcdef")
    request.settings.proxy = "http://proxy.example.com:3128"
    #expect(throws: RequestTarget.Refused.self) { _ = try settings(request) }
    request.settings.proxy = "http://127.0.0.1:3128"
    #expect(try settings(request)["HTTPPROXYTUNNEL"] == .number(1))
  }

  @Test(
    "a header field that could forge another is refused",
    arguments: [
      HTTPHeaders.Field("X-Evil", "a\r\nX-Other: b"), .init("X-Evil", "a\u{0}b"), .init("X-Evil", "a\tb"),
      .init("X-Evil", "\u{7f}"), .init("X Evil", "a"), .init("X-Evil:", "a"), .init("", "a"),
      .init("X-\u{e9}", "a"), .init("Content-Length", "1"), .init("host", "other"),
      .init("Transfer-Encoding", "chunked"), .init("Expect", "100-continue"),
    ])
  func refusesHeader(field: HTTPHeaders.Field) {
    let loop = CurlLoop(environment: CurlEnvironment())
    var request = post("http://127.0.0.1:9/")
    request.headers.append(field.name, field.value)
    let handler = loop.fetch(request)
    #expect(handler.problem?.kind == .invalidRequest)
    #expect(handler.calls == ["end"])
  }

  @Test(
    "a key that cannot be a header value is refused",
    arguments: ["", "sk\r\nX: y", "sk key", "sk-\u{e9}", "sk\u{0}"])
  func refusesKey(key: String) {
    let handler = CurlLoop(environment: CurlEnvironment()).fetch(post("http://127.0.0.1:9/", key: key))
    #expect(handler.problem?.kind == .invalidRequest)
    #expect(handler.problem?.detail.hasPrefix("the key ") == true)
  }

  @Test("a method other than the known ones is refused", arguments: ["PUT", "get", ""])
  func refusesMethod(method: String) {
    let request = HTTPRequest(method: method, url: "http://127.0.0.1:9/")
    #expect(
      CurlLoop(environment: CurlEnvironment()).fetch(request).problem?.kind == .invalidRequest)
  }
}
