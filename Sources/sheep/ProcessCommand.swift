import SheepCore
import SheepLoop
import SheepRun

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
    let process = start(words, output: writing)
    close(writing)
    guard let process else { throw CommandError(problem: "cannot be started; is it installed?") }
    let end = MonotonicClock.now() + limit
    let bytes: [UInt8]
    let status: Int32
    do throws(CommandError) {
      bytes = try readUntilEnd(reading, end)
      status = try wait(process, end)
    } catch {
      kill(process, SIGKILL)
      while waitpid(process, nil, 0) < 0, errno == EINTR {}
      throw error.problem.isEmpty
        ? CommandError(problem: "did not finish within \(Int(limit.components.seconds)) s") : error
    }
    guard status & 0x7f == 0, status >> 8 & 0xff == 0 else {
      let how =
        status & 0x7f == 0
        ? "exited with status \(status >> 8 & 0xff)" : "was killed by signal \(status & 0x7f)"
      throw CommandError(problem: how)
    }
    return bytes
  }

  /// Runs a program on the terminal, with the process's own input and outputs, to its end.
  /// - Returns: its exit status; 128 and the signal's number when one killed it.
  static func runInteractively(_ words: [String]) throws(CommandError) -> Int32 {
    guard let process = start(words) else {
      throw CommandError(problem: "cannot be started; is it installed?")
    }
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    return status & 0x7f == 0 ? status >> 8 & 0xff : 128 + (status & 0x7f)
  }

  /// Runs a program that is given these bytes, or else asked for its output.
  static func filter(_ words: [String], _ input: [UInt8]?, _ limit: Duration) throws(CommandError) -> [UInt8]
  {
    guard let nowhere = openNowhere() else { throw CommandError(problem: "cannot be started") }
    defer { close(nowhere) }
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else {
      throw CommandError(problem: "cannot be started: \(SystemFile.lastError.text)")
    }
    let (reading, writing) = (ends[0], ends[1])
    _ = fcntl(reading, F_SETFD, FD_CLOEXEC)
    _ = fcntl(writing, F_SETFD, FD_CLOEXEC)
    let gives = input == nil
    let process = start(
      words, input: gives ? nowhere : reading, output: gives ? writing : nowhere, errors: nowhere)
    close(gives ? writing : reading)
    let open = gives ? reading : writing
    guard let process else {
      close(open)
      throw CommandError(problem: "cannot be started; is it installed?")
    }
    let end = MonotonicClock.now() + limit
    var bytes: [UInt8] = []
    do throws(CommandError) {
      defer { close(open) }
      if let input { try give(input, to: open, end) } else { bytes = try readUntilEnd(open, end, 16 << 20) }
    } catch {
      kill(process, SIGKILL)
      while waitpid(process, nil, 0) < 0, errno == EINTR {}
      throw error.problem.isEmpty ? CommandError(problem: "did not finish in time") : error
    }
    guard let status = try? wait(process, end), status == 0 else {
      throw CommandError(problem: "failed")
    }
    return bytes
  }

  private static func openNowhere() -> Int32? {
    let descriptor = open("/dev/null", O_RDWR | O_CLOEXEC)
    return descriptor >= 0 ? descriptor : nil
  }

  /// Writes all bytes to a pipe whose reader may be slow or gone.
  private static func give(_ bytes: [UInt8], to descriptor: Int32, _ end: Instant) throws(CommandError) {
    _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
    var start = 0
    while start < bytes.count {
      let count = bytes[start...].withUnsafeBytes { SystemFile.systemWrite(descriptor, $0) }
      if count >= 0 {
        start += count
      } else if errno == EAGAIN {
        let milliseconds = (end - MonotonicClock.now()).nanoseconds / 1_000_000
        guard milliseconds > 0 else { throw tooLate }
        var entry = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        _ = poll(&entry, 1, Int32(milliseconds))
      } else if errno != EINTR {
        throw CommandError(problem: "stopped reading")
      }
    }
  }

  private static func start(
    _ words: [String], input: Int32? = nil, output: Int32? = nil, errors: Int32? = nil
  ) -> pid_t? {
    #if canImport(Glibc)
      var actions = posix_spawn_file_actions_t()
    #else
      var actions: posix_spawn_file_actions_t?
    #endif
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    if let input { posix_spawn_file_actions_adddup2(&actions, input, 0) }
    if let output { posix_spawn_file_actions_adddup2(&actions, output, 1) }
    if let errors { posix_spawn_file_actions_adddup2(&actions, errors, 2) }
    var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) }
    arguments.append(nil)
    defer { for argument in arguments { free(argument) } }
    var process: pid_t = 0
    guard let name = arguments[0] else { return nil }
    return posix_spawnp(&process, name, &actions, nil, &arguments, environ) == 0 ? process : nil
  }

  private static let tooLate = CommandError(problem: "")

  private static func readUntilEnd(
    _ descriptor: Int32, _ end: Instant, _ most: Int = 64 << 10
  ) throws(CommandError) -> [UInt8] {
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 4096)
    while bytes.count <= most {
      let milliseconds = (end - MonotonicClock.now()).nanoseconds / 1_000_000
      guard milliseconds > 0 else { throw tooLate }
      var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      let ready = poll(&entry, 1, Int32(milliseconds))
      if ready == 0 { throw tooLate }
      if ready < 0 { continue }
      let count = read(descriptor, &block, block.count)
      if count == 0 { return bytes }
      if count > 0 { bytes += block[..<count] } else if errno != EINTR { return bytes }
    }
    throw CommandError(problem: "printed more than \(most >> 10) KiB")
  }

  /// Waits for the end of a program that has nothing more to say, and returns its status.
  private static func wait(_ process: pid_t, _ end: Instant) throws(CommandError) -> Int32 {
    var status: Int32 = 0
    while true {
      let ended = waitpid(process, &status, WNOHANG)
      if ended == process || ended < 0 && errno != EINTR { return status }
      if MonotonicClock.now() >= end { throw tooLate }
      _ = poll(nil, 0, 2)
    }
  }
}
