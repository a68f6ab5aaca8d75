import SheepCore

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The system's calls that a session's files need, with their errors in words.
enum SessionSystem {
  /// What the system said last, about a file.
  static func failure(_ subject: String, _ what: String) -> Failure {
    let number = errno
    let words = strerror(number).map { String(cString: $0) } ?? "error \(number)"
    return Failure(.output, subject, "\(what): \(words)")
  }

  /// Opens a folder; `nil` when there is none.
  /// - Throws: `usage` for one that others could change.
  static func openFolder(_ path: String) throws(Failure) -> Int32? {
    let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else {
      if errno == ENOENT || errno == ENOTDIR { return nil }
      throw failure(path, "cannot be opened")
    }
    var facts = stat()
    guard fstat(descriptor, &facts) == 0, facts.st_uid == geteuid(), facts.st_mode & 0o022 == 0 else {
      close(descriptor)
      throw Failure(
        .usage, path, "belongs to another user, or other users can write to it",
        advice: "change its owner, and run: chmod 700 \(path)")
    }
    return descriptor
  }

  /// Opens a regular file of the user's own in a folder; `nil` when there is none.
  /// - Throws: `usage` for links, devices, pipes, other owners' files and those that others can
  ///   change; `output` for the rest.
  static func openFile(
    _ folder: Int32, _ name: String, _ flags: Int32, path: String
  ) throws(Failure) -> (descriptor: Int32, facts: stat)? {
    // Without O_NONBLOCK a planted pipe would hold the program for ever.
    let descriptor = openat(folder, name, flags | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      switch errno {
      case ENOENT: return nil
      case ELOOP, EMLINK: throw unsafe(path, "is a symbolic link")
      // What opening a pipe without a reader and a socket for writing say.
      case ENXIO, EISDIR: throw unsafe(path, "is not a regular file")
      default: throw failure(path, "cannot be opened")
      }
    }
    do throws(Failure) { return (descriptor, try check(descriptor, path)) } catch {
      close(descriptor)
      throw error
    }
  }

  private static func check(_ descriptor: Int32, _ path: String) throws(Failure) -> stat {
    var facts = stat()
    guard fstat(descriptor, &facts) == 0 else { throw failure(path, "cannot be examined") }
    guard facts.st_mode & S_IFMT == S_IFREG else { throw unsafe(path, "is not a regular file") }
    guard facts.st_uid == geteuid() else { throw unsafe(path, "belongs to another user") }
    guard facts.st_mode & 0o022 == 0 else {
      throw unsafe(path, "can be changed by other users", "chmod 600 \(path)")
    }
    return facts
  }

  private static func unsafe(_ path: String, _ problem: String, _ advice: String? = nil) -> Failure {
    Failure(.usage, path, problem, advice: advice ?? "move it away")
  }

  /// Everything from the descriptor's place to the end.
  static func readAll(_ descriptor: Int32, path: String) throws(Failure) -> [UInt8] {
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 64 << 10)
    while true {
      let count = read(descriptor, &block, block.count)
      if count == 0 { return bytes }
      if count > 0 {
        bytes += block[..<count]
      } else if errno != EINTR {
        throw failure(path, "cannot be read")
      }
    }
  }

  /// Writes what it can. Returns how many bytes that was; less than all of them after an error,
  /// which is in `errno`.
  static func writeAll(_ descriptor: Int32, _ bytes: [UInt8]) -> Int {
    var start = 0
    while start < bytes.count {
      let count = bytes[start...].withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      if count > 0 { start += count } else if count == 0 || errno != EINTR { break }
    }
    return start
  }
}
