extension OptionInfo {
  /// What the table knows besides the texts, as sentences in the markup of `Markup`.
  package var notes: [String] {
    var notes: [String] = []
    if case .choice(let words) = hint, words.count > 1 {
      notes.append("One of " + Self.series(words) + ".")
    } else if case .choice(let words) = hint {
      notes.append("Only " + Self.series(words) + " so far.")
    }
    if let initial { notes.append("The default is `\(initial)`.") }
    switch repetition {
    case .lastWins: break
    case .append: notes.append("Can be repeated.")
    case .once: notes.append("Can be given only once.")
    }
    if let negation, long.hasPrefix("no-") { notes.append("`--\(negation)` turns it off.") }
    if !conflicts.isEmpty {
      notes.append(
        "Cannot be combined with " + Self.series(conflicts.map { "--" + $0 }, last: "or") + ".")
    }
    let further = seeAlso.map { "--" + $0 }.filter { !Markup(detail).mentions($0) }
    if !further.isEmpty { notes.append("See also " + Self.series(further) + ".") }
    return notes
  }

  /// Summary, detail and notes as one text in the markup of `Markup`, without the examples.
  package var fullText: String {
    let first = detail.isEmpty ? summary : summary + " " + detail
    return notes.isEmpty ? first : first + "\n\n" + notes.joined(separator: " ")
  }

  /// The line of short help: the summary, and what holds without the option.
  package var line: String {
    initial.map { summary.dropLast() + " [default: \($0)]." } ?? summary
  }

  /// How the option is written: `-m, --model MODEL[@PROFILE]`.
  package var form: String {
    (short.map { "-\($0), " } ?? "") + "--" + long + (valueName.map { " " + $0 } ?? "")
  }

  private static func series(_ words: [String], last: String = "and") -> String {
    let code = words.map { "`\($0)`" }
    guard code.count > 1 else { return code.joined() }
    return code.dropLast().joined(separator: ", ") + " " + last + " " + code[code.count - 1]
  }
}
