/// Access to the program's own files, as closures that a test can replace.
package struct FileAccess: Sendable {
  /// The bytes of a file of the program's own; `nil` when there is none.
  ///
  /// Refuses what is no regular file, belongs to somebody else, can be changed by others, or
  /// is longer than a configuration can be.
  package var read: @Sendable (_ path: String) throws(FileProblem) -> [UInt8]?
  /// Replaces a file, or makes it, in one step: readers see the old or the new bytes, whole.
  ///
  /// Missing folders are made. With `mayReplace` false an existing file is left alone.
  package var write:
    @Sendable (_ path: String, _ bytes: [UInt8], _ mayReplace: Bool) throws(FileProblem) -> Void

  /// The names in a folder of the program's own, in no order; none when there is no such folder.
  package var names: @Sendable (_ folder: String) -> [String] = { _ in [] }

  /// Access by these closures; folders look empty.
  package init(
    read: @escaping @Sendable (String) throws(FileProblem) -> [UInt8]?,
    write: @escaping @Sendable (String, [UInt8], Bool) throws(FileProblem) -> Void
  ) {
    self.read = read
    self.write = write
  }

  /// No files at all.
  package static let none = FileAccess(
    read: { _ throws(FileProblem) in nil },
    write: { _, _, _ throws(FileProblem) in throw FileProblem(.system, "no directory for files") })

  /// The real files.
  package static let system: FileAccess = {
    var access = FileAccess(
      read: { path throws(FileProblem) in try PrivateFile.read(path) },
      write: { path, bytes, mayReplace throws(FileProblem) in
        try PrivateFile.write(bytes, to: path, mayReplace: mayReplace)
      })
    access.names = PrivateFile.names
    return access
  }()
}

/// Why a file of the program's own could not be read or written.
package struct FileProblem: Error, Equatable, Sendable {
  /// The kinds that are told apart.
  package enum Kind: Sendable { case unsafe, exists, system }

  package let kind: Kind
  /// What is wrong, as a clause: `can be changed by others`.
  package let problem: String
  /// What to do about it; `nil` when there is nothing to advise.
  package let advice: String?

  /// A problem and what to do.
  package init(_ kind: Kind, _ problem: String, _ advice: String? = nil) {
    self.kind = kind
    self.problem = problem
    self.advice = advice
  }
}
