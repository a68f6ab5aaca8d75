package import SheepStore
import Synchronization

/// The program's own files, in memory.
package final class TrialPrivateFiles: Sendable {
  private let contents = Mutex<[String: [UInt8]]>([:])
  private let readPaths = Mutex<[String]>([])

  /// What a file holds; `nil` when there is none.
  package subscript(_ path: String) -> String? {
    get { contents.withLock { $0[path] }.map { String(decoding: $0, as: UTF8.self) } }
    set { contents.withLock { $0[path] = newValue.map { Array($0.utf8) } } }
  }

  /// The paths that were asked for, in order.
  package var reads: [String] { readPaths.withLock { $0 } }

  package var access: FileAccess {
    var access = FileAccess(
      read: { path throws(FileProblem) in
        self.readPaths.withLock { $0.append(path) }
        return self.contents.withLock { $0[path] }
      },
      write: { path, bytes, mayReplace throws(FileProblem) in
        let isThere = self.contents.withLock { $0[path] != nil }
        if isThere, !mayReplace { throw FileProblem(.exists, "already exists") }
        self.contents.withLock { $0[path] = bytes }
      })
    access.names = { folder in
      let start = folder + "/"
      return self.contents.withLock { $0.keys.filter { $0.hasPrefix(start) } }
        .map { String($0.dropFirst(start.count)) }
    }
    return access
  }
}
