import SheepTesting
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A terminal of 80 columns with the built program in it, seen from the other side: what the
/// program writes comes out, what is typed goes in. Every wait has a limit.
final class PseudoTerminal {
  private(set) var output: [UInt8] = []
  private(set) var end: SheepProcess.End?
  let identifier: pid_t
  /// What must live as long as the program runs: the gateway that it talks to.
  var companion: AnyObject?
  private let master: Int32
  /// Kept open, so that its settings can be read after the program's end.
  private let terminal: Int32
  private let location: SourceLocation
  /// Its home, unless a test gives it another one.
  private let home: TemporaryFolder

  /// Starts the program with the terminal as its standard input, output and error.
  init(
    program: String = SheepBinary.path, _ arguments: [String], variables: [String: String],
    errorsTo errorPath: String? = nil, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    location = sourceLocation
    home = try TemporaryFolder()
    var environment = [
      "PATH": "/usr/bin:/bin", "HOME": home.path, "TERM": "xterm-256color", "LC_ALL": "C.UTF-8",
    ]
    environment.merge(variables) { $1 }
    var started: (Int32, Int32, pid_t) = (-1, -1, 0)
    try Spawning.alone {
      let (master, name) = try Self.openMaster()
      _ = fcntl(master, F_SETFD, FD_CLOEXEC)
      let terminal = open(name, O_RDWR | O_NOCTTY | O_CLOEXEC)
      try #require(terminal >= 0)
      var size = winsize(ws_row: 24, ws_col: 80, ws_xpixel: 0, ws_ypixel: 0)
      _ = ioctl(terminal, UInt(TIOCSWINSZ), &size)
      // Without this a carriage return of the terminal's own would stand before each line end.
      var settings = termios()
      tcgetattr(terminal, &settings)
      settings.c_oflag &= ~tcflag_t(ONLCR)
      tcsetattr(terminal, TCSANOW, &settings)
      let errors = errorPath.map { Spawning.Source.file($0, O_WRONLY | O_CREAT) } ?? .descriptor(1)
      // Opened by the program itself, at the head of its session: so it becomes its terminal.
      let process = try Spawning.start(
        program, arguments, environment: environment,
        descriptors: [.file(name, O_RDWR), .file(name, O_RDWR), errors], startsSession: true)
      started = (master, terminal, process)
    }
    (master, terminal, identifier) = started
    _ = fcntl(master, F_SETFL, O_NONBLOCK)
  }

  deinit {
    close(master)
    close(terminal)
    if end == nil {
      kill(identifier, SIGKILL)
      waitpid(identifier, nil, 0)
    }
  }

  /// The side that plays the person, and the name of the program's side.
  private static func openMaster() throws -> (descriptor: Int32, name: String) {
    #if os(Linux)
      // The C headers hide posix_openpt and its kin without extensions; these are what they do.
      let master = open("/dev/ptmx", O_RDWR | O_NOCTTY)
      try #require(master >= 0)
      var lock: Int32 = 0
      var number: Int32 = 0
      let unlock: UInt = 0x4004_5431
      let ask: UInt = 0x8004_5430
      try #require(ioctl(master, unlock, &lock) == 0 && ioctl(master, ask, &number) == 0)
      return (master, "/dev/pts/\(number)")
    #else
      let master = posix_openpt(O_RDWR | O_NOCTTY)
      try #require(master >= 0 && grantpt(master) == 0 && unlockpt(master) == 0)
      return (master, String(cString: try #require(ptsname(master))))
    #endif
  }

  /// Types bytes.
  func type(_ text: String) {
    let bytes = Array(text.utf8)
    #expect(write(master, bytes, bytes.count) == bytes.count, sourceLocation: location)
  }

  /// Types bytes that need not be whole characters.
  func type(bytes: [UInt8]) {
    #expect(write(master, bytes, bytes.count) == bytes.count, sourceLocation: location)
  }

  /// Types as many bytes as there are, while it reads what comes out: a terminal holds 4096.
  func typeAll(_ text: String) {
    var rest = Array(text.utf8)[...]
    wait {
      let count = rest.prefix(1024).withUnsafeBytes { write(self.master, $0.baseAddress, $0.count) }
      if count > 0 { rest = rest.dropFirst(count) }
      return rest.isEmpty
    }
  }

  /// Gives the terminal another size, of which its program is told.
  func resize(columns: UInt16, rows: UInt16) {
    var size = winsize(ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
    #expect(ioctl(master, UInt(TIOCSWINSZ), &size) == 0)
  }

  /// Takes the terminal away, as a closed window does.
  func hangUp() { close(master) }

  /// The terminal's settings now.
  var settings: termios {
    var settings = termios()
    tcgetattr(terminal, &settings)
    return settings
  }

  /// What the program has had of the processors, in seconds; 0 where the system does not say it.
  var processorSeconds: Double {
    #if os(Linux)
      // The 14th and 15th field; the second one is a name in parentheses, which may hold spaces.
      let facts = TemporaryFolder.read("/proc/\(identifier)/stat").split(separator: ")").last ?? ""
      let fields = facts.split(separator: " ").map { Double($0) ?? 0 }
      return fields.count > 12 ? (fields[11] + fields[12]) / Double(sysconf(Int32(_SC_CLK_TCK))) : 0
    #else
      return 0
    #endif
  }

  /// Bytes that were typed, or answered by a terminal, and that nobody has read.
  var unread: Int {
    var count: Int32 = 0
    _ = ioctl(terminal, UInt(FIONREAD), &count)
    return Int(count)
  }

  /// Reads until the output contains the text.
  func waitFor(_ text: String) { wait { self.text.contains(text) } }

  /// Waits for the program's end.
  @discardableResult
  func finish() -> SheepProcess.End {
    wait { self.end != nil }
    return end ?? .exit(-1)
  }

  /// Reads until that is so, at most for a while.
  func wait(until done: () -> Bool) {
    switch Waiting.wait(until: done, hopelessWhen: { self.end != nil }, turn: turn) {
    case .done: return
    case .hopeless:
      Issue.record("it ended before that: \(text.debugDescription)", sourceLocation: location)
    case .late:
      Issue.record("it takes too long: \(text.debugDescription)", sourceLocation: location)
      kill(identifier, SIGKILL)
      waitpid(identifier, nil, 0)
      end = .exit(-1)
    }
  }

  private func turn() {
    var entry = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
    _ = poll(&entry, 1, 5)
    drain()
    var status: Int32 = 0
    guard end == nil, waitpid(identifier, &status, WNOHANG) == identifier else { return }
    drain()
    end = status & 0x7f == 0 ? .exit(status >> 8 & 0xff) : .signal(status & 0x7f)
  }

  private func drain() {
    var block = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = read(master, &block, block.count)
      if count <= 0 { return }
      output += block[..<count]
    }
  }

  /// What came out, as text.
  var text: String { String(decoding: output, as: UTF8.self) }
}
