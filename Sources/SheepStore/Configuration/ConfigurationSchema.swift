/// What may stand in `config.toml`: the one table that reading, setting and the template's test
/// look at.
package enum ConfigurationSchema {
  /// What a setting may hold.
  package enum Kind: Sendable, Equatable {
    case text, boolean
    /// A price: a number, kept as written.
    case amount
    /// A text, a number or true and false: whatever the option takes.
    case scalar
    /// A list of `{ env = … }`, `{ file = … }`, `{ cmd = … }`.
    case keys
    /// A table with these settings.
    case table([Field])
    /// A table with names of the user's own, each holding this.
    indirect case named(Kind)
  }

  /// One setting.
  package struct Field: Sendable, Equatable {
    package let name: String
    package let kind: Kind

    init(_ name: String, _ kind: Kind) {
      self.name = name
      self.kind = kind
    }
  }

  /// The file.
  package static let root: [Field] = [
    Field("default_profile", .text), Field("default_model", .text),
    Field("profiles", .named(.table(profile))), Field("aliases", .named(.text)),
    Field("tasks", .named(.text)), Field("prices", .named(.table(price))),
    Field("options", .named(.scalar)),
  ]

  /// `[profiles.NAME]`
  package static let profile: [Field] = [
    Field("base_url", .text), Field("api", .text), Field("key_env", .text), Field("key_file", .text),
    Field("key_cmd", .text), Field("keys", .keys), Field("default_model", .text),
    Field("headers", .named(.text)), Field("proxy", .text), Field("ca_file", .text),
    Field("quirks", .table(quirks)),
  ]

  /// `[profiles.NAME.quirks]`
  package static let quirks: [Field] = [
    Field("max_tokens_field", .text), Field("system_role", .text), Field("stream_options", .boolean),
    Field("reasoning", .text), Field("seed_field", .text), Field("key_header", .text),
    Field("needs_key", .boolean),
  ]

  /// `[prices."MODEL@PROFILE"]`
  package static let price: [Field] = ["in", "out", "cached", "write", "write-1h", "reasoning", "request"]
    .map { Field($0, .amount) }

  /// The places of a key in a list.
  static let keyPlaces: [Field] = [Field("env", .text), Field("file", .text), Field("cmd", .text)]

  /// The kind of a setting by its path; `nil` when there is none of that name.
  package static func kind(of path: [String]) -> Kind? {
    var kind = Kind.table(root)
    for name in path {
      switch kind {
      case .table(let fields):
        guard let field = fields.first(where: { $0.name == name }) else { return nil }
        kind = field.kind
      case .named(let inner): kind = inner
      default: return nil
      }
    }
    return kind
  }

  /// The names that can stand where the last part of a path stands; none for names of the
  /// user's own.
  package static func names(beside path: [String]) -> [String] {
    var fields = root
    for name in path.dropLast() {
      switch fields.first(where: { $0.name == name })?.kind {
      case .table(let inner), .named(.table(let inner)): fields = inner
      case nil where fields == profile || fields == price: continue
      default: return fields.map(\.name)
      }
    }
    return fields.map(\.name)
  }

  /// Whether a setting of that name would hold the key itself.
  package static func isSecret(_ name: String) -> Bool { secretNames.contains(name.lowercased()) }

  /// Names under which somebody might write the key itself.
  private static let secretNames: Set<String> = [
    "key", "api_key", "apikey", "api-key", "token", "secret", "password", "auth", "bearer",
    "auth_token", "authorization",
  ]
}
