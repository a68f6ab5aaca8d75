/// The parsed form of `sheep embed`.
package struct EmbedOptions: CommandValues, Equatable {
  package var connection = ConnectionOptions()
  package var input = InputOptions()
  package var sampling = SamplingOptions()
  package var output = OutputOptions()
  /// The member of JSON lines that holds the text; nil reads plain lines.
  package var field: String?
  /// Shorter vectors than the model's own.
  package var dimensions: Int?
  /// Numbers with commas between them, one line a text.
  package var csv = false
  /// Texts to embed, each by itself.
  package var operands: [String] = []

  package init() {}

  package static var options: [OptionSpec<Self>] {
    ConnectionOptions.options.map { $0.lifted(\.connection) }
      + InputOptions.options.only("file", "dry-run").map(reworded).map { $0.lifted(\.input) } + own
      + SamplingOptions.options.only("option").map { $0.lifted(\.sampling) }
      + OutputOptions.options.only("json", "raw", "usage", "quiet").map(reworded).map { $0.lifted(\.output) }
  }

  /// The words of options that do something of their own here.
  private static func reworded<Values>(_ row: OptionSpec<Values>) -> OptionSpec<Values> {
    row.described { info in
      switch info.long {
      case "file":
        info.worded(
          "Embed each line of this file.",
          detail: "In a `.jsonl` file each line is an object; see `--field`. `-` is standard input.",
          examples: ["sheep embed -f lines.txt"], seeAlso: ["field"])
      case "raw":
        info.worded(
          "Write vectors as little-endian float32.",
          detail: "The vectors follow each other without a separator. Redirect them to a file.",
          examples: ["sheep embed -f lines.txt --raw > vectors.f32"])
      case "json":
        info.worded("Print one JSON object with all vectors.", detail: "It also has the usage and cost.")
      default: info
      }
    }
  }

  private static var own: [OptionSpec<Self>] {
    [
      .value(
        OptionInfo(
          long: "field", valueName: "NAME", group: .input,
          summary: "Read the text from this field of JSON lines.",
          detail: "Each input line is then a JSON object. For `.jsonl` files the default is `text`.",
          examples: ["sheep embed -f reviews.jsonl --field body --json"]),
        \.field, PlainText.nonEmpty),
      .value(
        OptionInfo(
          long: "dimensions", valueName: "N", group: .model, summary: "Length of the vectors.",
          detail: "Only some models can shorten vectors. The default is the model's own length."),
        \.dimensions, WholeNumber.between(1, 65_536)),
      .flag(
        CostOptions.csvInfo.worded(
          "Print one vector per line, comma-separated.", detail: "There is no header line."), \.csv),
    ]
  }
}
