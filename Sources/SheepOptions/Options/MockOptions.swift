/// The parsed form of `sheep mock`.
package struct MockOptions: CommandValues, Equatable {
  /// The port on 127.0.0.1; 0 lets the system pick a free one.
  package var port = 4010
  /// List the models and stop.
  package var listsModels = false
  /// How much faster than the models' own pace; 0 is without any pause, nil is 1.
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
            The default is 4010; 0 lets the system pick a free one. The address is printed once \
            the gateway listens, and it can be reached from this machine only.
            """,
          examples: ["sheep mock --port 0"]), \.port, WholeNumber.between(0, 65535)),
      .flag(
        OptionInfo(
          long: "models", group: .mock, summary: "List the models that it serves, and stop.",
          detail: "With the speed and the price of each.", hasEnvironmentDefault: false),
        \.listsModels),
      .value(
        OptionInfo(
          long: "speed", valueName: "FACTOR", group: .mock, summary: "Pace of the answers.",
          detail: "1 is each model's own pace, 2 twice as fast; 0 takes all pauses away."),
        \.speed, DecimalText.between(0, 1000)),
      .value(
        OptionInfo(
          long: "latency", valueName: "MS", group: .mock, summary: "Wait before each answer.",
          detail: "A bare number is milliseconds; `0.5s` works too."),
        \.latency, TimeSpan.milliseconds),
      .append(
        OptionInfo(
          long: "fault", valueName: "SPEC", group: .mock, summary: "Misbehave on purpose.",
          detail: """
            What goes wrong with every request: words such as `status=429`, joined by `;`. \
            `sheep mock` lists them all when it starts. A single request asks for a fault by the \
            header `x-mock-fault`, or by the model's name with `#` and the words behind it.
            """,
          examples: ["sheep mock --fault 'status=429;retry-after=2;times=1'"]),
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
