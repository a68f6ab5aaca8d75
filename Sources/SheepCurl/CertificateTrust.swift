#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Which certificate authorities to trust: a file, a hashed folder, both, or libcurl's default.
package struct CertificateTrust: Equatable, Sendable {
  /// For `CURLOPT_CAINFO`; see `replacesDefault` for what `nil` means.
  package var file: String?
  /// For `CURLOPT_CAPATH`.
  package var folder: String?

  /// Whether anything is to be set; if not, libcurl keeps what it was built with.
  package var replacesDefault: Bool { file != nil || folder != nil }

  /// Debian's and Ubuntu's folder, looked at once in the life of the process.
  private static let systemFolder = "/etc/ssl/certs"
  private static let isSystemFolderHashed = isHashed(systemFolder)

  /// libcurl's default.
  package init() {}

  /// What the user gave by option outranks what the environment says, and each replaces the
  /// system's authorities.
  ///
  /// Without either, a hashed folder is taken where there is one and the library can read it:
  /// parsing the 140 certificates of the usual single file is two thirds of a small https
  /// request (27.6 ms against 8.8 ms, measured), and in the folder OpenSSL reads only the one
  /// it needs. On Debian and Ubuntu both hold the same authorities.
  package init(
    setting: String?, environment: CurlEnvironment, library: CurlLibrary,
    systemFolder: String? = nil
  ) {
    if let setting {
      file = setting
    } else if environment.authorityFile != nil || environment.authorityFolder != nil {
      file = environment.authorityFile
      folder = environment.authorityFolder
    } else if library.readsHashedFolders {
      let isHashed = systemFolder.map(Self.isHashed) ?? Self.isSystemFolderHashed
      if isHashed { folder = systemFolder ?? Self.systemFolder }
    }
  }

  /// Whether a folder holds at least one link of the form `xxxxxxxx.N`, as `openssl rehash`
  /// makes them. It stops at the first.
  package static func isHashed(_ folder: String) -> Bool {
    guard let directory = opendir(folder) else { return false }
    defer { closedir(directory) }
    while let entry = readdir(directory) {
      let isLink = withUnsafeBytes(of: &entry.pointee.d_name) { name in
        isHashName(name.prefix { $0 != 0 })
      }
      if isLink { return true }
    }
    return false
  }

  private static func isHashName(_ name: Slice<UnsafeRawBufferPointer>) -> Bool {
    guard name.count == 10 else { return false }
    let bytes = Array(name)
    let isHash = bytes[..<8].allSatisfy {
      (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
        || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0)
    }
    return isHash && bytes[8] == UInt8(ascii: ".")
      && (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[9])
  }
}
