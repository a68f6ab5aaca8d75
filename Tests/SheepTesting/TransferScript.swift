package import SheepCore

/// What a `ScriptedLoop` makes of one transfer: steps in their order, each at once after the
/// one before unless `.after` stands between them.
package struct TransferScript: Sendable, ExpressibleByArrayLiteral {
  /// One step of a transfer.
  package enum Step: Sendable {
    /// Nothing happens for this long.
    case after(Duration)
    /// The connection is ready and the request is written. Comes by itself before the first
    /// step that needs it.
    case sent
    /// The response's head.
    case head(Int, [(String, String)] = [("Content-Type", "text/event-stream")])
    /// A piece of the body, in one callback.
    case bytes([UInt8])
    /// The response's framed end (or a close without framing: it looks the same).
    case end
    /// The transfer breaks. Kinds that come from after the connecting imply `.sent`.
    case fail(TransferEnd.Problem.Kind)
    /// Nothing happens ever after; without a step before it, the connection never comes.
    case silence

    /// A piece of the body as text.
    package static func text(_ text: String) -> Step { .bytes(Array(text.utf8)) }

    /// Whether the request must have been written before this step.
    var needsSending: Bool {
      switch self {
      case .after, .sent, .silence: false
      case .head, .bytes, .end: true
      case .fail(let kind):
        switch kind {
        case .invalidRequest, .transportUnavailable, .proxy, .nameResolution, .connect, .connectTimeout,
          .handshake, .certificate:
          false
        default: true
        }
      }
    }
  }

  /// The steps, in order.
  package var steps: [Step]

  /// A transfer that takes these steps, then nothing more.
  package init(_ steps: [Step]) {
    self.steps = steps
  }

  package init(arrayLiteral elements: Step...) {
    self.init(elements)
  }
}

extension TransferScript {
  /// A stream of server-sent events that ends well, each event in a callback of its own.
  package static func stream(_ events: [String]) -> TransferScript {
    TransferScript([.head(200)] + events.map(Step.text) + [.end])
  }

  /// A response of one piece.
  package static func response(
    _ status: Int, _ headers: [(String, String)] = [], body: String
  ) -> TransferScript {
    [.head(status, [("Content-Type", "application/json")] + headers), .text(body), .end]
  }
}
