import SheepCore

/// A command line that cannot be carried out; nothing was sent. Exit code 2.
///
/// Its text reads like that of any `Failure`, without the program's name in front.
package struct UsageError: Error, Equatable, Sendable, CustomStringConvertible {
  /// What the error is about: an option by its long name, a variable, a command, a word.
  package let subject: String
  /// What is wrong with it.
  package let problem: String
  /// What to do instead; empty where nothing helps.
  package let wayOut: String

  /// An error about `subject`.
  package init(subject: String, problem: String, wayOut: String = "") {
    self.subject = subject
    self.problem = problem
    self.wayOut = wayOut
  }

  /// The whole message, one line.
  package var description: String {
    ErrorSentence.text(subject, problem, advice: wayOut.isEmpty ? nil : wayOut)
  }
}

/// What is wrong with one value, told by the code that reads values; the parser adds
/// the subject, because only it knows whether an option or a variable gave the value.
package struct ValueProblem: Error, Equatable, Sendable {
  /// What is wrong, beginning with the quoted value where that helps.
  package let problem: String
  /// What to give instead.
  package let wayOut: String

  /// A problem and its way out.
  package init(_ problem: String, _ wayOut: String) {
    self.problem = problem
    self.wayOut = wayOut
  }
}

/// Text of the user's, made fit for one line of an error message.
package enum Quoted {
  /// The longest text that a message repeats, in Unicode scalars.
  private static let limit = 40

  /// `text` in single quotes: control characters escaped, long text cut with a mark,
  /// and a text that looks like a key reduced to its last four characters, so that no
  /// key reaches a terminal or a log.
  package static func text(_ text: String) -> String {
    if KeyShape.matches(text) { return "'..." + String(text.unicodeScalars.suffix(4)) + "'" }
    var shown = ""
    for (index, scalar) in text.unicodeScalars.enumerated() {
      if index == limit { return "'" + shown + "...'" }
      if isPlain(scalar) {
        shown.unicodeScalars.append(scalar)
      } else {
        shown += "\\u{" + String(scalar.value, radix: 16) + "}"
      }
    }
    return "'" + shown + "'"
  }

  /// False for what could steer a terminal or reorder a line: controls, separators, directions.
  private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse: false
    default: true
    }
  }
}
