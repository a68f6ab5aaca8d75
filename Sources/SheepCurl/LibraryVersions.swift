import CCurl

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The versions of the libraries that would be opened, found without opening them.
///
/// `--version` has a fifth of the time that `curl --version` takes, and nearly all of that is
/// the loading of libcurl's thirty libraries. So libcurl's version is read from the constants
/// in its file, and that of readline or libedit from the name that its link points to.
package struct LibraryVersions: Sendable, Equatable {
  /// libcurl's: `7.88.1`; `nil` when there is none.
  package var curl: String?
  /// The prompt's library: `readline 8.2` or `libedit 2.0.70`; `nil` when there is none.
  package var editor: String?

  /// These versions.
  package init(curl: String?, editor: String?) {
    self.curl = curl
    self.editor = editor
  }

  /// Looks in the folders where the dynamic loader would.
  ///
  /// `libraryPath` is the variable `LD_LIBRARY_PATH`; folders in it come first. `editors` are the
  /// files that the prompt tries, in their order.
  package static func find(libraryPath: String?, editors: [String]) -> LibraryVersions {
    let folders = searchFolders(libraryPath: libraryPath)
    return LibraryVersions(curl: curlVersion(in: folders), editor: editor(editors, in: folders))
  }

  /// libcurl's version by its file; where no file is to be seen (macOS keeps its own in a
  /// cache), by loading it.
  package static func curlVersion(in folders: [String], loadIfNeeded: Bool = true) -> String? {
    for name in CurlLibrary.usualNames {
      for folder in folders {
        let path = name.hasPrefix("/") ? name : folder + "/" + name
        if let version = constant(after: "libcurl/", inFile: path) { return version }
      }
    }
    guard loadIfNeeded, let library = try? CurlLibrary.open() else { return nil }
    return library.version
  }

  /// The first of the libraries that is there, and its version by the name of its file:
  /// `readline 8.2` of `libreadline.so.8`, which is a link to `libreadline.so.8.2`.
  ///
  /// `names` are file names, or whole paths, in the order that the prompt tries them.
  package static func editor(_ names: [String], in folders: [String]) -> String? {
    for name in names {
      for path in name.hasPrefix("/") ? [name] : folders.map({ $0 + "/" + name }) {
        guard access(path, R_OK) == 0 else { continue }
        return title(ofFile: linkTarget(path) ?? path)
      }
    }
    #if canImport(Darwin)
      // The system's own libraries are in a cache, and no files.
      return names.last { $0.hasPrefix("/usr/lib/") }.map(title)
    #else
      return nil
    #endif
  }

  /// `/usr/lib/libedit.so.2.0.70` → `libedit 2.0.70`.
  private static func title(ofFile path: String) -> String {
    let file = path.split(separator: "/").last.map(String.init) ?? path
    let name = file.hasPrefix("libedit") ? "libedit" : "readline"
    return numbers(in: file).map { name + " " + $0 } ?? name
  }

  /// The loader's folders in its order, as far as they are usual; a cache of its own
  /// configuration (`ld.so.cache`) is not read.
  package static func searchFolders(libraryPath: String?) -> [String] {
    let given = (libraryPath ?? "").split(separator: ":").map(String.init)
    #if os(Linux)
      #if arch(x86_64)
        let multiarch = "x86_64-linux-gnu"
      #elseif arch(arm64)
        let multiarch = "aarch64-linux-gnu"
      #else
        let multiarch = "linux-gnu"
      #endif
      return given + [
        "/usr/local/lib", "/usr/local/lib/" + multiarch, "/lib/" + multiarch, "/usr/lib/" + multiarch,
        "/lib64", "/usr/lib64", "/lib", "/usr/lib",
      ]
    #else
      return given + ["/opt/homebrew/opt/readline/lib", "/usr/local/opt/readline/lib", "/usr/local/lib"]
    #endif
  }

  /// The libraries that the file of a shared library names as needed, in its order; none of what
  /// is no such file, or searches folders of its own. libcurl's are opened before it.
  package static func needs(ofFile path: String) -> [String] {
    let room = 32
    let length = 128
    return withUnsafeTemporaryAllocation(of: CChar.self, capacity: room * length) { text in
      guard let start = text.baseAddress else { return [] }
      let count = start.withMemoryRebound(to: sheep_library_name.self, capacity: room) { names in
        sheep_library_needs(path, names, Int32(room))
      }
      return (0..<min(Int(count), room)).map { String(cString: start + $0 * length) }
    }
  }

  private static func constant(after marker: String, inFile path: String) -> String? {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: 32) { text in
      guard let start = text.baseAddress,
        sheep_library_text(path, marker, start, text.count) > 0
      else { return nil }
      return String(cString: start)
    }
  }

  private static func linkTarget(_ path: String) -> String? {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: 1024) { text in
      guard let start = text.baseAddress else { return nil }
      let length = readlink(path, start, text.count)
      guard length > 0 else { return nil }
      return String(
        decoding: UnsafeRawBufferPointer(start: start, count: length), as: UTF8.self)
    }
  }

  /// `libreadline.so.8.2` → `8.2`: the numbers between the dots of a file's name.
  package static func numbers(in file: String) -> String? {
    var text = ""
    for part in file.utf8.split(separator: UInt8(ascii: ".")) {
      guard part.allSatisfy({ (0x30...0x39).contains($0) }) else { continue }
      if !text.isEmpty { text += "." }
      text += String(Substring(part))
    }
    return text.isEmpty ? nil : text
  }
}
