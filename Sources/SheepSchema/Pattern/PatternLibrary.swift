import CPCRE2

/// PCRE2, the library that matches the patterns of schemas and expectations. It is opened when
/// the first pattern is prepared, so that a program without patterns neither needs nor loads it.
enum PatternLibrary {
  /// The file names that the library goes by, in the order to try.
  static let usualNames: [String] = {
    #if os(Linux)
      ["libpcre2-8.so.0"]
    #else
      [
        "/opt/homebrew/opt/pcre2/lib/libpcre2-8.0.dylib", "/usr/local/opt/pcre2/lib/libpcre2-8.0.dylib",
        "libpcre2-8.0.dylib",
      ]
    #endif
  }()

  /// Opens the first of these that is there and complete.
  /// - Throws: which file is missing, or what it lacks, and the package to install.
  static func open(names: [String]) throws(PatternError) {
    var reason: String?
    for name in names {
      let (status, lacking) = withText { sheep_pcre2_open(name, $0, $1) }
      switch status {
      case SHEEP_PCRE2_READY: return
      case SHEEP_PCRE2_INCOMPLETE: reason = reason ?? "\(name) lacks \(lacking)"
      default: continue
      }
    }
    throw .missingLibrary(
      problem: reason ?? "\(names.first ?? "libpcre2-8") is not installed",
      advice: "install " + packageName)
  }

  private static var packageName: String {
    #if os(Linux)
      "the package libpcre2-8-0 (Debian, Ubuntu) or pcre2 (Fedora, Arch)"
    #else
      "pcre2 with brew"
    #endif
  }

  /// Calls a function of C that may write a text, and returns that with its result.
  static func withText<Result>(_ body: (UnsafeMutablePointer<CChar>?, Int) -> Result) -> (Result, String) {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { text in
      text[0] = 0
      let result = body(text.baseAddress, text.count)
      return (result, text.baseAddress.map { String(cString: $0) } ?? "")
    }
  }
}

/// Why a pattern cannot be used.
package enum PatternError: Error, Equatable, Sendable {
  /// It is malformed, or has what PCRE2 cannot match: `missing closing parenthesis`, found before
  /// the character with that number, counted from 1.
  case invalid(problem: String, character: Int)
  /// The library that matches patterns cannot be opened.
  case missingLibrary(problem: String, advice: String)
}
