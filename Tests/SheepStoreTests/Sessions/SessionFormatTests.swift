import SheepCore
import SheepStore
import Testing

/// The lines of a session's file.
@Suite("sessions: format")
struct SessionFormatTests {
  private static func line(_ record: ConversationRecord) -> [UInt8] {
    let object = SessionFormat.object(record, time: 9) { SHA256.hexadecimal($0) }
    return Array(JSON.object(object).serialized().utf8)
  }

  private static func read(_ text: String) throws(SessionFormat.Problem) -> SessionFormat.Line {
    try SessionFormat.line(Array(text.utf8)[...]) { _ in nil }
  }

  @Test("SHA-256 gives the digests of FIPS 180-4 and its lengths around a block")
  func digests() {
    #expect(
      SHA256.hexadecimal([]) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    #expect(
      SHA256.hexadecimal(Array("abc".utf8))
        == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    #expect(
      SHA256.hexadecimal(Array("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq".utf8))
        == "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1")
    #expect(
      SHA256.hexadecimal([UInt8](repeating: UInt8(ascii: "a"), count: 64))
        == "ffe054fe7ae0cb6dc65c3af9b61d5209f439851db43d0ba5997337df154668eb")
  }

  @Test("every record comes back as it was", arguments: SessionTrial.all)
  func roundTrip(_ record: ConversationRecord) throws {
    let line = Self.line(record)
    #expect(!line.contains(0x0a), "one line")
    let found = try SessionFormat.line(line[...]) { name in
      name == SHA256.hexadecimal([1, 2, 3, 255]) ? [1, 2, 3, 255] : nil
    }
    #expect(found.record == record)
    #expect(!found.isNewer)
  }

  @Test("money is written as an exact number, and an image as its name")
  func exact() {
    let reply = String(decoding: Self.line(.reply(SessionTrial.reply("x"))), as: UTF8.self)
    #expect(
      reply.contains("\"cost_usd\":0.000123456789012345,")
        || reply.hasSuffix("\"cost_usd\":0.000123456789012345}"))
    let question = String(
      decoding: Self.line(SessionTrial.question("x", [SessionTrial.picture])), as: UTF8.self)
    #expect(
      question.contains("\"image\":\"\(SHA256.hexadecimal([1, 2, 3, 255]))\",\"media_type\":\"image/png\""))
  }

  @Test("what a newer version wrote is told apart from what is damaged")
  func newer() throws {
    let kind = try Self.read(#"{"schema":1,"time":1,"type":"vote","up":true}"#)
    #expect(kind.record == nil && kind.isNewer)
    let schema = try Self.read(#"{"schema":2,"time":1,"type":"clear","why":"so"}"#)
    #expect(schema.record == .clear && schema.isNewer)
    let field = try Self.read(#"{"schema":1,"time":1,"type":"clear","why":"so"}"#)
    #expect(field.record == .clear && !field.isNewer)
    let part = try Self.read(#"{"type":"question","parts":[{"sound":"x"},{"text":"a"}]}"#)
    #expect(part.record == .question(Question(parts: [.text("a")], time: 0)) && part.isNewer)
    let reason = try Self.read(
      #"{"type":"reply","model":"m","text":"t","finish_reason":"bored","cost_usd":"x"}"#)
    #expect(reason.record == .reply(Reply(model: "m", text: "t", finishReason: .other, time: 0)))
  }

  @Test(
    "a line that is no record is refused",
    arguments: [
      "[]", "7", "{}", #"{"type":7}"#, #"{"type":"reply","text":"t"}"#, #"{"type":"question"}"#,
      #"{"type":"undo","count":-1}"#, #"{"type":"undo","count":1.5}"#, #"{"type":"choose"}"#,
      #"{"type":"model"}"#,
    ])
  func refused(_ text: String) {
    #expect(throws: SessionFormat.Problem(isCut: false)) { try Self.read(text) }
  }

  @Test("a line cut anywhere is known as cut")
  func cut() {
    let line = Self.line(SessionTrial.question("a {b} \"c\" 한", [SessionTrial.picture], files: ["f"]))
    for length in 1..<line.count {
      #expect(throws: SessionFormat.Problem(isCut: true), "\(length)") {
        try SessionFormat.line(line[..<length]) { _ in nil }
      }
    }
  }
}
