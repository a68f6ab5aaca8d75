extension MockGateway {
  /// What `sheep mock` prints when it has started: where it listens, what it serves, how to
  /// call it, and the fault grammar. Ends with a line end.
  package func describe() -> String {
    """
    listening on \(baseURL)

    models
    \(Self.modelTable)
    try it
      sheep chat --base-url \(baseURL) -m gpt-4.1 'Why is the sky blue?'
      sheep stream --base-url \(baseURL) -m 'gpt-4o-mini#cut-after=5' hello
      curl -sN \(baseURL)/chat/completions \\
        -H 'x-mock-fault: status=429;retry-after=2;times=1' \\
        -d '{"model":"gpt-4.1","stream":true,"messages":[{"role":"user","content":"hello"}]}'

    \(Self.faultGrammar)

    """
  }

  /// The models with speed and price, one line each; ends with a line end.
  package static var modelTable: String {
    let width = MockModel.all.map(\.id.utf8.count).max() ?? 0
    return MockModel.all.map { model in
      let speed =
        model.tokensPerSecond > 0
        ? "first token \(padded(String(model.firstTokenAfter), 4, left: true)) ms, "
          + "\(padded(String(Int(model.tokensPerSecond)), 3, left: true)) tok/s"
        : padded("as fast as you read it", 31)
      let price = model.price.map { "$\($0.input) in, $\($0.output) out per MTok" } ?? "no price"
      let reasoning = model.reasoningTokens > 0 ? ", reasons first" : ""
      return "  \(padded(model.id, width))  \(padded(speed, 31))  \(price)\(reasoning)\n"
    }.joined()
  }

  /// The faults as they are written and what they do, under their headings.
  package static var faults: [(heading: String, faults: [(form: String, summary: String)])] {
    FaultKey.groups.map { group in (group.heading, group.keys.map { ($0.form, $0.summary) }) }
  }

  /// The fault grammar with all keys under their headings.
  package static var faultGrammar: String {
    var lines = [
      "faults: KEY or KEY=VALUE, joined by ';' (write %3B for one inside a value), given as",
      "  sheep mock --fault SPEC, as the header 'x-mock-fault: SPEC', or as -m 'MODEL#SPEC'",
      "  N can end in K or M; MS is milliseconds, or seconds with an s (2s)",
    ]
    for group in FaultKey.groups {
      lines.append("  \(group.heading)")
      for key in group.keys {
        let form = "    \(key.form)"
        // A form that is too long for the column has the summary on a line of its own.
        if form.utf8.count > 27 {
          lines += wrapped(form)
          lines.append(padded("", 29) + key.summary)
        } else {
          lines.append(padded(form, 29) + key.summary)
        }
      }
    }
    return lines.joined(separator: "\n")
  }

  /// Breaks a long list of choices after a bar, within 80 columns.
  private static func wrapped(_ form: String) -> [String] {
    var lines: [String] = []
    var line = ""
    for part in form.utf8.split(separator: UInt8(ascii: "|")) {
      let piece = String(decoding: part, as: UTF8.self)
      if line.utf8.count + piece.utf8.count > 76 {
        lines.append(line + "|")
        line = "      " + piece
      } else {
        line += (line.utf8.isEmpty ? "" : "|") + piece
      }
    }
    return lines + [line]
  }

  private static func padded(_ text: String, _ width: Int, left: Bool = false) -> String {
    let blanks = String(repeating: " ", count: max(0, width - text.utf8.count))
    return left ? blanks + text : text + blanks
  }
}
