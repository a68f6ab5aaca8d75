package import SheepCore

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A conversation that is kept in a session's file, one record a line.
///
/// The file is made with the first question, so that a chat in which nothing was asked leaves
/// nothing behind. Each `append` is one write at the file's end; what could not be written is
/// tried again before the next record, so that the file never skips one.
package final class SessionLog: ConversationLog {
  /// The session's name.
  package private(set) var sessionName: StoredName
  package var name: String? { sessionName.text }
  package private(set) var conversation: Conversation
  /// What was found wrong with the file when it was opened; a clause about the session each.
  package let notes: [String]
  /// Whether there was no such session when it was opened.
  package let isNew: Bool

  private let folder: SessionFolder
  private var descriptor: Int32 = -1
  private var lock: SessionLock?
  /// Whether a line of ours or of a crash has no end yet.
  private var isInsideLine: Bool
  /// Whole lines that are not in the file yet.
  private var unwritten: [UInt8] = []
  /// Whether a question is among the records, so that there has to be a file.
  private var hasBegun: Bool
  private var isClosed = false
  /// What the file begins with when it is made, of a copy; `nil`: nothing.
  private var seed: [UInt8]?

  /// A session whose file says `text`; `nil`: it has none yet. Made by `SessionFolder`.
  /// - Parameter seed: the bytes that say so, where they are another session's.
  init(
    _ name: StoredName, _ folder: SessionFolder, _ text: SessionText?, lock: SessionLock?,
    seed: [UInt8]? = nil
  ) {
    self.seed = seed
    sessionName = name
    self.folder = folder
    self.lock = lock
    isNew = text == nil || seed != nil
    notes = text?.notes ?? []
    isInsideLine = text?.endsInsideLine ?? false
    hasBegun = text != nil && seed == nil
    conversation = Conversation(text?.records ?? [])
    // A program was killed in the middle of an answer. From here on the file must say what
    // memory does: that the answer was interrupted.
    if let record = conversation.unsettled { _ = keep(record) }
    conversation.settlePieces()
  }

  deinit { close() }

  /// Lets the session go, for another process. Records that come later count in memory only.
  package func close() {
    isClosed = true
    lock = nil
    if descriptor >= 0 { closeDescriptor(descriptor) }
    descriptor = -1
  }

  package func append(_ record: ConversationRecord) throws(Failure) {
    conversation.apply(record)
    if isClosed { return }
    let problem = keep(record)
    if case .question = record { hasBegun = true }
    guard hasBegun else { return }
    var needsSync = true
    if case .piece = record { needsSync = false }
    try write(needsSync: needsSync)
    if let problem { throw problem }
  }

  /// Makes the file of a copy now, before anything was asked in it; does nothing for others.
  package func makeCopy() throws(Failure) {
    guard seed != nil, !isClosed else { return }
    hasBegun = true
    try write(needsSync: true)
  }

  /// Gives the session another name, in one step.
  /// - Throws: `usage` when there is a session of that name.
  package func rename(to name: StoredName) throws(Failure) {
    guard name != sessionName else { return }
    if hasBegun {
      lock = try folder.move(sessionName, to: name)
    } else {
      guard try !folder.exists(name) else { throw SessionFolder.exists(name) }
      lock = try folder.lock(name)
    }
    sessionName = name
  }

  // MARK: - Writing

  /// Makes a line of a record, to be written with the next write.
  ///
  /// - Returns: why an image of it could not be kept; `nil`: all is there. The words count more
  ///   than the picture, so the line is made all the same and names what is lost.
  private func keep(_ record: ConversationRecord) -> Failure? {
    var problem: Failure?
    let images = folder.images
    let object = SessionFormat.object(record, time: folder.now()) { bytes in
      do throws(Failure) { return try images.keep(bytes) } catch {
        problem = error
        return SHA256.hexadecimal(bytes)
      }
    }
    JSON.object(object).write(to: &unwritten)
    unwritten.append(UInt8(ascii: "\n"))
    return problem
  }

  private func write(needsSync: Bool) throws(Failure) {
    let path = folder.path(sessionName)
    if descriptor < 0 { try open(path) }
    if unwritten.isEmpty { return }
    let bytes = isInsideLine ? [UInt8(ascii: "\n")] + unwritten : unwritten
    let count = folder.write(descriptor, bytes)
    guard count == bytes.count else {
      let failure = SessionSystem.failure(path, "cannot be written")
      // Lines that are whole in the file must not be written again; the rest of them must. A line that
      // only lacks its line feed is whole: a reader takes it, and the next write ends it.
      let endsLine = count > 0 && bytes[count] == UInt8(ascii: "\n")
      let whole = endsLine ? count + 1 : bytes[..<count].lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
      if count > 0 { isInsideLine = endsLine || whole < count }
      unwritten = Array(bytes[max(whole, bytes.count - unwritten.count)...])
      throw failure
    }
    isInsideLine = false
    unwritten = []
    guard !needsSync || fsync(descriptor) == 0 || errno == EINVAL else {
      throw SessionSystem.failure(path, "cannot be synced to disk")
    }
  }

  private func open(_ path: String) throws(Failure) {
    if lock == nil { lock = try folder.lock(sessionName) }
    if let seed { try folder.plant(seed, sessionName) }
    seed = nil
    descriptor = try folder.openForAppending(sessionName)
  }

  private func closeDescriptor(_ descriptor: Int32) {
    #if canImport(Glibc)
      _ = Glibc.close(descriptor)
    #else
      _ = Darwin.close(descriptor)
    #endif
  }
}
