package import SheepCore

/// What a list of sessions says about one.
package struct SessionSummary: Sendable, Equatable {
  package let name: StoredName
  /// The first words of the first question; `nil` when nothing was asked or it cannot be read.
  package let title: String?
  /// The model that is asked now; `nil` when none was.
  package let model: String?
  package let profile: String?
  /// The questions that count; `nil` when the file cannot be read.
  package let turns: Int?
  /// What it took; `nil` when the file cannot be read.
  package let total: ConversationTotal?
  /// When it began, in seconds since 1970; `nil` when not known.
  package let began: Int?
  /// When its file was last written, in seconds since 1970.
  package let lastUsed: Int
  /// The file's size; its images are not counted.
  package let bytes: Int

  /// What the file says; `nil` for one that cannot be read.
  init(name: StoredName, _ text: SessionText?, bytes: Int, lastUsed: Int) {
    self.name = name
    self.bytes = bytes
    self.lastUsed = lastUsed
    var conversation = Conversation(text?.records ?? [])
    conversation.settlePieces()
    let first = text?.records.lazy.compactMap { record in
      if case .question(let question) = record { question } else { nil }
    }.first
    title = first.flatMap(Self.title)
    model = conversation.model
    profile = conversation.profile
    turns = text == nil ? nil : conversation.exchanges.count
    total = text == nil ? nil : conversation.total
    began = text?.firstTime
  }

  /// The longest title, in characters.
  private static let titleLength = 48

  /// A question's first words, on one line. What was attached stands before what was typed, so
  /// that with files the last paragraph tells more.
  package static func title(_ question: Question) -> String? {
    var text = question.text[...]
    if !question.files.isEmpty, let last = paragraphs(text).last { text = last }
    var title = ""
    for word in text.split(whereSeparator: { $0.isWhitespace }) {
      let longer = title.isEmpty ? String(word) : title + " " + word
      guard longer.count <= titleLength else {
        return (title.isEmpty ? String(longer.prefix(titleLength)) : title) + "..."
      }
      title = longer
    }
    return title.isEmpty ? nil : title
  }

  private static func paragraphs(_ text: Substring) -> [Substring] {
    var result: [Substring] = []
    var start: Substring.Index?
    var end = text.startIndex
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.allSatisfy(\.isWhitespace) {
        if let first = start { result.append(text[first..<end]) }
        start = nil
      } else {
        start = start ?? line.startIndex
        end = line.endIndex
      }
    }
    if let start { result.append(text[start..<end]) }
    return result
  }
}
