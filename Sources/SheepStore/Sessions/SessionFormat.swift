package import SheepCore

/// A session's line: one record of a conversation as a JSON object. `docs/sessions.md` has the
/// format; names and meanings are only ever added to.
package enum SessionFormat {
  /// The version that is written; a line with a higher one is read as far as it is understood.
  package static let schema = 1

  /// A line as it was read.
  package struct Line: Equatable, Sendable {
    /// The record; `nil` for a kind that this version does not know.
    package var record: ConversationRecord?
    /// When it happened, in seconds since 1970; 0 when not said.
    package var time: Int
    /// Whether a newer version wrote something here that this one leaves out.
    package var isNewer: Bool
  }

  /// Why a line is no record.
  package struct Problem: Error, Equatable, Sendable {
    /// Whether the line ends in its middle: a crash, not somebody's mistake.
    package var isCut: Bool

    /// A line that ends in its middle, or is whole and wrong.
    package init(isCut: Bool) {
      self.isCut = isCut
    }
  }

  // MARK: - Writing

  /// The record as an object.
  ///
  /// - Parameters:
  ///   - time: now, in seconds since 1970; a question's and a reply's own time counts more.
  ///   - image: keeps an image and returns the name that stands for it.
  package static func object(
    _ record: ConversationRecord, time: Int, image: (_ bytes: [UInt8]) -> String
  ) -> JSONObject {
    var object = JSONObject()
    object["schema"] = .number(JSONNumber(schema))
    object["time"] = .number(JSONNumber(self.time(of: record) ?? time))
    switch record {
    case .system(let text):
      object["type"] = "system"
      object["text"] = text.map { .string($0) } ?? .null
    case .model(let name, let profile):
      object["type"] = "model"
      object["model"] = .string(name)
      object["profile"] = profile.map { .string($0) } ?? .null
    case .question(let question):
      object["type"] = "question"
      object["parts"] = .array(question.parts.map { part($0, image) })
      if !question.files.isEmpty { object["files"] = .array(question.files.map { .string($0) }) }
    case .piece(let text, let reasoning):
      object["type"] = "piece"
      if !text.isEmpty { object["text"] = .string(text) }
      if !reasoning.isEmpty { object["reasoning"] = .string(reasoning) }
    case .reply(let reply): SessionReply.write(reply, "reply", to: &object)
    case .continuing: object["type"] = "continuing"
    case .continuation(let reply): SessionReply.write(reply, "continuation", to: &object)
    case .undo(let count):
      object["type"] = "undo"
      object["count"] = .number(JSONNumber(count))
    case .choose(let number):
      object["type"] = "choose"
      object["reply"] = .number(JSONNumber(number))
    case .clear: object["type"] = "clear"
    }
    return object
  }

  private static func time(of record: ConversationRecord) -> Int? {
    switch record {
    case .question(let question): question.time
    case .reply(let reply), .continuation(let reply): reply.time
    default: nil
    }
  }

  private static func part(_ part: Message.Part, _ image: ([UInt8]) -> String) -> JSON {
    switch part {
    case .text(let text): ["text": .string(text)]
    case .image(let bytes, let type):
      [
        "image": .string(image(bytes)), "media_type": .string(type),
        "bytes": .number(JSONNumber(bytes.count)),
      ]
    case .state(let state): ["state": SessionReply.json(state)]
    }
  }

  // MARK: - Reading

  /// Reads a line, without its end.
  ///
  /// - Parameter image: the bytes of an image by the name that stands for it; `nil`: lost. Its
  ///   part is left out then.
  package static func line(
    _ bytes: ArraySlice<UInt8>, image: (_ name: String) -> [UInt8]?
  ) throws(Problem) -> Line {
    let json: JSON
    do throws(JSONError) { json = try JSON.parse(bytes) } catch {
      // A whole line ends in a brace; a cut one may, too, but is not over there.
      throw Problem(
        isCut: error.offset >= bytes.count || bytes.last != UInt8(ascii: "}") || bytes.contains(0))
    }
    guard json.object != nil, let type = json["type"]?.string else { throw Problem(isCut: false) }
    let time = json["time"]?.count ?? 0
    var line = Line(record: nil, time: time, isNewer: (json["schema"]?.count ?? 0) > schema)
    switch type {
    case "system": line.record = .system(json["text"]?.string)
    case "model": line.record = try .model(need(json["model"]?.string), profile: json["profile"]?.string)
    case "question": line.record = try question(json, time, image, &line.isNewer)
    case "piece":
      line.record = .piece(text: json["text"]?.string ?? "", reasoning: json["reasoning"]?.string ?? "")
    case "reply": line.record = try .reply(need(SessionReply.read(json, time: time)))
    case "continuing": line.record = .continuing
    case "continuation": line.record = try .continuation(need(SessionReply.read(json, time: time)))
    case "undo": line.record = try .undo(count: need(json["count"]?.count))
    case "choose": line.record = try .choose(need(json["reply"]?.count))
    case "clear": line.record = .clear
    default: line.isNewer = true
    }
    return line
  }

  private static func need<Value>(_ value: Value?) throws(Problem) -> Value {
    guard let value else { throw Problem(isCut: false) }
    return value
  }

  private static func question(
    _ json: JSON, _ time: Int, _ image: (String) -> [UInt8]?, _ isNewer: inout Bool
  ) throws(Problem) -> ConversationRecord {
    var parts: [Message.Part] = []
    for part in try need(json["parts"]?.array) {
      if let text = part["text"]?.string {
        parts.append(.text(text))
      } else if let name = part["image"]?.string, let type = part["media_type"]?.string {
        if let bytes = image(name) { parts.append(.image(bytes: bytes, mediaType: type)) }
      } else if let state = SessionReply.state(part["state"]) {
        parts.append(.state(state))
      } else {
        isNewer = true
      }
    }
    let files = json["files"]?.array?.compactMap(\.string) ?? []
    return .question(Question(parts: parts, files: files, time: time))
  }
}
