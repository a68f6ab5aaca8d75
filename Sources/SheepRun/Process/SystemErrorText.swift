#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The operating system's words for its error numbers.
package enum SystemErrorText {
  /// For example `No space left on device`.
  package static func text(_ number: Int32) -> String {
    guard let text = strerror(number) else { return "error \(number)" }
    return String(cString: text)
  }
}
