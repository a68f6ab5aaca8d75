import SheepCore
import SheepMock
import SheepTesting
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// `ping` where names, ports and machines are not what they should be.
@Suite("ping: names, ports and proxies", .timeLimit(.minutes(2)))
struct PingNetworkTests {
  private static let key = [
    "HOLYSHEEP_API_KEY": "sk-0123456789abcdefghijklmnop", "SHEEP_API_KEY": "sk-0123456789abcdefghijklmnop",
  ]

  @Test("a closed port is a refused connection")
  func closedPort() throws {
    let socket = try LoopbackSocket()
    let port = socket.port
    socket.close()
    let run = CommandRun.of(["ping", "--base-url", "http://127.0.0.1:\(port)"])
    #expect(run.mark("tcp") == "✗")
    #expect(
      run.errors.contains("127.0.0.1:\(port): connection refused; is the server running on that port?")
    )
    #expect(run.status == 5)
  }

  @Test("an address that never answers ends at --connect-timeout and suggests a firewall")
  func swallowed()
    throws
  {
    // A queue for one connection that nobody takes from: further ones get no answer at all.
    let socket = try LoopbackSocket(backlog: 0)
    defer { socket.close() }
    try socket.fill()
    let run = CommandRun.of([
      "ping", "--base-url", "http://127.0.0.1:\(socket.port)", "--connect-timeout", "0.3",
    ])
    #expect(run.mark("tcp") == "✗", "\(run.output)")
    #expect(run.errors.contains("no connection within") && run.errors.contains("firewall"), "\(run.errors)")
    #expect(run.status == 5)
  }

  @Test("a name that does not exist fails at DNS, and no connection is tried")
  func unknownName() throws {
    let run = CommandRun.of(
      ["ping", "--base-url", "https://no-such-gateway.invalid", "--connect-timeout", "2"], variables: Self.key
    )
    #expect(run.mark("dns") == "✗", "\(run.output)")
    #expect(run.mark("tcp") == "-")
    #expect(run.errors.contains("no-such-gateway.invalid") && run.errors.contains("; "))
    #expect(run.status == 5)
  }

  @Test("a server that accepts and says nothing fails at TLS")
  func noHandshake() throws {
    let socket = try LoopbackSocket()
    defer { socket.close() }
    let run = CommandRun.of([
      "ping", "--base-url", "https://127.0.0.1:\(socket.port)", "--connect-timeout", "0.4",
    ])
    #expect(run.mark("tcp") == "✓", "\(run.output)")
    #expect(run.mark("tls") == "✗", "\(run.output)")
    #expect(run.errors.contains("no TLS handshake within 0.4 s"), "\(run.errors)")
    #expect(run.status == 5)
  }

  @Test("a server of plain HTTP behind an https address fails at TLS, with advice")
  func plainHTTP() throws {
    let gateway = try MockGateway(.instant())
    defer { gateway.stop() }
    let run = CommandRun.of([
      "ping", "--base-url", "https://127.0.0.1:\(gateway.port)", "--connect-timeout", "0.5",
    ])
    #expect(run.mark("tls") == "✗", "\(run.output)")
    #expect(run.errors.contains("speaks https"))
  }

  @Test("a proxy that is not there is named by its variable, without its password")
  func missingProxy() throws {
    let socket = try LoopbackSocket()
    let port = socket.port
    socket.close()
    let run = CommandRun.of(
      ["ping", "--base-url", "https://gateway.example"],
      variables: Self.key.merging(["HTTPS_PROXY": "http://user:secret@127.0.0.1:\(port)"]) { $1 })
    #expect(run.mark("proxy") == "✗", "\(run.output)")
    #expect(run.errors.contains("HTTPS_PROXY") && run.errors.contains("--proxy ''"), "\(run.errors)")
    #expect(!(run.output + run.errors).contains("secret"))
    #expect(run.status == 5)
  }

  @Test("a proxy that refuses the tunnel fails at the proxy")
  func refusedTunnel() throws {
    // The mock answers CONNECT as it answers anything that it does not know.
    let gateway = try MockGateway(.instant())
    defer { gateway.stop() }
    let run = CommandRun.of(
      ["ping", "--base-url", "https://gateway.example", "--proxy", "http://127.0.0.1:\(gateway.port)"],
      variables: Self.key)
    #expect(run.mark("proxy") == "✗", "\(run.output)\(run.errors)")
    #expect(run.status == 5)
  }

  // MARK: - Name servers, in a namespace of their own

  private static let root = #filePath.split(separator: "/").dropLast(3).reduce("") { $0 + "/" + $1 }
  private static let program = root + "/.build/debug/sheep"

  /// The options of `unshare` with which this process may have mounts of its own: as root, or as
  /// root of a user namespace; `nil` where neither is allowed, or the program is not built.
  private static let isolation: [String]? = {
    guard access(program, X_OK) == 0, let unshare = Subprocess.path(of: "unshare"),
      let mount = Subprocess.path(of: "mount")
    else { return nil }
    let own = geteuid() == 0 ? ["--mount"] : ["--mount", "--map-root-user"]
    let trial = try? Subprocess(unshare, own + [mount, "--bind", "/etc/hosts", "/etc/hosts"])
    return trial?.wait() == 0 ? own : nil
  }()

  /// Whether this process may listen on port 53, which is the one that the resolver asks.
  private static let mayServeNames: Bool = {
    let first = TemporaryFolder.read("/proc/sys/net/ipv4/ip_unprivileged_port_start")
    return geteuid() == 0 || Int(first.split(separator: "\n").first ?? "").map { $0 <= 53 } ?? false
  }()

  /// Runs `ping` with this `resolv.conf`; its exit status and output.
  private func ping(resolver: String, _ more: [String]) throws -> (status: Int32, lines: [String]) {
    let folder = try TemporaryFolder()
    try folder.write("resolv.conf", resolver)
    let command = """
      mount --bind \(folder.path)/resolv.conf /etc/resolv.conf || exit 99
      HOLYSHEEP_API_KEY=sk-0123456789abcdefghijklmnop exec \(Self.program) ping --color never \(more.joined(separator: " ")) 2>&1
      """
    let process = try Subprocess(
      try #require(Subprocess.path(of: "unshare")), try #require(Self.isolation) + ["/bin/sh", "-c", command])
    var lines: [String] = []
    while let line = process.readLine() { lines.append(line) }
    return (process.wait(), lines)
  }

  @Test(
    "a name server that never answers is told apart from a name that does not exist",
    .enabled(if: isolation != nil && mayServeNames, "needs mounts of its own, port 53 and a built program"))
  func noAnswer() throws {
    let silent = try LoopbackSocket(datagrams: true, address: "127.0.0.53", port: 53)
    defer { silent.close() }
    let (status, lines) = try ping(resolver: "nameserver 127.0.0.53\n", ["--connect-timeout", "1"])
    let dns = lines.first { $0.contains(" dns ") } ?? ""
    #expect(dns.contains("✗") && dns.contains("does not answer"), "\(lines)")
    #expect(lines.last?.contains("/etc/resolv.conf") == true, "\(lines)")
    #expect(status == 5)
  }

  @Test(
    "without any name server the advice is to check the network",
    .enabled(if: isolation != nil, "needs mounts of its own (unshare) and a built program"))
  func noNameServer() throws {
    let (status, lines) = try ping(resolver: "nameserver 127.0.0.54\noptions timeout:1 attempts:1\n", [])
    let dns = lines.first { $0.contains(" dns ") } ?? ""
    #expect(dns.contains("✗") && dns.contains("no name server answered"), "\(lines)")
    #expect(
      lines.last?.contains("check the network, /etc/resolv.conf and the spelling of ") == true, "\(lines)")
    #expect(status == 5)
  }
}

/// A socket on loopback that listens, or takes datagrams, and never answers.
final class LoopbackSocket {
  private(set) var port: UInt16 = 0
  private var descriptor: Int32
  private var fillers: [Int32] = []

  init(
    backlog: Int32 = 8, datagrams: Bool = false, address text: String = "127.0.0.1", port wanted: UInt16 = 0
  ) throws {
    descriptor = Self.socket(datagrams: datagrams)
    try #require(descriptor >= 0)
    var address = Self.address(text, wanted)
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let descriptor = descriptor
    let isBound = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, size) == 0 && (datagrams || listen(descriptor, backlog) == 0)
          && getsockname(descriptor, $0, &size) == 0
      }
    }
    try #require(isBound)
    port = UInt16(bigEndian: address.sin_port)
  }

  deinit { close() }

  /// Makes connections until one gets no answer.
  func fill() throws {
    for _ in 0..<16 {
      let filler = Self.socket(datagrams: false)
      _ = fcntl(filler, F_SETFL, O_NONBLOCK)
      var address = Self.address("127.0.0.1", port)
      _ = withUnsafePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          connect(filler, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
        }
      }
      fillers.append(filler)
      var entry = pollfd(fd: filler, events: Int16(POLLOUT), revents: 0)
      if poll(&entry, 1, 100) == 0 { return }
    }
    Issue.record("the queue does not fill")
  }

  func close() {
    guard descriptor >= 0 else { return }
    for filler in fillers + [descriptor] { shut(filler) }
    fillers = []
    descriptor = -1
  }

  private func shut(_ descriptor: Int32) {
    #if canImport(Glibc)
      _ = Glibc.close(descriptor)
    #else
      _ = Darwin.close(descriptor)
    #endif
  }

  private static func socket(datagrams: Bool) -> Int32 {
    #if canImport(Glibc)
      let made = Glibc.socket(AF_INET, Int32(datagrams ? SOCK_DGRAM.rawValue : SOCK_STREAM.rawValue), 0)
    #else
      let made = Darwin.socket(AF_INET, datagrams ? SOCK_DGRAM : SOCK_STREAM, 0)
    #endif
    _ = fcntl(made, F_SETFD, FD_CLOEXEC)
    return made
  }

  private static func address(_ text: String, _ port: UInt16) -> sockaddr_in {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    inet_pton(AF_INET, text, &address.sin_addr)
    address.sin_port = port.bigEndian
    return address
  }
}
