import SheepCLI

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Standard input.
final class DescriptorSource: InputSource {
  private let descriptor: Int32

  init(_ descriptor: Int32) {
    self.descriptor = descriptor
  }

  var kind: InputKind {
    var facts = stat()
    guard fstat(descriptor, &facts) == 0 else { return .other }
    switch facts.st_mode & S_IFMT {
    case S_IFREG, S_IFIFO: return .finite
    case S_IFCHR: return isatty(descriptor) == 1 ? .terminal : .other
    default: return .other
    }
  }

  func readAll() throws(SystemError) -> [UInt8] {
    try SystemFile.readAll(descriptor)
  }
}
