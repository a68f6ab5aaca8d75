import SheepCore

/// A request together with what the answer depends on.
struct Exchange {
  var head: RequestHead
  var body: [UInt8]
  /// The request's number at the gateway, from 1.
  var number: Int
  /// Its place among the requests of its connection, from 1.
  var numberOnConnection: Int
  /// The body read as JSON; `nil` when there is none or it is malformed.
  var json: JSON?
  /// The model and the fault specification that the request names.
  var wanted: WantedModel?

  /// Reads what can be read of a request.
  init(head: RequestHead, body: [UInt8], number: Int, numberOnConnection: Int, readsFaults: Bool) {
    self.head = head
    self.body = body
    self.number = number
    self.numberOnConnection = numberOnConnection
    json = body.isEmpty ? nil : try? JSON.parse(body)
    let model = Route(path: head.path)?.model ?? json?["model"]?.string
    wanted = model.map { WantedModel($0, readsFaults: readsFaults) }
  }

  /// The fault specification that comes with the request: the header's, else the name's.
  var faultText: String? { head.headers["x-mock-fault"] ?? wanted?.faultText }

  /// The key of `Authorization: Bearer KEY`, `x-api-key: KEY` or `x-goog-api-key: KEY`; `nil`
  /// without one.
  var key: String? {
    if let plain = head.headers["x-api-key"] ?? head.headers["x-goog-api-key"] { return plain }
    guard let value = head.headers["authorization"] else { return nil }
    let bytes = Array(value.utf8)
    let scheme = Array("bearer ".utf8)
    guard bytes.count > scheme.count,
      zip(bytes, scheme).allSatisfy({ $0 == $1 || ($0 | 0x20) == $1 })
    else { return nil }
    return String(decoding: RequestHead.trimmed(bytes[scheme.count...]), as: UTF8.self)
  }
}

/// A model's name with a fault behind it: `gpt-4.1#status=429;retry-after=2`.
struct WantedModel: Equatable {
  var id: String
  var faultText: String?

  /// Splits a name at its first `#`.
  init(_ name: String, readsFaults: Bool) {
    let bytes = Array(name.utf8)
    guard readsFaults, let mark = bytes.firstIndex(of: 0x23) else {
      id = name
      return
    }
    id = String(decoding: bytes[..<mark], as: UTF8.self)
    faultText = String(decoding: bytes[(mark + 1)...], as: UTF8.self)
  }
}
