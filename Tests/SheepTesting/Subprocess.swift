import Synchronization
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A program that runs beside the test, in the search path or by its full path.
package final class Subprocess {
  private var identifier: pid_t
  private let output: Int32

  /// Whether a program can be had; the first folder that has it wins.
  package static func path(of name: String) -> String? {
    let folders = ["/usr/bin", "/usr/sbin", "/usr/local/bin", "/opt/homebrew/bin", "/bin"]
    return folders.map { $0 + "/" + name }.first { access($0, X_OK) == 0 }
  }

  /// Starts it with nothing to read; what it writes is read by `readLine`.
  package init(_ path: String, _ arguments: [String]) throws {
    // One at a time, or a program would inherit another's pipe before it is marked.
    (identifier, output) = try Self.starting.withLock { _ in try Self.start(path, arguments) }
  }

  private static let starting = Mutex(())

  private static func start(_ path: String, _ arguments: [String]) throws -> (pid_t, Int32) {
    var ends: [Int32] = [-1, -1]
    try #require(pipe(&ends) == 0)
    ends.forEach { _ = fcntl($0, F_SETFD, FD_CLOEXEC) }
    defer { close(ends[1]) }
    #if canImport(Glibc)
      var actions = posix_spawn_file_actions_t()
    #else
      var actions: posix_spawn_file_actions_t?
    #endif
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    var list = ([path] + arguments).map { strdup($0) } + [nil]
    defer { list.forEach { free($0) } }
    var identifier: pid_t = 0
    try #require(posix_spawn(&identifier, path, &actions, nil, &list, environ) == 0)
    return (identifier, ends[0])
  }

  deinit {
    close(output)
    guard identifier > 0 else { return }
    // Not SIGTERM, which a program inherits as blocked from the threads of the tests.
    kill(identifier, SIGKILL)
    waitpid(identifier, nil, 0)
  }

  /// The next line of its output without the line end; `nil` at the end.
  package func readLine() -> String? {
    var line: [UInt8] = []
    var byte: UInt8 = 0
    while read(output, &byte, 1) == 1 {
      if byte == 0x0a { return String(decoding: line, as: UTF8.self) }
      line.append(byte)
    }
    return line.isEmpty ? nil : String(decoding: line, as: UTF8.self)
  }

  /// Waits for its end; its exit status, or -1 when a signal ended it.
  package func wait() -> Int32 {
    var status: Int32 = 0
    waitpid(identifier, &status, 0)
    identifier = 0
    return status & 0x7f == 0 ? (status >> 8) & 0xff : -1
  }
}
