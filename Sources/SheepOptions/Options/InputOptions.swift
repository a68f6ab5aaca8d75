/// What is read besides the prompt, and whether anything is sent.
package struct InputOptions: Equatable, Sendable {
  /// Paths in the order given; `-` is standard input.
  package var files: [String] = []
  package var noStandardInput = false
  package var dryRun = false

  package init() {}

  /// The rows of the group, in the order of help.
  package static var options: [OptionSpec<Self>] {
    [
      .append(
        OptionInfo(
          long: "file", short: "f", aliases: ["attach", "a"], knownAs: ["attachment", "image"],
          valueName: "FILE", group: .input, summary: "Attach a text, image or PDF file.",
          detail: """
            The type is detected from the content, not the name. `-` is standard input. Text must \
            be UTF-8; otherwise the error names the first bad byte. Images may be PNG, JPEG, GIF or \
            WebP. Files are never truncated.
            """,
          hint: .file, examples: ["sheep chat -f photo.png 'What is this?'"]), \.files,
        PlainText.path),
      .flag(
        OptionInfo(
          long: "no-stdin", short: "n", negatable: true, group: .input,
          summary: "Do not read standard input.",
          detail: "Use it inside `while read` loops, whose input would otherwise join the prompt."),
        \.noStandardInput),
      .flag(
        OptionInfo(
          long: "dry-run", negatable: true, group: .input,
          summary: "Show the request and its price; send nothing.",
          detail: """
            Prints the request body on standard output and the estimated price on standard error. \
            No key is needed or shown.
            """, seeAlso: ["max-cost"]), \.dryRun),
    ]
  }
}
