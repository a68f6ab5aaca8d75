/// What help, man page, completions and the reference say about one option. Data only.
package struct OptionInfo: Sendable, Equatable {
  /// What a shell can complete as the option's value.
  package enum Hint: Sendable, Equatable {
    case none, file, model, profile, session, role
    /// One of these words and no other.
    case choice([String])
  }

  /// What a second use of the option on one command line means.
  package enum Repetition: Sendable, Equatable {
    /// The later one counts, so that an alias or a script can be overridden.
    case lastWins
    /// Each one adds to a list.
    case append
    /// An error, because dropping the first would lose text unseen.
    case once
  }

  /// The name after `--`: lower-case letters, digits and hyphens.
  package var long: String
  /// The letter after `-`; nil when there is none.
  package var short: String?
  /// Hidden spellings that mean the same: long names, or single letters.
  package var aliases: [String] = []
  /// What other programs call it: not accepted, but answered with this option's name.
  package var knownAs: [String] = []
  /// Names it had in earlier versions: not accepted, but the error says what it is called now.
  package var formerNames: [String] = []
  /// What the value is called in help; nil for a switch.
  package var valueName: String?
  /// A switch that can also be turned off, by `negation`.
  package var negatable = false
  /// The heading it is listed under.
  package var group: OptionGroup
  /// One line, at most 60 characters, ending in a full stop.
  package var summary: String
  /// The default as it could be typed; nil where there is none or it depends on other settings.
  package var initial: String?
  /// More, in the markup of `Markup`; may be empty.
  package var detail = ""
  package var hint = Hint.none
  package var repetition = Repetition.lastWins
  /// Long names that cannot be used together with this one; each names the other.
  package var conflicts: [String] = []
  /// The version that brought it.
  package var since = "0.1.0"
  /// Command lines that show it.
  package var examples: [String] = []
  /// Long names worth reading next.
  package var seeAlso: [String] = []
  /// False where a default from the environment would be a trap (`--help`).
  package var hasEnvironmentDefault = true

  /// True for an option that is followed by a value.
  package var takesValue: Bool { valueName != nil }

  /// The long name that turns a negatable switch off: `no-usage` for `usage`, `stream`
  /// for `no-stream`.
  package var negation: String? {
    guard negatable else { return nil }
    return long.hasPrefix("no-") ? String(long.dropFirst(3)) : "no-" + long
  }

  /// The variable that sets its default, `SHEEP_<LONG_OPTION>`; nil when it has none.
  package var environmentName: String? {
    guard hasEnvironmentDefault else { return nil }
    return Self.environmentName(of: long)
  }

  /// `SHEEP_MAX_TOKENS` for `max-tokens`.
  package static func environmentName(of long: String) -> String {
    "SHEEP_" + String(long.uppercased().map { $0 == "-" ? "_" : $0 })
  }

  /// The name as it is written and meant in messages.
  package var spelled: String { "--" + long }
}

/// The headings of options, in the order of the manual.
package enum OptionGroup: String, CaseIterable, Sendable {
  case model = "Model"
  case input = "Input"
  case conversation = "Conversation"
  case output = "Output"
  case connection = "Connection"
  case pricing = "Pricing"
  case list = "List"
  case counts = "Tokens"
  case diagnosis = "Diagnosis"
  case compare = "Comparison"
  case mock = "Mock gateway"
  case general = "General"

  /// True for a group of options that only one or two commands have.
  private var isOwn: Bool {
    switch self {
    case .list, .counts, .diagnosis, .compare, .mock: true
    case .model, .input, .conversation, .output, .connection, .pricing, .general: false
    }
  }

  /// The order in a command's help: what only this command has comes first.
  package static var inHelp: [OptionGroup] { allCases.filter(\.isOwn) + allCases.filter { !$0.isOwn } }
}

extension OptionInfo {
  /// The same option in the words of one command, where the common text would mislead.
  package func worded(
    _ summary: String, initial: String? = nil, detail: String = "", examples: [String] = [],
    seeAlso: [String] = []
  ) -> OptionInfo {
    var info = self
    info.summary = summary
    info.initial = initial
    info.detail = detail
    info.examples = examples
    info.seeAlso = seeAlso
    return info
  }

  /// Whether both are one option, whatever the words: same names, value and environment default.
  package func isSameOption(as other: OptionInfo) -> Bool {
    long == other.long && short == other.short && aliases == other.aliases
      && valueName == other.valueName && negatable == other.negatable && hint == other.hint
      && hasEnvironmentDefault == other.hasEnvironmentDefault
  }
}
