import SheepCore

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The file of what was typed at the prompt, for the owner alone: one JSON string a line, the
/// oldest first.
///
/// An entry is appended as it comes, in one write, so several terminals share the file; each
/// reads it when it begins. A torn or foreign line is passed over. When there are far more
/// entries than are kept, the file is written anew with the youngest of each.
package struct HistoryFile {
  /// Entries longer than this many bytes are not kept in the file.
  package static let longestEntry = 64 << 10

  /// A file is read up to this many bytes from its end.
  private static let mostBytes = 32 << 20

  private let path: String
  private let folder: String
  private let capacity: Int

  /// A file named `history` in a folder, which is made when the first entry is kept.
  package init(folder: String, capacity: Int) {
    self.folder = folder
    self.capacity = capacity
    path = folder + "/history"
  }

  /// The entries, each once, at most as many as are kept; none when the file cannot be read or
  /// could have been written by somebody else.
  package func load() -> [String] {
    guard let file = OpenFile(path, O_RDONLY), let bytes = file.readEnd(Self.mostBytes) else { return [] }
    let lines = bytes.split(separator: UInt8(ascii: "\n"))
    var entries: [String] = []
    for line in lines {
      if let text = try? JSON.parse(line).string { entries.append(text) }
    }
    let kept = Self.youngest(entries, capacity)
    if lines.count > 2 * capacity || bytes.count >= Self.mostBytes / 2 { rewrite(kept, file) }
    return kept
  }

  /// Keeps one more entry. What cannot be written is not kept; the prompt goes on without.
  package func append(_ entry: String) {
    guard entry.utf8.count <= Self.longestEntry, (try? PrivateFile.makeFolders(folder)) != nil else { return }
    var line: [UInt8] = []
    JSON.string(entry).write(to: &line)
    line.append(UInt8(ascii: "\n"))
    // The file may be replaced between opening and locking it: then the new one is meant.
    for _ in 0..<8 {
      guard let file = OpenFile(path, O_RDWR | O_APPEND | O_CREAT), file.lock() else { return }
      guard file.isStill(path) else { continue }
      // A line that a crash cut must not swallow this one.
      file.write(file.endsInLine ? line : [UInt8(ascii: "\n")] + line)
      return
    }
  }

  /// Each entry once, where it stands last; the youngest ones.
  private static func youngest(_ entries: [String], _ capacity: Int) -> [String] {
    var seen: Set<String> = []
    var kept: [String] = []
    for entry in entries.reversed() where seen.insert(entry).inserted {
      kept.append(entry)
      if kept.count == capacity { break }
    }
    return kept.reversed()
  }

  /// Writes the file anew, unless somebody has appended to it meanwhile.
  private func rewrite(_ entries: [String], _ file: OpenFile) {
    guard let locked = OpenFile(path, O_RDWR | O_APPEND), locked.lock(), locked.isStill(path),
      locked.size == file.size
    else { return }
    var bytes: [UInt8] = []
    for entry in entries {
      JSON.string(entry).write(to: &bytes)
      bytes.append(UInt8(ascii: "\n"))
    }
    let draft = path + ".new"
    unlink(draft)
    guard let new = OpenFile(draft, O_WRONLY | O_CREAT | O_EXCL), new.write(bytes) else { return }
    rename(draft, path)
  }
}

/// A descriptor of a file that nobody else could have written.
private final class OpenFile {
  private let descriptor: Int32

  init?(_ path: String, _ flags: Int32) {
    descriptor = open(path, flags | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0o600)
    guard descriptor >= 0 else { return nil }
    var facts = stat()
    guard fstat(descriptor, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG, facts.st_uid == geteuid(),
      facts.st_mode & 0o022 == 0
    else {
      close(descriptor)
      return nil
    }
    // Others may not even read it, whatever made it.
    if facts.st_mode & 0o077 != 0 { fchmod(descriptor, 0o600) }
  }

  deinit { close(descriptor) }

  /// Until it is closed.
  func lock() -> Bool {
    while flock(descriptor, LOCK_EX) != 0 { if errno != EINTR { return false } }
    return true
  }

  private var facts: stat {
    var facts = stat()
    fstat(descriptor, &facts)
    return facts
  }

  var size: Int { Int(facts.st_size) }

  /// Whether the path still names this file.
  func isStill(_ path: String) -> Bool {
    var named = stat()
    return lstat(path, &named) == 0 && named.st_ino == facts.st_ino && named.st_dev == facts.st_dev
  }

  var endsInLine: Bool {
    let size = size
    var byte: UInt8 = UInt8(ascii: "\n")
    return size == 0 || pread(descriptor, &byte, 1, off_t(size - 1)) != 1 || byte == UInt8(ascii: "\n")
  }

  /// The last bytes, from the beginning of a line.
  func readEnd(_ limit: Int) -> [UInt8]? {
    let size = size
    let start = max(0, size - limit)
    var bytes = [UInt8](repeating: 0, count: size - start)
    var place = 0
    while place < bytes.count {
      let offset = off_t(start + place)
      let count = bytes.withUnsafeMutableBytes {
        pread(descriptor, $0.baseAddress?.advanced(by: place), $0.count - place, offset)
      }
      if count > 0 { place += count } else if count == 0 || errno != EINTR { break }
    }
    bytes.removeLast(bytes.count - place)
    guard start > 0 else { return bytes }
    return bytes.firstIndex(of: UInt8(ascii: "\n")).map { Array(bytes[($0 + 1)...]) } ?? []
  }

  @discardableResult
  func write(_ bytes: [UInt8]) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { system($0) }
      if count >= 0 { rest = rest.dropFirst(count) } else if errno != EINTR { return false }
    }
    return true
  }

  private func system(_ bytes: UnsafeRawBufferPointer) -> Int {
    #if canImport(Glibc)
      Glibc.write(descriptor, bytes.baseAddress, bytes.count)
    #else
      Darwin.write(descriptor, bytes.baseAddress, bytes.count)
    #endif
  }
}
