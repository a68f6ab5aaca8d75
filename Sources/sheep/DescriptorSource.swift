import SheepRun

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Standard input.
final class DescriptorSource: InputSource {
  private let number: Int32
  var descriptor: Int32? { number }

  init(_ descriptor: Int32) {
    number = descriptor
  }

  var kind: InputKind {
    var facts = stat()
    guard fstat(number, &facts) == 0 else { return .other }
    switch facts.st_mode & S_IFMT {
    case S_IFREG, S_IFIFO: return .finite
    case S_IFCHR: return isatty(number) == 1 ? .terminal : .other
    default: return .other
    }
  }

  func readAll() throws(SystemError) -> [UInt8] {
    try SystemFile.readAll(number)
  }

  func readSome() throws(SystemError) -> [UInt8] { try SystemFile.readSome(number) }
}
