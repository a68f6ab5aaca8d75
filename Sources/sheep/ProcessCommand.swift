import SheepCLI
import SheepCore
import SheepCurl

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Runs a program that prints a key: no shell, standard error passed through, a time limit.
enum ProcessCommand {
  /// What the program printed, at most 64 KiB.
  static func output(_ words: [String], _ limit: Duration) throws(CommandError) -> [UInt8] {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else {
      throw CommandError(problem: "cannot be started: \(SystemFile.lastError.text)")
    }
    let (reading, writing) = (ends[0], ends[1])
    defer { close(reading) }
    _ = fcntl(reading, F_SETFD, FD_CLOEXEC)
    _ = fcntl(writing, F_SETFD, FD_CLOEXEC)
    let process = start(words, writing)
    close(writing)
    guard let process else { throw CommandError(problem: "cannot be started: is it installed?") }
    let bytes = readUntilEnd(reading, limit)
    var status: Int32 = 0
    if bytes == nil { kill(process, SIGKILL) }
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    guard let bytes else {
      throw CommandError(problem: "did not end within \(Int(limit.components.seconds)) s")
    }
    guard status & 0x7f == 0, status >> 8 & 0xff == 0 else {
      let how =
        status & 0x7f == 0
        ? "exited with status \(status >> 8 & 0xff)" : "was killed by signal \(status & 0x7f)"
      throw CommandError(problem: how)
    }
    return bytes
  }

  private static func start(_ words: [String], _ writing: Int32) -> pid_t? {
    #if canImport(Glibc)
      var actions = posix_spawn_file_actions_t()
    #else
      var actions: posix_spawn_file_actions_t?
    #endif
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, writing, 1)
    var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) }
    arguments.append(nil)
    defer { for argument in arguments { free(argument) } }
    var process: pid_t = 0
    guard let name = arguments[0] else { return nil }
    return posix_spawnp(&process, name, &actions, nil, &arguments, environ) == 0 ? process : nil
  }

  private static func readUntilEnd(_ descriptor: Int32, _ limit: Duration) -> [UInt8]? {
    let end = MonotonicClock.now() + limit
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 4096)
    while bytes.count < 64 << 10 {
      let milliseconds = (end - MonotonicClock.now()).nanoseconds / 1_000_000
      guard milliseconds > 0 else { return nil }
      var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      guard poll(&entry, 1, Int32(milliseconds)) > 0 else {
        if errno == EINTR { continue }
        return nil
      }
      let count = read(descriptor, &block, block.count)
      if count == 0 { return bytes }
      if count > 0 { bytes += block[..<count] } else if errno != EINTR { return bytes }
    }
    return bytes
  }
}
