import SheepCore

/// The prompts of `--prompts FILE`.
enum ComparePrompts {
  /// More prompts than this are a batch, not a comparison.
  private static let limit = 2000

  /// One prompt a line: as text, or when the first line begins with a brace as JSON objects
  /// with a `prompt`. Empty lines are left out.
  /// - Throws: `usage`, naming the line.
  static func parse(_ bytes: [UInt8], name: String) throws(Failure) -> [String] {
    let text = try PromptText.decode(bytes, subject: name)
    let isJSON = text.utf8.first { $0 != 0x20 && $0 != 0x09 && $0 != 0x0a && $0 != 0x0d } == 0x7b
    var prompts: [String] = []
    for (index, line) in text.utf8.split(separator: 0x0a, omittingEmptySubsequences: false).enumerated() {
      var line = Array(line)
      if line.last == 0x0d { line.removeLast() }
      guard line.contains(where: { $0 != 0x20 && $0 != 0x09 }) else { continue }
      prompts.append(
        isJSON ? try json(line, name: name, line: index + 1) : String(decoding: line, as: UTF8.self))
    }
    guard !prompts.isEmpty else {
      throw Failure(.usage, name, "holds no prompt", advice: "write one a line")
    }
    guard prompts.count <= limit else {
      throw Failure(
        .usage, name, "holds \(prompts.count) prompts, more than the \(limit) of a comparison",
        advice: "take a sample, for example with shuf -n 100")
    }
    return prompts
  }

  private static func json(_ bytes: [UInt8], name: String, line: Int) throws(Failure) -> String {
    let value: JSON
    do throws(JSONError) { value = try JSON.parse(bytes) } catch {
      throw Failure(
        .usage, name, "line \(line) is not JSON: \(error.problem) at byte \(error.offset + 1)",
        advice: "write one object a line")
    }
    guard let prompt = value["prompt"]?.string, !prompt.isEmpty else {
      throw Failure(
        .usage, name, "line \(line) has no text called prompt",
        advice: "write lines such as {\"prompt\": \"Name three rivers\"}")
    }
    return prompt
  }
}
