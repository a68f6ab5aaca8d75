import SheepCatalog
import SheepClient

/// `sheep __complete KIND PREFIX`: what the shells' completion scripts ask for, offline.
enum CompletionCommand {
  /// One candidate a line.
  static func text(_ words: [String]) -> String {
    Completion.answer(words: words, models: models, profiles: { Profile.builtIn.map(\.name) })
      .map { $0 + "\n" }.joined()
  }

  private static func models() -> [String] {
    Catalogue.models(profile: Profile.defaultName)
  }
}
