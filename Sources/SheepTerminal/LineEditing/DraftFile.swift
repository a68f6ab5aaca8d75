import CSystem

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A text in a file that only its owner can read, for another program to change; it is removed
/// when this goes, and when a signal ends the process.
final class DraftFile {
  /// The file's path.
  let path: String
  private let folder: UnsafeMutablePointer<CChar>
  private let file: UnsafeMutablePointer<CChar>

  /// Writes the text into a new file in a new folder; `nil` when the system refuses.
  init?(_ text: String) {
    let place = getenv("TMPDIR").map { String(cString: $0) } ?? ""
    let parent = place.hasPrefix("/") ? place : "/tmp"
    // mkdtemp makes it for the owner alone.
    guard let template = strdup(parent + "/sheep-XXXXXX") else { return nil }
    guard mkdtemp(template) != nil, let name = strdup(String(cString: template) + "/message.md") else {
      free(template)
      return nil
    }
    folder = template
    file = name
    path = String(cString: name)
    sheep_remove_on_death(file, folder)
    guard Self.write(text, to: path) else { return nil }
  }

  deinit {
    sheep_remove_on_death(nil, nil)
    unlink(file)
    removeRest()
    rmdir(folder)
    free(file)
    free(folder)
  }

  /// What an editor leaves beside the file: copies and swap files of the text.
  private func removeRest() {
    guard let directory = opendir(folder) else { return }
    defer { closedir(directory) }
    let parent = String(cString: folder)
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != "." && name != ".." { unlink(parent + "/" + name) }
    }
  }

  /// What the file holds now; `nil` when it cannot be read.
  func read() -> String? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = block.withUnsafeMutableBytes { systemRead(descriptor, $0) }
      if count == 0 { return String(decoding: bytes, as: UTF8.self) }
      if count > 0 { bytes += block[..<count] } else if errno != EINTR { return nil }
    }
  }

  private static func write(_ text: String, to path: String) -> Bool {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { systemWrite(descriptor, $0) }
      if count >= 0 { rest = rest.dropFirst(count) } else if errno != EINTR { return false }
    }
    return true
  }
}

/// read(2) and write(2), whose names the methods of types here have.
func systemRead(_ descriptor: Int32, _ block: UnsafeMutableRawBufferPointer) -> Int {
  #if canImport(Glibc)
    Glibc.read(descriptor, block.baseAddress, block.count)
  #else
    Darwin.read(descriptor, block.baseAddress, block.count)
  #endif
}

func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
  #if canImport(Glibc)
    Glibc.write(descriptor, bytes.baseAddress, bytes.count)
  #else
    Darwin.write(descriptor, bytes.baseAddress, bytes.count)
  #endif
}
