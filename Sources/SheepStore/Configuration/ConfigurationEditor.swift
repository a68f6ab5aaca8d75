import SheepCore

/// Changes one setting in the text of a configuration and leaves every other byte as it is.
package enum ConfigurationEditor {
  /// A value as it is written.
  package enum Literal: Sendable, Equatable {
    case text(String)
    case boolean(Bool)
    /// A number in TOML's spelling.
    case number(String)

    /// The value in TOML.
    package var toml: String {
      switch self {
      case .text(let text): ConfigurationEditor.quoted(text)
      case .boolean(let value): value ? "true" : "false"
      case .number(let text): text
      }
    }
  }

  /// Reads a dotted path such as `profiles.work.base_url` or `prices."gpt-4.1@openai".in`;
  /// `nil` for a text that is none.
  package static func path(_ text: String) -> [String]? {
    var scanner = TOMLScanner(Array(text.utf8))
    guard let parts = try? scanner.key(), scanner.current == nil else { return nil }
    return parts.map(\.name)
  }

  /// A path as it is written, with quotes where they are needed.
  package static func text(of path: [String]) -> String {
    path.map { part in
      !part.isEmpty && part.utf8.allSatisfy(TOMLScanner.isKeyByte) ? part : quoted(part)
    }.joined(separator: ".")
  }

  /// The text with the setting changed or added.
  ///
  /// - Throws: what stands in the way, with the line to edit by hand.
  package static func set(
    _ path: [String], to literal: Literal, in bytes: [UInt8]
  ) throws(ConfigurationProblem) -> [UInt8] {
    let root: TOMLTable
    do throws(TOMLError) { root = try TOMLParser.parse(bytes) } catch {
      throw ConfigurationProblem(TextPosition(of: error.offset, in: bytes), error.problem, "fix that first")
    }
    let changed = try place(path, literal, root, bytes)
    // The proof that nothing else has changed: both texts, read again.
    guard let after = try? TOMLParser.parse(changed) else { throw byHand(nil, path) }
    var wanted = leaves(root)
    wanted[path] = leaf(literal)
    guard leaves(after) == wanted else { throw byHand(nil, path) }
    return changed
  }

  private static func place(
    _ path: [String], _ literal: Literal, _ root: TOMLTable, _ bytes: [UInt8]
  ) throws(ConfigurationProblem) -> [UInt8] {
    var table = root
    for (depth, part) in path.enumerated() {
      let isLast = depth == path.count - 1
      guard let entry = table.entry(part) else {
        let origin = table.origin
        guard origin == .root || origin == .header || origin == .implicit else {
          throw byHand(TextPosition(of: table.entries.first?.offset ?? 0, in: bytes), path)
        }
        if isLast, origin != .implicit { return inserted(path, literal, into: table, root, bytes) }
        return appended(path, literal, bytes)
      }
      switch entry.node.value {
      case .table(let inner) where !isLast: table = inner
      case .array, .date, .table: throw byHand(TextPosition(of: entry.offset, in: bytes), path)
      case _ where isLast && !bytes[entry.node.range].contains(UInt8(ascii: "\n")):
        let range = entry.node.range
        return Array(bytes[..<range.lowerBound]) + Array(literal.toml.utf8)
          + Array(bytes[range.upperBound...])
      default: throw byHand(TextPosition(of: entry.offset, in: bytes), path)
      }
    }
    return bytes
  }

  private static func byHand(_ position: TextPosition?, _ path: [String]) -> ConfigurationProblem {
    ConfigurationProblem(
      position, "\(text(of: path)) cannot be set without changing other lines",
      "edit that line with 'sheep config edit'")
  }

  /// The text with a new line at the end of a table's own lines.
  private static func inserted(
    _ path: [String], _ literal: Literal, into table: TOMLTable, _ root: TOMLTable, _ bytes: [UInt8]
  ) -> [UInt8] {
    let line = text(of: [path.last ?? ""]) + " = " + literal.toml
    if let end = commentedOut(path, bytes) { return insert(line, at: end, bytes) }
    if let end = table.end { return insert(line, at: end, bytes) }
    // The file's first line of its own goes before the first header and the comment above it.
    guard let header = firstHeader(bytes) else { return insert(line, at: bytes.count, bytes) }
    return insert(line + newline(bytes), at: header, bytes)
  }

  /// Where the line ends that has a setting of the root commented out, as the template does;
  /// `nil` when there is none before the first header.
  private static func commentedOut(_ path: [String], _ bytes: [UInt8]) -> Int? {
    guard path.count == 1, let name = path.first else { return nil }
    let wanted = Array("#\(name) =".utf8)
    var start = 0
    while start < min(bytes.count, firstHeader(bytes) ?? bytes.count) {
      let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? bytes.count
      if bytes[start..<end].starts(with: wanted) { return end }
      start = end
    }
    return nil
  }

  /// The text with a table of its own for the setting at the end.
  private static func appended(_ path: [String], _ literal: Literal, _ bytes: [UInt8]) -> [UInt8] {
    let lines = [
      bytes.isEmpty ? [] : [""], ["[\(text(of: path.dropLast()))]"],
      [text(of: [path.last ?? ""]) + " = " + literal.toml],
    ]
    return insert(lines.flatMap(\.self).joined(separator: newline(bytes)), at: bytes.count, bytes)
  }

  private static func insert(_ line: String, at offset: Int, _ bytes: [UInt8]) -> [UInt8] {
    let needsBreak = offset > 0 && bytes[offset - 1] != UInt8(ascii: "\n")
    let text = (needsBreak ? newline(bytes) : "") + line + newline(bytes)
    return Array(bytes[..<offset]) + Array(text.utf8) + Array(bytes[offset...])
  }

  private static func newline(_ bytes: [UInt8]) -> String {
    guard let end = bytes.firstIndex(of: UInt8(ascii: "\n")) else { return "\n" }
    return end > 0 && bytes[end - 1] == UInt8(ascii: "\r") ? "\r\n" : "\n"
  }

  /// Where the first header's line begins, or the comment that stands right above it.
  private static func firstHeader(_ bytes: [UInt8]) -> Int? {
    var start = 0
    var comment: Int?
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
      switch bytes[start..<end].first(where: { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") }) {
      case UInt8(ascii: "["): return comment ?? start
      case UInt8(ascii: "#"): comment = comment ?? start
      default: comment = nil
      }
      start = end + 1
    }
    return nil
  }

  // MARK: - Comparing

  /// All values with their paths.
  private static func leaves(_ table: TOMLTable) -> [[String]: String] {
    var result: [[String]: String] = [:]
    func walk(_ table: TOMLTable, _ path: [String]) {
      for entry in table.entries { add(entry.node.value, path + [entry.key]) }
    }
    func add(_ value: TOMLValue, _ path: [String]) {
      switch value {
      case .string(let text): result[path] = "s" + text
      case .integer(let number): result[path] = "n" + String(number)
      case .fraction(let text): result[path] = "n" + text
      case .boolean(let value): result[path] = "b" + String(value)
      case .date(let text): result[path] = "d" + text
      case .array(let elements):
        for (index, element) in elements.enumerated() { add(element.value, path + ["[\(index)]"]) }
      case .table(let inner): walk(inner, path)
      }
    }
    walk(table, [])
    return result
  }

  private static func leaf(_ literal: Literal) -> String {
    switch literal {
    case .text(let text): return "s" + text
    case .boolean(let value): return "b" + String(value)
    case .number(let text):
      switch TOMLPlainValue.read(Array(text.utf8)[...]) {
      case .integer(let number): return "n" + String(number)
      case .fraction(let text): return "n" + text
      default: return "?"
      }
    }
  }

  /// A text in TOML's double quotes.
  package static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      case "\r": result += "\\r"
      case "\u{0}"..."\u{1f}", "\u{7f}":
        result += "\\u" + String(scalar.value, radix: 16).zeroPadded(to: 4)
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
