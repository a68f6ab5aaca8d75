import SheepCatalog
import SheepCore
import SheepOptions

/// The names after `@` and `-P`: profiles that can be called, and those that only have prices.
enum KnownProfile {
  /// Why there is nothing to show of a profile: it does not exist, or its models are not in the
  /// built-in list.
  static func isEmpty(_ name: String, _ profiles: ProfileBook) -> Failure {
    if profiles.names.contains(name) {
      return Failure(
        .model, name, "the built-in list has no models of this profile",
        advice: "ask the endpoint: sheep models --live -P \(name)")
    }
    return unknown(name, profiles)
  }

  /// The error that there is no such profile.
  static func unknown(_ name: String, _ profiles: ProfileBook) -> Failure {
    var known = Catalogue.profiles
    for profile in profiles.names where !known.contains(profile) { known.append(profile) }
    return Failure(
      .usage, "profile \(Quoted.text(name))", "is not known",
      advice: "there are \(known.sorted().joined(separator: ", "))")
  }
}

/// Finds what somebody may have meant by the name of a model that is not there.
enum NearModels {
  /// The three names that are most like `model`, the nearest first; none that share nothing
  /// with it.
  static func nearest(to model: String, among ids: [String]) -> [String] {
    let wanted = Array(model.lowercased().utf8.prefix(200))
    guard !wanted.isEmpty else { return [] }
    let ranked = ids.map { (id: $0, distance: Suggestion.distance(wanted, Array($0.lowercased().utf8))) }
      .filter { $0.distance < max(wanted.count, $0.id.utf8.count) }
      .sorted { ($0.distance, $0.id) < ($1.distance, $1.id) }
    return ranked.prefix(3).map(\.id)
  }

  /// What to do about a model that a gateway has refused.
  /// - Parameters:
  ///   - profile: whose list the name may be looked up in; `nil` for an address without one.
  ///   - place: the options that name the gateway to `sheep models`, with a blank before them.
  static func advice(model: String, profile: String?, place: String) -> String {
    let own = "its own list: sheep models --live\(place)"
    guard let profile else { return "check the spelling; " + own }
    if Catalogue.find(profile: profile, model: model) != nil {
      return "the built-in list has it, so it may be gone or not for this key; " + own
    }
    let near = nearest(to: model, among: Catalogue.models(profile: profile))
    if near.isEmpty { return "check the spelling; " + own }
    return "nearest are \(near.joined(separator: ", ")); see them all: sheep models\(place)"
  }
}
