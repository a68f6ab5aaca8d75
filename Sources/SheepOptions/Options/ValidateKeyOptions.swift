/// The parsed form of `sheep validate-key`.
package struct ValidateKeyOptions: CommandValues, Equatable {
  package var connection = ConnectionOptions()
  package var output = OutputOptions()
  /// Whether a model may be asked.
  package var deep = false
  /// Whether nothing is sent.
  package var offline = false
  /// The profiles whose keys to check, in this order.
  package var operands: [String] = []

  package init() {}

  package static var options: [OptionSpec<Self>] {
    DiagnosisOptions.connection.map { $0.lifted(\.connection) } + [
      .flag(DiagnosisOptions.deepInfo, \.deep),
      .flag(
        OptionInfo.offline,
        \.offline),
    ] + DiagnosisOptions.output(["json", "color", "quiet"]).map { $0.lifted(\.output) }
  }
}
