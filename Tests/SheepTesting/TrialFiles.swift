/// The files that a trial has written.
package final class TrialFiles {
  package private(set) var content: [String: [UInt8]] = [:]
  /// How often a file was written as a whole.
  package private(set) var replacements: [String: Int] = [:]

  /// No files yet.
  package init() {}

  package func replace(_ path: String, _ bytes: [UInt8]) {
    content[path] = bytes
    replacements[path, default: 0] += 1
  }

  package func append(_ path: String, _ bytes: [UInt8]) {
    content[path, default: []] += bytes
  }
}
