#if os(Linux)
  import CCurl
  import Glibc
  import SheepTesting
  import Testing

  /// The libraries that libcurl's file names as needed, which are opened before it.
  struct LibraryNeedsTests {
    @Test("a library's needs are names of libraries, the C library among them")
    func needsOfALibrary() throws {
      let needs = try Self.needs(ofFile: Self.curl())
      #expect(needs.contains { $0.hasPrefix("libc.so.") })
      #expect(needs.allSatisfy { $0.hasPrefix("lib") && $0.contains(".so") })
    }

    @Test("a file that is cut short names none", arguments: [0, 3, 4, 63, 64, 65, 300, 4096, 100_000])
    func cutFile(length: Int) throws {
      let file = try #require(fopen(try Self.curl(), "r"))
      defer { fclose(file) }
      var bytes = [UInt8](repeating: 0, count: length)
      try #require(fread(&bytes, 1, length, file) == length)
      let folder = try TemporaryFolder()
      let copy = try #require(fopen(folder.path + "/cut.so", "w"))
      #expect(fwrite(bytes, 1, length, copy) == length)
      fclose(copy)
      #expect(Self.needs(ofFile: folder.path + "/cut.so") == [])
    }

    @Test("a file that is not a library, a folder and a missing file name none")
    func notALibrary() throws {
      let folder = try TemporaryFolder()
      try folder.write("text.so", String(repeating: "not a library ", count: 1000))
      for path in [folder.path + "/text.so", folder.path, folder.path + "/nothing.so"] {
        #expect(Self.needs(ofFile: path) == [])
      }
    }

    private static func curl() throws -> String {
      let path = withUnsafeTemporaryAllocation(of: CChar.self, capacity: 512) { text -> String? in
        guard let start = text.baseAddress, sheep_library_find("libcurl.so.4", start, 512) == 1 else {
          return nil
        }
        return String(cString: start)
      }
      return try #require(path)
    }

    private static func needs(ofFile path: String) -> [String] {
      let room = 32
      let length = MemoryLayout<sheep_library_name>.size
      return withUnsafeTemporaryAllocation(of: CChar.self, capacity: room * length) { text in
        guard let start = text.baseAddress else { return [] }
        let count = start.withMemoryRebound(to: sheep_library_name.self, capacity: room) { names in
          sheep_library_needs(path, names, Int32(room))
        }
        return (0..<min(Int(count), room)).map { String(cString: start + $0 * length) }
      }
    }
  }
#endif
