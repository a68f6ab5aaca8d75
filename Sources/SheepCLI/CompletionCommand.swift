import SheepCatalog
import SheepCore
import SheepOptions
import SheepRun
import SheepStore

/// `sheep __complete KIND PREFIX`: what the shells' completion scripts ask for, offline.
enum CompletionCommand {
  /// One candidate a line.
  static func text(_ words: [String], _ environment: Environment) -> String {
    // A configuration with mistakes offers nothing: a shell has no place for errors.
    let configuration = (try? environment.settings.configuration()) ?? nil
    let book = ProfileBook(configuration)
    return Completion.answer(
      words: words,
      models: { (configuration?.aliases ?? []).map(\.name) + Catalogue.models(profile: book.defaultName) },
      profiles: { book.names },
      sessions: { ((try? Sessions.folder(environment).names()) ?? []).map(\.text) },
      roles: { environment.settings.roles.names }
    ).map { $0 + "\n" }.joined()
  }
}
