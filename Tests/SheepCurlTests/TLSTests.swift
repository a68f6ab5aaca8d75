import SheepCore
import SheepCurl
import SheepTesting
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Certificates that must be refused before a byte of the request leaves, against a real TLS
/// server.
@Suite(
  "TLS", .enabled(if: TestAuthority.openssl != nil, "needs the program openssl"), .timeLimit(.minutes(2)))
struct TLSTests {
  let authority: TestAuthority

  init() throws {
    authority = try TestAuthority()
  }

  private func fetch(port: UInt16, authorityFile: String?, host: String = "127.0.0.1") -> RecordingHandler {
    var request = HTTPRequest(
      method: "GET", url: "https://\(host):\(port)/",
      credential: .init(header: "Authorization", prefix: "Bearer ", secret: Secret("sk-0123456789abcdef")))
    request.settings.certificateFile = authorityFile
    return CurlLoop(environment: CurlEnvironment()).fetch(request)
  }

  @Test("a trusted server is talked to")
  func trusted() throws {
    let server = try authority.serve(certificate: try authority.certificate(for: "IP:127.0.0.1"))
    let handler = fetch(port: server.port, authorityFile: authority.certificate)
    #expect(handler.problem == nil)
    #expect(handler.heads.first?.status == 200)
    #expect(handler.end?.connection.tls != nil)
    #expect(handler.end?.connection.reused == false)
  }

  @Test("the folder of authorities in the environment is trusted")
  func trustedFolder() throws {
    let server = try authority.serve(certificate: try authority.certificate(for: "IP:127.0.0.1"))
    #expect(try Subprocess(TestAuthority.openssl ?? "", ["rehash", authority.folder.path]).wait() == 0)
    let environment = CurlEnvironment { ["SSL_CERT_DIR": authority.folder.path][$0] }
    let request = HTTPRequest(method: "GET", url: "https://127.0.0.1:\(server.port)/")
    #expect(CurlLoop(environment: environment).fetch(request).problem == nil)
  }

  @Test(
    "a wrong certificate is refused before anything is sent",
    arguments: ["unknown authority", "expired", "another host"])
  func wrongCertificate(what: String) throws {
    let certificate = try authority.certificate(
      for: what == "another host" ? "DNS:other.example" : "IP:127.0.0.1",
      days: what == "expired" ? -1 : 2)
    let server = try authority.serve(certificate: certificate)
    let trusted = what == "unknown authority" ? nil : authority.certificate
    let handler = fetch(port: server.port, authorityFile: trusted)
    #expect(handler.problem?.kind == .certificate)
    #expect(handler.calls == ["end"])
    #expect(handler.problem?.detail.isEmpty == false)
  }

  @Test("what a handshake agreed on is told when asked")
  func handshake() throws {
    let server = try authority.serve(certificate: try authority.certificate(for: "IP:127.0.0.1"))
    let loop = CurlLoop(environment: CurlEnvironment())
    var request = HTTPRequest(method: "GET", url: "https://127.0.0.1:\(server.port)/")
    request.settings.certificateFile = authority.certificate
    #expect(loop.fetch(request).end?.connection.security == nil)
    request.settings.inspectsTLS = true
    let security = try #require(
      CurlLoop(environment: CurlEnvironment()).fetch(request).end?.connection.security)
    #expect(security.version == "TLSv1.3")
    let certificate = try #require(security.certificate)
    #expect(certificate.issuer == "Test" && certificate.subject == "server")
    #expect(certificate.problem == nil && certificate.chainLength == 2)
    #expect(certificate.notAfter - certificate.notBefore == 2 * 86_400)
  }

  @Test(
    "an inspection changes nothing of what is trusted",
    arguments: [("expired", 10), ("unknown authority", 20), ("another host", 0)])
  func inspectedTrust(what: String, code: Int) throws {
    let certificate = try authority.certificate(
      for: what == "another host" ? "DNS:other.example" : "IP:127.0.0.1", days: what == "expired" ? -1 : 2)
    let server = try authority.serve(certificate: certificate)
    var request = HTTPRequest(method: "GET", url: "https://127.0.0.1:\(server.port)/")
    request.settings.certificateFile = what == "unknown authority" ? nil : authority.certificate
    request.settings.inspectsTLS = true
    let handler = CurlLoop(environment: CurlEnvironment()).fetch(request)
    #expect(handler.problem?.kind == .certificate)
    #expect(handler.sent.isEmpty)
    #expect(handler.end?.connection.security?.certificate?.problemCode == code)
  }

  @Test("a missing file of authorities is a failure of the certificate, and nothing is sent")
  func missingAuthority() throws {
    let server = try authority.serve(certificate: try authority.certificate(for: "IP:127.0.0.1"))
    let handler = fetch(port: server.port, authorityFile: authority.folder.path + "/none.pem")
    #expect(handler.problem?.kind == .certificate)
    #expect(handler.sent.isEmpty)
  }

  @Test("old versions of TLS are refused")
  func oldTLS() throws {
    // Level 0 lets this server offer what is refused here.
    let server = try authority.serve(
      certificate: try authority.certificate(for: "IP:127.0.0.1"),
      ["-tls1_1", "-cipher", "ALL:@SECLEVEL=0"])
    let handler = fetch(port: server.port, authorityFile: authority.certificate)
    #expect(handler.problem?.kind == .handshake)
    #expect(handler.sent.isEmpty)
  }

  @Test("an answer that is not TLS is a failed handshake")
  func notTLS() throws {
    let loop = CurlLoop(environment: CurlEnvironment())
    let server = try LoopServer(on: loop)
    server.onConnection = { connection in connection.send("HTTP/1.1 400 Bad Request\r\n\r\n") }
    let handler = loop.fetch(
      HTTPRequest(method: "GET", url: "https://127.0.0.1:\(server.port)/"))
    #expect(handler.problem?.kind == .handshake)
    #expect(handler.calls == ["end"])
  }
}

/// HTTP/2, spoken with nginx.
@Suite(
  "HTTP/2",
  .enabled(
    if: HTTP2Server.nginx != nil && TestAuthority.openssl != nil, "needs the programs nginx and openssl"),
  .timeLimit(.minutes(2)))
struct HTTP2Tests {
  @Test("many transfers share one connection")
  func shared() throws {
    let server = try HTTP2Server()
    let loop = CurlLoop(environment: CurlEnvironment())
    let first = loop.fetch(server.request("/first"))
    #expect(first.problem == nil)
    #expect(first.text == "hello\n")
    #expect(first.heads.first?.version == "2")
    #expect(first.heads.first?.headers["x-server"] == "test")
    #expect(first.end?.connection.httpVersion == "2")
    #expect(first.end?.connection.tls != nil)

    let handlers = (0..<30).map { _ in RecordingHandler() }
    for handler in handlers { _ = loop.start(server.request("/next"), handler: handler) }
    loop.runUntil { handlers.allSatisfy { $0.end != nil } }
    #expect(handlers.allSatisfy { $0.problem == nil && $0.text == "hello\n" })
    #expect(handlers.allSatisfy { $0.end?.connection.reused == true })
  }

  @Test("a cancelled stream leaves the others alone")
  func cancelledStream() throws {
    let server = try HTTP2Server()
    let loop = CurlLoop(environment: CurlEnvironment())
    loop.fetch(server.request("/first"))
    let kept = RecordingHandler()
    let dropped = RecordingHandler()
    let transfer = loop.start(server.request("/dropped"), handler: dropped)
    dropped.onSend = { transfer.cancel() }
    _ = loop.start(server.request("/kept"), handler: kept)
    loop.runUntil { kept.end != nil }
    #expect(kept.text == "hello\n")
    #expect(kept.problem == nil)
    #expect(dropped.calls == ["send"])
  }
}

/// nginx with HTTP/2 on a port of loopback, its files in a folder of its own.
private final class HTTP2Server {
  static let nginx = Subprocess.path(of: "nginx")

  let authority: TestAuthority
  private(set) var port: UInt16 = 0
  private let nginx: String
  private var configuration: String { authority.folder.path + "/nginx.conf" }

  init() throws {
    nginx = try #require(Self.nginx)
    authority = try TestAuthority()
    let certificate = try authority.certificate(for: "IP:127.0.0.1")
    // It returns when it listens. Another program may take the port in between.
    for _ in 0..<5 {
      port = try LoopServer.deadPort()
      try authority.folder.write("nginx.conf", text(certificate))
      if try Subprocess(nginx, ["-c", configuration, "-e", "/dev/null"]).wait() == 0 { return }
    }
    Issue.record("nginx does not start")
  }

  deinit {
    _ = try? Subprocess(nginx, ["-c", configuration, "-e", "/dev/null", "-s", "stop"]).wait()
  }

  func request(_ path: String) -> HTTPRequest {
    var request = HTTPRequest(method: "GET", url: "https://127.0.0.1:\(port)\(path)")
    request.settings.certificateFile = authority.certificate
    return request
  }

  private func text(_ certificate: String) -> String {
    let folder = authority.folder.path
    let temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
      .map { "\($0)_temp_path \(folder);" }.joined(separator: "\n")
    return """
      \(geteuid() == 0 ? "user root;" : "")
      worker_processes 1;
      pid \(folder)/nginx.pid;
      events { }
      http {
        access_log off;
        \(temporary)
        server {
          listen 127.0.0.1:\(port) ssl http2;
          ssl_certificate \(certificate);
          ssl_certificate_key \(authority.serverKey);
          add_header X-Server test;
          location / { return 200 "hello\\n"; }
        }
      }
      """
  }
}
