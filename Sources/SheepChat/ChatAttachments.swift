import SheepCore
import SheepRun

/// What goes along with the next question: texts of files and pages, and images.
struct ChatAttachments {
  private(set) var parts: [Message.Part] = []
  /// The names, as the person gave them.
  private(set) var names: [String] = []

  var isEmpty: Bool { parts.isEmpty }

  /// Adds one.
  mutating func add(_ part: Message.Part, name: String) {
    parts.append(part)
    names.append(name)
  }

  /// Leaves all of them out.
  mutating func removeAll() {
    parts = []
    names = []
  }

  /// A question of `text` with all of them before it.
  func question(_ text: String, time: Int) -> Question {
    RequestBuilder.question(parts, text, files: names, time: time)
  }

  /// How much a part is, for a note: `~1,240 tokens`.
  static func size(_ part: Message.Part) -> String {
    switch part {
    case .text(let text):
      "\(bytes(text.utf8.count)), ~\(Figures.grouped(TokenEstimate(of: text).tokens)) tokens"
    case .image(let bytes, let type): "\(type), \(Self.bytes(bytes.count))"
    case .state: ""
    }
  }

  /// A size for people: `812 bytes`, `12.4 KB`, `3.1 MB`.
  static func bytes(_ count: Int) -> String {
    if count < 1000 { return "\(count) bytes" }
    let tenths = count < 1_000_000 ? Int64(count / 100) : Int64(count / 100_000)
    return Figures.fixed(tenths, decimals: 1) + (count < 1_000_000 ? " KB" : " MB")
  }
}
