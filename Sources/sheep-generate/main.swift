import SheepDocuments

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

// Prints one of the files that are made from the table of options; `make generate` puts them into
// their places. A program of its own, so that users of `sheep` do not carry it.

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

guard CommandLine.arguments.count == 2, let file = GeneratedFile(rawValue: CommandLine.arguments[1]) else {
  let kinds = GeneratedFile.allCases.map(\.rawValue).joined(separator: " | ")
  _ = write("usage: sheep-generate \(kinds)\n", to: 2)
  exit(2)
}
guard write(file.text, to: 1) else {
  perror("sheep-generate")
  exit(1)
}
