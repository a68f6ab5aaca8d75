/// One use of an option on the command line.
package struct LexedOption: Equatable, Sendable {
  /// Which row of the table it is.
  package let index: Int
  /// The value; empty for a switch.
  package let value: String
  /// False when a switch was turned off.
  package let isOn: Bool
}

/// A command's words, taken apart.
package struct LexedWords: Equatable, Sendable {
  package var options: [LexedOption] = []
  package var operands: [String] = []
  /// Set when help was asked for: true for the full text. The rest was not read then.
  package var fullHelp: Bool?
}

/// Takes a command's words apart by the one grammar of the program, without looking at values.
///
/// `--name value`, `--name=value`, `-n value`, `-nvalue`, grouped switches; `--` ends
/// options; options may follow operands; `-` is an operand; `--no-name` only where
/// the table allows it; no abbreviations.
package struct Lexer {
  let command: String
  let options: [OptionInfo]
  private var words: ArraySlice<String>
  private var lexed = LexedWords()

  /// Reads all `words`, those after the command's name.
  package static func lex(
    _ words: ArraySlice<String>, options: [OptionInfo], command: String
  ) throws(UsageError) -> LexedWords {
    var lexer = Lexer(command: command, options: options, words: words)
    try lexer.run()
    return lexer.lexed
  }

  private init(command: String, options: [OptionInfo], words: ArraySlice<String>) {
    self.command = command
    self.options = options
    self.words = words
  }

  private mutating func run() throws(UsageError) {
    while let word = words.popFirst(), lexed.fullHelp == nil {
      if word == "--" {
        lexed.operands += words
        return
      }
      if word.hasPrefix("--") {
        try long(word)
      } else if word.hasPrefix("-"), word != "-" {
        try short(word)
      } else {
        try refuseTypographicDash(word)
        lexed.operands.append(word)
      }
    }
  }

  private mutating func long(_ word: String) throws(UsageError) {
    let body = word.dropFirst(2)
    let equals = body.firstIndex(of: "=")
    let name = String(body[..<(equals ?? body.endIndex)])
    let attached = equals.map { String(body[body.index(after: $0)...]) }
    guard let (index, isOn) = row(long: name) else {
      throw UnknownOption(command: command, options: options).error(name, isShort: false)
    }
    let info = options[index]
    if info.takesValue {
      let value =
        if let attached { attached } else { try nextWord(for: info, spelled: "--" + name) }
      lexed.options.append(LexedOption(index: index, value: value, isOn: true))
    } else if attached != nil {
      throw UsageError(
        subject: "--" + name, problem: "takes no value",
        wayOut: info.negation.map { "write just --\(info.long) or --\($0)" } ?? "write just --\(name)")
    } else {
      note(LexedOption(index: index, value: "", isOn: isOn), isLong: true)
    }
  }

  private mutating func short(_ word: String) throws(UsageError) {
    try refuseSingleDash(word)
    var letters = word.dropFirst()
    while let letter = letters.popFirst() {
      guard let index = row(short: String(letter)) else {
        throw UnknownOption(command: command, options: options).error(String(letter), isShort: true)
      }
      let info = options[index]
      guard info.takesValue else {
        if letters.first == "=" {
          throw UsageError(
            subject: "-\(letter)", problem: "takes no value", wayOut: "write just -\(letter)")
        }
        note(LexedOption(index: index, value: "", isOn: true), isLong: false)
        continue
      }
      if letters.first == "=" {
        throw UsageError(
          subject: "-\(letter)", problem: "takes its value without '='",
          wayOut: "write -\(letter) VALUE or \(info.spelled)=VALUE")
      }
      let value = letters.isEmpty ? try nextWord(for: info, spelled: "-\(letter)") : String(letters)
      lexed.options.append(LexedOption(index: index, value: value, isOn: true))
      return
    }
  }

  /// Keeps a switch; help stops the reading, so that it answers whatever else is wrong.
  private mutating func note(_ option: LexedOption, isLong: Bool) {
    if options[option.index].long == GeneralOptions.help.long {
      lexed.fullHelp = isLong
    } else {
      lexed.options.append(option)
    }
  }

  /// The word after an option, which must not itself be one of the command's options:
  /// `-m -u` is far more often a forgotten value than a model called `-u`.
  private mutating func nextWord(
    for info: OptionInfo, spelled: String
  ) throws(UsageError) -> String {
    let form = "write \(spelled) \(info.valueName ?? "VALUE")"
    guard let next = words.popFirst(), next != "--" else {
      throw UsageError(subject: spelled, problem: "needs a value", wayOut: form)
    }
    guard !isOption(next) else {
      throw UsageError(
        subject: spelled, problem: "needs a value, but '\(next)' is an option",
        wayOut: form + ", or \(info.spelled)=\(next) if you mean that text")
    }
    return next
  }

  private func isOption(_ word: String) -> Bool {
    if word.hasPrefix("--") {
      return row(long: String(word.dropFirst(2).prefix { $0 != "=" })) != nil
    }
    return word.hasPrefix("-") && word.count == 2 && row(short: String(word.dropFirst())) != nil
  }

  private func row(long name: String) -> (index: Int, isOn: Bool)? {
    guard name.utf8.count > 1 else { return nil }
    for (index, info) in options.enumerated() {
      if info.long == name || info.aliases.contains(name) { return (index, true) }
      if info.negation == name { return (index, false) }
    }
    return nil
  }

  private func row(short letter: String) -> Int? {
    options.firstIndex { $0.short == letter || $0.aliases.contains(letter) }
  }

  /// `-model x` would be read as `-m odel`: say so instead.
  private func refuseSingleDash(_ word: String) throws(UsageError) {
    let name = String(word.dropFirst().prefix { $0 != "=" })
    guard name.utf8.count > 2, row(long: name) != nil else { return }
    throw UsageError(
      subject: "-" + name, problem: "needs two hyphens", wayOut: "write --\(name)")
  }

  /// A dash that an editor made of two hyphens turns an option into a prompt: say so instead.
  private func refuseTypographicDash(_ word: String) throws(UsageError) {
    guard let first = word.unicodeScalars.first, first == "\u{2013}" || first == "\u{2014}" else {
      return
    }
    let bare = word.unicodeScalars.drop { $0 == "\u{2013}" || $0 == "\u{2014}" || $0 == "-" }
    let name = String(Substring(bare.prefix { $0 != "=" }))
    guard row(long: name) != nil else { return }
    throw UsageError(
      subject: "--" + name, problem: "was typed with a long dash",
      wayOut: "use two hyphens, or put -- before it to send it as text")
  }
}
