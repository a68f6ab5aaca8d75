import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A folder of a test's own that is removed with the files that the test wrote.
final class TestFolder {
  let path: String
  private var files: [String] = []

  init() throws {
    var template = Array("/tmp/sheep-e2e-XXXXXX".utf8CString)
    try #require(mkdtemp(&template) != nil)
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit {
    files.forEach { unlink($0) }
    rmdir(path)
  }

  /// Writes a file and returns its path.
  func write(_ name: String, _ text: String, mode: mode_t) throws -> String {
    let file = path + "/" + name
    let descriptor = open(file, O_WRONLY | O_CREAT | O_EXCL, 0o600)
    try #require(descriptor >= 0)
    files.append(file)
    let bytes = Array(text.utf8)
    #if canImport(Glibc)
      #expect(Glibc.write(descriptor, bytes, bytes.count) == bytes.count)
    #else
      #expect(Darwin.write(descriptor, bytes, bytes.count) == bytes.count)
    #endif
    #expect(fchmod(descriptor, mode) == 0)
    close(descriptor)
    return file
  }
}

/// Reading files for tests.
enum TestFile {
  /// What a file holds; empty when it cannot be read.
  static func read(_ path: String) -> String {
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
}
