import SheepCore

/// Reads a role's file: Markdown below a head of settings. A line `--- prompt` in the Markdown
/// parts the system prompt from the template of prompts.
///
/// The head is the smallest part of YAML that does the work, and nothing that YAML would read
/// differently: `name: text` lines, and below `variables:` the same, indented. What is not known
/// is an error with its place, never ignored.
struct RoleReader {
  private let rules: ConfigurationReader.Rules
  private var role: Role
  private var lines: [Substring]
  /// The number of the line that is read, from 0.
  private var number = 0

  /// The role that a file describes.
  /// - Throws: the first mistake.
  static func read(
    _ text: String, name: String, path: String?, rules: ConfigurationReader.Rules
  ) throws(ConfigurationProblem) -> Role {
    var reader = RoleReader(text, name: name, path: path, rules: rules)
    try reader.readHead()
    try reader.readBody()
    return reader.role
  }

  private init(_ text: String, name: String, path: String?, rules: ConfigurationReader.Rules) {
    self.rules = rules
    role = Role(name: name, path: path)
    var text = text[...]
    if text.unicodeScalars.first == "\u{feff}" { text.unicodeScalars.removeFirst() }
    // Cut at bytes: to a Character, CR LF is one.
    lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map { line in
      Substring(line.last == UInt8(ascii: "\r") ? line.dropLast() : line)
    }
  }

  private static let fence = "---"

  private func problem(_ column: Int, _ text: String, _ advice: String? = nil) -> ConfigurationProblem {
    ConfigurationProblem(TextPosition(line: number + 1, column: column), text, advice)
  }

  // MARK: - The head

  private mutating func readHead() throws(ConfigurationProblem) {
    guard let first = lines.first, Self.isFence(first) else { return }
    number = 1
    var isInVariables = false
    while number < lines.count {
      let line = lines[number]
      if Self.isFence(line) {
        number += 1
        return
      }
      let indent = line.prefix { $0 == " " }.count
      let rest = line.dropFirst(indent)
      if rest.first == "\t" { throw problem(indent + 1, "is indented with a tab", "use spaces") }
      if !rest.isEmpty, rest.first != "#" {
        if indent > 0, !isInVariables {
          throw problem(1, "is indented without a setting above it", "only variables go below 'variables:'")
        }
        isInVariables = try setting(rest, column: indent + 1, isVariable: indent > 0) || indent > 0
      }
      number += 1
    }
    number = 0
    throw problem(1, "the header is not closed", "close it with a line ---")
  }

  private static func isFence(_ line: Substring) -> Bool {
    line.hasPrefix(fence) && line.dropFirst(3).allSatisfy { $0 == " " || $0 == "\t" }
  }

  /// Takes a line of the head. Returns whether it begins the variables.
  private mutating func setting(
    _ line: Substring, column: Int, isVariable: Bool
  ) throws(ConfigurationProblem) -> Bool {
    guard let colon = line.firstIndex(of: ":") else {
      throw problem(column, "is not a setting", "write it like 'name: value'")
    }
    let name = String(line[..<colon])
    let after = line[line.index(after: colon)...]
    guard RoleText.isName(name) else { throw problem(column, "is not a setting", "write 'name: value'") }
    guard after.isEmpty || after.first == " " else {
      throw problem(column + name.utf8.count + 1, "a space is missing after the colon")
    }
    let blanks = after.prefix { $0 == " " }.count
    let place = column + name.utf8.count + 1 + blanks
    let value = try value(after.dropFirst(blanks), column: place)
    if isVariable {
      try add(variable: name, value, column)
      return true
    }
    return try add(setting: name, value, column: column, place)
  }

  private mutating func add(
    variable name: String, _ value: String?, _ column: Int
  ) throws(ConfigurationProblem) {
    if role.variables.contains(where: { $0.name == name }) {
      throw problem(column, "'\(name)' is set twice", "keep one")
    }
    role.variables.append(Role.Variable(name: name, preset: value))
  }

  private mutating func add(
    setting name: String, _ value: String?, column: Int, _ place: Int
  ) throws(ConfigurationProblem) -> Bool {
    if name == "variables" {
      guard value == nil else {
        throw problem(place, "variables go on the lines below, indented", "write '  name: value'")
      }
      return true
    }
    let known = ["description", "variables"] + Role.optionNames
    guard known.contains(name) else {
      let near = rules.nearest(name, known).map { "did you mean '\($0)'?" }
      throw problem(column, "unknown setting '\(name)'", near ?? "use " + known.joined(separator: ", "))
    }
    guard let value, !value.isEmpty else {
      throw problem(column, "'\(name)' has no value", "give one, or remove the line")
    }
    if rules.looksLikeKey(value) {
      throw problem(place, "the value of '\(name)' looks like a key", "keys do not belong in roles")
    }
    let isTwice = name == "description" ? role.description != nil : role.options.contains { $0.name == name }
    if isTwice { throw problem(column, "'\(name)' is set twice", "keep one") }
    if name == "description" {
      role.description = value
    } else {
      let position = TextPosition(line: number + 1, column: place)
      role.options.append(NamedText(name: name, text: Located(value, at: position)))
    }
    return false
  }

  /// The value of a setting; `nil` when there is none.
  private func value(_ text: Substring, column: Int) throws(ConfigurationProblem) -> String? {
    var text = text
    while let last = text.last, last == " " || last == "\t" { text.removeLast() }
    guard let first = text.unicodeScalars.first else { return nil }
    if first == "\"" || first == "'" { return try quoted(text, column: column) }
    if "[]{}&*!|>%@`,?#".unicodeScalars.contains(first) || text.hasPrefix("- ") {
      throw problem(column, "an unquoted value cannot start with '\(first)'", "put it in double quotes")
    }
    let plain = String(text)
    if plain.mentions(" #") || plain.mentions(": ") || plain.hasSuffix(":") {
      throw problem(
        column, "an unquoted value cannot contain ' #' or ': '", "put it in double quotes")
    }
    return String(text)
  }

  private func quoted(_ text: Substring, column: Int) throws(ConfigurationProblem) -> String {
    let quote = text.unicodeScalars.first ?? "\""
    var result = String.UnicodeScalarView()
    var rest = text.unicodeScalars.dropFirst()
    while let scalar = rest.popFirst() {
      if scalar == quote {
        if quote == "'", rest.first == "'" {
          rest.removeFirst()
          result.append("'")
          continue
        }
        guard rest.isEmpty else { throw problem(column, "there is text after the closing quote") }
        return String(result)
      }
      guard scalar == "\\", quote == "\"" else {
        result.append(scalar)
        continue
      }
      switch rest.popFirst() {
      case "\"": result.append("\"")
      case "\\": result.append("\\")
      case "n": result.append("\n")
      case "t": result.append("\t")
      default: throw problem(column, "unknown escape", #"use \" \\ \n \t"#)
      }
    }
    throw problem(column, "the quote is not closed")
  }

  // MARK: - The body

  private mutating func readBody() throws(ConfigurationProblem) {
    let start = number
    let end = lines[start...].firstIndex { $0.split(separator: " ") == ["---", "prompt"] }
    let upper = try text(start..<(end ?? lines.count))
    guard let end else {
      if upper?.takesInput == true { role.prompt = upper } else { role.system = upper }
      if upper == nil, role.options.isEmpty {
        number = start
        throw problem(1, "has no text", "write a system prompt below the header")
      }
      return
    }
    if upper?.takesInput == true {
      number = start
      throw problem(
        1, "'{}' is in the system prompt",
        "move it below the line '--- prompt', or write {{}} for the braces")
    }
    role.system = upper
    role.prompt = try text(end + 1..<lines.count)
  }

  /// The text of these lines, without empty lines around it; `nil` when nothing is left.
  private mutating func text(_ range: Range<Int>) throws(ConfigurationProblem) -> RoleText? {
    func isEmpty(_ index: Int) -> Bool { lines[index].allSatisfy { $0 == " " || $0 == "\t" } }
    guard let first = range.first(where: { !isEmpty($0) }), let last = range.last(where: { !isEmpty($0) })
    else { return nil }
    let names = role.variables.map(\.name)
    let content = lines[first...last].joined(separator: "\n")
    var mistake: ConfigurationProblem?
    let text = RoleText(content, variables: names) { name, offset in
      // Braces with another word in them are text, unless somebody slipped.
      guard mistake == nil, let near = rules.nearest(name, names) else { return }
      let place = TextPosition(of: offset, in: Array(content.utf8))
      let position = TextPosition(line: first + place.line, column: place.column)
      mistake = ConfigurationProblem(position, "unknown variable '{\(name)}'", "did you mean '{\(near)}'?")
    }
    if let mistake { throw mistake }
    return text
  }
}
