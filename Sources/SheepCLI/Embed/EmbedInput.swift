import SheepCore
import SheepOptions
import SheepRun

/// Finds the texts to embed: the operands, then the lines of files, else those of standard
/// input.
struct EmbedInput {
  let environment: Environment

  /// The texts in their order.
  /// - Throws: `usage` for input that cannot be read, is not UTF-8, or has an empty text in it:
  ///   leaving one out would shift all that follow.
  func texts(_ options: EmbedOptions) throws(Failure) -> [String] {
    var texts = options.operands
    if let place = texts.firstIndex(where: \.isEmpty) {
      throw Failure(.usage, "text \(place + 1)", "is empty", advice: "omit it")
    }
    for file in options.input.files { texts += try lines(of: file, field: options.field) }
    if texts.isEmpty, options.input.files.isEmpty {
      guard environment.standardInput.kind == .finite else { throw Self.nothing }
      texts = try lines(of: "-", field: options.field)
    }
    if texts.isEmpty { throw Self.nothing }
    return texts
  }

  private static let nothing = Failure(
    .usage, "embed", "no text given",
    advice: "use: sheep embed 'one text' 'another', or -f FILE")

  private func lines(of file: String, field: String?) throws(Failure) -> [String] {
    let name = file == "-" ? "standard input" : file
    var bytes =
      try file == "-"
      ? environment.inputContents()
      : environment.contents(of: file, advice: "use a readable file")
    if bytes.starts(with: [0xef, 0xbb, 0xbf]) { bytes.removeFirst(3) }
    _ = try PromptText.decode(bytes, subject: name)
    let isJSON = [".jsonl", ".ndjson"].contains { file.utf8.suffix($0.utf8.count).elementsEqual($0.utf8) }
    let field = field ?? (isJSON ? "text" : nil)
    if bytes.last == UInt8(ascii: "\n") { bytes.removeLast() }
    if bytes.isEmpty { return [] }
    var texts: [String] = []
    for (index, line) in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      .enumerated()
    {
      let plain = line.last == UInt8(ascii: "\r") ? line.dropLast() : line
      let subject = "\(name), line \(index + 1)"
      let text =
        try field.map { field throws(Failure) in try Self.text(of: plain, field, subject) }
        ?? String(decoding: plain, as: UTF8.self)
      if text.utf8.allSatisfy({ $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }) {
        throw Failure(.usage, subject, "has no text", advice: "remove the line")
      }
      texts.append(text)
    }
    return texts
  }

  private static func text(
    of line: ArraySlice<UInt8>, _ field: String, _ subject: String
  ) throws(Failure) -> String {
    let json: JSON
    do throws(JSONError) {
      json = try JSON.parse(line)
    } catch {
      throw Failure(
        .usage, subject, "is not valid JSON (byte \(error.offset + 1): \(error.problem))",
        advice: "use one JSON object per line")
    }
    guard let text = json[field]?.string else {
      throw Failure(
        .usage, subject, "has no text in its field '\(field)'", advice: "choose another with --field")
    }
    return text
  }
}
