/// Splits a command into the program and its arguments, without a shell.
package enum CommandWords {
  /// The words, separated by blanks; single and double quotes keep blanks, a backslash keeps
  /// the next character (not inside single quotes). Nothing is expanded. `nil` when a quote is
  /// not closed or a backslash stands last.
  package static func split(_ text: String) -> [String]? {
    var words: [String] = []
    var word: String.UnicodeScalarView?
    var quote: Unicode.Scalar?
    var isEscaped = false
    for scalar in text.unicodeScalars {
      if isEscaped {
        word = (word ?? String.UnicodeScalarView()) + [scalar]
        isEscaped = false
      } else if scalar == "\\", quote != "'" {
        isEscaped = true
      } else if scalar == quote {
        quote = nil
      } else if quote == nil, scalar == "'" || scalar == "\"" {
        quote = scalar
        word = word ?? String.UnicodeScalarView()
      } else if quote == nil, scalar == " " || scalar == "\t" || scalar == "\n" {
        if let finished = word { words.append(String(finished)) }
        word = nil
      } else {
        word = (word ?? String.UnicodeScalarView()) + [scalar]
      }
    }
    if let word { words.append(String(word)) }
    return quote == nil && !isEscaped ? words : nil
  }
}
