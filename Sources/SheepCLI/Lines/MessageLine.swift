package import SheepCore
package import SheepOptions
import SheepRun

/// A line of `chat --jsonl`: a message, or what is to be done with the conversation.
package struct MessageLine: Equatable, Sendable {
  /// What can be done besides asking.
  package enum Command: String, WordChoice {
    /// The conversation begins anew.
    case clear
    /// The last question is taken back.
    case undo
    /// The last question is put again.
    case retry
  }

  /// What is asked; `nil` with a command, and where nothing but settings and files are given.
  package var text: String?
  /// The system prompt from here on, `.some(nil)`: none; `nil`: not said.
  package var system: String??
  /// The model from here on; `nil`: as before.
  package var model: ModelTarget?
  package var files: [String] = []
  package var command: Command?

  /// A message.
  package init(text: String? = nil) {
    self.text = text
  }

  /// Reads a line without its end: JSON where it begins with `{` or `"`, else the text itself.
  ///
  /// - Returns: what it says, and the id that its answer carries back; `nil` for an empty line.
  package static func read(
    _ bytes: ArraySlice<UInt8>
  ) -> (id: JSON?, line: Result<MessageLine, Failure>)? {
    let bytes = bytes.last == UInt8(ascii: "\r") ? bytes.dropLast() : bytes
    guard let first = bytes.first(where: { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") }) else {
      return nil
    }
    guard UTF8Check.firstBadByte(in: Array(bytes)) == nil else {
      return (nil, .failure(mistake("is not UTF-8", "convert it first, for example with iconv")))
    }
    guard first == UInt8(ascii: "{") || first == UInt8(ascii: "\"") else {
      return (nil, .success(MessageLine(text: String(decoding: bytes, as: UTF8.self))))
    }
    let json: JSON
    do throws(JSONError) { json = try JSON.parse(bytes) } catch {
      let problem = "is not valid JSON (byte \(error.offset + 1): \(error.problem))"
      return (nil, .failure(mistake(problem, "text that starts with { or \" must be a JSON string")))
    }
    if let text = json.string { return (nil, .success(MessageLine(text: text))) }
    do throws(Failure) { return (json["id"], .success(try message(json))) } catch {
      return (json["id"], .failure(error))
    }
  }

  private static func mistake(_ problem: String, _ advice: String) -> Failure {
    Failure(.usage, "message", problem, advice: advice)
  }

  private static func message(_ json: JSON) throws(Failure) -> MessageLine {
    let known = ["text", "system", "model", "files", "id", "command"]
    var line = MessageLine()
    for member in json.object?.members ?? [] {
      switch (member.name, member.value) {
      case ("id", _): break
      case ("text", .string(let text)): line.text = text
      case ("system", .string(let text)): line.system = .some(text)
      case ("system", .null): line.system = .some(nil)
      case ("model", .string(let name)):
        do throws(ValueProblem) { line.model = try ModelTarget.parse(name) } catch {
          throw mistake("has an invalid model: \(error.problem)", error.wayOut)
        }
      case ("files", .array(let names)):
        line.files = names.compactMap(\.string)
        if line.files.count < names.count {
          throw mistake("has a value in 'files' that is not a string", "use paths")
        }
      case ("command", .string(let word)):
        guard let command = Command(rawValue: word) else {
          throw mistake(
            "\(Quoted.text(word)) is not a command",
            "give " + Command.words.joined(separator: ", ") + " or text"
          )
        }
        line.command = command
      case (let name, _):
        let isKnown = known.contains(name)
        let near = Suggestion.nearest(to: name, among: known).map { "did you mean \($0)?" }
        throw mistake(
          isKnown ? "the value of '\(name)' has the wrong type" : "unknown field \(Quoted.text(name))",
          isKnown ? "see docs/sessions.md" : near ?? "use " + known.joined(separator: ", "))
      }
    }
    if let command = line.command, line.text != nil || !line.files.isEmpty {
      throw mistake("has both a text and the command \(command.rawValue)", "use two lines")
    }
    if line == MessageLine() { throw mistake("is empty", "give a text or a command") }
    return line
  }
}
