/// What is read besides the prompt, and whether anything is sent.
package struct InputOptions: Equatable, Sendable {
  /// Paths in the order given; `-` is standard input.
  package var files: [String] = []
  package var noStandardInput = false
  package var dryRun = false

  /// Nothing given.
  package init() {}

  /// The rows of the group, in the order of help.
  package static var options: [OptionSpec<Self>] {
    [
      .append(
        OptionInfo(
          long: "file", short: "f", aliases: ["attach", "a"], knownAs: ["attachment", "image"],
          valueName: "FILE", group: .input, summary: "Text, image or PDF to send along.",
          detail: """
            `sheep embed` reads one text from each line. What a file is shows in its bytes, not in \
            its name. `-` is standard input. Text must be UTF-8; the first byte that is not is \
            named. Images are PNG, JPEG, GIF or WebP. Nothing is ever cut.
            """,
          hint: .file, examples: ["sheep chat -f photo.png 'What is this?'"]), \.files,
        PlainText.path),
      .flag(
        OptionInfo(
          long: "no-stdin", short: "n", negatable: true, group: .input,
          summary: "Leave standard input alone.",
          detail: """
            For loops such as `while read`, whose input would otherwise become part of the prompt.
            """), \.noStandardInput),
      .flag(
        OptionInfo(
          long: "dry-run", negatable: true, group: .input,
          summary: "Show the request and its price, send nothing.",
          detail: """
            Prints the request's body on standard output and the estimated price on standard \
            error. No key is needed, and none is shown.
            """, seeAlso: ["max-cost"]), \.dryRun),
    ]
  }
}
