import SheepCore
import SheepOptions

/// The tools of `--tools`, read and checked before anything is sent.
///
/// Takes the forms in which the vendors' own interfaces describe functions, so that a file made
/// for one of them serves for all: `{type, function: {name, parameters}}`, the same flat, with
/// `input_schema`, and with `inputSchema` as MCP servers list them.
struct ToolList {
  /// Longer names than this are refused by every provider.
  private static let longestName = 128

  /// Reads the option's file or text; empty without the option.
  /// - Throws: `usage` for a file that cannot be read, and for text that is no list of functions.
  static func read(_ source: TextSource?, _ environment: Environment) throws(Failure) -> [Tool] {
    let subject: String
    let bytes: [UInt8]
    switch source {
    case nil: return []
    case .text(let text): (subject, bytes) = ("--tools", Array(text.utf8))
    case .file(let path):
      subject = path
      bytes = try environment.contents(of: path, advice: "use a file, or the list itself starting with [")
    }
    let json: JSON
    do throws(JSONError) { json = try JSON.parse(bytes) } catch {
      throw Failure(
        .usage, subject, "is not valid JSON (byte \(error.offset + 1): \(error.problem))",
        advice: "fix it first")
    }
    guard let elements = json.array, !elements.isEmpty else {
      throw Failure(
        .usage, subject, json.array == nil ? "is not a JSON array of tools" : "has no tools",
        advice: "write [{\"name\": …, \"description\": …, \"parameters\": {…}}]")
    }
    var tools: [Tool] = []
    for (place, element) in elements.enumerated() {
      do throws(ToolProblem) {
        let tool = try tool(element)
        if tools.contains(where: { $0.name == tool.name }) {
          throw ToolProblem("has the same name as an earlier one, \(Quoted.text(tool.name))")
        }
        tools.append(tool)
      } catch {
        throw Failure(.usage, subject, "tool \(place + 1) \(error.problem)", advice: error.advice)
      }
    }
    return tools
  }

  /// The choice of `--tool-choice` among the tools; `nil` without the option.
  /// - Throws: `usage` for a choice without tools, and for a name that none of them has.
  static func choice(_ word: String?, among tools: [Tool]) throws(Failure) -> ToolChoice? {
    guard let word else { return nil }
    guard !tools.isEmpty else {
      throw Failure(
        .usage, "--tool-choice", "there are no tools to choose from", advice: "add them with --tools")
    }
    switch word {
    case "auto": return .auto
    case "none": return ToolChoice.none
    case "required": return .required
    default:
      guard tools.contains(where: { $0.name == word }) else {
        let names = ["auto", "none", "required"] + tools.map(\.name)
        let near = Suggestion.nearest(to: word, among: names)
        throw Failure(
          .usage, "--tool-choice", "there is no tool \(Quoted.text(word))",
          advice: near.map { "did you mean \(Quoted.text($0))?" }
            ?? "use auto, none, required, or the name of a tool from --tools")
      }
      return .tool(word)
    }
  }

  private static func tool(_ json: JSON) throws(ToolProblem) -> Tool {
    guard var object = json.object else { throw ToolProblem("is not an object") }
    if let type = object["type"], type != "function", type != "custom" || object["input_schema"] == nil {
      throw ToolProblem(
        "is of the type \(Quoted.text(type.string ?? type.serialized())), not a function",
        advice: "send tools of a single provider with --option tools=JSON")
    }
    object["type"] = nil
    if let function = object["function"] {
      try checkMembers(object, known: ["function"])
      guard let inner = function.object else { throw ToolProblem("has a 'function' that is not an object") }
      object = inner
    }
    let schemas = ["parameters", "input_schema", "inputSchema"]
    try checkMembers(object, known: ["name", "description", "strict"] + schemas)
    guard let name = object["name"]?.string, isName(name) else {
      let name = object["name"].map { Quoted.text($0.string ?? $0.serialized()) }
      throw ToolProblem(
        name.map { "has the invalid name \($0)" } ?? "has no name",
        advice: "use 1 to \(longestName) letters, digits, _ and -")
    }
    var tool = Tool(name: name)
    if let text = object["description"], text != .null {
      guard let text = text.string else { throw ToolProblem("has a description that is not a string") }
      tool.description = text
    }
    if let strict = object["strict"], strict != .null {
      guard let strict = strict.bool else {
        throw ToolProblem("has a 'strict' that is neither true nor false")
      }
      tool.isStrict = strict
    }
    let given = schemas.compactMap { object[$0] }.filter { $0 != .null }
    guard given.count <= 1 else { throw ToolProblem("has several schemas for its arguments") }
    if let schema = given.first {
      guard schema.object != nil, schema["type"] == nil || schema["type"] == "object" else {
        throw ToolProblem(
          "has arguments that are not an object", advice: "start the schema with {\"type\": \"object\"")
      }
      tool.parameters = schema
    }
    return tool
  }

  private static func checkMembers(_ object: JSONObject, known: [String]) throws(ToolProblem) {
    for member in object.members where !known.contains(member.name) {
      throw ToolProblem(
        "has the field \(Quoted.text(member.name)), which not every provider supports",
        advice: "remove it, or send the list unchanged with --option tools=JSON")
    }
  }

  /// Letters, digits, `_` and `-`, and `.` and `:`, which some providers take besides.
  private static func isName(_ text: String) -> Bool {
    (1...longestName).contains(text.utf8.count)
      && text.utf8.allSatisfy { byte in
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
          || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) || "_-.:".utf8.contains(byte)
      }
  }
}

/// What is wrong with one tool.
private struct ToolProblem: Error {
  var problem: String
  var advice: String

  init(_ problem: String, advice: String = "see --tools in the manual") {
    self.problem = problem
    self.advice = advice
  }
}
