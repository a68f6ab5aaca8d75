/// One HTTP request as it goes to a transport: what is said, to whom, and how it may be sent.
package struct HTTPRequest: Sendable {
  /// `GET` or `POST`.
  package var method: String
  /// The absolute URL, checked and joined already.
  package var url: String
  /// All header fields but those that the transport writes itself (`Host`, `Content-Length`).
  package var headers: HTTPHeaders
  /// The body; `nil` for none.
  package var body: [UInt8]?
  /// The credential's header, kept apart so that nothing that shows a request can show it.
  package var credential: Credential?
  package var settings: TransportSettings

  /// A header field whose value is secret: `Authorization: Bearer …`.
  package struct Credential: Sendable {
    package var header: String
    /// What stands before the key in the field's value: `Bearer ` or nothing.
    package var prefix: String
    package var secret: Secret

    /// A key to be sent in the field `header`, behind `prefix`.
    package init(header: String, prefix: String, secret: Secret) {
      self.header = header
      self.prefix = prefix
      self.secret = secret
    }
  }

  /// A request; give the credential apart from the other headers.
  package init(
    method: String, url: String, headers: HTTPHeaders = HTTPHeaders(), body: [UInt8]? = nil,
    credential: Credential? = nil, settings: TransportSettings = TransportSettings()
  ) {
    self.method = method
    self.url = url
    self.headers = headers
    self.body = body
    self.credential = credential
    self.settings = settings
  }
}

/// How a request may be sent.
package struct TransportSettings: Sendable, Equatable {
  /// A file of certificate authorities in PEM form; `nil`: the system's.
  package var certificateFile: String?
  /// The proxy's URL; an empty text: none at all; `nil`: what the environment says, for https
  /// only and never for loopback.
  package var proxy: String?
  /// The longest time to get a connection, TLS included.
  package var connectTimeout: Duration = .seconds(10)
  /// More bytes of header fields than this end the transfer.
  package var maximumHeaderBytes = 256 << 10
  /// More bytes of body than this end the transfer.
  package var maximumBodyBytes: Int64 = 256 << 20
  /// Whether the end of the transfer tells what the TLS connection was like. Changes nothing of
  /// what is trusted.
  package var inspectsTLS = false
  /// Whether the request gets a connection of its own, which nothing else uses before or after.
  package var usesFreshConnection = false

  /// The defaults above.
  package init() {}
}

/// The status line and header fields of a final response (not of a 1xx before it).
package struct HTTPHead: Equatable, Sendable {
  package var status: Int
  package var headers: HTTPHeaders
  /// `1.0`, `1.1`, `2` or `3`; `nil` when the transport cannot tell.
  package var version: String?

  /// A response's head.
  package init(status: Int, headers: HTTPHeaders = HTTPHeaders(), version: String? = nil) {
    self.status = status
    self.headers = headers
    self.version = version
  }

  /// The media type in lower case without parameters: `text/event-stream`; `nil` without one.
  package var mediaType: String? {
    headers["content-type"].map { value in
      var type = value.prefix { $0 != ";" }
      while type.last == " " || type.last == "\t" { type.removeLast() }
      while type.first == " " || type.first == "\t" { type.removeFirst() }
      return type.lowercased()
    }
  }
}
