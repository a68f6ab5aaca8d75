/// What `config.toml` says, with the place of each setting.
///
/// The shape is checked; what the words mean (whether a profile exists, whether an option takes
/// a value) is for those who use them.
package struct Configuration: Sendable, Equatable {
  /// The path of the file, for messages.
  package let path: String
  package var defaultProfile: Located<String>?
  package var defaultModel: Located<String>?
  package var profiles: [ProfileSettings] = []
  /// Names for models: `fast` stands for `gpt-4o-mini@openai`.
  package var aliases: [NamedText] = []
  /// Models by kind of task, for `--task`.
  package var tasks: [NamedText] = []
  package var prices: [PriceSettings] = []
  /// Defaults of options: long names with the text that an environment variable would hold.
  package var options: [NamedText] = []

  /// A file that says nothing.
  package init(path: String) {
    self.path = path
  }
}

/// A place in a text; lines and columns count from 1, columns in characters (Unicode scalars).
package struct TextPosition: Sendable, Hashable, Comparable, CustomStringConvertible {
  package let line: Int
  package let column: Int

  /// A place.
  package init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  /// The place of a byte in a text.
  package init(of offset: Int, in bytes: [UInt8]) {
    let before = bytes[..<min(max(0, offset), bytes.count)]
    let lineStart = (before.lastIndex(of: UInt8(ascii: "\n")) ?? -1) + 1
    line = before.reduce(1) { $1 == UInt8(ascii: "\n") ? $0 + 1 : $0 }
    // Bytes that go on with a character do not count, nor does a byte order mark.
    let isMarked = lineStart == 0 && before.starts(with: [0xef, 0xbb, 0xbf])
    column = before[lineStart...].reduce(isMarked ? 0 : 1) { $1 & 0xc0 == 0x80 ? $0 : $0 + 1 }
  }

  package var description: String { "\(line):\(column)" }

  package static func < (left: TextPosition, right: TextPosition) -> Bool {
    (left.line, left.column) < (right.line, right.column)
  }
}

/// A value with its place in the file.
package struct Located<Value: Sendable & Equatable>: Sendable, Equatable {
  package let value: Value
  package let position: TextPosition

  /// A value that stands at `position`.
  package init(_ value: Value, at position: TextPosition) {
    self.value = value
    self.position = position
  }
}

/// A named text, such as an alias.
package struct NamedText: Sendable, Equatable {
  package let name: String
  package let text: Located<String>

  /// A name with its text.
  package init(name: String, text: Located<String>) {
    self.name = name
    self.text = text
  }
}

/// The table `[profiles.NAME]`: everything unset is `nil`.
package struct ProfileSettings: Sendable, Equatable {
  package let name: String
  package let position: TextPosition
  package var baseURL: Located<String>?
  /// The dialect's name.
  package var api: Located<String>?
  /// Where the keys come from, in the order of rotation; `nil` when the file does not say.
  package var keys: [Located<KeyPlace>]?
  package var defaultModel: Located<String>?
  package var headers: [NamedText] = []
  package var proxy: Located<String>?
  package var certificateFile: Located<String>?
  /// Where the server differs from others of its dialect, by the setting's name.
  package var quirks: [NamedText] = []

  init(name: String, position: TextPosition) {
    self.name = name
    self.position = position
  }
}

/// Where a key is kept. Never the key.
package enum KeyPlace: Sendable, Hashable {
  /// An environment variable.
  case variable(String)
  /// A file that holds nothing else; `~/` is the home folder.
  case file(String)
  /// A command that prints it, to be split into words.
  case command(String)

  /// What to call it in a message.
  package var name: String {
    switch self {
    case .variable(let name): name
    case .file(let path): path
    case .command: "the key command"
    }
  }
}

/// The table `[prices."MODEL@PROFILE"]`.
package struct PriceSettings: Sendable, Equatable {
  /// `MODEL` or `MODEL@PROFILE`.
  package let name: String
  package let position: TextPosition
  /// Prices by kind, as written, in US dollars per million tokens.
  package let fields: [NamedText]
}

/// What is wrong with a configuration.
package struct ConfigurationProblem: Error, Equatable, Sendable {
  /// Where; `nil` for a problem with the whole file.
  package let position: TextPosition?
  /// What is wrong, as a clause.
  package let problem: String
  /// What to do about it; `nil` when there is nothing to advise.
  package let advice: String?

  /// A problem at a place.
  package init(_ position: TextPosition?, _ problem: String, _ advice: String? = nil) {
    self.position = position
    self.problem = problem
    self.advice = advice
  }
}
