import Testing

#if canImport(Glibc)
  package import Glibc
#else
  package import Darwin
#endif

/// A folder of a test's own, for its owner alone, that is removed with all that is in it.
package final class TemporaryFolder {
  /// Without a slash at its end.
  package let path: String

  /// Makes it.
  package init() throws {
    var template = Array("/tmp/sheep-test-XXXXXX".utf8CString)
    try #require(mkdtemp(&template) != nil)
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit { Self.remove(path) }

  private static func remove(_ path: String) {
    var facts = stat()
    guard lstat(path, &facts) == 0 else { return }
    guard facts.st_mode & mode_t(S_IFMT) == mode_t(S_IFDIR) else {
      unlink(path)
      return
    }
    // A test may have locked even its owner out.
    chmod(path, 0o700)
    for name in names(in: path) { remove(path + "/" + name) }
    rmdir(path)
  }

  /// Writes a file of that name, whatever the umask, in folders for the owner alone that are made
  /// where they are missing; its path.
  @discardableResult
  package func write(_ name: String, _ text: String, mode: mode_t = 0o600) throws -> String {
    var folder = path
    for part in name.split(separator: "/").dropLast() {
      folder += "/" + part
      mkdir(folder, 0o700)
    }
    let whole = path + "/" + name
    let file = try #require(fopen(whole, "w"))
    defer { fclose(file) }
    let bytes = Array(text.utf8)
    #expect(fwrite(bytes, 1, bytes.count, file) == bytes.count)
    #expect(chmod(whole, mode) == 0)
    return whole
  }

  /// What a file of that name holds; empty when it cannot be read.
  package func read(_ name: String) -> String { Self.read(path + "/" + name) }

  /// What any file holds; empty when it cannot be read.
  package static func read(_ path: String) -> String {
    guard let file = fopen(path, "r") else { return "" }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = fread(&block, 1, block.count, file)
      if count == 0 { return String(decoding: bytes, as: UTF8.self) }
      bytes += block[..<count]
    }
  }

  /// The names in a folder, hidden ones too, sorted; none when it cannot be read.
  package static func names(in path: String) -> [String] {
    guard let folder = opendir(path) else { return [] }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }
}
