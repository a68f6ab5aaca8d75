import SheepCore
import SheepCurl
import SheepTesting
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Which proxy and which certificate authorities are used.
@Suite("proxies and trust")
struct ProxyAndTrustTests {
  private static let environment = CurlEnvironment { name in
    ["https_proxy": "http://proxy:1", "no_proxy": ".example.org"][name]
  }

  init() throws {
    _ = try CurlLibrary.open()
  }

  @Test(
    "the proxy follows from the URL, the option and the environment",
    arguments: [
      ("https://api.example.com/", nil, "http://proxy:1", ".example.org"),
      ("http://api.example.com/", nil, "", ""),
      ("https://localhost/", nil, "", ""),
      ("https://127.8.9.10/", nil, "", ""),
      ("https://[::1]/", nil, "", ""),
      ("https://api.example.com/", "", "", ""),
      ("https://localhost/", "http://mine:2", "http://mine:2", ""),
    ])
  func proxy(url: String, setting: String?, proxy: String, exempt: String) throws {
    let choice = ProxyChoice(
      setting: setting, environment: Self.environment, target: try RequestTarget(url: url))
    #expect(choice.proxy == proxy)
    #expect(choice.exempt == exempt)
  }

  @Test("proxy variables are read in their order, and never http_proxy")
  func proxyVariables() {
    func environment(_ variables: [String: String]) -> CurlEnvironment {
      CurlEnvironment { variables[$0] }
    }
    #expect(environment(["http_proxy": "x", "HTTP_PROXY": "x"]) == CurlEnvironment())
    #expect(environment(["https_proxy": "", "ALL_PROXY": "a"]).httpsProxy == "a")
    #expect(environment(["HTTPS_PROXY": "b", "all_proxy": "a"]).httpsProxy == "b")
    #expect(environment(["SSL_CERT_FILE": "f", "CURL_CA_BUNDLE": "g"]).authorityFile == "g")
    #expect(environment(["SSL_CERT_DIR": "d"]).authorityFolder == "d")
    #expect(environment(["NO_PROXY": "*"]).noProxy == "*")
  }

  private let library = CurlLibrary(version: "7.88.1", number: 0x075801)

  private func trust(
    setting: String? = nil, environment: CurlEnvironment = CurlEnvironment(), library: CurlLibrary? = nil,
    folder: String
  ) -> CertificateTrust {
    CertificateTrust(
      setting: setting, environment: environment, library: library ?? self.library, systemFolder: folder)
  }

  @Test("the hashed folder of authorities is taken when nothing else is asked for")
  func hashedFolder() throws {
    let folder = try TemporaryFolder()
    #expect(trust(folder: folder.path).replacesDefault == false)
    try folder.write("certificate.pem", "")
    try folder.write("0123456g.0", "")
    #expect(trust(folder: folder.path).replacesDefault == false)
    try folder.write("0123abcd.0", "")
    #expect(trust(folder: folder.path).folder == folder.path)
    #expect(trust(folder: folder.path).file == nil)

    var gnuTLS = library
    gnuTLS.readsHashedFolders = false
    #expect(trust(library: gnuTLS, folder: folder.path).replacesDefault == false)
    #expect(trust(folder: folder.path + "/none").replacesDefault == false)
  }

  @Test("the user's authorities replace those of the system")
  func ownAuthorities() throws {
    let folder = try TemporaryFolder()
    try folder.write("0123abcd.0", "")
    let both = CurlEnvironment { ["SSL_CERT_FILE": "f", "SSL_CERT_DIR": "d"][$0] }
    let given = trust(setting: "mine", environment: both, folder: folder.path)
    #expect(given.file == "mine" && given.folder == nil)
    let named = trust(environment: both, folder: folder.path)
    #expect(named.file == "f" && named.folder == "d")
  }

  @Test(
    "relatives of OpenSSL are known by their names",
    arguments: [
      ("OpenSSL/3.0.19", true), ("LibreSSL/3.3.6", true), ("(SecureTransport) LibreSSL/3.3.6", true),
      ("GnuTLS/3.7.9", false), ("(OpenSSL/3.0) GnuTLS/3.7.9", false), ("", false),
    ])
  func relatives(backend: String, isOne: Bool) {
    #expect(CurlLibrary.isOpenSSL(backend) == isOne)
  }
}
