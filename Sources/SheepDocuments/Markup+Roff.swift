package import SheepOptions

extension Markup {
  /// roff for the `man` macros, without a macro before the first paragraph; ends with
  /// a line feed.
  package func roff(nested: Bool) -> String {
    var result = ""
    for (index, block) in blocks.enumerated() {
      switch block {
      case .paragraph(let inlines):
        if index > 0 { result += nested ? ".IP\n" : ".PP\n" }
        result += Roff.line(Self.roff(inlines))
      case .list(let items):
        if nested { result += ".RS\n" }
        for item in items { result += ".IP \\(bu 2\n" + Roff.line(Self.roff(item)) }
        if nested { result += ".RE\n" }
      }
    }
    return result
  }

  private static func roff(_ inlines: [Inline]) -> String {
    inlines.map { inline in
      switch inline {
      case .text(let text): Roff.escaped(text, isCode: false)
      case .emphasis(let text): "\\fI" + Roff.escaped(text, isCode: false) + "\\fR"
      case .code(let code): "\\fB" + Roff.escaped(code, isCode: true) + "\\fR"
      }
    }.joined()
  }
}

/// Text made fit for roff.
package enum Roff {
  /// `text` with the characters escaped that roff would read or replace. In code every
  /// hyphen is the ASCII one, so that a command copied from the page works.
  package static func escaped(_ text: String, isCode: Bool) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\": result += "\\e"
      case "-": result += isCode ? "\\-" : "-"
      case "'": result += "\\(aq"
      case "`": result += "\\(ga"
      case "^": result += "\\(ha"
      case "~": result += "\\(ti"
      case "\"": result += "\\(dq"
      default:
        if scalar.isASCII {
          result.unicodeScalars.append(scalar)
        } else {
          let digits = String(scalar.value, radix: 16, uppercase: true)
          let zeros = String(repeating: "0", count: max(0, 4 - digits.count))
          result += "\\[u" + zeros + digits + "]"
        }
      }
    }
    return result
  }

  /// A line of text that cannot be taken for a request; ends with a line feed.
  package static func line(_ text: String) -> String {
    (text.hasPrefix(".") || text.hasPrefix("'") ? "\\&" : "") + text + "\n"
  }
}
