import Testing

/// An authority made for one test, in a folder of its own, and certificates signed by it, all
/// by `openssl`.
package final class TestAuthority {
  /// The program; `nil` where it is not installed.
  package static let openssl = Subprocess.path(of: "openssl")

  /// Where its files lie.
  package let folder: TemporaryFolder
  private let openssl: String

  /// Its own certificate, for those who are to trust it.
  package var certificate: String { folder.path + "/authority.pem" }
  /// The key of all certificates that it signs.
  package var serverKey: String { folder.path + "/server.key" }

  /// Makes an authority, which takes two runs of openssl.
  package init() throws {
    folder = try TemporaryFolder()
    openssl = try #require(Self.openssl)
    let curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    try run(
      ["req", "-x509"] + curve
        + ["-keyout", folder.path + "/authority.key", "-out", certificate, "-subj", "/CN=Test", "-days", "2"])
    try run(
      ["req"] + curve + ["-keyout", serverKey, "-out", folder.path + "/server.csr", "-subj", "/CN=server"])
  }

  /// Signs a certificate for a name (`IP:127.0.0.1`) and returns its file. With a negative
  /// number of days it has expired.
  package func certificate(for name: String, days: Int = 2) throws -> String {
    try folder.write("server.ext", "subjectAltName=" + name + "\n")
    let file = folder.path + "/server-" + String(days) + ".pem"
    try run([
      "x509", "-req", "-in", folder.path + "/server.csr", "-CA", certificate,
      "-CAkey", folder.path + "/authority.key", "-CAcreateserial", "-days", String(days),
      "-extfile", folder.path + "/server.ext", "-out", file,
    ])
    return file
  }

  /// Serves a page over TLS with that certificate until the process is let go.
  package func serve(certificate: String, _ more: [String] = []) throws -> (process: Subprocess, port: UInt16)
  {
    let server = try Subprocess(
      openssl, ["s_server", "-accept", "127.0.0.1:0", "-cert", certificate, "-key", serverKey, "-www"] + more)
    while let line = server.readLine() {
      guard line.hasPrefix("ACCEPT"), let port = line.split(separator: ":").last.flatMap({ UInt16($0) })
      else { continue }
      return (server, port)
    }
    throw Failed(command: "s_server")
  }

  /// A run of openssl that failed.
  package struct Failed: Error {
    package var command: String
  }

  /// A certificate that its own key signed, for a name.
  package func selfSigned(for name: String) throws -> String {
    let file = folder.path + "/self.pem"
    try run([
      "req", "-x509", "-key", serverKey, "-out", file, "-subj", "/CN=self", "-days", "2", "-addext",
      "subjectAltName=" + name,
    ])
    return file
  }

  private func run(_ arguments: [String]) throws {
    let status = try Subprocess(openssl, arguments).wait()
    if status != 0 { throw Failed(command: arguments.joined(separator: " ")) }
  }
}
