#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Files that only their owner can read, written so that no crash and no other user can come
/// between.
package enum PrivateFile {
  /// The longest file that is read: a megabyte is a thousand times a long configuration.
  package static let maximumBytes = 1 << 20

  // MARK: - Reading

  /// The bytes of a file; `nil` when there is none.
  /// - Parameter limit: the longest file that is read, in bytes.
  /// - Throws: `unsafe` for a file that somebody else could have written, `system` for the rest.
  package static func read(_ path: String, limit: Int = maximumBytes) throws(FileProblem) -> [UInt8]? {
    // Without O_NONBLOCK a planted pipe would hold the program for ever.
    let descriptor = path.withCString { open($0, O_RDONLY | O_CLOEXEC | O_NONBLOCK) }
    guard descriptor >= 0 else {
      if errno == ENOENT || errno == ENOTDIR { return nil }
      throw systemProblem()
    }
    defer { close(descriptor) }
    var facts = stat()
    guard fstat(descriptor, &facts) == 0 else { throw systemProblem() }
    try check(facts, path, limit: limit)
    return try readAll(descriptor, limit: limit)
  }

  private static func check(
    _ facts: stat, _ path: String, limit: Int = .max
  ) throws(FileProblem) {
    guard facts.st_mode & S_IFMT == S_IFREG else {
      throw FileProblem(.unsafe, "is not a regular file")
    }
    guard facts.st_uid == geteuid() || facts.st_uid == 0 else {
      throw FileProblem(.unsafe, "belongs to another user", "change its owner, or remove it")
    }
    guard facts.st_mode & 0o022 == 0 else {
      throw FileProblem(.unsafe, "can be changed by other users", "chmod 600 \(path)")
    }
    guard facts.st_size <= limit else { throw tooLong(limit) }
  }

  private static func tooLong(_ limit: Int) -> FileProblem {
    FileProblem(.unsafe, "is longer than \(limit >> 10) KiB")
  }

  private static func readAll(_ descriptor: Int32, limit: Int) throws(FileProblem) -> [UInt8] {
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 16 << 10)
    while bytes.count <= limit {
      let count = systemRead(descriptor, &block)
      if count == 0 { return bytes }
      if count > 0 { bytes += block[..<count] } else if errno != EINTR { throw systemProblem() }
    }
    throw tooLong(limit)
  }

  /// The names in a folder, in no order; none when it cannot be read.
  package static func names(in folder: String) -> [String] {
    guard let directory = opendir(folder) else { return [] }
    defer { closedir(directory) }
    return names(of: directory)
  }

  #if canImport(Glibc)
    typealias Directory = OpaquePointer
  #else
    typealias Directory = UnsafeMutablePointer<DIR>
  #endif
  /// The names in an open folder but for `.` and `..`.
  static func names(of directory: Directory) -> [String] {
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names
  }

  // MARK: - Writing

  /// Writes a whole file, 0600 whatever the umask, in folders of 0700 where they are missing.
  ///
  /// The bytes go to a new file beside it, to the disk, and then take its name. A symbolic
  /// link in the name's place is refused: nothing is written through it.
  /// - Throws: `exists` when there is a file and `mayReplace` is false.
  package static func write(
    _ bytes: [UInt8], to path: String, mayReplace: Bool
  ) throws(FileProblem) {
    let (folder, name) = split(path)
    try makeFolders(folder)
    // From here on the folder is the one that was opened, whatever its path comes to mean.
    let directory = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard directory >= 0 else { throw systemProblem() }
    defer { close(directory) }
    try checkTarget(directory, name, path, mayReplace: mayReplace)
    let temporary = ".\(name).\(String(UInt64.random(in: .min ... .max), radix: 36)).new"
    do throws(FileProblem) {
      try writeNew(bytes, directory, temporary)
      try rename(directory, temporary, name, mayReplace: mayReplace)
    } catch {
      unlinkat(directory, temporary, 0)
      throw error
    }
    // The name is kept by the folder: it, too, has to reach the disk.
    guard fsync(directory) == 0 || errno == EINVAL else { throw systemProblem() }
  }

  private static func checkTarget(
    _ directory: Int32, _ name: String, _ path: String, mayReplace: Bool
  ) throws(FileProblem) {
    var facts = stat()
    guard fstatat(directory, name, &facts, AT_SYMLINK_NOFOLLOW) == 0 else {
      if errno == ENOENT { return }
      throw systemProblem()
    }
    guard facts.st_mode & S_IFMT != S_IFLNK else {
      throw FileProblem(.unsafe, "is a symbolic link", "edit the file it points to")
    }
    guard mayReplace else { throw FileProblem(.exists, "already exists") }
    try check(facts, path)
  }

  private static func writeNew(
    _ bytes: [UInt8], _ directory: Int32, _ name: String
  ) throws(FileProblem) {
    let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
    let descriptor = openat(directory, name, flags, 0o600)
    guard descriptor >= 0 else { throw systemProblem() }
    defer { close(descriptor) }
    // A umask of 0777 would leave a file that its owner cannot read.
    guard fchmod(descriptor, 0o600) == 0 else { throw systemProblem() }
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { systemWrite(descriptor, $0) }
      if count >= 0 { rest = rest.dropFirst(count) } else if errno != EINTR { throw systemProblem() }
    }
    guard fsync(descriptor) == 0 else { throw systemProblem() }
  }

  private static func rename(
    _ directory: Int32, _ temporary: String, _ name: String, mayReplace: Bool
  ) throws(FileProblem) {
    if mayReplace {
      guard renameat(directory, temporary, directory, name) == 0 else { throw systemProblem() }
      return
    }
    // A second name never replaces a file that came in between; a rename would.
    guard linkat(directory, temporary, directory, name, 0) == 0 else {
      if errno == EEXIST { throw FileProblem(.exists, "already exists") }
      throw systemProblem()
    }
    unlinkat(directory, temporary, 0)
  }

  /// Makes a folder and those above it, as far as they are missing, for the owner alone.
  package static func makeFolders(_ path: String) throws(FileProblem) {
    if path == "/" || path == "." || mkdir(path, 0o700) != 0 && errno == EEXIST { return }
    if errno == ENOENT {
      try makeFolders(split(path).folder)
      guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw systemProblem() }
    }
    // Whatever the umask took away; what could not be made at all is found out here, too.
    guard chmod(path, 0o700) == 0 else { throw systemProblem() }
  }

  private static func split(_ path: String) -> (folder: String, name: String) {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return (".", path) }
    let folder = String(path[..<slash])
    return (folder.isEmpty ? "/" : folder, String(path[path.utf8.index(after: slash)...]))
  }

  private static func systemProblem() -> FileProblem {
    let number = errno
    return FileProblem(.system, strerror(number).map { String(cString: $0) } ?? "error \(number)")
  }

  private static func systemRead(_ descriptor: Int32, _ block: inout [UInt8]) -> Int {
    let count = block.count
    #if canImport(Glibc)
      return Glibc.read(descriptor, &block, count)
    #else
      return Darwin.read(descriptor, &block, count)
    #endif
  }

  private static func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
    #if canImport(Glibc)
      Glibc.write(descriptor, bytes.baseAddress, bytes.count)
    #else
      Darwin.write(descriptor, bytes.baseAddress, bytes.count)
    #endif
  }
}
