import SheepCore

/// Words an error about a name that the command does not have.
package struct UnknownOption {
  /// The command's name; empty before a command.
  let command: String
  let options: [OptionInfo]

  /// Spellings of options that would take a key; refused with the advice where it belongs.
  private static let keyNames: Set<String> = [
    "api-key", "apikey", "key", "k", "token", "auth-token", "bearer", "auth", "password", "secret",
  ]

  /// The error about `name`, given without hyphens; a value that followed is never repeated.
  package func error(_ name: String, isShort: Bool) -> UsageError {
    let spelled = (isShort ? "-" : "--") + Self.plain(name)
    if Self.keyNames.contains(Self.normal(name)) {
      return UsageError(
        subject: spelled,
        problem: "keys are not accepted on the command line, where other users can read them",
        wayOut: KeyShape.keyAdvice)
    }
    let wanted = Self.normal(name)
    if !isShort, let renamed = options.first(where: { $0.formerNames.contains(wanted) }) {
      let value = renamed.valueName.map { " " + $0 } ?? ""
      return UsageError(
        subject: spelled, problem: "is now called \(renamed.spelled) in 'sheep \(command)'",
        wayOut: "write \(renamed.spelled)\(value)")
    }
    return UsageError(
      subject: spelled, problem: "unknown option", wayOut: advice(name, isShort: isShort))
  }

  private func advice(_ name: String, isShort: Bool) -> String {
    if isShort {
      if name.utf8.allSatisfy(DecimalText.isDigit) {
        return "put -- before text that starts with a hyphen"
      }
      return elsewhere { $0.short == name } ?? seeHelp
    }
    let wanted = Self.normal(name)
    if let known = options.first(where: { $0.knownAs.contains(wanted) }) {
      return "did you mean \(known.spelled)?"
    }
    // A name that the program itself has is not a typo.
    if GeneralOptions.all.contains(where: { $0.long == name }), let place = elsewhere({ $0.long == name }) {
      return place
    }
    let names = options.flatMap { [$0.long] + ($0.negation.map { [$0] } ?? []) }
    if let near = Suggestion.nearest(to: name, among: names) { return "did you mean --\(near)?" }
    return elsewhere { $0.long == name } ?? seeHelp
  }

  private var seeHelp: String { command.isEmpty ? "see 'sheep -h'" : "see 'sheep \(command) -h'" }

  /// Names another command, or `sheep` itself, that has the option.
  private func elsewhere(_ isIt: (OptionInfo) -> Bool) -> String? {
    if let general = GeneralOptions.all.first(where: isIt) {
      return "try 'sheep \(general.spelled)'"
    }
    for other in CommandTable.all where other.name != command {
      if other.describe().options.contains(where: isIt) {
        return "it belongs to 'sheep \(other.name)'"
      }
    }
    return nil
  }

  private static func normal(_ name: String) -> String {
    String(name.lowercased().map { $0 == "_" ? "-" : $0 })
  }

  /// The name, fit for a message; one that could hold a key is not repeated.
  private static func plain(_ name: String) -> String {
    KeyShape.matches(name) ? "..." : String(Quoted.text(name).dropFirst().dropLast())
  }
}
