#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The commands of the benchmark program, which only `bench/` starts.
enum BenchProgram {
  static let usage = """
    usage: sheep-bench serve
           sheep-bench text CHUNKS
           sheep-bench measure [--rounds N] [--memory] [--latency] A... ::: B...
           sheep-bench streams COUNT BASE-URL
           sheep-bench bare-streams COUNT BASE-URL
           sheep-bench bare-read BASE-URL

    """

  /// Runs one command and ends the process.
  static func run(_ arguments: [String]) -> Never {
    var ignorePipe = sigaction()
    #if canImport(Glibc)
      ignorePipe.__sigaction_handler.sa_handler = SIG_IGN
    #else
      ignorePipe.__sigaction_u.__sa_handler = SIG_IGN
    #endif
    sigaction(SIGPIPE, &ignorePipe, nil)
    do {
      switch arguments.first {
      case "serve":
        try LoadServer.run()
      case "text":
        guard arguments.count == 2, let count = Int(arguments[1]), count >= 0 else { fail(usage) }
        try Output.write(ChunkText.answer(chunks: count), to: STDOUT_FILENO)
      case "measure":
        try Measure(arguments: Array(arguments.dropFirst())).run()
      case "streams", "bare-streams":
        guard arguments.count == 3, let count = Int(arguments[1]), (1...100_000).contains(count)
        else { fail(usage) }
        if arguments[0] == "streams" {
          try Streams.run(count: count, address: arguments[2])
        } else {
          try BareStreams.run(count: count, address: arguments[2])
        }
      case "bare-read":
        guard arguments.count == 2 else { fail(usage) }
        try BareRead.run(address: arguments[1])
      default:
        fail(usage)
      }
    } catch {
      fail("sheep-bench: \(error)\n")
    }
    exit(0)
  }

  /// Says why on standard error and ends with 2.
  static func fail(_ message: String) -> Never {
    try? Output.write(Array(message.utf8), to: STDERR_FILENO)
    exit(2)
  }
}

/// Why a benchmark command could not go on.
struct BenchFailure: Error, CustomStringConvertible {
  let description: String

  /// A failed system call, with the reason that the system gives.
  static func system(_ call: String) -> BenchFailure {
    BenchFailure(description: "\(call): \(String(cString: strerror(errno)))")
  }
}
