import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The bytes of a file in `Golden`; a missing file is empty and fails its test.
func goldenBytes(_ name: String, _ source: StaticString = #filePath) -> [UInt8] {
  guard let file = fopen(goldenPath(name, source), "r") else { return [] }
  defer { fclose(file) }
  var bytes: [UInt8] = []
  var block = [UInt8](repeating: 0, count: 65_536)
  while true {
    let count = fread(&block, 1, block.count, file)
    if count == 0 { return bytes }
    bytes.append(contentsOf: block[..<count])
  }
}

/// The text of a file in `Golden`.
func golden(_ name: String) -> String { String(decoding: goldenBytes(name), as: UTF8.self) }

/// Compares with a file in `Golden`; `SHEEP_RECORD=1` writes the file, and fails.
func expectGolden(
  _ text: String, _ name: String, sourceLocation: SourceLocation = #_sourceLocation
) {
  if getenv("SHEEP_RECORD") != nil, let file = fopen(goldenPath(name), "w") {
    let bytes = Array(text.utf8)
    fwrite(bytes, 1, bytes.count, file)
    fclose(file)
    Issue.record("recorded \(name)", sourceLocation: sourceLocation)
    return
  }
  let expected = golden(name)
  #expect(Array(text.utf8) == Array(expected.utf8), "\(name):\n\(text)", sourceLocation: sourceLocation)
}

private func goldenPath(_ name: String, _ source: StaticString = #filePath) -> String {
  let path = source.description
  let folder = path.lastIndex(of: "/").map { path[..<$0] } ?? "."
  return "\(folder)/Golden/\(name)"
}
