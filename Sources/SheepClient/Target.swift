package import SheepCore
package import SheepWire

/// Where a request goes: one endpoint of one provider, with what belongs to it.
///
/// Not `Sendable`: its keys are shared by all calls to it, on the loop's thread.
package struct Target {
  /// The profile's name; `nil` for an address that the user gave without one.
  package let profile: String?
  package private(set) var dialect: any Dialect
  package let baseURL: BaseURL
  package let quirks: Quirks
  /// Header fields that the user added, in their order.
  package let headers: HTTPHeaders
  package let settings: TransportSettings
  /// The keys that may be sent to it, in their order; without any, none is sent.
  package let keys: SharedKeys

  /// A key together with the only origin it may be sent to.
  package struct BoundKey: Sendable {
    /// The key.
    package let secret: Secret
    /// The origin it belongs to: `https://api.holysheep.ai`.
    package let origin: String
    /// Where the key was found, for people: a variable's name, a file's path; `nil`: not told.
    package let source: String?

    /// Binds a key to an origin.
    package init(_ secret: Secret, origin: String, source: String? = nil) {
      self.secret = secret
      self.origin = origin
      self.source = source
    }
  }

  /// An endpoint with one key, or none.
  /// - Throws: as the other one.
  package init(
    profile: String?, dialect: any Dialect, baseURL: BaseURL, quirks: Quirks = Quirks(), key: BoundKey?,
    headers: HTTPHeaders = HTTPHeaders(), settings: TransportSettings = TransportSettings()
  ) throws(Failure) {
    try self.init(
      profile: profile, dialect: dialect, baseURL: baseURL, quirks: quirks, keys: key.map { [$0] } ?? [],
      headers: headers, settings: settings)
  }

  /// An endpoint.
  ///
  /// - Throws: `usage` when a key belongs to another origin than the address, or would
  ///   travel over plain http to another machine.
  package init(
    profile: String?, dialect: any Dialect, baseURL: BaseURL, quirks: Quirks = Quirks(), keys: [BoundKey],
    headers: HTTPHeaders = HTTPHeaders(), settings: TransportSettings = TransportSettings()
  ) throws(Failure) {
    if let key = keys.first(where: { $0.origin != baseURL.origin }) {
      throw Failure(
        .usage, "the key", "belongs to \(key.origin) and is not sent to \(baseURL.origin)",
        advice: "set a key for that address with SHEEP_API_KEY, --key-env or --key-file")
    }
    if let key = keys.first, !baseURL.mayCarryKey {
      let what = key.source.map { "the key (\($0))" } ?? "the key"
      throw Failure(
        .usage, baseURL.origin, "plain http would expose \(what)",
        advice: "use https, or call it without a key; http with a key is allowed only to this machine")
    }
    self.profile = profile
    self.dialect = dialect
    self.baseURL = baseURL
    self.quirks = quirks
    self.keys = SharedKeys(KeyRing(keys.map { ($0.secret, $0.source) }))
    self.headers = headers
    self.settings = settings
  }

  /// The same endpoint and key, spoken to in another way.
  package func speaking(_ dialect: any Dialect) -> Target {
    var target = self
    target.dialect = dialect
    return target
  }

  /// The profile's name, or the host of an address without one: who is meant in messages.
  package var name: String { profile ?? baseURL.host }

  /// The first key's mask for people; `nil` without a key.
  package var maskedKey: String? { keys.ring.entries.first?.key.masked }

  /// Says a request in the target's dialect, credential and the user's headers included.
  ///
  /// - Parameter key: the number of the key to send along.
  /// - Throws: `usage` when the dialect cannot say it.
  package func encode(_ request: Request, quirks: Quirks, key: Int? = 0) throws(Failure) -> HTTPRequest {
    var http = try dialect.encode(request, to: baseURL, quirks: quirks)
    for field in headers.fields { http.headers.set(field.name, field.value) }
    http.credential = credential(key: key)
    http.settings = settings
    return http
  }

  /// A request for a document of the endpoint: `get("models")`, credential and the user's
  /// headers included.
  package func get(_ path: String, query: [ModelListPage.QueryField] = []) -> HTTPRequest {
    let fields = query.map { URLQuery.encoded($0.name) + "=" + URLQuery.encoded($0.value) }
    let url = baseURL.appending(path) + (fields.isEmpty ? "" : "?" + fields.joined(separator: "&"))
    return get(url: url)
  }

  /// A request for an address that the endpoint itself has named, absolute or beginning with
  /// `/`; `nil` when it lies at another origin, to which the key does not belong.
  package func get(link: String) -> HTTPRequest? {
    guard link.utf8.count <= 2048, link.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f }) else { return nil }
    let origin = baseURL.origin + "/"
    if link.utf8.starts(with: origin.utf8) { return get(url: link) }
    guard link.utf8.first == UInt8(ascii: "/"), !link.utf8.starts(with: "//".utf8) else { return nil }
    return get(url: baseURL.origin + link)
  }

  /// What the dialect sends with every request, such as `anthropic-version`: the fields of a
  /// request for an answer that do not speak of its body.
  private var dialectHeaders: [HTTPHeaders.Field] {
    let sample = Request(model: "any", messages: [Message(.user, "any")])
    guard let http = try? dialect.encode(sample, to: baseURL, quirks: quirks) else { return [] }
    return http.headers.fields.filter { field in
      !["Content-Type", "Accept"].contains { HTTPHeaders.same($0, field.name) }
    }
  }

  private func get(url: String) -> HTTPRequest {
    var http = HTTPRequest(method: "GET", url: url)
    http.headers.set("Accept", "application/json")
    http.headers.set("User-Agent", "sheep/" + Version.current)
    for field in dialectHeaders { http.headers.set(field.name, field.value) }
    for field in headers.fields { http.headers.set(field.name, field.value) }
    http.credential = credential()
    http.settings = settings
    return http
  }

  /// The header field with a key; `nil` for a number without one.
  package func credential(key: Int? = 0) -> HTTPRequest.Credential? {
    guard let key, keys.ring.entries.indices.contains(key) else { return nil }
    let secret = keys.ring.entries[key].key
    if let header = quirks.keyHeader {
      return HTTPRequest.Credential(header: header, prefix: "", secret: secret)
    }
    let (header, prefix) = dialect.credential(quirks)
    return HTTPRequest.Credential(header: header, prefix: prefix, secret: secret)
  }
}
