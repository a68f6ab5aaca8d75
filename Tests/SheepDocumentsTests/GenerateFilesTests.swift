import SheepDocuments
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The committed files are what the generators make of the program's own lists.
///
/// `SHEEP_RECORD=1 swift test` writes them anew and fails, so that a recording never passes for a test.
@Suite("generated files")
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

  @Test("the table in the page is up to date; make generate writes it", arguments: GeneratedTable.allCases)
  func upToDate(table: GeneratedTable) throws {
    let path = Self.root + table.path
    let page = try #require(Self.read(path))
    let current = try #require(table.page(from: page), "\(table.path) has no place for it")
    if getenv("SHEEP_RECORD") != nil {
      Self.write(current, path)
      Issue.record("recorded \(table.path)")
    } else if current != page {
      Issue.record("\(table.path) differs from the program's list; run make generate")
    }
  }

  @Test("only what stands between the two comments is written")
  func onlyTheTable() {
    let start = #"<!-- profiles: written by "make generate" -->"#
    let page = "before\n\n\(start)\nold\n<!-- end -->\nafter\n<!-- end -->\n"
    let expected = "before\n\n\(start)\n\(GeneratedTable.profiles.text)<!-- end -->\nafter\n<!-- end -->\n"
    #expect(GeneratedTable.profiles.page(from: page) == expected)
    #expect(GeneratedTable.profiles.page(from: expected) == expected)
    #expect(GeneratedTable.profiles.page(from: "no place\n<!-- end -->\n") == nil)
    #expect(GeneratedTable.profiles.page(from: start + "\nno end\n") == nil)
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
