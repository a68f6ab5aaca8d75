import SheepCore
import SheepStore
import SheepTesting
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Files of the program's own, on a real file system.
@Suite("private files")
struct PrivateFileTests {
  private static func mode(_ path: String) -> mode_t? {
    var facts = stat()
    return lstat(path, &facts) == 0 ? facts.st_mode & 0o7777 : nil
  }

  private static func text(_ path: String) throws -> String? {
    try PrivateFile.read(path).map { String(decoding: $0, as: UTF8.self) }
  }

  @Test("a file is made for its owner alone, with the folders above it")
  func makes() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/a/b/config.toml"
    try PrivateFile.write(Array("one".utf8), to: path, mayReplace: false)
    #expect(try Self.text(path) == "one")
    #expect(Self.mode(path) == 0o600)
    #expect(Self.mode(folder.path + "/a") == 0o700 && Self.mode(folder.path + "/a/b") == 0o700)
    #expect(TemporaryFolder.names(in: folder.path + "/a/b") == ["config.toml"], "nothing is left behind")
  }

  @Test("a file is replaced whole, and its mode narrowed")
  func replaces() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/f"
    try PrivateFile.write(Array("one".utf8), to: path, mayReplace: false)
    #expect(chmod(path, 0o644) == 0)
    try PrivateFile.write([], to: path, mayReplace: true)
    #expect(try Self.text(path) == "")
    #expect(Self.mode(path) == 0o600)
    #expect(chmod(folder.path, 0o755) == 0)
    try PrivateFile.write(Array("three".utf8), to: path, mayReplace: true)
    #expect(Self.mode(folder.path) == 0o755, "a folder that was there keeps its mode")
  }

  @Test("an existing file is left alone where it may not be replaced")
  func keeps() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/f"
    try PrivateFile.write(Array("one".utf8), to: path, mayReplace: false)
    let error = #expect(throws: FileProblem.self) {
      try PrivateFile.write(Array("two".utf8), to: path, mayReplace: false)
    }
    #expect(error?.kind == .exists)
    #expect(try Self.text(path) == "one")
    #expect(TemporaryFolder.names(in: folder.path) == ["f"])
  }

  @Test("53: a symbolic link in the file's place is not written through", arguments: [true, false])
  func links(_ mayReplace: Bool) throws {
    let folder = try TemporaryFolder()
    let target = folder.path + "/target"
    try PrivateFile.write(Array("precious".utf8), to: target, mayReplace: false)
    let path = folder.path + "/config.toml"
    #expect(symlink(target, path) == 0)
    let error = #expect(throws: FileProblem.self) {
      try PrivateFile.write(Array("x".utf8), to: path, mayReplace: mayReplace)
    }
    #expect(error?.kind == .unsafe)
    #expect(try Self.text(target) == "precious")
    #expect(try Self.text(path) == "precious", "reading through a link of one's own is allowed")
    #expect(unlink(target) == 0)
    #expect(throws: FileProblem.self, "a link into nothing, too") {
      try PrivateFile.write([], to: path, mayReplace: mayReplace)
    }
    #expect(TemporaryFolder.names(in: folder.path) == ["config.toml"])
  }

  @Test("a file that others can change is not read", arguments: [0o620, 0o602, 0o666] as [mode_t])
  func writable(_ mode: mode_t) throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/f"
    try PrivateFile.write(Array("x".utf8), to: path, mayReplace: false)
    #expect(chmod(path, mode) == 0)
    let error = #expect(throws: FileProblem.self) { try PrivateFile.read(path) }
    #expect(error?.problem == "can be changed by other users")
    #expect(error?.advice?.contains("chmod 600") == true)
    #expect(chmod(path, 0o644) == 0)
    #expect(try Self.text(path) == "x")
  }

  @Test("what is no file is not read, and does not hold the program up")
  func notFiles() throws {
    let folder = try TemporaryFolder()
    #expect(try PrivateFile.read(folder.path + "/none") == nil)
    #expect(try PrivateFile.read("/etc/hosts/none") == nil)
    #expect(throws: FileProblem.self) { try PrivateFile.read(folder.path) }
    let pipe = folder.path + "/pipe"
    #expect(mkfifo(pipe, 0o600) == 0)
    #expect(throws: FileProblem.self) { try PrivateFile.read(pipe) }
    let long = folder.path + "/long"
    try PrivateFile.write(
      [UInt8](repeating: 0x23, count: PrivateFile.maximumBytes + 1), to: long, mayReplace: false)
    #expect(throws: FileProblem.self) { try PrivateFile.read(long) }
  }

  @Test("a file of the longest length is read, and one byte more is refused")
  func longest() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/f"
    for limit in [1, 16 << 10, PrivateFile.maximumBytes] {
      try PrivateFile.write([UInt8](repeating: 0x23, count: limit), to: path, mayReplace: true)
      #expect(try PrivateFile.read(path, limit: limit)?.count == limit)
      let error = #expect(throws: FileProblem.self) { try PrivateFile.read(path, limit: limit - 1) }
      #expect(error?.problem.hasPrefix("is longer than") == true)
    }
  }

  @Test("when a file cannot take its name, nothing is left behind", arguments: [true, false])
  func noName(_ mayReplace: Bool) throws {
    let folder = try TemporaryFolder()
    // The new file is written whole; only the empty name cannot be given to it.
    let error = #expect(throws: FileProblem.self) {
      try PrivateFile.write(Array("x".utf8), to: folder.path + "/", mayReplace: mayReplace)
    }
    #expect(error?.kind == .system)
    #expect(TemporaryFolder.names(in: folder.path) == [])
  }

  @Test("a folder that cannot be created is an error of the system")
  func noFolder() throws {
    let folder = try TemporaryFolder()
    let file = folder.path + "/file"
    try PrivateFile.write([], to: file, mayReplace: false)
    for path in [file + "/x/config.toml", "/proc/sheep/config.toml"] {
      let error = #expect(throws: FileProblem.self) { try PrivateFile.write([], to: path, mayReplace: true) }
      #expect(error?.kind == .system)
    }
  }
}

@Suite("paths")
struct PathsTests {
  @Test("the folders of the specification")
  func folders() {
    let home = Paths { ["HOME": "/home/u/"][$0] }
    #expect(home.configuration == "/home/u/.config/sheep/config.toml")
    #expect(
      home.dataFolder == "/home/u/.local/share/sheep" && home.stateFolder == "/home/u/.local/state/sheep")
    #expect(home.cacheFolder == "/home/u/.cache/sheep")
    let own = Paths { ["XDG_CONFIG_HOME": "/c", "XDG_DATA_HOME": "relative", "HOME": "/h"][$0] }
    #expect(own.configuration == "/c/sheep/config.toml")
    #expect(own.dataFolder == "/h/.local/share/sheep", "a relative path is ignored")
  }

  @Test(
    "without a home there is no place, rather than the working folder", arguments: [nil, "", "home", "."])
  func homeless(_ home: String?) {
    let paths = Paths { $0 == "HOME" ? home : nil }
    #expect(paths.configuration == nil && paths.cacheFolder == nil)
    #expect(paths.dataFolder == nil && paths.stateFolder == nil)
  }

  @Test(
    "52: a name that could lead elsewhere is none",
    arguments: [
      "", ".", "..", "../x", "/x", "a/b", "a\0b", "%2e%2e", "-x", ".hidden", "a..b", "a b", "é",
      String(repeating: "a", count: 65),
    ])
  func badNames(_ text: String) {
    #expect(StoredName(text) == nil)
  }

  @Test(
    "a plain name is one", arguments: ["a", "Work-2", "gpt-4.1", "a_b", String(repeating: "a", count: 64)])
  func goodNames(_ text: String) {
    #expect(StoredName(text)?.text == text)
  }
}
