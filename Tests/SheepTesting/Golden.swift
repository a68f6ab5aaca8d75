package import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Compares texts with files that are kept beside the tests.
///
/// With `SHEEP_RECORD=1` in the environment the files are written anew and the test fails all
/// the same, so that nobody records in CI and calls it passed; `git diff` then shows what is new.
package enum Golden {
  /// Expects `text` to be the contents of `Golden/NAME` beside the calling file.
  package static func expect(
    _ text: String, _ name: String, filePath: String = #filePath,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let path = folder(of: filePath) + "/Golden/" + name
    if getenv("SHEEP_RECORD") != nil {
      let problem = write(text, to: path) ? "was recorded" : "cannot be written"
      Issue.record("\(path) \(problem)", sourceLocation: sourceLocation)
      return
    }
    guard let expected = read(path) else {
      Issue.record(
        "\(path) cannot be read; SHEEP_RECORD=1 writes it", sourceLocation: sourceLocation)
      return
    }
    guard !text.utf8.elementsEqual(expected.utf8) else { return }
    Issue.record("\(difference(text, expected)) (\(path))", sourceLocation: sourceLocation)
  }

  private static func folder(of path: String) -> String {
    let bytes = Array(path.utf8)
    let end = bytes.lastIndex(of: 0x2f) ?? 0
    return String(decoding: bytes[..<end], as: UTF8.self)
  }

  /// Names the first line that differs.
  static func difference(_ text: String, _ expected: String) -> String {
    let lines = Array(text.utf8).split(separator: 0x0a, omittingEmptySubsequences: false)
    let others = Array(expected.utf8).split(separator: 0x0a, omittingEmptySubsequences: false)
    for number in 0..<max(lines.count, others.count) {
      let line = number < lines.count ? String(decoding: lines[number], as: UTF8.self) : "no line"
      let other = number < others.count ? String(decoding: others[number], as: UTF8.self) : "no line"
      if !line.utf8.elementsEqual(other.utf8) {
        return "line \(number + 1) is \(line.debugDescription), expected \(other.debugDescription)"
      }
    }
    return "no line differs"
  }

  private static func read(_ path: String) -> String? {
    guard let file = fopen(path, "rb") else { return nil }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = fread(&buffer, 1, buffer.count, file)
      if count == 0 { break }
      bytes += buffer[..<count]
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func write(_ text: String, to path: String) -> Bool {
    mkdir(folder(of: path), 0o777)
    guard let file = fopen(path, "wb") else { return false }
    let bytes = Array(text.utf8)
    let written = fwrite(bytes, 1, bytes.count, file)
    return fclose(file) == 0 && written == bytes.count
  }
}
