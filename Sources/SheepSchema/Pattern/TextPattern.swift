import CPCRE2

/// A regular expression as JSON schemas use them: ECMA-262 with its `u` flag, matched by PCRE2.
///
/// Answers are written by others, so matching is bounded: it gives up after a number of steps
/// that the caller sets, and beyond 64 MiB of memory (docs/decisions/0010-json-schema.md).
package final class TextPattern {
  /// The pattern as the schema has it.
  package let source: String
  private let compiled: OpaquePointer

  /// Some 0.4 s.
  package static let usualSteps = 20_000_000

  /// Prepares a pattern.
  package convenience init(_ source: String) throws(PatternError) {
    try self.init(source, libraries: PatternLibrary.usualNames)
  }

  /// Prepares a pattern with the first of these libraries that is there.
  init(_ source: String, libraries: [String]) throws(PatternError) {
    try PatternLibrary.open(names: libraries)
    let translation = PatternTranslation(source)
    var offset = 0
    let (compiled, problem) = PatternLibrary.withText { text, size in
      translation.bytes.withUnsafeBytes { bytes in
        let pattern = bytes.bindMemory(to: CChar.self)
        return sheep_pattern_compile(pattern.baseAddress, pattern.count, &offset, text, size)
      }
    }
    guard let compiled else {
      throw .invalid(problem: problem, character: translation.character(at: offset))
    }
    self.source = source
    self.compiled = compiled
  }

  deinit {
    sheep_pattern_free(compiled)
  }

  /// Whether the pattern occurs anywhere in `text`; `nil` when that cannot be found out in
  /// `steps` steps of some 20 ns, which are used up by what it took.
  package func occurs(in text: String, steps: inout Int) -> Bool? {
    var text = text
    var left = Int64(steps)
    let result = text.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) {
        sheep_pattern_occurs(compiled, $0.baseAddress, $0.count, &left)
      }
    }
    steps = Int(left)
    return result < 0 ? nil : result == 1
  }
}
