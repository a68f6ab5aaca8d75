import SheepCatalog
package import SheepCore
import SheepOptions

/// The names after `@` and `-P`: profiles that can be called, and those that only have prices.
package enum KnownProfile {
  /// Why there is nothing to show of a profile: it does not exist, or its models are not in the
  /// built-in list.
  package static func isEmpty(_ name: String, _ profiles: ProfileBook) -> Failure {
    if profiles.names.contains(name) {
      return Failure(
        .model, name, "the built-in list has no models of this profile",
        advice: "ask the endpoint with 'sheep models --live -P \(name)'")
    }
    return unknown(name, profiles)
  }

  /// The error that there is no such profile.
  package static func unknown(_ name: String, _ profiles: ProfileBook) -> Failure {
    var known = Catalogue.profiles
    for profile in profiles.names where !known.contains(profile) { known.append(profile) }
    return Failure(
      .usage, "profile \(Quoted.text(name))", "does not exist",
      advice: "profiles: \(known.sorted().joined(separator: ", "))")
  }
}

extension NearModels {
  /// What to do about a model that a gateway has refused.
  /// - Parameters:
  ///   - profile: whose list the name may be looked up in; `nil` for an address without one.
  ///   - place: the options that name the gateway to `sheep models`, with a blank before them.
  package static func advice(model: String, profile: String?, place: String) -> String {
    let own = "list its models with 'sheep models --live\(place)'"
    guard let profile else { return "check the spelling; " + own }
    if Catalogue.find(profile: profile, model: model) != nil {
      return "it is in the built-in list, so it may be retired or not available to this key; " + own
    }
    guard let near = text(nearest(to: model, among: Catalogue.models(profile: profile))) else {
      return "check the spelling; " + own
    }
    return "\(near); list all with 'sheep models\(place)'"
  }
}
