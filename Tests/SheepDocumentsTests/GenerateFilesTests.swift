import SheepDocuments
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The committed files are what the generators make of the table.
///
/// `SHEEP_RECORD=1 swift test` writes them anew and fails, so that a recording never passes for a test.
struct GenerateFilesTests {
  @Test("the file is up to date; make generate writes it", arguments: GeneratedFile.allCases)
  func upToDate(file: GeneratedFile) {
    let path = Self.root + file.path
    if getenv("SHEEP_RECORD") != nil {
      Self.write(file.text, path)
      Issue.record("recorded \(file.path)")
    } else if Self.read(path) != file.text {
      Issue.record("\(file.path) differs from the table; run make generate")
    }
  }

  /// The repository's folder, with a slash at the end.
  private static var root: String {
    let parts = #filePath.split(separator: "/", omittingEmptySubsequences: false)
    return parts.dropLast(3).joined(separator: "/") + "/"
  }

  private static func read(_ path: String) -> String? {
    guard let file = fopen(path, "r") else { return nil }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65536)
    while true {
      let count = fread(&buffer, 1, buffer.count, file)
      if count == 0 { return String(decoding: bytes, as: UTF8.self) }
      bytes += buffer[..<count]
    }
  }

  private static func write(_ text: String, _ path: String) {
    guard let file = fopen(path, "w") else {
      Issue.record("cannot write \(path)")
      return
    }
    fputs(text, file)
    fclose(file)
  }
}
