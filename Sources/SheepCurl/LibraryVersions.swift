import CCurl

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The versions of the libraries that would be opened, read from their files.
///
/// Opening libcurl takes as long as all of `curl --version`, of which `sheep --version` may take a
/// quarter (docs/performance.md). So libcurl's version is searched for in its file, and that of
/// readline or libedit is taken from the name that its link points to.
package struct LibraryVersions: Sendable, Equatable {
  /// libcurl's: `7.88.1`; `nil` when there is none.
  package var curl: String?
  /// The prompt's library: `readline 8.2` or `libedit 2.0.70`; `nil` when there is none.
  package var editor: String?

  /// The versions as they are known.
  package init(curl: String?, editor: String?) {
    self.curl = curl
    self.editor = editor
  }

  /// Looks where the dynamic loader would, `LD_LIBRARY_PATH` first.
  ///
  /// - Parameters:
  ///   - curls: the file names or paths that libcurl goes by, in the order to try.
  ///   - editors: the same of the prompt's library.
  package static func find(
    curls: [String] = CurlLibrary.usualNames, editors: [String]
  ) -> LibraryVersions {
    LibraryVersions(curl: curlVersion(curls), editor: editor(editors))
  }

  /// libcurl's version by its file; where no file is to be seen (macOS keeps its own in a
  /// cache), by opening it.
  private static func curlVersion(_ names: [String]) -> String? {
    for name in names {
      if let path = path(of: name), let version = text(after: "libcurl/", inFile: path) { return version }
    }
    return (try? CurlLibrary.open(names: names))?.version
  }

  /// The first of the libraries that is there, and its version by the name of its file:
  /// `readline 8.2` of `libreadline.so.8`, which is a link to `libreadline.so.8.2`.
  private static func editor(_ names: [String]) -> String? {
    for name in names {
      if let path = path(of: name) { return title(ofFile: linkTarget(path) ?? path) }
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
    let numbers = file.split(separator: ".").filter { $0.allSatisfy(\.isNumber) }
    return numbers.isEmpty ? name : name + " " + numbers.joined(separator: ".")
  }

  private static func path(of name: String) -> String? {
    copied(room: 512) { sheep_library_find(name, $0, 512) != 0 }
  }

  private static func text(after marker: String, inFile path: String) -> String? {
    copied(room: 32) { sheep_library_text(path, marker, $0, 32) > 0 }
  }

  private static func linkTarget(_ path: String) -> String? {
    copied(room: 1024) { text in
      let length = readlink(path, text, 1023)
      guard length > 0 else { return false }
      text[length] = 0
      return true
    }
  }

  /// What `fill` writes, if it says that it did, with a zero at its end.
  private static func copied(room: Int, _ fill: (UnsafeMutablePointer<CChar>) -> Bool) -> String? {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: room) { text in
      guard let start = text.baseAddress, fill(start) else { return nil }
      return String(cString: start)
    }
  }
}
