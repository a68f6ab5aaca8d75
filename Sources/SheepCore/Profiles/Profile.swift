/// A gateway or provider that the program knows by name, as data.
package struct Profile: Sendable {
  /// What follows `@` in `MODEL@PROFILE`; lower case.
  package let name: String
  /// Whose it is, for people: `OpenRouter`; for a profile of the user's own its name.
  package let vendor: String
  /// The vendor's address; empty where every customer has one of their own, which the
  /// configuration then has to give.
  package let baseURL: String
  /// The environment variable that holds the key; `nil` where none is needed.
  package let keyVariable: String?
  /// A variable that counts more where both are set; `nil` for none.
  package let strongerKeyVariable: String?
  /// How keys begin that can be told for this vendor's; empty where they look like others' too.
  package let keyPrefixes: [String]
  /// The model that answers when none is named; `nil`: the user must name one.
  package let defaultModel: String?
  /// The dialect of the address when the user does not say.
  package let api: DialectName
  package let quirks: Quirks
  /// Where the vendor documents the address, the key and the dialect; empty for a profile of
  /// the user's own.
  package let facts: String

  /// A profile; `baseURL` is empty where every customer has an address of their own.
  package init(
    _ name: String, _ vendor: String, _ baseURL: String, keyVariable: String?,
    strongerKeyVariable: String? = nil, keyPrefixes: [String] = [], defaultModel: String? = nil,
    api: DialectName = .openai, facts: String = "", quirks: Quirks = Quirks()
  ) {
    self.name = name
    self.vendor = vendor
    self.baseURL = baseURL
    self.keyVariable = keyVariable
    self.strongerKeyVariable = strongerKeyVariable
    self.keyPrefixes = keyPrefixes
    self.defaultModel = defaultModel
    self.api = api
    self.facts = facts
    self.quirks = quirks
  }

  /// The variables that hold the key, the one that counts most first.
  package var keyVariables: [String] { [strongerKeyVariable, keyVariable].compactMap { $0 } }

  /// The profile that answers when none is named.
  package static let defaultName = "holysheep"

  /// The built-in profile of that name; `nil` without one.
  package static func named(_ name: String) -> Profile? {
    builtIn.first { $0.name == name }
  }
}
