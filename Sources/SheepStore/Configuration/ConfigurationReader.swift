import SheepCore

/// Reads `config.toml` into a `Configuration`, and says of everything that is wrong where it
/// stands.
package struct ConfigurationReader {
  /// What the reader needs to know of the rest of the program.
  package struct Rules: Sendable {
    /// Whether a text looks like a key, which has no place in the file.
    package let looksLikeKey: @Sendable (String) -> Bool
    /// The known name that is nearest to a wrong one; `nil` when none is near.
    package let nearest: @Sendable (String, [String]) -> String?

    /// The two rules.
    package init(
      looksLikeKey: @escaping @Sendable (String) -> Bool,
      nearest: @escaping @Sendable (String, [String]) -> String?
    ) {
      self.looksLikeKey = looksLikeKey
      self.nearest = nearest
    }
  }

  private let bytes: [UInt8]
  private let rules: Rules
  private var configuration: Configuration
  private var problems: [ConfigurationProblem] = []

  /// Reads the bytes of the file at `path`: what could be understood, and all that could not,
  /// in the order of the text.
  package static func read(
    _ bytes: [UInt8], path: String, rules: Rules
  ) -> (configuration: Configuration, problems: [ConfigurationProblem]) {
    var reader = ConfigurationReader(bytes, path, rules)
    do throws(TOMLError) {
      reader.readRoot(try TOMLParser.parse(bytes))
    } catch {
      reader.report(error.offset, error.problem)
    }
    let none = TextPosition(line: 0, column: 0)
    let problems = reader.problems.sorted { ($0.position ?? none) < ($1.position ?? none) }
    return (reader.configuration, problems)
  }

  private init(_ bytes: [UInt8], _ path: String, _ rules: Rules) {
    self.bytes = bytes
    self.rules = rules
    configuration = Configuration(path: path)
  }

  private func position(_ offset: Int) -> TextPosition { TextPosition(of: offset, in: bytes) }

  private mutating func report(_ offset: Int, _ problem: String, _ advice: String? = nil) {
    problems.append(ConfigurationProblem(position(offset), problem, advice))
  }

  // MARK: - Tables

  private mutating func readRoot(_ root: TOMLTable) {
    for entry in known(root, ConfigurationSchema.root, in: nil) {
      switch entry.key {
      case "default_profile": configuration.defaultProfile = text(entry)
      case "default_model": configuration.defaultModel = text(entry)
      case "profiles": readProfiles(entry)
      case "aliases": configuration.aliases = texts(entry)
      case "tasks": configuration.tasks = texts(entry)
      case "prices": readPrices(entry)
      case "options": readOptions(entry)
      default: break
      }
    }
  }

  private mutating func readProfiles(_ entry: TOMLTable.Entry) {
    for profile in table(entry)?.entries ?? [] {
      guard let name = StoredName(profile.key), Self.isLetter(profile.key.utf8.first) else {
        report(
          profile.offset, "'\(shown(profile.key))' is not a valid profile name",
          "start it with a letter; " + StoredName.rule)
        continue
      }
      guard let table = table(profile) else { continue }
      configuration.profiles.append(
        readProfile(table, ProfileSettings(name: name.text, position: position(profile.offset))))
    }
  }

  private mutating func readProfile(_ table: TOMLTable, _ start: ProfileSettings) -> ProfileSettings {
    var profile = start
    var keys: [Located<KeyPlace>]?
    for entry in known(table, ConfigurationSchema.profile, in: "profiles.\(start.name)") {
      switch entry.key {
      case "base_url": profile.baseURL = text(entry)
      case "api": profile.api = text(entry)
      case "default_model": profile.defaultModel = text(entry)
      case "proxy": profile.proxy = text(entry)
      case "ca_file": profile.certificateFile = text(entry)
      case "headers": profile.headers = texts(entry)
      case "key_env": add(place(entry, KeyPlace.variable), to: &keys)
      case "key_file": add(place(entry, KeyPlace.file), to: &keys)
      case "key_cmd": add(place(entry, KeyPlace.command), to: &keys)
      case "keys": for place in places(entry) { add(place, to: &keys) }
      case "quirks": profile.quirks = quirks(entry, start.name)
      default: break
      }
    }
    profile.keys = keys
    return profile
  }

  private mutating func quirks(_ entry: TOMLTable.Entry, _ profile: String) -> [NamedText] {
    guard let table = table(entry) else { return [] }
    return known(table, ConfigurationSchema.quirks, in: "profiles.\(profile).quirks").compactMap { quirk in
      if ConfigurationSchema.quirks.first(where: { $0.name == quirk.key })?.kind == .boolean {
        guard case .boolean(let value) = quirk.node.value else {
          wrongKind(quirk, "true or false")
          return nil
        }
        return NamedText(name: quirk.key, text: Located(value ? "true" : "false", at: position(quirk.offset)))
      }
      return text(quirk).map { NamedText(name: quirk.key, text: $0) }
    }
  }

  private mutating func readPrices(_ entry: TOMLTable.Entry) {
    for price in table(entry)?.entries ?? [] {
      guard let table = table(price) else { continue }
      let fields = known(table, ConfigurationSchema.price, in: "prices.\"\(shown(price.key))\"")
        .compactMap { field -> NamedText? in
          switch field.node.value {
          case .integer(let value): NamedText(name: field.key, text: located(String(value), field))
          case .fraction(let text), .string(let text):
            NamedText(name: field.key, text: located(text, field))
          default: nil
          }
        }
      for field in table.entries where ConfigurationSchema.price.contains(where: { $0.name == field.key }) {
        switch field.node.value {
        case .integer, .fraction, .string: break
        default: wrongKind(field, "a price in US dollars per million tokens")
        }
      }
      configuration.prices.append(
        PriceSettings(name: price.key, position: position(price.offset), fields: fields))
    }
  }

  private mutating func readOptions(_ entry: TOMLTable.Entry) {
    for option in table(entry)?.entries ?? [] {
      let text: String
      switch option.node.value {
      case .string(let value): text = value
      case .integer(let value): text = String(value)
      case .fraction(let value): text = value
      case .boolean(let value): text = value ? "1" : "0"
      default:
        wrongKind(option, "a string, a number, true or false")
        continue
      }
      if refuseKey(text, option) { continue }
      configuration.options.append(NamedText(name: option.key, text: located(text, option)))
    }
  }

  // MARK: - Values

  private func located(_ text: String, _ entry: TOMLTable.Entry) -> Located<String> {
    Located(text, at: position(entry.offset))
  }

  /// The entries that the schema knows; the others are reported.
  private mutating func known(
    _ table: TOMLTable, _ fields: [ConfigurationSchema.Field], in path: String?
  ) -> [TOMLTable.Entry] {
    table.entries.filter { entry in
      if fields.contains(where: { $0.name == entry.key }) { return true }
      let name = shown(entry.key)
      if ConfigurationSchema.isSecret(entry.key) {
        report(
          entry.offset, "'\(name)' would put a key into this file",
          "say where it is with key_env, key_file or key_cmd")
      } else {
        let names = fields.map(\.name)
        let advice =
          rules.nearest(entry.key, names).map { "did you mean \($0)?" }
          ?? "use " + names.joined(separator: ", ")
        report(entry.offset, "unknown setting '\(name)'" + (path.map { " in [\($0)]" } ?? ""), advice)
      }
      return false
    }
  }

  private mutating func table(_ entry: TOMLTable.Entry) -> TOMLTable? {
    if case .table(let table) = entry.node.value { return table }
    wrongKind(entry, "a table")
    return nil
  }

  private mutating func text(_ entry: TOMLTable.Entry) -> Located<String>? {
    guard case .string(let text) = entry.node.value else {
      wrongKind(entry, "a string in quotes")
      return nil
    }
    guard !refuseKey(text, entry) else { return nil }
    return located(text, entry)
  }

  /// The texts of a table with names of the user's own.
  private mutating func texts(_ entry: TOMLTable.Entry) -> [NamedText] {
    guard let table = table(entry) else { return [] }
    return table.entries.compactMap { entry in
      text(entry).map { NamedText(name: entry.key, text: $0) }
    }
  }

  private mutating func refuseKey(_ text: String, _ entry: TOMLTable.Entry) -> Bool {
    guard rules.looksLikeKey(text) else { return false }
    report(
      entry.offset, "'\(shown(entry.key))' looks like a key, which does not belong in this file",
      "say where it is with key_env, key_file or key_cmd; replace the key if others may have seen it")
    return true
  }

  private mutating func wrongKind(_ entry: TOMLTable.Entry, _ wanted: String) {
    report(entry.offset, "'\(shown(entry.key))' is \(entry.node.value.kind)", "write \(wanted)")
  }

  // MARK: - Keys

  private mutating func place(
    _ entry: TOMLTable.Entry, _ make: (String) -> KeyPlace
  ) -> Located<KeyPlace>? {
    guard let text = text(entry) else { return nil }
    guard !text.value.isEmpty else {
      report(entry.offset, "'\(entry.key)' is empty", "say where the key is, or remove it")
      return nil
    }
    return Located(make(text.value), at: text.position)
  }

  private mutating func places(_ entry: TOMLTable.Entry) -> [Located<KeyPlace>] {
    guard case .array(let elements) = entry.node.value else {
      wrongKind(entry, "a list such as [{ env = \"KEY_1\" }, { env = \"KEY_2\" }]")
      return []
    }
    var result: [Located<KeyPlace>] = []
    for element in elements {
      guard case .table(let table) = element.value, table.entries.count == 1,
        let only = known(table, ConfigurationSchema.keyPlaces, in: nil).first
      else {
        report(
          element.range.lowerBound, "must be exactly one of env, file and cmd",
          "write { env = \"NAME\" }, { file = \"PATH\" } or { cmd = \"COMMAND\" }")
        continue
      }
      let make: (String) -> KeyPlace =
        switch only.key {
        case "env": KeyPlace.variable
        case "file": KeyPlace.file
        default: KeyPlace.command
        }
      if let place = place(only, make) { result.append(place) }
    }
    return result
  }

  private func add(_ place: Located<KeyPlace>?, to keys: inout [Located<KeyPlace>]?) {
    if let place { keys = (keys ?? []) + [place] }
  }

  /// A name of the user's own in a message; what could be a key is not repeated.
  private func shown(_ name: String) -> String {
    rules.looksLikeKey(name) ? "…" : name
  }

  private static func isLetter(_ byte: UInt8?) -> Bool {
    guard let byte else { return false }
    return (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }
}
