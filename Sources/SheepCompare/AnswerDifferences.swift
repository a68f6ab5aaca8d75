import SheepCore
package import SheepTerminal

/// How the answers differ: the reference's with that of each other target, in the first round.
///
/// On a terminal what is only in the reference is red and struck through, what is only in the
/// other green; without colours and in a pipe they stand in `[-…-]` and `{+…+}`, as in git.
package struct AnswerDifferences {
  private let document: CompareDocument
  private let reference: Int
  private let width: Int?
  private let style: Style

  /// The differences of a comparison, wrapped at `width` columns; `nil`: not wrapped.
  package init(_ document: CompareDocument, reference: Int, width: Int?, style: Style) {
    self.document = document
    self.reference = reference
    self.width = width
    self.style = style
  }

  /// The differences, each under its heading; empty when there are none to show.
  package func render() -> String {
    var text = ""
    for prompt in 1...max(1, document.prompts) {
      func answer(_ target: Int) -> String? {
        document.records.first {
          $0.round == 1 && $0.prompt == prompt && $0.target == target && $0.isOK
        }?.text
      }
      guard let old = answer(reference) else { continue }
      for target in document.entries.indices where target != reference {
        guard let new = answer(target) else { continue }
        text += "\n" + difference(old, new, target, prompt)
      }
    }
    return text
  }

  private func difference(_ old: String, _ new: String, _ target: Int, _ prompt: Int) -> String {
    let difference = TextDifference(from: old, to: new)
    var heading = EscapeFilter.visible(document.entries[reference].label) + " → "
    heading += EscapeFilter.visible(document.entries[target].label)
    if document.prompts > 1 { heading += ", prompt \(prompt)" }
    heading += ": "
    if difference.pieces.allSatisfy({ $0.change == .kept }) {
      heading += "the same text"
    } else {
      heading += "\(CompareText.percent(difference.similarity)) the same"
      if difference.isByLine { heading += ", compared by lines" }
    }
    let title = width == nil ? "== \(heading) ==\n" : style.dim("── ") + style.bold(heading) + "\n"
    return title + body(difference)
  }

  private func body(_ difference: TextDifference) -> String {
    var line = DifferenceLine(width: width, style: style)
    for piece in difference.pieces {
      // What goes to a terminal must not steer it; a pipe gets the bytes as they are.
      let text = width == nil ? piece.text : EscapeFilter.visible(piece.text, lineFeeds: .keep)
      switch piece.change {
      case .kept: line.put(text, [])
      case .removed: line.put(style.isOn ? text : "[-" + text + "-]", [.red, .strike])
      case .added: line.put(style.isOn ? text : "{+" + text + "+}", [.green])
      }
    }
    return line.finish()
  }
}

/// Text in several inks, wrapped at a width.
private struct DifferenceLine {
  private let width: Int?
  private let style: Style
  private var output = ""
  private var column = 0
  /// The word that has not found its place yet, by runs of one ink.
  private var word: [(text: String, ink: Ink)] = []
  private var wordWidth = 0
  /// What is written next, of one ink.
  private var run: (text: String, ink: Ink) = ("", [])
  /// The inks of the blanks before it.
  private var blanks: [Ink] = []

  init(width: Int?, style: Style) {
    self.width = width
    self.style = style
  }

  mutating func put(_ text: String, _ ink: Ink) {
    guard width != nil else {
      output += text
      return
    }
    for character in text {
      if character.isNewline {
        // A line feed that was put in or taken away would not be seen.
        if !ink.isEmpty, style.isOn { add("¶", ink) }
        flush()
        endLine()
      } else if character == " " || character == "\t" {
        flush()
        blanks.append(ink)
      } else {
        add(character, ink)
        if TextDifference.standsAlone(character) { flush() }
      }
    }
  }

  mutating func finish() -> String {
    flush()
    endRun()
    return output.utf8.last == UInt8(ascii: "\n") ? output : output + "\n"
  }

  private mutating func endLine() {
    endRun()
    output += "\n"
    column = 0
    blanks = []
  }

  private mutating func emit(_ text: String, _ ink: Ink) {
    if ink != run.ink { endRun() }
    run.ink = ink
    run.text += text
  }

  private mutating func endRun() {
    output += run.ink.isEmpty ? run.text : style(run.text, run.ink)
    run.text = ""
  }

  private mutating func add(_ character: Character, _ ink: Ink) {
    if let last = word.last, last.ink == ink {
      word[word.count - 1].text.append(character)
    } else {
      word.append((String(character), ink))
    }
    wordWidth += TextWidth.of(character)
    if let width, wordWidth >= width - 1 { flush() }
  }

  /// Puts the word down: on this line with the blanks before it, or else on the next without.
  private mutating func flush() {
    guard !word.isEmpty else { return }
    if let width, column > 0, column + blanks.count + wordWidth > width {
      endLine()
    }
    for ink in blanks { emit(" ", ink) }
    for run in word { emit(run.text, run.ink) }
    column += blanks.count + wordWidth
    blanks = []
    word = []
    wordWidth = 0
  }
}
