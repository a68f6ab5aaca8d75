/// What every command that asks one model has in common: the four groups and the prompt.
package struct CallOptions: Equatable, Sendable {
  package var connection = ConnectionOptions()
  package var sampling = SamplingOptions()
  package var input = InputOptions()
  package var output = OutputOptions()
  /// The prompt's words in the order given; to be joined by spaces.
  package var prompt: [String] = []

  /// Nothing given.
  package init() {}

  /// The rows of all groups.
  package static var options: [OptionSpec<Self>] {
    ConnectionOptions.options.map { $0.lifted(\.connection) }
      + InputOptions.options.map { $0.lifted(\.input) }
      + SamplingOptions.options.map { $0.lifted(\.sampling) }
      + OutputOptions.options.map { $0.lifted(\.output) }
  }
}

/// The parsed form of `sheep chat`.
package struct ChatOptions: CommandValues, Equatable {
  package var call = CallOptions()

  /// Nothing given.
  package init() {}

  package var operands: [String] {
    get { call.prompt }
    set { call.prompt = newValue }
  }

  package static var options: [OptionSpec<Self>] { CallOptions.options.map { $0.lifted(\.call) } }
}

/// The parsed form of `sheep stream`.
package struct StreamOptions: CommandValues, Equatable {
  package var call = CallOptions()

  /// Nothing given.
  package init() {}

  package var operands: [String] {
    get { call.prompt }
    set { call.prompt = newValue }
  }

  package static var options: [OptionSpec<Self>] { CallOptions.options.map { $0.lifted(\.call) } }
}
