import SheepCore

/// Which proxy a request takes, decided here and told to libcurl in full, so that it never
/// looks into the environment by itself.
package struct ProxyChoice: Equatable, Sendable {
  /// For `CURLOPT_PROXY`; empty for none.
  package var proxy: String
  /// For `CURLOPT_NOPROXY`; empty so that nothing is exempt.
  package var exempt: String

  /// No proxy.
  package static let none = ProxyChoice(proxy: "", exempt: "")

  /// Whether a proxy may be used at all.
  package var isUsed: Bool { !proxy.isEmpty }

  /// A proxy that was asked for by option is used for everything, and always by a tunnel. One
  /// from the environment is used for https alone, and never for this machine: a proxy for
  /// plain http would read the key.
  package init(setting: String?, environment: CurlEnvironment, target: RequestTarget) {
    if let setting {
      self = ProxyChoice(proxy: setting, exempt: "")
    } else if target.scheme == "https", !target.host.isLoopback, let proxy = environment.httpsProxy {
      self = ProxyChoice(proxy: proxy, exempt: environment.noProxy ?? "")
    } else {
      self = .none
    }
  }

  private init(proxy: String, exempt: String) {
    self.proxy = proxy
    self.exempt = exempt
  }
}
