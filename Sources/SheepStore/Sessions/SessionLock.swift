import SheepCore

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Holds a session for one process: the kernel's lock on a file beside it, which ends with the
/// process however that ends. What the file says is only for whoever comes second.
final class SessionLock {
  private let descriptor: Int32
  private let folder: Int32
  private let file: String

  private init(descriptor: Int32, folder: Int32, file: String) {
    self.descriptor = descriptor
    self.folder = folder
    self.file = file
  }

  /// Takes the lock of a session.
  ///
  /// - Parameters:
  ///   - folder: the sessions' folder, open; this keeps a descriptor of its own for it.
  ///   - time: now, in seconds since 1970.
  /// - Throws: `usage` when another process has it, naming that; `output` when there can be no
  ///   lock file.
  static func take(
    _ name: StoredName, in folder: Int32, path: String, time: Int
  ) throws(Failure) -> SessionLock {
    let file = ".\(name.text).lock"
    while true {
      guard
        let (descriptor, facts) = try SessionSystem.openFile(
          folder, file, O_RDWR | O_CREAT, path: path + "/" + file)
      else { throw SessionSystem.failure(path + "/" + file, "cannot be opened") }
      // A file system without locks (ENOLCK, EOPNOTSUPP) has none for anybody.
      if flock(descriptor, LOCK_EX | LOCK_NB) != 0, errno == EWOULDBLOCK {
        defer { close(descriptor) }
        throw held(name, descriptor)
      }
      // Its last owner may have removed it between the opening and the lock.
      var now = stat()
      guard fstatat(folder, file, &now, AT_SYMLINK_NOFOLLOW) == 0, now.st_ino == facts.st_ino else {
        close(descriptor)
        continue
      }
      ftruncate(descriptor, 0)
      _ = SessionSystem.writeAll(descriptor, Array("\(getpid()) \(time)\n".utf8))
      return SessionLock(descriptor: descriptor, folder: dup(folder), file: file)
    }
  }

  private static func held(_ name: StoredName, _ descriptor: Int32) -> Failure {
    var block = [UInt8](repeating: 0, count: 64)
    let count = max(0, pread(descriptor, &block, block.count, 0))
    let words = String(decoding: block[..<count], as: UTF8.self).split { $0 == " " || $0 == "\n" }
    var holder = "another process"
    if words.count == 2, let process = Int32(words[0]), let since = Int(words[1]), process > 0, since > 0 {
      holder = "process \(process), since \(LocalTime.text(since))"
    }
    return Failure(
      .usage, "session '\(name.text)'", "is in use by \(holder)",
      advice: "continue in a copy with --fork NAME, or close the other one")
  }

  deinit {
    unlinkat(folder, file, 0)
    close(folder)
    close(descriptor)
  }
}
