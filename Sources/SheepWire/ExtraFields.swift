import SheepCore

/// Puts the user's own fields into a request's body: their word is the last.
enum ExtraFields {
  /// Merges the fields in their order; dots in a name lead into objects, which are made on the
  /// way.
  /// - Throws: `usage` for a name with an empty part, and for a field that would be put inside
  ///   something that is not an object.
  static func merge(_ fields: [JSONObject.Member], into body: inout JSONObject) throws(Failure) {
    for field in fields {
      let path = field.name.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
      guard path.allSatisfy({ !$0.isEmpty }) else {
        throw problem(field.name, "has an empty name in its path")
      }
      try merge(field.value, at: path[...], into: &body, field.name)
    }
  }

  private static func merge(
    _ value: JSON, at path: ArraySlice<String>, into object: inout JSONObject, _ name: String
  ) throws(Failure) {
    guard let first = path.first else { return }
    let rest = path.dropFirst()
    if rest.isEmpty {
      object[first] = value
      return
    }
    var inner = JSONObject()
    switch object[first] {
    case .object(let present): inner = present
    case nil, .null: break
    default: throw problem(name, "would go inside '\(first)', which is not an object")
    }
    try merge(value, at: rest, into: &inner, name)
    object[first] = .object(inner)
  }

  private static func problem(_ name: String, _ problem: String) -> Failure {
    Failure(
      .usage, "the field '\(ErrorText.sanitized(name, limit: 80))'", problem,
      advice: "see --option in the manual")
  }
}
