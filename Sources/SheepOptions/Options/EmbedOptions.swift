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

  /// Nothing given.
  package init() {}

  package static var options: [OptionSpec<Self>] {
    ConnectionOptions.options.map { $0.lifted(\.connection) }
      + InputOptions.options.only("file", "dry-run").map { $0.lifted(\.input) } + own
      + SamplingOptions.options.only("option").map { $0.lifted(\.sampling) }
      + OutputOptions.options.only("json", "raw", "usage", "quiet").map { $0.lifted(\.output) }
  }

  private static var own: [OptionSpec<Self>] {
    [
      .value(
        OptionInfo(
          long: "field", valueName: "NAME", group: .input,
          summary: "Member of JSON lines that holds the text.",
          detail: "Each line of the input is a JSON object then. For `.jsonl` files it is `text`.",
          examples: ["sheep embed -f reviews.jsonl --field body --json"]),
        \.field, PlainText.nonEmpty),
      .value(
        OptionInfo(
          long: "dimensions", valueName: "N", group: .model, summary: "Length of the vectors.",
          detail: "For models that can shorten them; without it they have the model's own length."),
        \.dimensions, WholeNumber.between(1, 65_536)),
      .flag(CostOptions.csvInfo, \.csv),
    ]
  }
}
