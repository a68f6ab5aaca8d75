/// The program's own version.
package enum Version {
  /// Three numbers after semver.org; what `--version` prints and the `User-Agent` field says.
  package static let current = "0.1.0"
}
