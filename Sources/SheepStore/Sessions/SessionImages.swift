import SheepCore

/// The images of all sessions: each once, in a file that is named by its SHA-256.
struct SessionImages {
  /// The folder; it is made with the first image.
  let path: String

  /// The largest image that is read back, in bytes: more than any provider takes.
  static let limit = 64 << 20

  /// Keeps an image and returns its name.
  func keep(_ bytes: [UInt8]) throws(Failure) -> String {
    let name = SHA256.hexadecimal(bytes)
    do throws(FileProblem) {
      try PrivateFile.write(bytes, to: path + "/" + name, mayReplace: false)
    } catch {
      if error.kind == .exists { return name }
      throw Failure(.output, path, "cannot be written: \(error.problem)", advice: error.advice)
    }
    return name
  }

  /// The bytes of an image; `nil` when it is lost, or is no longer what it was.
  func bytes(_ name: String) -> [UInt8]? {
    guard name.utf8.count == 64, name.utf8.allSatisfy(Self.isDigit) else { return nil }
    guard let bytes = try? PrivateFile.read(path + "/" + name, limit: Self.limit) else { return nil }
    return SHA256.hexadecimal(bytes) == name ? bytes : nil
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"): true
    default: false
    }
  }
}
