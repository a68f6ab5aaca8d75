package import SheepCore

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The folder with all sessions, `data/sheep/sessions`: `NAME.jsonl` each, and their images.
package struct SessionFolder: Sendable {
  /// The folder's path; it is made with the first session.
  package let path: String
  /// The time of day, in seconds since 1970.
  let now: @Sendable () -> Int
  private let random: @Sendable () -> Double
  /// Writes to a descriptor and returns how many bytes it took; fewer than all after an error,
  /// which is in `errno`. Replaced by tests that fill disks.
  let write: @Sendable (Int32, [UInt8]) -> Int

  /// The longest session that is read, in bytes: months of talk, and far beyond what any model
  /// takes.
  package static let maximumBytes = 64 << 20

  /// The sessions in a folder.
  /// - Parameter random: evenly distributed numbers, 0 ..< 1, for names of unnamed sessions.
  package init(
    path: String, now: @escaping @Sendable () -> Int, random: @escaping @Sendable () -> Double,
    write: (@Sendable (_ descriptor: Int32, _ bytes: [UInt8]) -> Int)? = nil
  ) {
    self.path = path
    self.now = now
    self.random = random
    self.write = write ?? SessionSystem.writeAll
  }

  var images: SessionImages { SessionImages(path: path + "/images") }

  func path(_ name: StoredName) -> String { path + "/" + Self.file(name) }

  private static func file(_ name: StoredName) -> String { name.text + ".jsonl" }

  // MARK: - One session

  /// Opens a session for going on with it, or for beginning it where there is none.
  ///
  /// A file system that cannot be written is told by the first `append`, not here: the
  /// conversation can be read and gone on with all the same.
  /// - Throws: `usage` when another process has the session, and for a file that is not safe or
  ///   too long.
  package func open(_ name: StoredName) throws(Failure) -> SessionLog {
    var held: SessionLock?
    do throws(Failure) { held = try lock(name) } catch {
      if error.kind == .usage { throw error }
    }
    guard let bytes = try bytes(name) else { return SessionLog(name, self, nil, lock: held) }
    let text = SessionText(bytes) { images.bytes($0) }
    if held != nil { drop(text, from: bytes, name) }
    return SessionLog(name, self, text, lock: held)
  }

  /// Opens a copy of a session as it stands, also while another process has that. The copy is
  /// made with its first question, or by `makeCopy`.
  /// - Throws: `usage` when there is no such session, or one of the copy's name.
  package func open(_ copy: StoredName, copyOf name: StoredName) throws(Failure) -> SessionLog {
    guard let bytes = try bytes(name) else { throw Self.missing(name) }
    if try exists(copy) { throw Self.exists(copy) }
    var held: SessionLock?
    do throws(Failure) { held = try lock(copy) } catch {
      if error.kind == .usage { throw error }
    }
    let text = SessionText(bytes) { images.bytes($0) }
    return SessionLog(copy, self, text, lock: held, seed: Self.without(text.superseded, bytes))
  }

  /// Begins a session that gets its name from the time: `2026-11-28-1732-xy`.
  package func begin() throws(Failure) -> SessionLog {
    var attempt = 1
    while true {
      let name = timeName(attempt)
      if try !exists(name) { return SessionLog(name, self, nil, lock: nil) }
      attempt += 1
    }
  }

  /// The conversation of a session as it stands, also while another process goes on with it;
  /// `nil` when there is none of that name.
  package func read(_ name: StoredName) throws(Failure) -> (conversation: Conversation, notes: [String])? {
    guard let bytes = try bytes(name) else { return nil }
    let text = SessionText(bytes) { images.bytes($0) }
    var conversation = Conversation(text.records)
    conversation.settlePieces()
    return (conversation, text.notes)
  }

  /// Whether there is a session of that name.
  package func exists(_ name: StoredName) throws(Failure) -> Bool {
    guard let folder = try SessionSystem.openFolder(path) else { return false }
    defer { close(folder) }
    var facts = stat()
    return fstatat(folder, Self.file(name), &facts, AT_SYMLINK_NOFOLLOW) == 0
  }

  /// Copies a session as it stands, in one step; the copy goes its own way.
  /// - Throws: `usage` when there is no such session, or one of the copy's name.
  package func fork(_ name: StoredName, to copy: StoredName) throws(Failure) {
    guard let bytes = try bytes(name) else { throw Self.missing(name) }
    let text = SessionText(bytes) { _ in [] }
    try plant(Self.without(text.superseded, bytes), copy)
  }

  /// Makes a session's file with these bytes, in one step.
  func plant(_ bytes: [UInt8], _ copy: StoredName) throws(Failure) {
    do throws(FileProblem) {
      try PrivateFile.write(bytes, to: path(copy), mayReplace: false)
    } catch {
      if error.kind == .exists { throw Self.exists(copy) }
      throw Failure(
        error.kind == .unsafe ? .usage : .output, path(copy), error.problem, advice: error.advice)
    }
  }

  /// Gives a session another name.
  /// - Throws: `usage` when there is no such session, it is in use, or the name is taken.
  package func rename(_ name: StoredName, to other: StoredName) throws(Failure) {
    guard try exists(name) else { throw Self.missing(name) }
    if name == other { return }
    let held = try lock(name)
    _ = try move(name, to: other)
    withExtendedLifetime(held) {}
  }

  // MARK: - All sessions

  /// The sessions' names, the one that was used last first.
  package func names() throws(Failure) -> [StoredName] { try entries().map(\.name) }

  /// The session that was used last; `nil` when there is none.
  package func latest() throws(Failure) -> StoredName? { try entries().first?.name }

  /// What there is to know of each session, the one that was used last first.
  package func list() throws(Failure) -> [SessionSummary] {
    try entries().map { entry throws(Failure) in
      let isReadable = entry.size <= Self.maximumBytes
      let text = isReadable ? try? bytes(entry.name).map { SessionText($0) { _ in [] } } : nil
      return SessionSummary(name: entry.name, text, bytes: entry.size, lastUsed: entry.lastUsed.seconds)
    }
  }

  private typealias Entry = (
    name: StoredName, size: Int, lastUsed: (seconds: Int, nanoseconds: Int)
  )

  private func entries() throws(Failure) -> [Entry] {
    guard let folder = try SessionSystem.openFolder(path) else { return [] }
    guard let directory = fdopendir(folder) else {
      let failure = SessionSystem.failure(path, "cannot be read")
      close(folder)
      throw failure
    }
    defer { closedir(directory) }
    var entries: [Entry] = []
    for file in PrivateFile.names(of: directory) {
      var facts = stat()
      guard file.utf8.suffix(6).elementsEqual(".jsonl".utf8), let name = StoredName(String(file.dropLast(6))),
        fstatat(folder, file, &facts, AT_SYMLINK_NOFOLLOW) == 0, facts.st_mode & S_IFMT == S_IFREG,
        facts.st_uid == geteuid()
      else { continue }
      #if canImport(Glibc)
        let time = facts.st_mtim
      #else
        let time = facts.st_mtimespec
      #endif
      entries.append((name, Int(facts.st_size), (Int(time.tv_sec), Int(time.tv_nsec))))
    }
    return entries.sorted {
      $0.lastUsed == $1.lastUsed ? $0.name.text < $1.name.text : $0.lastUsed > $1.lastUsed
    }
  }

  // MARK: - Files

  /// Takes the session for this process.
  func lock(_ name: StoredName) throws(Failure) -> SessionLock {
    let folder = try made()
    defer { close(folder) }
    return try SessionLock.take(name, in: folder, path: path, time: now())
  }

  /// The session's file, made if there is none.
  func openForAppending(_ name: StoredName) throws(Failure) -> Int32 {
    let folder = try made()
    defer { close(folder) }
    let flags = O_WRONLY | O_APPEND | O_CREAT
    guard
      let (descriptor, facts) = try SessionSystem.openFile(folder, Self.file(name), flags, path: path(name))
    else { throw SessionSystem.failure(path(name), "cannot be opened") }
    // Whatever the umask took away, or somebody gave.
    if facts.st_mode & 0o777 != 0o600 { fchmod(descriptor, 0o600) }
    // The name is kept by the folder: it, too, has to reach the disk.
    if facts.st_size == 0 { fsync(folder) }
    return descriptor
  }

  /// Moves a session's file to a name that is free, and returns the lock of that name.
  func move(_ name: StoredName, to other: StoredName) throws(Failure) -> SessionLock {
    let folder = try made()
    defer { close(folder) }
    let taken = try SessionLock.take(other, in: folder, path: path, time: now())
    // A second name never replaces a file that came in between; a rename would.
    guard linkat(folder, Self.file(name), folder, Self.file(other), 0) == 0 else {
      if errno == EEXIST { throw Self.exists(other) }
      throw SessionSystem.failure(path(other), "cannot be created")
    }
    unlinkat(folder, Self.file(name), 0)
    fsync(folder)
    return taken
  }

  private func made() throws(Failure) -> Int32 {
    do throws(FileProblem) { try PrivateFile.makeFolders(path) } catch {
      throw Failure(.output, path, "cannot be created: \(error.problem)")
    }
    guard let folder = try SessionSystem.openFolder(path) else {
      throw SessionSystem.failure(path, "cannot be opened")
    }
    return folder
  }

  /// The bytes of a session's file; `nil` when there is none.
  private func bytes(_ name: StoredName) throws(Failure) -> [UInt8]? {
    guard let folder = try SessionSystem.openFolder(path) else { return nil }
    defer { close(folder) }
    let path = path(name)
    guard
      let (descriptor, facts) = try SessionSystem.openFile(folder, Self.file(name), O_RDONLY, path: path)
    else { return nil }
    defer { close(descriptor) }
    guard facts.st_size <= Self.maximumBytes else {
      throw Failure(
        .usage, "session '\(name.text)'", "is longer than \(Self.maximumBytes >> 20) MiB",
        advice: "start another one; its file is \(path)")
    }
    return try SessionSystem.readAll(descriptor, path: path)
  }

  /// Takes out the pieces of replies that are there whole, once they are most of the file. A
  /// file that cannot be replaced stays as it is.
  private func drop(_ text: SessionText, from bytes: [UInt8], _ name: StoredName) {
    let dead = text.supersededBytes
    guard dead >= 256 << 10, dead > bytes.count / 2 else { return }
    try? PrivateFile.write(Self.without(text.superseded, bytes), to: path(name), mayReplace: true)
  }

  private static func without(_ ranges: [Range<Int>], _ bytes: [UInt8]) -> [UInt8] {
    var kept: [UInt8] = []
    kept.reserveCapacity(bytes.count)
    var start = 0
    for range in ranges {
      kept += bytes[start..<range.lowerBound]
      start = min(range.upperBound, bytes.count)
    }
    return kept + bytes[start...]
  }

  private func timeName(_ attempt: Int) -> StoredName {
    let letters = (0..<2).map { _ in
      Character(Unicode.Scalar(UInt8(ascii: "a") + UInt8(min(25, max(0, Int(random() * 26))))))
    }
    let moment = String(LocalTime.text(now()).map { $0 == " " ? "-" : $0 }.filter { $0 != ":" })
    return StoredName(checked: moment + "-" + String(letters) + (attempt > 1 ? String(attempt) : ""))
  }

  // MARK: - Failures

  /// There is no session of that name.
  static func missing(_ name: StoredName) -> Failure {
    Failure(.usage, "session '\(name.text)'", "does not exist", advice: "see 'sheep chat --list'")
  }

  /// There is a session of that name.
  static func exists(_ name: StoredName) -> Failure {
    Failure(.usage, "session '\(name.text)'", "already exists", advice: "choose another name")
  }
}
