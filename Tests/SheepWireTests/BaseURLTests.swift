import SheepCore
import SheepWire
import Testing

@Suite("base URL")
struct BaseURLTests {
  @Test(
    "every way of writing an address leads to the same endpoint",
    arguments: [
      ("https://api.holysheep.ai/v1", "https://api.holysheep.ai/v1/chat/completions"),
      ("https://api.holysheep.ai", "https://api.holysheep.ai/v1/chat/completions"),
      ("https://api.holysheep.ai/", "https://api.holysheep.ai/v1/chat/completions"),
      ("https://api.holysheep.ai/v1/", "https://api.holysheep.ai/v1/chat/completions"),
      ("https://api.holysheep.ai/v1///", "https://api.holysheep.ai/v1/chat/completions"),
      ("HTTPS://API.HolySheep.AI:443/v1", "https://api.holysheep.ai/v1/chat/completions"),
      ("https://api.holysheep.ai/v1/chat/completions", "https://api.holysheep.ai/v1/chat/completions"),
      ("https://api.holysheep.ai/chat/completions/", "https://api.holysheep.ai/v1/chat/completions"),
      ("https://api.holysheep.ai/v1/models", "https://api.holysheep.ai/v1/chat/completions"),
      ("https://api.holysheep.ai/v1/messages", "https://api.holysheep.ai/v1/chat/completions"),
      ("https://openrouter.ai/api", "https://openrouter.ai/api/v1/chat/completions"),
      ("https://api.groq.com/openai/v1", "https://api.groq.com/openai/v1/chat/completions"),
      ("https://g.example/v1beta/openai", "https://g.example/v1beta/openai/chat/completions"),
      ("https://g.example/a/v2/b", "https://g.example/a/v2/b/chat/completions"),
      (
        "https://x.example/openai/deployments/gpt",
        "https://x.example/openai/deployments/gpt/chat/completions"
      ),
      ("https://x.example/a%20b/~c", "https://x.example/a%20b/~c/v1/chat/completions"),
      ("http://localhost:11434", "http://localhost:11434/v1/chat/completions"),
      ("http://127.0.0.1:80", "http://127.0.0.1/v1/chat/completions"),
      ("http://[::1]:8080/v1", "http://[::1]:8080/v1/chat/completions"),
      ("https://my_host-1.example:65535", "https://my_host-1.example:65535/v1/chat/completions"),
    ])
  func everyWay(_ text: String, _ url: String) throws {
    #expect(try BaseURL(text).appending("chat/completions") == url)
  }

  @Test(
    "an address that could be read in two ways is refused",
    arguments: [
      "", "api.holysheep.ai", "ftp://host", "https:/host", "https:host", "//host/v1", "https://",
      "https:///v1",
      "https://:443", "https://user@host", "https://user:pass@host", "https://host@evil.example/",
      "https://host?x=1", "https://host/v1?key=abc", "https://host#f", "https://ho st", " https://host",
      "https://host\n",
      "https://host\t/v1", "https://host\u{0}", "https://h\u{7f}ost", "https://h\u{e9}st",
      "https://host\\@evil.example",
      "https://host%2f.evil.example", "https://host%00", "https://a..b", "https://.a", "https://a.",
      "https://a,b",
      "https://[::1", "https://::1", "https://[::1]x", "https://[]", "https://[1:2]", "https://[::1%25lo]",
      "https://[:::1]", "https://[1::2::3]", "https://[12345::]", "https://[1:2:3:4:5:6:7:8:9]",
      "https://host:", "https://host:0", "https://host:65536", "https://host:99999999999999999999",
      "https://host:8a",
      "https://host:+1", "https://host:1:2", "https://127.1", "https://2130706433", "https://0x7f.0.0.1",
      "https://0177.0.0.1", "https://127.0.0.01", "https://1.2.3.4.5", "https://256.1.1.1",
      "https://0x7f000001",
      "https://host/../v1", "https://host/v1/..", "https://host/%2e%2E/v1", "https://host/./v1",
      "https://host/a//b",
      "https://host/a%2fb", "https://host/a%5cb", "https://host/a%0ab", "https://host/a%",
      "https://host/a%zz",
      "https://host/a;b", "https://host/<a>", "https://host/v1/{model}",
    ])
  func addressCould(_ text: String) {
    #expect {
      try BaseURL(text)
    } throws: { error in
      guard let failure = error as? Failure else { return false }
      let isClean = !failure.sentence.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7f }
      return failure.kind == .usage && isClean
    }
  }

  @Test(
    "the refusal says what to write",
    arguments: [
      ("api.openai.com/v1", "write https://api.openai.com/v1"),
      ("localhost:8080", "write http://localhost:8080"),
      ("127.0.0.1:1", "write http://127.0.0.1:1"), ("ftp://x", "use https://"),
      ("https://\u{bb34}.example", "write the host in punycode: xn--…"),
      ("https://127.1", "write it as 127.0.0.1"),
    ])
  func refusalSays(_ text: String, _ advice: String) {
    do {
      _ = try BaseURL(text)
      Issue.record("was accepted")
    } catch {
      #expect(error.advice == advice)
    }
  }

  @Test(
    "a refusal does not repeat what may be a secret",
    arguments: [
      "https://me:hunter2@host/v1", "https://host/v1?key=hunter2", "https://host/#hunter2", "me:hunter2@host",
    ])
  func refusalRepeat(_ text: String) {
    do {
      _ = try BaseURL(text)
      Issue.record("was accepted")
    } catch {
      #expect(!error.sentence.contains("hunter2"))
    }
  }

  @Test(
    "only this machine's own spellings are loopback",
    arguments: [
      ("http://localhost", true), ("http://LOCALHOST:1", true), ("http://a.localhost", true),
      ("http://127.0.0.1", true),
      ("http://127.255.3.9:8080", true), ("http://[::1]", true), ("http://localhost.evil.example", false),
      ("http://127.0.0.1.evil.example", false), ("http://128.0.0.1", false), ("http://[::2]", false),
      ("http://[::ffff:127.0.0.1]", false), ("http://xlocalhost", false), ("https://api.holysheep.ai", false),
    ])
  func machineSpellings(_ text: String, _ isLoopback: Bool) throws {
    #expect(try BaseURL(text).isLoopback == isLoopback)
  }

  @Test("the origin has scheme, host and a port only where it differs")
  func originScheme() throws {
    let plain = try BaseURL("http://Example.com:443/a")
    #expect(plain.origin == "http://example.com:443")
    #expect(plain.host == "example.com")
    #expect(plain.path == "/a/v1")
    #expect(!plain.isSecure)
    #expect(try BaseURL("https://example.com:443").origin == "https://example.com")
    #expect(try BaseURL("https://[FE80::A]:8443").origin == "https://[fe80::a]:8443")
  }
}
