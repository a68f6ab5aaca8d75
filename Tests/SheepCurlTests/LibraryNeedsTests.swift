import SheepCurl
import SheepTesting
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What is read of libcurl's file before it is opened, so that its libraries are opened first.
@Suite("needs of a library")
struct LibraryNeedsTests {
  #if os(Linux)
    @Test("the libraries that a library needs are read from its file")
    func needs() throws {
      let needs = LibraryVersions.needs(ofFile: try Self.curl())
      #expect(needs.contains { $0.hasPrefix("libc.so.") })
      #expect(needs.allSatisfy { $0.hasPrefix("lib") && $0.contains(".so") })
    }

    @Test(
      "nothing is read from a library's file that is cut",
      arguments: [0, 3, 4, 63, 64, 65, 300, 4096, 100_000])
    func cutFile(length: Int) throws {
      let file = try #require(fopen(try Self.curl(), "r"))
      defer { fclose(file) }
      var bytes = [UInt8](repeating: 0, count: length)
      try #require(fread(&bytes, 1, length, file) == length)
      let folder = try TemporaryFolder()
      let copy = try #require(fopen(folder.path + "/cut.so", "w"))
      #expect(fwrite(bytes, 1, length, copy) == length)
      fclose(copy)
      #expect(LibraryVersions.needs(ofFile: folder.path + "/cut.so") == [])
    }

    private static func curl() throws -> String {
      let folders = LibraryVersions.searchFolders(libraryPath: nil)
      return try #require(folders.map { $0 + "/libcurl.so.4" }.first { access($0, R_OK) == 0 })
    }
  #endif

  @Test("nothing is read from a file that is not a library")
  func notALibrary() throws {
    let folder = try TemporaryFolder()
    try folder.write("text.so", String(repeating: "no library ", count: 1000))
    for path in [folder.path + "/text.so", folder.path, folder.path + "/nothing.so"] {
      #expect(LibraryVersions.needs(ofFile: path) == [])
    }
  }
}
