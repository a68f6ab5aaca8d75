import SheepCore
import SheepOptions
import SheepRun

/// What a person can change while a chat goes on.
struct ChatSettings {
  /// How a model's reasoning is shown.
  enum Reasoning: String, CaseIterable {
    /// As it comes.
    case on
    /// Not at all.
    case off
    /// As one line once it is over.
    case fold

    /// How that looks.
    var form: ReasoningView.Form {
      switch self {
      case .on: .rendered
      case .off: .hidden
      case .fold: .folded
      }
    }
  }

  var sampling: SamplingOptions
  var streams: Bool
  var isRaw: Bool
  /// Whether requests are shown and not sent.
  var isDry: Bool
  var reasoning = Reasoning.on
  /// What the whole session may cost; `nil`: no limit.
  var budget: Money?
  /// Whether it was said that most of the budget is spent.
  var hasWarned = false

  /// As the command line has them.
  init(_ options: CallOptions) {
    sampling = options.sampling
    streams = !options.output.noStream
    isRaw = options.output.rendering == .never
    isDry = options.input.dryRun
  }
}

/// A value that `/set` can change: a row of its table.
struct ChatSetting {
  /// The name as the options have it.
  let name: String
  let form: String
  /// The present value; `nil`: the model's own.
  let value: (SamplingOptions) -> String?
  /// Takes a value as it was typed; `nil`: back to the model's own.
  let set: (inout SamplingOptions, String?) throws(ValueProblem) -> Void

  /// All of them, in the order in which they are shown.
  static var all: [ChatSetting] {
    [
      ChatSetting(
        name: "temperature", form: "0 to 2", value: { $0.temperature?.text },
        set: { options, text throws(ValueProblem) in
          options.temperature = try text.map { text throws(ValueProblem) in
            try DecimalText.between(0, 2)(text)
          }
        }),
      ChatSetting(
        name: "max-tokens", form: "1 or more", value: { $0.maxTokens.map(String.init) },
        set: { options, text throws(ValueProblem) in
          options.maxTokens = try text.map { text throws(ValueProblem) in
            try WholeNumber.between(1, 1_000_000_000)(text)
          }
        }),
      ChatSetting(
        name: "top-p", form: "0 to 1", value: { $0.topP?.text },
        set: { options, text throws(ValueProblem) in
          options.topP = try text.map { text throws(ValueProblem) in try DecimalText.between(0, 1)(text) }
        }),
      ChatSetting(
        name: "seed", form: "a whole number", value: { $0.seed.map(String.init) },
        set: { options, text throws(ValueProblem) in
          options.seed = try text.map { text throws(ValueProblem) in try WholeNumber.any(text) }
        }),
      ChatSetting(
        name: "stop", form: "text that ends the answer",
        value: { $0.stop.isEmpty ? nil : $0.stop.map(Quoted.text).joined(separator: " ") },
        set: { options, text throws(ValueProblem) in
          guard let text else {
            options.stop = []
            return
          }
          options.stop.append(try PlainText.nonEmpty(text))
        }),
      ChatSetting(
        name: "reasoning-effort", form: ReasoningEffort.words.joined(separator: ", "),
        value: { $0.reasoningEffort?.rawValue },
        set: { options, text throws(ValueProblem) in
          options.reasoningEffort = try text.map { text throws(ValueProblem) in
            try ReasoningEffort.parse(text)
          }
        }),
    ]
  }

  /// The setting of that name, `temp` and underscores included; `nil`: it is a field of the body.
  static func named(_ name: String) -> ChatSetting? {
    let plain = name == "temp" ? "temperature" : String(name.map { $0 == "_" ? "-" : $0 })
    return all.first { $0.name == plain }
  }
}
