/// What the process environment says to the transport, as a value.
///
/// Nothing else of the environment is read here. What cannot be kept out: OpenSSL inside
/// libcurl reads its own configuration (`OPENSSL_CONF`), and libcurl writes TLS secrets to the
/// file that `SSLKEYLOGFILE` names if it was built with that feature; there is no option
/// against it, so a program that wants none must remove the variable before the first
/// transfer.
package struct CurlEnvironment: Sendable, Equatable {
  /// The proxy for https: `https_proxy`, else `HTTPS_PROXY`, `all_proxy`, `ALL_PROXY`. The
  /// variable `http_proxy` is ignored on purpose: such a proxy would see the key.
  package var httpsProxy: String?
  /// Hosts that need no proxy, with commas: `no_proxy`, else `NO_PROXY`.
  package var noProxy: String?
  /// A file of certificate authorities: `CURL_CA_BUNDLE`, else `SSL_CERT_FILE`.
  package var authorityFile: String?
  /// A hashed folder of certificate authorities: `SSL_CERT_DIR`.
  package var authorityFolder: String?

  /// An environment that says nothing.
  package init() {}

  /// Reads the variables through `variable`; empty ones count as unset.
  package init(variable: (String) -> String?) {
    func first(_ names: String...) -> String? {
      for name in names {
        if let value = variable(name), !value.isEmpty { return value }
      }
      return nil
    }
    httpsProxy = first("https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY")
    noProxy = first("no_proxy", "NO_PROXY")
    authorityFile = first("CURL_CA_BUNDLE", "SSL_CERT_FILE")
    authorityFolder = first("SSL_CERT_DIR")
  }
}
