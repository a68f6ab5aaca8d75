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
  /// How other programs call it: not accepted, but answered with this option's name.
  package var knownAs: [String] = []
  /// What the value is called in help; nil for a switch.
  package var valueName: String?
  /// A switch that can also be turned off, by `negation`.
  package var negatable = false
  /// The heading it stands under.
  package var group: OptionGroup
  /// One line, at most 60 characters, ending in a full stop.
  package var summary: String
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
    // In one piece, because every start of a command asks for all of these names.
    let head = "SHEEP_".utf8
    return String(unsafeUninitializedCapacity: head.count + long.utf8.count) { name in
      var end = name.initialize(fromContentsOf: head)
      for byte in long.utf8 {
        switch byte {
        case UInt8(ascii: "-"): name[end] = UInt8(ascii: "_")
        case UInt8(ascii: "a")...UInt8(ascii: "z"): name[end] = byte & 0xDF
        default: name[end] = byte
        }
        end += 1
      }
      return end
    }
  }

  /// The name as it is written and meant in messages.
  package var spelled: String { "--" + long }
}

/// The headings of help, in the order in which they are printed.
package enum OptionGroup: String, CaseIterable, Sendable {
  case list = "List"
  case counts = "Tokens"
  case model = "Model"
  case input = "Input"
  case conversation = "Conversation"
  case output = "Output"
  case connection = "Connection"
  case diagnosis = "Diagnosis"
  case compare = "Comparison"
  case mock = "Mock gateway"
  case general = "General"
}
