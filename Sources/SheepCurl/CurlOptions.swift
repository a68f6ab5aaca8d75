import CCurl
package import SheepCore

/// Every option of a transfer, decided in this one place.
///
/// Nothing else in the program sets an option of an easy handle. The list is a value, so that
/// a test can hold it against the threat table; `CurlTransfer` applies it and checks each
/// return code.
package enum CurlOptions {
  /// What a request's options depend on besides the request.
  package struct Context: Sendable {
    package var target: RequestTarget
    package var proxy: ProxyChoice
    package var trust: CertificateTrust
    package var library: CurlLibrary

    /// Decides proxy and trust for a request.
    package init(
      request: HTTPRequest, library: CurlLibrary, environment: CurlEnvironment
    )
      throws(RequestTarget.Refused)
    {
      target = try RequestTarget(url: request.url)
      proxy = ProxyChoice(
        setting: request.settings.proxy, environment: environment, target: target)
      let needsTrust = target.scheme == "https" || proxy.isUsed
      trust =
        needsTrust
        ? CertificateTrust(
          setting: request.settings.certificateFile, environment: environment, library: library)
        : CertificateTrust()
      self.library = library
    }
  }

  /// The options of a request, in the order in which they are set. Throws when the request
  /// must not be sent as it is.
  package static func settings(
    for request: HTTPRequest, in context: Context
  )
    throws(RequestTarget.Refused) -> [CurlSetting]
  {
    try refuseOpenCredential(request, context)
    var settings = try address(request, context)
    settings += redirectsAndCredentials
    settings += connection(request.settings, context)
    settings += tls(context)
    if request.settings.inspectsTLS, context.target.scheme == "https" { settings += inspection(context) }
    settings += proxySettings(context)
    settings += callbacks
    return settings
  }

  /// A key over plain http goes to this machine alone, also by way of a proxy.
  private static func refuseOpenCredential(
    _ request: HTTPRequest, _ context: Context
  )
    throws(RequestTarget.Refused)
  {
    guard request.credential != nil, context.target.scheme == "http" else { return }
    guard context.target.host.isLoopback else {
      throw RequestTarget.Refused(reason: "the key would be sent unencrypted")
    }
    guard context.proxy.isUsed else { return }
    guard let proxy = try? RequestTarget(url: context.proxy.proxy), proxy.host.isLoopback else {
      throw RequestTarget.Refused(reason: "the key would be sent to the proxy unencrypted")
    }
  }

  private static func address(
    _ request: HTTPRequest, _ context: Context
  )
    throws(RequestTarget.Refused) -> [CurlSetting]
  {
    var settings = [
      CurlSetting(CURLOPT_URL, .text(request.url)),
      // Of the two schemes only the one that was asked for.
      CurlSetting(CURLOPT_PROTOCOLS_STR, .text(context.target.scheme)),
      CurlSetting(CURLOPT_DISALLOW_USERNAME_IN_URL, .number(1)),
      CurlSetting(CURLOPT_HTTPHEADER, .memory(.headerLines)),
    ]
    switch (request.method, request.body) {
    case ("GET", nil): settings.append(CurlSetting(CURLOPT_HTTPGET, .number(1)))
    case ("POST", let body):
      settings.append(CurlSetting(CURLOPT_POST, .number(1)))
      // The length first: libcurl copies so many bytes.
      settings.append(CurlSetting(CURLOPT_POSTFIELDSIZE_LARGE, .size(Int64(body?.count ?? 0))))
      settings.append(CurlSetting(CURLOPT_COPYPOSTFIELDS, .bytes(body ?? [])))
    case ("GET", _): throw RequestTarget.Refused(reason: "a GET request cannot have a body")
    default: throw RequestTarget.Refused(reason: "the method is neither GET nor POST")
    }
    return settings
  }

  /// libcurl forwards `x-api-key` across origins when it follows a redirect, so it follows
  /// none; and no file or challenge of the server makes it send another credential.
  private static let redirectsAndCredentials = [
    CurlSetting(CURLOPT_FOLLOWLOCATION, .number(0)),
    CurlSetting(CURLOPT_MAXREDIRS, .number(0)),
    CurlSetting(CURLOPT_REDIR_PROTOCOLS_STR, .text("https")),
    CurlSetting(CURLOPT_UNRESTRICTED_AUTH, .number(0)),
    CurlSetting(CURLOPT_NETRC, .number(0)),
    CurlSetting(CURLOPT_HTTPAUTH, .number(0)),
    // Cookies, compression, HSTS and Alt-Svc stay off by never being turned on.
    CurlSetting(CURLOPT_HTTP_CONTENT_DECODING, .number(0)),
    CurlSetting(CURLOPT_HTTP09_ALLOWED, .number(0)),
    CurlSetting(CURLOPT_VERBOSE, .number(0)),
  ]

  private static func connection(_ settings: TransportSettings, _ context: Context) -> [CurlSetting] {
    let version = context.library.hasHTTP2 ? CURL_HTTP_VERSION_2TLS : CURL_HTTP_VERSION_1_1
    let limit = max(1, min(settings.connectTimeout.nanoseconds / 1_000_000, Int64(Int32.max)))
    var result = [
      CurlSetting(CURLOPT_HTTP_VERSION, .number(Int(version))),
      // Signals are the program's: libcurl neither raises nor masks any.
      CurlSetting(CURLOPT_NOSIGNAL, .number(1)),
      CurlSetting(CURLOPT_NOPROGRESS, .number(1)),
      CurlSetting(CURLOPT_CONNECTTIMEOUT_MS, .number(Int(limit))),
      // The client has its own watchdogs; libcurl's low-speed option is no idle timer.
      CurlSetting(CURLOPT_TIMEOUT_MS, .number(0)),
      CurlSetting(CURLOPT_LOW_SPEED_LIMIT, .number(0)),
      CurlSetting(CURLOPT_TCP_NODELAY, .number(1)),
      CurlSetting(CURLOPT_TCP_KEEPALIVE, .number(1)),
      CurlSetting(CURLOPT_TCP_KEEPIDLE, .number(60)),
      CurlSetting(CURLOPT_TCP_KEEPINTVL, .number(60)),
      // A connection idle for longer is likely dead at the other end: do not try it.
      CurlSetting(CURLOPT_MAXAGE_CONN, .number(30)),
      CurlSetting(CURLOPT_PIPEWAIT, .number(0)),
      CurlSetting(CURLOPT_FRESH_CONNECT, .number(settings.usesFreshConnection ? 1 : 0)),
      CurlSetting(CURLOPT_FORBID_REUSE, .number(settings.usesFreshConnection ? 1 : 0)),
      CurlSetting(CURLOPT_BUFFERSIZE, .number(bufferSize)),
    ]
    if context.library.number >= 0x075700 {
      // Else a cancelled transfer waits for a resolver that hangs.
      result.append(CurlSetting(CURLOPT_QUICK_EXIT, .number(1)))
    }
    return result
  }

  /// How much libcurl reads at a time. Only the pages that bytes arrive in are touched, so a
  /// thousand slow streams do not pay for it.
  private static let bufferSize = 64 << 10

  private static func tls(_ context: Context) -> [CurlSetting] {
    var settings = [
      CurlSetting(CURLOPT_SSL_VERIFYPEER, .number(1)),
      CurlSetting(CURLOPT_SSL_VERIFYHOST, .number(2)),
      CurlSetting(CURLOPT_SSLVERSION, .number(leastTLS)),
      CurlSetting(CURLOPT_PROXY_SSL_VERIFYPEER, .number(1)),
      CurlSetting(CURLOPT_PROXY_SSL_VERIFYHOST, .number(2)),
      CurlSetting(CURLOPT_PROXY_SSLVERSION, .number(leastTLS)),
    ]
    if context.trust.replacesDefault {
      settings += [
        CurlSetting(CURLOPT_CAINFO, .text(context.trust.file)),
        CurlSetting(CURLOPT_CAPATH, .text(context.trust.folder)),
        CurlSetting(CURLOPT_PROXY_CAINFO, .text(context.trust.file)),
        CurlSetting(CURLOPT_PROXY_CAPATH, .text(context.trust.folder)),
      ]
    }
    return settings
  }

  /// Notes of the handshake for diagnosis, where the TLS library is one that can be asked. The
  /// verdict stays that library's own.
  private static func inspection(_ context: Context) -> [CurlSetting] {
    guard context.library.readsHashedFolders else { return [] }
    return [
      CurlSetting(CURLOPT_SSL_CTX_DATA, .memory(.tlsFacts)),
      CurlSetting(CURLOPT_SSL_CTX_FUNCTION, .callback(.tlsContext)),
    ]
  }

  /// TLS 1.2 or later.
  private static let leastTLS = Int(CURL_SSLVERSION_TLSv1_2)

  private static func proxySettings(_ context: Context) -> [CurlSetting] {
    [
      // Both always: unset, libcurl would read the environment by itself.
      CurlSetting(CURLOPT_PROXY, .text(context.proxy.proxy)),
      CurlSetting(CURLOPT_NOPROXY, .text(context.proxy.exempt)),
      // A proxy sees a CONNECT and nothing of the request.
      CurlSetting(CURLOPT_HTTPPROXYTUNNEL, .number(context.proxy.isUsed ? 1 : 0)),
      CurlSetting(CURLOPT_SUPPRESS_CONNECT_HEADERS, .number(1)),
    ]
  }

  private static let callbacks = [
    CurlSetting(CURLOPT_ERRORBUFFER, .memory(.errorText)),
    CurlSetting(CURLOPT_WRITEFUNCTION, .callback(.body)),
    CurlSetting(CURLOPT_WRITEDATA, .memory(.transfer)),
    CurlSetting(CURLOPT_HEADERFUNCTION, .callback(.header)),
    CurlSetting(CURLOPT_HEADERDATA, .memory(.transfer)),
    CurlSetting(CURLOPT_PREREQFUNCTION, .callback(.beforeSending)),
    CurlSetting(CURLOPT_PREREQDATA, .memory(.transfer)),
  ]
}
