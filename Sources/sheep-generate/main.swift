import SheepDocuments

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

// Prints one of the files that are made from the program's own lists, or a page with its table brought
// up to date; `make generate` puts them into their places. A program of its own, so that users of `sheep` do not carry it.

/// Writes all of `text`; false when it could not.
func write(_ text: String, to descriptor: Int32) -> Bool {
  let bytes = Array(text.utf8)
  var start = 0
  while start < bytes.count {
    let written = bytes[start...].withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
    guard written > 0 else { return false }
    start += written
  }
  return true
}

/// All of standard input.
func readAll() -> String {
  var bytes: [UInt8] = []
  var buffer = [UInt8](repeating: 0, count: 65536)
  while true {
    let count = read(0, &buffer, buffer.count)
    guard count > 0 else { return String(decoding: bytes, as: UTF8.self) }
    bytes += buffer[..<count]
  }
}

/// Ends with a message.
func fail(_ message: String) -> Never {
  _ = write(message + "\n", to: 2)
  exit(2)
}

let name = CommandLine.arguments.count == 2 ? CommandLine.arguments[1] : ""
let text: String
if let file = GeneratedFile(rawValue: name) {
  text = file.text
} else if let table = GeneratedTable(rawValue: name) {
  guard let page = table.page(from: readAll()) else {
    fail("sheep-generate: no place for \(name) in the page")
  }
  text = page
} else {
  let names = GeneratedFile.allCases.map(\.rawValue) + GeneratedTable.allCases.map { $0.rawValue + " <PAGE" }
  fail("usage: sheep-generate \(names.joined(separator: " | "))")
}
guard write(text, to: 1) else {
  perror("sheep-generate")
  exit(1)
}
