import SheepCore
import SheepOptions
import SheepRun
import SheepStore

/// Where a chat's conversations are kept: the folder of sessions, or nowhere.
protocol ChatSessions {
  /// The names of what is kept, the one that was used last first; none where nothing is.
  var names: [String] { get }

  /// A new conversation without a name of its own.
  func begin() throws(Failure) -> any ConversationLog

  /// The conversation of that name, or a new one.
  func open(_ name: String) throws(Failure) -> any ConversationLog

  /// Another conversation that begins as this one stands.
  func fork(_ log: any ConversationLog, as name: String) throws(Failure) -> any ConversationLog

  /// Gives the conversation a name.
  func rename(_ log: any ConversationLog, to name: String) throws(Failure)

  /// What there is to know of each; the one that was used last first.
  func list() throws(Failure) -> [ChatSessionRow]

  /// Lets the conversation go, so that another process may have it.
  func close(_ log: any ConversationLog)
}

/// A row of `/sessions`.
struct ChatSessionRow: Equatable {
  var name: String
  /// The first words; empty when nothing was asked.
  var title: String
  var turns: Int
  var total: ConversationTotal
  /// Seconds since 1970.
  var lastUsed: Int
}

/// No place for conversations: `--no-log`.
struct UnsavedSessions: ChatSessions {
  private static let refusal = Failure(
    .usage, "this chat", "does not save sessions", advice: "start it without --no-log")

  var names: [String] { [] }
  func begin() throws(Failure) -> any ConversationLog { UnsavedConversation() }
  func open(_ name: String) throws(Failure) -> any ConversationLog { throw Self.refusal }
  func fork(_ log: any ConversationLog, as name: String) throws(Failure) -> any ConversationLog {
    throw Self.refusal
  }
  func rename(_ log: any ConversationLog, to name: String) throws(Failure) { throw Self.refusal }
  func list() throws(Failure) -> [ChatSessionRow] { throw Self.refusal }
  func close(_ log: any ConversationLog) {}
}

/// The folder of sessions.
struct FolderSessions: ChatSessions {
  let folder: SessionFolder

  var names: [String] { ((try? folder.names()) ?? []).map(\.text) }

  func begin() throws(Failure) -> any ConversationLog { try folder.begin() }

  func open(_ name: String) throws(Failure) -> any ConversationLog { try folder.open(try stored(name)) }

  func fork(_ log: any ConversationLog, as name: String) throws(Failure) -> any ConversationLog {
    let copy = try stored(name)
    guard let current = log.name.flatMap(StoredName.init), try folder.exists(current) else {
      throw Failure(.usage, "/fork", "there is nothing to copy yet", advice: "ask something first")
    }
    let log = try folder.open(copy, copyOf: current)
    // Who asks for a copy by name may leave it at once and come back to it later.
    try log.makeCopy()
    return log
  }

  func rename(_ log: any ConversationLog, to name: String) throws(Failure) {
    guard let log = log as? SessionLog else {
      throw Failure(.usage, "/save", "this conversation is not saved")
    }
    try log.rename(to: try stored(name))
  }

  func list() throws(Failure) -> [ChatSessionRow] {
    try folder.list().map { summary in
      ChatSessionRow(
        name: summary.name.text, title: summary.title ?? "", turns: summary.turns ?? 0,
        total: summary.total ?? ConversationTotal(), lastUsed: summary.lastUsed)
    }
  }

  func close(_ log: any ConversationLog) { (log as? SessionLog)?.close() }

  private func stored(_ name: String) throws(Failure) -> StoredName {
    guard let stored = StoredName(name) else {
      throw Failure(.usage, Quoted.text(name), "is not a valid session name", advice: StoredName.rule)
    }
    return stored
  }
}
