package import SheepCore
import SheepStore
import SheepTerminal

/// A conversation for reading elsewhere.
package struct SessionExport {
  private let name: String
  private let conversation: Conversation

  /// The conversation of the session `name`.
  package init(name: String, conversation: Conversation) {
    self.name = name
    self.conversation = conversation
  }

  // MARK: - Markdown

  /// The conversation as Markdown: the answers that count, in order.
  package var markdown: String {
    let title = conversation.exchanges.first.flatMap { SessionSummary.title($0.question) } ?? name
    var blocks = ["# " + title, "_" + facts.joined(separator: " · ") + "_"]
    if let system = conversation.system { blocks += ["## System", system] }
    for exchange in conversation.exchanges {
      blocks.append("## Question · " + LocalTime.text(exchange.question.time))
      blocks += exchange.question.parts.compactMap { part in
        switch part {
        case .text(let text): text
        case .image(let bytes, let type): "_(\(type), \(bytes.count) bytes)_"
        case .state: nil
        }
      }
      guard let reply = exchange.reply else {
        blocks.append("_(not answered)_")
        continue
      }
      blocks += ["## " + (reply.servedModel ?? reply.model), reply.text]
      if reply.canContinue { blocks.append("_(\(reply.finishReason.rawValue))_") }
    }
    return blocks.map(Self.trimmed).filter { !$0.isEmpty }.joined(separator: "\n\n") + "\n"
  }

  private var facts: [String] {
    let total = conversation.total
    var facts = ["session " + name]
    if let model = conversation.model { facts.append(model) }
    facts.append("\(total.inputTokens) in + \(total.outputTokens) out")
    if total.replies > total.unpriced {
      facts.append((total.unpriced > 0 ? "more than " : "") + total.cost.display)
    }
    return facts
  }

  private static func trimmed(_ text: String) -> String {
    var text = text[...]
    while text.utf8.last == UInt8(ascii: "\n") { text = text.dropLast() }
    return String(text)
  }

  // MARK: - JSON

  /// The conversation as an object; `docs/sessions.md` has the members.
  package var json: JSONObject {
    var object = JSONObject()
    object["schema"] = 1
    object["session"] = .string(name)
    object["model"] = Self.text(conversation.model)
    object["profile"] = Self.text(conversation.profile)
    object["system"] = Self.text(conversation.system)
    object["exchanges"] = .array(conversation.exchanges.map(Self.exchange))
    let total = conversation.total
    object["total"] = [
      "replies": .number(JSONNumber(total.replies)), "input_tokens": .number(JSONNumber(total.inputTokens)),
      "output_tokens": .number(JSONNumber(total.outputTokens)), "cost_usd": total.cost.json,
      "unpriced_replies": .number(JSONNumber(total.unpriced)), "estimated": .bool(total.isEstimate),
    ]
    return object
  }

  private static func text(_ text: String?) -> JSON { text.map { .string($0) } ?? .null }

  private static func exchange(_ exchange: Exchange) -> JSON {
    let question = exchange.question
    let images = question.parts.compactMap { part -> JSON? in
      guard case .image(let bytes, let type) = part else { return nil }
      return [
        "media_type": .string(type), "bytes": .number(JSONNumber(bytes.count)),
        "sha256": .string(SHA256.hexadecimal(bytes)),
      ]
    }
    return [
      "question": [
        "time": .number(JSONNumber(question.time)), "text": .string(question.text),
        "files": .array(question.files.map { .string($0) }), "images": .array(images),
      ],
      "replies": .array(exchange.replies.map(reply)),
      "chosen": exchange.reply == nil ? .null : .number(JSONNumber(exchange.chosen)),
    ]
  }

  private static func reply(_ reply: Reply) -> JSON {
    [
      "time": .number(JSONNumber(reply.time)), "model": text(reply.servedModel),
      "requested_model": .string(reply.model), "profile": text(reply.profile), "text": .string(reply.text),
      "reasoning": text(reply.reasoning.isEmpty ? nil : reply.reasoning),
      "complete": .bool(!reply.canContinue || reply.finishReason == .length),
      "finish_reason": .string(reply.finishReason.rawValue),
      "usage": reply.usage.map(AnswerReport.usage) ?? .null, "cost_usd": reply.cost?.json ?? .null,
    ]
  }
}

/// A whole text for a terminal.
package enum PlainFilter {
  /// The text without what could steer the terminal.
  package static func text(_ text: String) -> String {
    var filter = EscapeFilter(.answer)
    var bytes: [UInt8] = []
    Array(text.utf8).withUnsafeBytes { filter.write($0, to: &bytes) }
    filter.finish(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }
}
