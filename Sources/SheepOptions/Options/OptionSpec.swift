/// Reads one value; throws what is wrong with it.
package typealias ValueParser<T> = @Sendable (String) throws(ValueProblem) -> T

/// One option of a command whose parsed form is `Values`: its description and its typed setter.
package struct OptionSpec<Values>: Sendable {
  /// Takes the value's text (empty for a switch), whether a switch is on, and what to change.
  package typealias Apply = @Sendable (String, Bool, inout Values) throws(ValueProblem) -> Void

  /// What the table says of it.
  package let info: OptionInfo
  /// Reads the value and sets it.
  package let apply: Apply

  /// An option of this description and setter.
  package init(info: OptionInfo, apply: @escaping Apply) {
    self.info = info
    self.apply = apply
  }

  /// An option with a value that is nil until it is given.
  package static func value<T>(
    _ info: OptionInfo, _ field: any WritableKeyPath<Values, T?> & Sendable,
    _ parse: @escaping ValueParser<T>
  ) -> Self {
    Self(info: info) { text, _, values throws(ValueProblem) in
      values[keyPath: field] = try parse(text)
    }
  }

  /// An option with a value that has a default of its own.
  package static func setting<T>(
    _ info: OptionInfo, _ field: any WritableKeyPath<Values, T> & Sendable,
    _ parse: @escaping ValueParser<T>
  ) -> Self {
    Self(info: info) { text, _, values throws(ValueProblem) in
      values[keyPath: field] = try parse(text)
    }
  }

  /// An option that may be repeated; its values are kept in the order given.
  package static func append<T>(
    _ info: OptionInfo, _ field: any WritableKeyPath<Values, [T]> & Sendable,
    _ parse: @escaping ValueParser<T>
  ) -> Self {
    var info = info
    info.repetition = .append
    return Self(info: info) { text, _, values throws(ValueProblem) in
      values[keyPath: field].append(try parse(text))
    }
  }

  /// A switch.
  package static func flag(
    _ info: OptionInfo, _ field: any WritableKeyPath<Values, Bool> & Sendable
  ) -> Self {
    Self(info: info) { _, isOn, values throws(ValueProblem) in values[keyPath: field] = isOn }
  }

  /// The same option inside a larger set of values.
  package func lifted<Outer>(
    _ part: any WritableKeyPath<Outer, Values> & Sendable
  ) -> OptionSpec<Outer> {
    OptionSpec<Outer>(info: info) { [apply] text, isOn, outer throws(ValueProblem) in
      try apply(text, isOn, &outer[keyPath: part])
    }
  }
}

extension OptionSpec {
  /// The same option, described in other words.
  package func described(_ change: (OptionInfo) -> OptionInfo) -> Self {
    Self(info: change(info), apply: apply)
  }
}

extension Array {
  /// The rows of these long names, in the table's order: for a command that takes only a part
  /// of a group.
  package func only<Values>(_ names: String...) -> Self where Element == OptionSpec<Values> {
    filter { names.contains($0.info.long) }
  }
}
