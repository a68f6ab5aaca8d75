import SheepCore
import SheepMock
import SheepTesting
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// `ping` through nginx in front of a gateway: as it should be, and wrongly configured.
@Suite(
  "ping: behind nginx",
  .enabled(if: Front.nginx != nil && TestAuthority.openssl != nil, "needs the programs nginx and openssl"),
  .timeLimit(.minutes(2)))
struct PingFrontTests {
  private func paced() throws -> MockGateway {
    var configuration = MockConfiguration()
    configuration.fault.tokensPerSecond = 40
    configuration.fault.firstTokenAfter = .milliseconds(20)
    return try MockGateway(configuration)
  }

  private func deep(_ front: Front) -> CommandRun {
    CommandRun.of([
      "ping", "--base-url", front.url, "-m", "gpt-4.1", "--deep", "--ca-file", front.authority.certificate,
      "--price", "in=1,out=2",
    ])
  }

  @Test("a proxy that holds the stream back is found, with the setting that helps")
  func buffered() throws {
    let gateway = try paced()
    defer { gateway.stop() }
    let run = deep(try Front(to: gateway, certificate: .good, settings: ""))
    #expect(run.mark("incremental") == "!", "\(run.output)\(run.errors)")
    let text = run.output.split { $0 == " " || $0 == "\n" }.joined(separator: " ")
    #expect(text.contains("proxy_buffering off") && text.contains("nginx"), "\(text)")
    #expect(run.status == 0)
    #expect(run.line("tls").contains("TLSv1.") && run.line("tls").contains("by Test"), "\(run.output)")
  }

  @Test("a proxy that passes the stream on is found incremental; a certificate near its end is a warning")
  func unbuffered() throws {
    let gateway = try paced()
    defer { gateway.stop() }
    let run = deep(
      try Front(to: gateway, certificate: .good, settings: "proxy_buffering off; proxy_http_version 1.1;"))
    #expect(run.mark("incremental") == "✓", "\(run.output)\(run.errors)")
    // Two days are all that the test's certificates have.
    #expect(run.mark("tls") == "!" && run.output.contains("days left"))
    #expect(run.line("http").contains("nginx"))
  }

  @Test(
    "what is wrong with a certificate is told, with advice",
    arguments: [
      (Front.Certificate.expired, "expired", "renew it"),
      (.otherHost, "is for server, not for 127.0.0.1", "check the spelling"),
      (.selfSigned, "self-signed", "--ca-file"),
      (.unknownAuthority, "signed by Test, which is not trusted", "--ca-file"),
    ])
  func certificates(certificate: Front.Certificate, problem: String, advice: String) throws {
    let gateway = try MockGateway(.instant())
    defer { gateway.stop() }
    let front = try Front(to: gateway, certificate: certificate, settings: "")
    let trusted =
      certificate == .unknownAuthority || certificate == .selfSigned
      ? [] : ["--ca-file", front.authority.certificate]
    let run = CommandRun.of(["ping", "--base-url", front.url] + trusted)
    #expect(run.mark("tcp") == "✓")
    #expect(run.mark("tls") == "✗", "\(run.output)\(run.errors)")
    #expect(run.line("tls").contains(problem), "\(run.output)")
    #expect(run.errors.contains(advice), "\(run.errors)")
    #expect(run.status == 5)
    #expect(gateway.requestCount == 0, "nothing is sent to a server that is not trusted")
  }

  @Test("a proxy without a gateway behind it is a failure of HTTP")
  func deadUpstream() throws {
    let gateway = try MockGateway(.instant())
    let front = try Front(to: gateway, certificate: .good, settings: "")
    gateway.stop()
    let run = CommandRun.of(["ping", "--base-url", front.url, "--ca-file", front.authority.certificate])
    #expect(run.mark("http") == "✗", "\(run.output)")
    #expect(run.errors.contains("502"), "\(run.errors)")
    #expect(run.status == 6)
  }

  @Test("a web page instead of the gateway points to the path of the address")
  func otherPath() throws {
    let gateway = try MockGateway(.instant())
    defer { gateway.stop() }
    let front = try Front(to: gateway, certificate: .good, settings: "", location: "/api/")
    let wrong = CommandRun.of(["ping", "--base-url", front.url, "--ca-file", front.authority.certificate])
    #expect(wrong.mark("http") == "✗", "\(wrong.output)")
    #expect(wrong.errors.contains("web page (404)") && wrong.errors.contains("path of the address"))
    let right = CommandRun.of([
      "ping", "--base-url", front.url + "/api", "--ca-file", front.authority.certificate,
    ])
    #expect(right.mark("auth") == "✓", "\(right.output)")
  }
}

/// nginx as a front of a gateway, on a port of loopback, its files in a folder of its own.
final class Front {
  static let nginx = Subprocess.path(of: "nginx")

  /// What it shows to those who connect.
  enum Certificate: String, Sendable {
    case good, expired, otherHost, selfSigned, unknownAuthority
  }

  let authority: TestAuthority
  private(set) var port: UInt16 = 0
  private let nginx: String
  private var configuration: String { authority.folder.path + "/nginx.conf" }
  var url: String { "https://127.0.0.1:\(port)" }

  init(to gateway: MockGateway, certificate: Certificate, settings: String, location: String = "/") throws {
    nginx = try #require(Self.nginx)
    authority = try TestAuthority()
    let file =
      switch certificate {
      case .good, .unknownAuthority: try authority.certificate(for: "IP:127.0.0.1")
      case .expired: try authority.certificate(for: "IP:127.0.0.1", days: -1)
      case .otherHost: try authority.certificate(for: "DNS:other.example")
      case .selfSigned: try authority.selfSigned(for: "IP:127.0.0.1")
      }
    // It returns when it listens. Another program may take the port in between.
    for _ in 0..<5 {
      let socket = try LoopbackSocket()
      port = socket.port
      socket.close()
      try authority.folder.write("nginx.conf", text(file, settings, location, gateway.port))
      if try Subprocess(nginx, ["-c", configuration, "-e", "/dev/null"]).wait() == 0 { return }
    }
    Issue.record("nginx does not start")
  }

  deinit {
    _ = try? Subprocess(nginx, ["-c", configuration, "-e", "/dev/null", "-s", "stop"]).wait()
  }

  private func text(_ file: String, _ settings: String, _ location: String, _ upstream: UInt16) -> String {
    let folder = authority.folder.path
    let temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
      .map { "\($0)_temp_path \(folder);" }.joined(separator: "\n")
    let path = location == "/" ? "" : "/"
    return """
      \(geteuid() == 0 ? "user root;" : "")
      worker_processes 1;
      pid \(folder)/nginx.pid;
      events { }
      http {
        access_log off;
        \(temporary)
        server {
          listen 127.0.0.1:\(port) ssl;
          ssl_certificate \(file);
          ssl_certificate_key \(authority.serverKey);
          root \(folder);
          location \(location) { proxy_pass http://127.0.0.1:\(upstream)\(path); \(settings) }
        }
      }
      """
  }
}
