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
        advice: "ask the endpoint: sheep models --live -P \(name)")
    }
    return unknown(name, profiles)
  }

  /// The error that there is no such profile.
  package static func unknown(_ name: String, _ profiles: ProfileBook) -> Failure {
    var known = Catalogue.profiles
    for profile in profiles.names where !known.contains(profile) { known.append(profile) }
    return Failure(
      .usage, "profile \(Quoted.text(name))", "is not known",
      advice: "there are \(known.sorted().joined(separator: ", "))")
  }
}

/// Finds what somebody may have meant by the name of a model that is not there.
package enum NearModels {
  /// The three names that are most like `model`, the nearest first; what stands before a slash, a
  /// vendor's name, may be missing in them.
  package static func nearest(to model: String, among ids: [String]) -> [String] {
    let wanted = Array(model.lowercased().utf8.prefix(200))
    let spellings = [wanted[...]] + (wanted.lastIndex(of: 0x2f).map { [wanted[($0 + 1)...]] } ?? [])
    var ranked: [(id: String, distance: Int)] = []
    for id in ids {
      let name = Array(id.lowercased().utf8)
      if let distance = spellings.compactMap({ distance(Array($0), name) }).min() {
        ranked.append((id, distance))
      }
    }
    ranked.sort { ($0.distance, $0.id) < ($1.distance, $1.id) }
    return ranked.prefix(3).map(\.id)
  }

  /// How far two names are apart; `nil` when they are not near.
  ///
  /// Near are those that begin with the same three letters, as the models of a family do, and those that
  /// few slips of the keyboard lead to, in whole or with their beginning: no more than a third of the
  /// letters, and no more than three.
  private static func distance(_ wanted: [UInt8], _ name: [UInt8]) -> Int? {
    guard !wanted.isEmpty else { return nil }
    let slips = min(3, wanted.count / 3)
    let distance = Suggestion.distance(wanted, name)
    if distance <= max(1, slips) { return distance }
    if wanted.count >= 3, name.starts(with: wanted.prefix(3)) { return distance }
    return Suggestion.distance(wanted, Array(name.prefix(wanted.count))) <= slips ? distance : nil
  }

  /// The names as a part of a sentence: `nearest is A`, `nearest are A, B`; `nil` without one.
  package static func text(_ near: [String]) -> String? {
    near.isEmpty ? nil : "nearest \(near.count == 1 ? "is" : "are") \(near.joined(separator: ", "))"
  }

  /// What to do about a model that a gateway has refused.
  /// - Parameters:
  ///   - profile: whose list the name may be looked up in; `nil` for an address without one.
  ///   - place: the options that name the gateway to `sheep models`, with a blank before them.
  package static func advice(model: String, profile: String?, place: String) -> String {
    let own = "its own list: sheep models --live\(place)"
    guard let profile else { return "check the spelling; " + own }
    if Catalogue.find(profile: profile, model: model) != nil {
      return "the built-in list has it, so it may be gone or not for this key; " + own
    }
    guard let near = text(nearest(to: model, among: Catalogue.models(profile: profile))) else {
      return "check the spelling; " + own
    }
    return "\(near); see them all: sheep models\(place)"
  }
}
