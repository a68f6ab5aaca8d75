/// The parsed form of `sheep mock`.
package struct MockOptions: CommandValues, Equatable {
  /// The port on 127.0.0.1; 0 lets the system pick a free one.
  package var port = 4010
  /// The names to serve; nil is the built-in models.
  package var models: [String]?
  /// How much faster than the models' own pace; nil is 1.
  package var speed: DecimalText?
  /// Faults in the order given, each as the mock's own language spells it.
  package var faults: [String] = []
  /// A wait before each answer; nil is the models' own.
  package var latency: Duration?
  package var seed: Int?
  /// The variable with the only key to accept; nil accepts any key and none.
  package var requiredKeyName: String?
  package var quiet = false
  package var operands: [String] = []

  /// Nothing given.
  package init() {}

  package static var options: [OptionSpec<Self>] {
    [
      .setting(
        OptionInfo(
          long: "port", valueName: "N", group: .mock, summary: "Port to listen on.",
          detail: """
            The default is 4010; 0 lets the system pick a free one. The address is printed once the \
            gateway listens, and it can be reached from this machine only.
            """,
          examples: ["sheep mock --port 0"]), \.port, WholeNumber.between(0, 65535)),
      .value(
        OptionInfo(
          long: "models", valueName: "A,B,...", group: .mock, summary: "Models to serve.",
          detail: "They replace the built-in ones.", examples: ["sheep mock --models small,large"]),
        \.models, PlainText.list),
      .value(
        OptionInfo(
          long: "speed", valueName: "FACTOR", group: .mock, summary: "Pace of the answers.",
          detail: "1 is each model's own pace, 2 twice as fast, 0.5 half as fast."),
        \.speed, DecimalText.factor),
      .value(
        OptionInfo(
          long: "latency", valueName: "MS", group: .mock, summary: "Wait before each answer.",
          detail: "A bare number is milliseconds; `0.5s` works too."),
        \.latency, TimeSpan.milliseconds),
      .append(
        OptionInfo(
          long: "fault", valueName: "SPEC", group: .mock, summary: "Misbehave on purpose."),
        \.faults, PlainText.nonEmpty),
      .value(SamplingOptions.seedInfo, \.seed, WholeNumber.any),
      .value(
        OptionInfo(
          long: "require-key-env", valueName: "NAME", group: .mock,
          summary: "Accept only the key in this variable.",
          detail: "Without it every key is accepted, and so is none."),
        \.requiredKeyName, PlainText.variableName),
      .flag(OutputOptions.quietInfo, \.quiet),
    ]
  }
}
