import SheepCore
import SheepListener

/// A request together with what the answer depends on.
struct MockExchange {
  var head: RequestHead
  var body: [UInt8]
  /// The request's number at the gateway, from 1.
  var number: Int
  /// Its place among the requests of its connection, from 1.
  var numberOnConnection: Int
  /// The body read as JSON; `nil` when there is none or it is malformed.
  var json: JSON?
  /// The place that it is for; `nil` where the gateway has none.
  let route: Route?
  /// The model and the fault specification that the request names.
  var wanted: WantedModel?

  /// Reads what can be read of a request.
  init(head: RequestHead, body: [UInt8], number: Int, numberOnConnection: Int, readsFaults: Bool) {
    self.head = head
    self.body = body
    self.number = number
    self.numberOnConnection = numberOnConnection
    json = body.isEmpty ? nil : try? JSON.parse(body)
    route = Route.of(head)
    let model = route?.model ?? json?["model"]?.string
    wanted = model.map { WantedModel($0, readsFaults: readsFaults) }
  }

  /// The fault specification that comes with the request: the header's, else the name's.
  var faultText: String? { head.headers["x-mock-fault"] ?? wanted?.faultText }

  /// The body and the model's name of a request that asks a model.
  /// - Throws: what is missing.
  func asked() throws(ChatProblem) -> (body: JSON, model: String) {
    guard let json, json.object != nil else {
      throw ChatProblem(
        body: MockErrorBody(status: 400, message: "The body of the request is not a JSON object."))
    }
    guard let wanted, !wanted.id.utf8.isEmpty else {
      throw ChatProblem(
        body: MockErrorBody(
          status: 400, message: "You must provide a model parameter.", param: "model"))
    }
    return (json, wanted.id)
  }

  /// The key of a dialect's own header or of `Authorization: Bearer KEY`; `nil` without one.
  var key: String? {
    for header in DialectName.mockKeyHeaders {
      if let plain = head.headers[header] { return plain }
    }
    guard let value = head.headers["authorization"] else { return nil }
    let bytes = Array(value.utf8)
    let scheme = Array("bearer ".utf8)
    guard bytes.count > scheme.count,
      zip(bytes, scheme).allSatisfy({ $0 == $1 || ($0 | 0x20) == $1 })
    else { return nil }
    return String(decoding: HTTPSyntax.trimmed(bytes[scheme.count...]), as: UTF8.self)
  }
}

/// A model's name with a fault behind it: `gpt-4.1#status=429;retry-after=2`.
struct WantedModel: Equatable {
  var id: String
  var faultText: String?

  /// Splits a name at its first `#`.
  init(_ name: String, readsFaults: Bool) {
    let bytes = Array(name.utf8)
    guard readsFaults, let mark = bytes.firstIndex(of: UInt8(ascii: "#")) else {
      id = name
      return
    }
    id = String(decoding: bytes[..<mark], as: UTF8.self)
    faultText = String(decoding: bytes[(mark + 1)...], as: UTF8.self)
  }
}
