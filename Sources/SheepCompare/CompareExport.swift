package import SheepCore
import SheepTerminal

extension CompareExport {
  /// The file's content.
  /// - Parameter rate: how many requests there are, for a report; `nil`: unknown.
  package func content(
    _ document: CompareDocument, _ analysis: CompareAnalysis, rate: RequestRate?, includesText: Bool
  ) -> String {
    switch form {
    case .json:
      CompareJSON.document(document, analysis, includesText: includesText)
        .serialized(JSONStyle(indented: true, terminalSafe: false)) + "\n"
    case .csv: Self.csv(document, analysis, includesText: includesText)
    case .md: Self.markdown(document, analysis)
    case .html:
      HTMLReport(
        ReportSource(document: document, analysis: analysis, rate: rate, includesText: includesText)
      ).render()
    }
  }

  // MARK: CSV

  private static let paths: [(name: String, path: [String])] = [
    ("target", ["target"]), ("round", ["round"]), ("prompt", ["prompt"]), ("ok", ["ok"]),
    ("error", ["error", "kind"]), ("status", ["error", "status"]), ("model", ["model"]),
    ("requested_model", ["requested_model"]), ("profile", ["profile"]), ("host", ["host"]),
    ("finish_reason", ["finish_reason"]), ("connect_ms", ["timing", "connect_ms"]),
    ("ttft_ms", ["timing", "ttft_ms"]), ("ttft_visible_ms", ["timing", "ttft_visible_ms"]),
    ("ttft_total_ms", ["timing", "ttft_total_ms"]), ("e2e_ms", ["timing", "e2e_ms"]),
    ("total_ms", ["timing", "total_ms"]), ("tpot_ms", ["timing", "tpot_ms"]),
    ("longest_stall_ms", ["timing", "longest_stall_ms"]),
    ("connection_reused", ["timing", "connection_reused"]), ("client_ms", ["timing", "client_ms"]),
    ("tokens_per_second", ["tokens_per_second"]),
    ("e2e_tokens_per_second", ["e2e_tokens_per_second"]), ("input_tokens", ["usage", "input_tokens"]),
    ("cached_input_tokens", ["usage", "cached_input_tokens"]),
    ("output_tokens", ["usage", "output_tokens"]), ("reasoning_tokens", ["usage", "reasoning_tokens"]),
    ("usage_source", ["usage", "source"]), ("usd", ["cost", "usd"]), ("cost_source", ["cost", "source"]),
    ("attempts", ["attempts"]), ("request_id", ["request_id"]), ("http_version", ["http_version"]),
    ("flags", ["flags"]), ("passed", ["passed"]), ("missed", ["missed"]),
  ]

  /// One row per attempt, after RFC 4180.
  private static func csv(
    _ document: CompareDocument, _ analysis: CompareAnalysis, includesText: Bool
  ) -> String {
    let columns = paths + (includesText ? [("text", ["text"])] : [])
    let judged = analysis.judging == nil ? [] : ["judged"]
    var text = (columns.map(\.name) + judged).joined(separator: ",") + "\r\n"
    for record in document.records {
      let json = record.json(document.entries[record.target], includesText: includesText)
      let cells = columns.map { column in
        cell(column.path.reduce(Optional(json)) { $0?[$1] })
      }
      var row = cells
      if let judging = analysis.judging { row.append(judging.result(record)?.rawValue ?? "") }
      text += row.joined(separator: ",") + "\r\n"
    }
    return text
  }

  private static func cell(_ json: JSON?) -> String {
    switch json {
    case .string(let text): quoted(text)
    case .number(let number): number.text
    case .bool(let value): value ? "true" : "false"
    case .array(let elements): quoted(elements.compactMap(\.string).joined(separator: " "))
    case nil, .null, .object: ""
    }
  }

  /// A text as a cell. One that a spreadsheet would take for a formula gets a quote before it.
  private static func quoted(_ text: String) -> String {
    var text = text
    if let first = text.utf8.first, "=+-@\t\r".utf8.contains(first) { text = "'" + text }
    guard
      text.utf8.contains(where: {
        $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "\n")
          || $0 == UInt8(ascii: "\r")
      })
    else {
      return text
    }
    var quoted = "\""
    for character in text.unicodeScalars {
      if character == "\"" { quoted += "\"" }
      quoted.unicodeScalars.append(character)
    }
    return quoted + "\""
  }

  // MARK: Markdown

  private static func markdown(_ document: CompareDocument, _ analysis: CompareAnalysis) -> String {
    let table = CompareTable(document, analysis, width: nil, style: Style(isOn: false))
    let (headers, rows) = table.cells
    func line(_ cells: [String]) -> String {
      "| " + cells.map(escaped).joined(separator: " | ") + " |\n"
    }
    var text = "# Comparison\n\n" + table.headline + "\n\n" + line(headers)
    text += "|" + headers.map { _ in "---|" }.joined() + "\n"
    for row in rows { text += line(row) }
    for note in CompareNotes(document, analysis).lines { text += "\n- " + escaped(note) }
    return text + "\n"
  }

  private static func escaped(_ text: String) -> String {
    var result = ""
    for character in text {
      if "|*_`<\\".contains(character) { result += "\\" }
      result.append(character)
    }
    return result
  }
}
