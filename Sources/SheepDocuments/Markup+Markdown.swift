package import SheepOptions

extension Markup {
  /// Markdown; ends with a line feed.
  package var markdown: String {
    blocks.map { block in
      switch block {
      case .paragraph(let inlines): Self.markdown(inlines) + "\n"
      case .list(let items): items.map { "- " + Self.markdown($0) + "\n" }.joined()
      }
    }.joined(separator: "\n")
  }

  private static func markdown(_ inlines: [Inline]) -> String {
    inlines.map { inline in
      switch inline {
      case .text(let text): escaped(text)
      case .emphasis(let text): "*" + escaped(text) + "*"
      case .code(let code): "`" + code + "`"
      }
    }.joined()
  }

  /// Text with the characters escaped that Markdown would read as marks.
  package static func escaped(_ text: String) -> String {
    var result = ""
    for character in text {
      if "\\`*_<>[]|#".contains(character) { result.append("\\") }
      result.append(character)
    }
    return result
  }
}
