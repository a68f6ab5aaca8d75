import SheepCompare
import SheepCore
import SheepOptions
import SheepRun

/// One line of the file of prompts.
struct ComparePrompt: Equatable, Sendable {
  var text: String
  /// What its answers must be, beside what `--expect` says.
  var expectations: [Expectation] = []
  /// Where it stands, for errors: `prompts.jsonl, line 3`.
  var place = ""
}

/// The prompts of `--prompts FILE`.
enum ComparePrompts {
  /// More prompts than this are a batch, not a comparison.
  private static let limit = 2000

  /// One prompt a line: as text, or when the first line begins with a brace as JSON objects
  /// with a `prompt` and, where wanted, an `expect`. Empty lines are left out.
  /// - Throws: `usage`, naming the line.
  static func parse(_ bytes: [UInt8], name: String) throws(Failure) -> [ComparePrompt] {
    let text = try PromptText.decode(bytes, subject: name)
    let isJSON =
      text.utf8.first {
        $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") && $0 != UInt8(ascii: "\n")
          && $0 != UInt8(ascii: "\r")
      } == UInt8(ascii: "{")
    var prompts: [ComparePrompt] = []
    for (index, line) in text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      .enumerated()
    {
      var line = Array(line)
      if line.last == UInt8(ascii: "\r") { line.removeLast() }
      guard line.contains(where: { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") }) else { continue }
      prompts.append(
        isJSON
          ? try json(line, name: name, line: index + 1)
          : ComparePrompt(text: String(decoding: line, as: UTF8.self)))
    }
    guard !prompts.isEmpty else {
      throw Failure(.usage, name, "has no prompt", advice: "write one per line")
    }
    guard prompts.count <= limit else {
      throw Failure(
        .usage, name, "has \(prompts.count) prompts, more than the limit of \(limit)",
        advice: "take a sample, for example with shuf -n 100")
    }
    return prompts
  }

  private static func json(_ bytes: [UInt8], name: String, line: Int) throws(Failure) -> ComparePrompt {
    let value: JSON
    do throws(JSONError) { value = try JSON.parse(bytes) } catch {
      throw Failure(
        .usage, name, "line \(line) is not valid JSON (byte \(error.offset + 1): \(error.problem))",
        advice: "write one object per line")
    }
    guard let prompt = value["prompt"]?.string, !prompt.isEmpty else {
      throw Failure(
        .usage, name, "line \(line) has no string 'prompt'",
        advice: "write lines such as {\"prompt\": \"Name three rivers\"}")
    }
    let place = "\(name), line \(line)"
    return ComparePrompt(
      text: prompt, expectations: try expectations(value["expect"], place: place), place: place)
  }

  /// One expectation as a text, or several in an array.
  private static func expectations(_ json: JSON?, place: String) throws(Failure) -> [Expectation] {
    let elements: [JSON]
    switch json {
    case nil, .null: return []
    case .string: elements = json.map { [$0] } ?? []
    case .array(let array): elements = array
    default: elements = [.null]
    }
    var expectations: [Expectation] = []
    for element in elements {
      guard let text = element.string else {
        throw Failure(
          .usage, place, "'expect' is neither a string nor an array of strings",
          advice: "write \"expect\": \"contains:Seoul\"")
      }
      do throws(ValueProblem) { expectations.append(try Expectation.parse(text)) } catch {
        throw Failure(.usage, place, error.problem, advice: error.wayOut)
      }
    }
    return expectations
  }
}
