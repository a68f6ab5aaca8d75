package import SheepCore
package import SheepWire

/// Where a request goes: one endpoint of one provider, with what belongs to it.
package struct Target: Sendable {
  /// The profile's name; `nil` for an address that the user gave without one.
  package let profile: String?
  package let dialect: any Dialect
  package let baseURL: BaseURL
  package let quirks: Quirks
  /// Header fields that the user added, in their order.
  package let headers: HTTPHeaders
  package let settings: TransportSettings
  private let key: BoundKey?

  /// A key together with the only origin it may be sent to.
  package struct BoundKey: Sendable {
    /// The key.
    package let secret: Secret
    /// The origin it belongs to: `https://api.holysheep.ai`.
    package let origin: String

    /// Binds a key to an origin.
    package init(_ secret: Secret, origin: String) {
      self.secret = secret
      self.origin = origin
    }
  }

  /// An endpoint.
  ///
  /// - Throws: `usage` when the key belongs to another origin than the address, or would
  ///   travel over plain http to another machine.
  package init(
    profile: String?, dialect: any Dialect, baseURL: BaseURL, quirks: Quirks = Quirks(), key: BoundKey?,
    headers: HTTPHeaders = HTTPHeaders(), settings: TransportSettings = TransportSettings()
  ) throws(Failure) {
    if let key, key.origin != baseURL.origin {
      throw Failure(
        .usage, "key", "belongs to \(key.origin) and is not sent to \(baseURL.origin)",
        advice: "give that address a key of its own in SHEEP_API_KEY, --key-env or --key-file")
    }
    if !baseURL.isSecure, !baseURL.isLoopback {
      throw Failure(
        .usage, baseURL.origin, "plain http would show the prompt and the key to everyone on the way",
        advice: "use https; http is for this machine (localhost, 127.0.0.1, [::1]) only")
    }
    self.profile = profile
    self.dialect = dialect
    self.baseURL = baseURL
    self.quirks = quirks
    self.key = key
    self.headers = headers
    self.settings = settings
  }

  /// The profile's name, or the host of an address without one: who is meant in messages.
  package var name: String { profile ?? baseURL.host }

  /// What hides the key in texts that come from the server; returns them unchanged without one.
  package func redacted(_ text: String) -> String {
    key?.secret.redacted(from: text) ?? text
  }

  /// The same event without the key, where a server has echoed it in a name of its own. The
  /// answer's words are passed on as they come: a key in them may lie across two deltas.
  func redacted(_ event: Event) -> Event {
    guard key != nil else { return event }
    switch event {
    case .started(let id, let model): return .started(id: id.map(redacted), model: model.map(redacted))
    case .finished(let reason, let raw): return .finished(reason, raw: redacted(raw))
    case .notice(let text): return .notice(redacted(text))
    default: return event
    }
  }

  /// The key's mask for people; `nil` without a key.
  package var maskedKey: String? { key?.secret.masked }

  /// Says a request in the target's dialect, credential and the user's headers included.
  /// - Throws: `usage` when the dialect cannot say it.
  package func encode(_ request: Request, quirks: Quirks) throws(Failure) -> HTTPRequest {
    var http = try dialect.encode(request, to: baseURL, quirks: quirks)
    for field in headers.fields { http.headers.set(field.name, field.value) }
    if let key {
      let (header, prefix) = dialect.credential(quirks)
      http.credential = HTTPRequest.Credential(header: header, prefix: prefix, secret: key.secret)
    }
    http.settings = settings
    return http
  }
}
