package import SheepCore

extension Environment {
  /// The bytes of a file that the user named.
  /// - Throws: `usage` when it cannot be read, with `advice`.
  package func contents(
    of path: String, advice: String = "check the path and its permissions"
  ) throws(Failure) -> [UInt8] {
    do throws(SystemError) { return try readFile(path) } catch {
      if error.number == Self.isDirectory { throw Failure(.usage, path, "is a directory") }
      throw Failure(.usage, path, error.text, advice: advice)
    }
  }

  /// `EISDIR` of Linux and macOS.
  private static let isDirectory: Int32 = 21

  /// All that standard input holds.
  /// - Throws: `usage` when it cannot be read.
  package func inputContents() throws(Failure) -> [UInt8] {
    do throws(SystemError) { return try standardInput.readAll() } catch {
      throw Failure(.usage, "standard input", error.text)
    }
  }

  /// A path of the configuration, where `~/` is the home folder.
  package func expanded(_ path: String) -> String {
    guard path.hasPrefix("~/"), let home = variable("HOME") else { return path }
    return home + path.dropFirst()
  }
}
