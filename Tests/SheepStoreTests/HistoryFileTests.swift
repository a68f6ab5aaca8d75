import SheepStore
import SheepTesting
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite("history of the prompt")
struct HistoryFileTests {
  private let folder: TemporaryFolder
  private var path: String { folder.path + "/state/sheep/history" }

  init() throws { folder = try TemporaryFolder() }

  private func file(capacity: Int = 100) -> HistoryFile {
    HistoryFile(folder: folder.path + "/state/sheep", capacity: capacity)
  }

  private func write(_ text: String) throws {
    let file = try #require(fopen(path, "a"))
    fputs(text, file)
    fclose(file)
  }

  private func lines() -> Int { (try? PrivateFile.read(path))?.filter { $0 == 0x0a }.count ?? 0 }

  private func mode(_ path: String) -> mode_t {
    var facts = stat()
    return stat(path, &facts) == 0 ? facts.st_mode & 0o7777 : 0
  }

  @Test("entries come back as they were, each once, where it stands last")
  func entries() {
    #expect(file().load() == [])
    let texts = ["하나", "two\n  lines\t", "\u{1b}[2J\u{0}\"\\", "하나", "three"]
    texts.forEach { file().append($0) }
    #expect(file().load() == [texts[1], texts[2], "하나", "three"])
    #expect(mode(path) == 0o600 && mode(folder.path + "/state/sheep") == 0o700)
  }

  @Test("a torn line costs itself only")
  func torn() throws {
    file().append("one")
    try write("\"two")
    file().append("three")
    try write("{}\nnot json\n\n")
    file().append("four")
    #expect(file().load() == ["one", "three", "four"])
  }

  @Test("a file that has grown is written anew with what is kept; a long entry stays out")
  func compaction() throws {
    for number in 0..<30 { file(capacity: 10).append("entry \(number % 15)") }
    file(capacity: 10).append(String(repeating: "x", count: HistoryFile.longestEntry + 1))
    #expect(lines() == 30)
    #expect(file(capacity: 10).load() == (5..<15).map { "entry \($0)" })
    #expect(lines() == 10 && mode(path) == 0o600)
    file(capacity: 10).append("more")
    #expect(file(capacity: 10).load() == (6..<15).map { "entry \($0)" } + ["more"])
  }

  @Test("a link, a pipe, or a file that others can write is left alone")
  func unsafe() throws {
    file().append("one")
    #expect(chmod(path, 0o622) == 0)
    #expect(file().load() == [])
    file().append("two")
    #expect(chmod(path, 0o600) == 0)
    #expect(file().load() == ["one"])
    #expect(rename(path, folder.path + "/elsewhere") == 0 && symlink(folder.path + "/elsewhere", path) == 0)
    file().append("three")
    #expect(file().load() == [])
    #expect(unlink(path) == 0 && mkfifo(path, 0o600) == 0)
    file().append("four")
    #expect(file().load() == [])
    // A file that others can read is closed to them.
    #expect(unlink(path) == 0 && rename(folder.path + "/elsewhere", path) == 0 && chmod(path, 0o644) == 0)
    #expect(file().load() == ["one"] && mode(path) == 0o600)
  }
}
