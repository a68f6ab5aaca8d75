import SheepCore
import SheepStore
import SheepTesting
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A folder with sessions on a real file system.
final class SessionTrial {
  let folder: SessionFolder
  private let temporary: TemporaryFolder

  /// - Parameter room: how many bytes the next write takes before the disk is full; `nil`: all.
  init(room: (@Sendable () -> Int?)? = nil) throws {
    temporary = try TemporaryFolder()
    folder = SessionFolder(
      path: temporary.path + "/data/sessions", now: { 1_795_219_200 }, random: { 0.5 },
      write: { descriptor, bytes in
        let part = bytes.prefix(room?() ?? bytes.count)
        let count = part.withUnsafeBytes { Self.system(descriptor, $0) }
        errno = ENOSPC
        return count
      })
  }

  private static func system(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
    #if canImport(Glibc)
      Glibc.write(descriptor, bytes.baseAddress, bytes.count)
    #else
      Darwin.write(descriptor, bytes.baseAddress, bytes.count)
    #endif
  }

  static func name(_ text: String) throws -> StoredName { try #require(StoredName(text)) }

  func open(_ name: String) throws -> SessionLog { try folder.open(Self.name(name)) }

  func path(_ name: String) -> String { folder.path + "/" + name + ".jsonl" }

  /// The conversation that the file of a session tells.
  func conversation(_ name: String) throws -> Conversation {
    try #require(try folder.read(Self.name(name))).conversation
  }

  /// What a session's file holds.
  func bytes(_ name: String) throws -> [UInt8] { try #require(try PrivateFile.read(path(name))) }

  /// Puts these bytes into a session's file.
  func write(_ bytes: [UInt8], _ name: String) throws {
    try PrivateFile.write(bytes, to: path(name), mayReplace: true)
  }

  /// What is in the folder, hidden names too.
  var names: [String] { TemporaryFolder.names(in: folder.path) }

  static func mode(_ path: String) -> mode_t? {
    var facts = stat()
    return lstat(path, &facts) == 0 ? facts.st_mode & 0o7777 : nil
  }

  static let picture = Message.Part.image(bytes: [1, 2, 3, 255], mediaType: "image/png")

  static func question(
    _ text: String, _ parts: [Message.Part] = [], files: [String] = []
  ) -> ConversationRecord {
    .question(Question(parts: parts + [.text(text)], files: files, time: 1_795_219_100))
  }

  static func reply(_ text: String, cost: String = "0.000123456789012345") -> Reply {
    Reply(
      model: "m-1", profile: "work", servedModel: "m-1-2026", text: text, reasoning: "because",
      state: [
        ProviderState(
          dialect: "anthropic", value: ["type": "thinking", "signature": "c2ln", "n": .number(JSONNumber(7))])
      ],
      finishReason: .length,
      usage: Usage(input: 5, cacheRead: 2, output: 3, reasoning: 1, source: .reported),
      cost: Money(dollars: cost), time: 1_795_219_110)
  }

  /// One of each kind.
  static let all: [ConversationRecord] = [
    .system("Be brief.\nAnd \u{7f}kind \u{2028} \u{0}."), .model("m-1", profile: "work"),
    .model("m-2", profile: nil),
    question("What is 한글?", [picture], files: ["a.png"]), .piece(text: "It", reasoning: "hm"),
    .piece(text: " is", reasoning: ""), .reply(reply("It is")), .continuing,
    .piece(text: " a", reasoning: ""),
    .continuation(reply(" a script")), question("Again"), .reply(reply("Yes")),
    .reply(Reply(model: "m-2", text: "No", finishReason: .interrupted, time: 1_795_219_111)), .choose(0),
    .undo(count: 1), .clear, .system(nil), question("Last"), .reply(reply("End")),
  ]
}
