package import SheepCore
package import SheepOptions
package import SheepStore

/// The sessions of a run: where they are, and the one that the options ask for.
package enum Sessions {
  /// The folder with all sessions.
  /// - Throws: `usage` when there is no place for one.
  package static func folder(_ environment: Environment) throws(Failure) -> SessionFolder {
    guard let path = environment.settings.paths.sessionsFolder else {
      throw Failure(
        .usage, "sessions", "no place to save them",
        advice: "set HOME, or XDG_DATA_HOME to an absolute path")
    }
    return SessionFolder(path: path, now: environment.unixTime, random: environment.random)
  }

  /// The conversation that the options ask for; `nil`: a prompt that stands for itself.
  ///
  /// - Parameter keeps: false where nothing may be written: the session is read then, and gone on
  ///   with in memory.
  /// - Throws: `usage` for a session in use, one that does not exist and is to be copied or gone
  ///   on with, and for a copy's name that is taken.
  package static func open(
    _ options: ConversationOptions, _ environment: Environment, _ messages: Messages, keeps: Bool
  ) throws(Failure) -> (any ConversationLog)? {
    guard options.usesSession else {
      guard options.fork == nil else {
        throw Failure(
          .usage, "--fork", "which session?", advice: "add --session NAME or --continue"
        )
      }
      return nil
    }
    let folder = try folder(environment)
    let name = try named(options, folder)
    if options.fork != nil, try !folder.exists(name) { throw unknown(name, folder) }
    guard keeps else {
      let found = try folder.read(name)
      note(found?.notes ?? [], name, messages)
      return UnsavedConversation(found?.conversation ?? Conversation())
    }
    if let copy = options.fork {
      let log = try folder.open(copy, copyOf: name)
      note(log.notes, name, messages)
      return log
    }
    let log = try folder.open(name)
    note(log.notes, name, messages)
    // A slip in a name would otherwise be found out only by the answer.
    if log.isNew, environment.standardError.isTerminal { messages.note("new session \(name.text)") }
    return log
  }

  /// The session that the options name, as it stands.
  /// - Throws: `usage` when none is named or it does not exist.
  package static func read(
    _ options: ConversationOptions, _ environment: Environment, _ messages: Messages
  ) throws(Failure) -> (name: StoredName, conversation: Conversation) {
    guard options.usesSession else {
      throw Failure(
        .usage, "--export", "which session?", advice: "add --session NAME or --continue")
    }
    let folder = try folder(environment)
    let name = try named(options, folder)
    guard let found = try folder.read(name) else { throw unknown(name, folder) }
    note(found.notes, name, messages)
    return (name, found.conversation)
  }

  private static func named(
    _ options: ConversationOptions, _ folder: SessionFolder
  ) throws(Failure) -> StoredName {
    if let name = options.session { return name }
    if let name = try folder.latest() { return name }
    throw Failure(.usage, "--continue", "there is no session yet", advice: "start one with --session NAME")
  }

  private static func note(_ notes: [String], _ name: StoredName, _ messages: Messages) {
    for note in notes { messages.note("session \(name.text): \(note)") }
  }

  private static func unknown(_ name: StoredName, _ folder: SessionFolder) -> Failure {
    let names = ((try? folder.names()) ?? []).map(\.text)
    let near = Suggestion.nearest(to: name.text, among: names).map { "did you mean \($0)?" }
    return Failure(
      .usage, "session '\(name.text)'", "does not exist", advice: near ?? "see 'sheep chat --list'")
  }
}
