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

  package init() {}

  package static var options: [OptionSpec<Self>] {
    [
      .setting(
        OptionInfo(
          long: "port", valueName: "N", group: .mock, summary: "Port to listen on.", initial: "4010",
          detail: """
            0 picks a free port. The address is printed once the gateway is listening. It can be \
            reached from this machine only.
            """,
          examples: ["sheep mock --port 0"]), \.port, WholeNumber.between(0, 65535)),
      .flag(
        OptionInfo(
          long: "models", group: .mock, summary: "List the models it serves and exit.",
          detail: "Shows the speed and price of each.", hasEnvironmentDefault: false),
        \.listsModels),
      .value(
        OptionInfo(
          long: "speed", valueName: "FACTOR", group: .mock, summary: "Speed of the answers.", initial: "1",
          detail: "1 is each model's own speed, 2 is twice as fast, and 0 removes all pauses."),
        \.speed, DecimalText.between(0, 1000)),
      .value(
        OptionInfo(
          long: "latency", valueName: "MS", group: .mock, summary: "Wait before each answer.",
          detail: """
            Without a unit the value is in milliseconds; `0.5s` also works. The default is each \
            model's own latency.
            """),
        \.latency, TimeSpan.milliseconds),
      .append(
        OptionInfo(
          long: "fault", valueName: "SPEC", group: .mock, summary: "Inject a fault into every request.",
          detail: """
            Faults are words such as `status=429`, joined by `;`. `sheep mock` lists them all when \
            it starts. To inject a fault into one request, send the header `x-mock-fault`, or \
            append `#` and the fault to the model's name.
            """,
          examples: ["sheep mock --fault 'status=429;retry-after=2;times=1'"]),
        \.faults, PlainText.nonEmpty),
      .value(
        SamplingOptions.seedInfo.worded(
          "Generate the same answers every time.",
          detail: "The same seed and request always give the same text."),
        \.seed, WholeNumber.any),
      .value(
        OptionInfo(
          long: "require-key-env", valueName: "NAME", group: .mock,
          summary: "Accept only the key in this variable.",
          detail: "By default any key is accepted, and none is needed."),
        \.requiredKeyName, PlainText.variableName),
      .flag(OutputOptions.quietInfo, \.quiet),
    ]
  }
}
