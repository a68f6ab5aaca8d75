/// A role: a system prompt or a template for prompts, with the model and the options that suit
/// it, kept under a name.
package struct Role: Sendable, Equatable {
  /// A word that is filled in when the role is used.
  package struct Variable: Sendable, Equatable {
    package let name: String
    /// What it stands for when nothing is given; `nil`: something must be given.
    package let preset: String?
  }

  package let name: String
  /// The file; `nil` for a role that is built in.
  package let path: String?
  /// What it is for, in one line; `nil` when it does not say.
  package var description: String?
  /// Options by their long names, with the text that would stand after them on the command line.
  /// `model` is among them.
  package var options: [NamedText] = []
  package var variables: [Variable] = []
  /// The system prompt; `nil`: none.
  package var system: RoleText?
  /// The prompt around what is asked; `nil`: what is asked is the prompt.
  package var prompt: RoleText?

  /// A role that says nothing.
  init(name: String, path: String?) {
    self.name = name
    self.path = path
  }

  /// The options that a role may set.
  package static let optionNames = [
    "model", "profile", "temperature", "max-tokens", "top-p", "stop", "seed", "reasoning-effort",
  ]

  /// The model it names, as `--model` takes it; `nil`: the user's own choice.
  package var model: String? { options.last { $0.name == "model" }?.text.value }

  /// The role's texts for one use.
  package struct Filled: Sendable, Equatable {
    /// The system prompt; `nil`: none.
    package let system: String?
    private let prompt: RoleText?
    private let values: [String: String]

    init(system: String?, prompt: RoleText?, values: [String: String]) {
      self.system = system
      self.prompt = prompt
      self.values = values
    }

    /// Whether the role asks by itself, so that no input is needed.
    package var asksByItself: Bool { prompt.map { !$0.takesInput } ?? false }

    /// The prompt for what is asked: with the template around it where the role has one.
    ///
    /// - Parameter input: what was typed and piped; `nil`: nothing was.
    /// - Returns: `nil` when there is neither a template nor input.
    package func prompt(for input: String?) -> String? {
      guard let prompt else { return input }
      let text = prompt.filled(values, input: input ?? "")
      // Without a place for it, what is asked follows.
      guard !prompt.takesInput, let input else { return text }
      return text + "\n\n" + input
    }

    /// What was asked, of a prompt that this role made of it; `nil` where it made it of nothing,
    /// or the prompt is not this role's.
    package func input(of text: String) -> String? {
      // A character that no template has shows where the input goes.
      let place = "\u{10fffd}"
      let mark = Array(place.utf8)
      guard let made = prompt(for: place).map({ Array($0.utf8) }) else { return nil }
      let places = made.indices.filter { made[$0...].starts(with: mark) }
      guard places.count == 1, let start = places.first else { return nil }
      let (head, tail, whole) = (made[..<start], made[(start + mark.count)...], Array(text.utf8))
      guard whole.count >= head.count + tail.count, whole.starts(with: head),
        whole.suffix(tail.count).elementsEqual(tail)
      else { return nil }
      return String(decoding: whole[head.count..<(whole.count - tail.count)], as: UTF8.self)
    }
  }

  /// Fills the variables in.
  ///
  /// - Throws: for a value whose variable the role does not have, and a variable without a value.
  package func fill(variables given: [(name: String, value: String)]) throws(RoleProblem) -> Filled {
    var values: [String: String] = [:]
    for variable in variables { values[variable.name] = variable.preset }
    for (name, value) in given {
      guard variables.contains(where: { $0.name == name }) else {
        throw RoleProblem(variable: name, isMissing: false)
      }
      values[name] = value
    }
    if let missing = variables.first(where: { values[$0.name] == nil }) {
      throw RoleProblem(variable: missing.name, isMissing: true)
    }
    return Filled(system: system?.filled(values, input: ""), prompt: prompt, values: values)
  }
}

/// Why a role cannot be used as it was asked for.
package struct RoleProblem: Error, Equatable, Sendable {
  /// The variable that it is about.
  package let variable: String
  /// Whether it has no value, rather than no place in the role.
  package let isMissing: Bool

  /// A problem with a variable.
  package init(variable: String, isMissing: Bool) {
    self.variable = variable
    self.isMissing = isMissing
  }
}
