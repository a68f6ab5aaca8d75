#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Runs two commands in turn, A B B A, and writes one line of figures for each run.
///
/// The columns, separated by tabs: `A` or `B`, exit status, wall time in nanoseconds, processor
/// time in microseconds, peak memory in KiB, nanoseconds to the first byte of output, bytes of
/// output, their FNV-1a sum (`-` when they were too many to keep), tokens, and the median and the
/// 99th percentile of the tokens' latencies in nanoseconds. Peak memory is right with `--memory`
/// only: a spawned process inherits its parent's peak, a forked one does not.
struct Measure {
  private var rounds = 1
  private var isMemory = false
  private var isLatency = false
  private var commands: [[String]] = []

  /// Reads the options and the two commands; throws when there are not two.
  init(arguments: [String]) throws {
    var rest = arguments[...]
    options: while let option = rest.first {
      rest = rest.dropFirst()
      switch option {
      case "--rounds": rounds = rest.popFirst().flatMap { Int($0) } ?? 1
      case "--memory": isMemory = true
      case "--latency": isLatency = true
      default:
        rest = [option] + rest
        break options
      }
    }
    commands = rest.split(separator: ":::").map { Array($0) }
    guard (1...2).contains(commands.count), commands.allSatisfy({ !$0.isEmpty }) else {
      throw BenchFailure(description: "measure: needs one or two commands, divided by :::")
    }
  }

  /// Measures and prints; the first run of each command warms up and is not printed.
  func run() throws {
    for command in commands { _ = try measure(command) }
    for round in 0..<rounds {
      let order = round.isMultiple(of: 2) ? [0, 1] : [1, 0]
      for index in order where index < commands.count {
        let line = try measure(commands[index]).line
        try Output.write(Array("\(index == 0 ? "A" : "B")\t\(line)\n".utf8), to: STDOUT_FILENO)
      }
    }
  }

  private func measure(_ command: [String]) throws -> Measurement {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { throw BenchFailure.system("pipe") }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    let launch = Launch(command: command, output: ends[1])
    let started = Clock.now()
    let child = isMemory ? try launch.fork() : try launch.spawn()
    close(ends[1])
    var reader = OutputReader(descriptor: ends[0], isLatency: isLatency, keeps: !isMemory)
    try reader.readAll()
    close(ends[0])
    var status: Int32 = 0
    var usage = rusage()
    while wait4(child, &status, 0, &usage) < 0 {
      guard errno == EINTR else { throw BenchFailure.system("wait4") }
    }
    let ended = Clock.now()
    return Measurement(
      status: status & 0x7f == 0 ? (status >> 8) & 0xff : 128 + (status & 0x7f),
      wall: ended - started, usage: usage, first: reader.first.map { $0 - started }, reader: reader)
  }
}

/// The figures of one run.
private struct Measurement {
  let status: Int32
  let wall: Int64
  let usage: rusage
  let first: Int64?
  let reader: OutputReader

  var line: String {
    let processor =
      (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1_000_000
      + Int(usage.ru_utime.tv_usec) + Int(usage.ru_stime.tv_usec)
    let latencies = reader.latencies.sorted()
    func percentile(_ hundredths: Int) -> String {
      latencies.isEmpty ? "-" : "\(latencies[min(latencies.count - 1, latencies.count * hundredths / 100)])"
    }
    return [
      "\(status)", "\(wall)", "\(processor)", "\(usage.ru_maxrss)", first.map { "\($0)" } ?? "-",
      "\(reader.count)", reader.sum.map { "\($0)" } ?? "-", "\(latencies.count)",
      percentile(50), percentile(99),
    ].joined(separator: "\t")
  }
}

/// Starts a command whose output goes to a descriptor, with nothing to read and no errors shown.
private struct Launch {
  let command: [String]
  let output: Int32

  /// By `posix_spawn`, the fastest way.
  func spawn() throws -> pid_t {
    #if canImport(Glibc)
      var actions = posix_spawn_file_actions_t()
    #else
      var actions: posix_spawn_file_actions_t?
    #endif
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0)
    var child: pid_t = 0
    let status = withArguments { program, arguments in
      posix_spawnp(&child, program, &actions, nil, arguments, environ)
    }
    guard status == 0 else {
      throw BenchFailure(description: "\(command[0]): \(String(cString: strerror(status)))")
    }
    return child
  }

  /// By `fork`, found at run time because Swift hides it: between it and `exec` the child only
  /// makes system calls.
  func fork() throws -> pid_t {
    guard let symbol = dlsym(nil, "fork") else { throw BenchFailure(description: "fork: not found") }
    let fork = unsafeBitCast(symbol, to: (@convention(c) () -> pid_t).self)
    return try withArguments { program, arguments in
      let input = open("/dev/null", O_RDWR)
      defer { close(input) }
      let child = fork()
      if child == 0 {
        dup2(input, STDIN_FILENO)
        dup2(output, STDOUT_FILENO)
        dup2(input, STDERR_FILENO)
        execvp(program, arguments)
        _exit(127)
      }
      guard child > 0 else { throw BenchFailure.system("fork") }
      return child
    }
  }

  private func withArguments<Result>(
    _ body: (UnsafePointer<CChar>, UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) throws -> Result
  ) rethrows -> Result {
    var pointers: [UnsafeMutablePointer<CChar>?] = command.map { strdup($0) } + [nil]
    defer { for pointer in pointers { free(pointer) } }
    return try pointers.withUnsafeMutableBufferPointer { buffer in
      guard let start = buffer.baseAddress, let program = start.pointee else {
        preconditionFailure("a command has at least its name")
      }
      return try body(program, start)
    }
  }
}
