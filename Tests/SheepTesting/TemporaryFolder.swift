import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A folder that is removed with all files in it.
package final class TemporaryFolder {
  /// Without a slash at its end.
  package let path: String

  /// Makes it.
  package init() throws {
    var template = Array("/tmp/sheep-test-XXXXXX".utf8CString)
    try #require(mkdtemp(&template) != nil)
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit {
    let path = self.path
    if let directory = opendir(path) {
      while let entry = readdir(directory) {
        let name = withUnsafePointer(to: &entry.pointee.d_name) {
          $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        }
        unlink(path + "/" + name)
      }
      closedir(directory)
    }
    rmdir(path)
  }

  /// Writes a file of that name.
  package func write(_ name: String, _ text: String) throws {
    let file = try #require(fopen(path + "/" + name, "w"))
    defer { fclose(file) }
    let bytes = Array(text.utf8)
    #expect(fwrite(bytes, 1, bytes.count, file) == bytes.count)
  }
}
