import SheepRun

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Files as the operating system gives them.
enum SystemFile {
  /// The system's error of the last call that failed.
  static var lastError: SystemError {
    let number = errno
    return SystemError(number: number, text: SystemErrorText.text(number))
  }

  /// The bytes of a file.
  static func read(_ path: String) throws(SystemError) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw lastError }
    defer { close(descriptor) }
    return try readAll(descriptor)
  }

  /// Everything that a descriptor has up to its end.
  static func readAll(_ descriptor: Int32) throws(SystemError) -> [UInt8] {
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 64 << 10)
    while true {
      let count = block.withUnsafeMutableBytes { systemRead(descriptor, $0) }
      if count == 0 { return bytes }
      if count > 0 {
        bytes += block[..<count]
      } else if errno == EAGAIN {
        var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        _ = poll(&entry, 1, 1000)
      } else if errno != EINTR {
        throw lastError
      }
    }
  }

  /// What a descriptor has by now, at least one byte; empty at its end.
  static func readSome(_ descriptor: Int32) throws(SystemError) -> [UInt8] {
    var block = [UInt8](repeating: 0, count: 64 << 10)
    while true {
      let count = block.withUnsafeMutableBytes { systemRead(descriptor, $0) }
      if count >= 0 { return Array(block[..<count]) }
      if errno == EAGAIN {
        var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        _ = poll(&entry, 1, 1000)
      } else if errno != EINTR {
        throw lastError
      }
    }
  }

  /// Puts a file in the place of what was there: all of it or nothing.
  static func replace(_ path: String, _ bytes: [UInt8]) throws(SystemError) {
    let draft = path + ".part"
    try write(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, bytes)
    guard rename(draft, path) == 0 else {
      let error = lastError
      unlink(draft)
      throw error
    }
  }

  /// Appends to a file, which is made when it does not exist.
  static func append(_ path: String, _ bytes: [UInt8]) throws(SystemError) {
    try write(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, bytes)
  }

  private static func write(_ path: String, _ flags: Int32, _ bytes: [UInt8]) throws(SystemError) {
    // The user's own umask decides who may read what was asked to be written.
    let descriptor = open(path, flags, 0o666)
    guard descriptor >= 0 else { throw lastError }
    defer { close(descriptor) }
    var start = 0
    while start < bytes.count {
      let count = bytes[start...].withUnsafeBytes { systemWrite(descriptor, $0) }
      if count >= 0 { start += count } else if errno != EINTR { throw lastError }
    }
  }

  static func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
    #if canImport(Glibc)
      Glibc.write(descriptor, bytes.baseAddress, bytes.count)
    #else
      Darwin.write(descriptor, bytes.baseAddress, bytes.count)
    #endif
  }

  static func systemRead(_ descriptor: Int32, _ buffer: UnsafeMutableRawBufferPointer) -> Int {
    #if canImport(Glibc)
      Glibc.read(descriptor, buffer.baseAddress, buffer.count)
    #else
      Darwin.read(descriptor, buffer.baseAddress, buffer.count)
    #endif
  }

  /// The names in a folder, less the two that every folder has; folders with a slash behind them.
  static func names(_ folder: String) -> [String] {
    guard let stream = opendir(folder) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name == "." || name == ".." { continue }
      var facts = stat()
      let isFolder = stat(folder + "/" + name, &facts) == 0 && facts.st_mode & S_IFMT == S_IFDIR
      names.append(isFolder ? name + "/" : name)
    }
    return names
  }

  /// Why a file is no safe place for a key; `nil` when it is one, or cannot be looked at (then
  /// reading it says why).
  static func keyFileProblem(_ path: String) -> String? {
    var facts = stat()
    guard stat(path, &facts) == 0 else { return nil }
    if facts.st_mode & S_IFMT == S_IFREG, facts.st_mode & 0o077 != 0 { return "can be read by other users" }
    if facts.st_uid != geteuid(), facts.st_uid != 0 { return "belongs to another user" }
    return nil
  }
}
