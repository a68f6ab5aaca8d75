import SheepOptions

/// The completion script for zsh, `completions/_sheep`.
package enum ZshCompletion {
  /// The whole script.
  package static func text() -> String {
    let commands = CommandTable.all.map { $0.describe() }
    var text = """
      #compdef sheep
      # Completion of sheep for zsh. Written by "make generate"; do not edit.
      # Put it into a folder of $fpath under the name _sheep.

      # Offers what sheep itself knows: models or profiles.
      _sheep_ask() {
        local kind=$1
        local -a names
        shift
        names=(${(f)"$(command sheep __complete $kind "$PREFIX" 2>/dev/null)"})
        compadd "$@" -a names
      }

      _sheep_models() { _sheep_ask models "$@" }

      _sheep_profiles() { _sheep_ask profiles "$@" }
      _sheep_sessions() { _sheep_ask sessions "$@" }
      _sheep_roles() { _sheep_ask roles "$@" }

      _sheep_commands() {
        local -a commands
        commands=(

      """
    text += commands.map { "    \(quoted(escaped($0.name) + ":" + $0.summary))\n" }.joined()
    text += """
        )
        _describe -t commands command commands
      }

      _sheep() {
        local curcontext=$curcontext state line ret=1
        local -A opt_args
        _arguments -s -S -C \\

      """
    text += GeneralOptions.all.map { "    \(spec($0, among: GeneralOptions.all)) \\\n" }.joined()
    text += """
          '1: :_sheep_commands' \\
          '*:: :->operands' && ret=0
        [[ $state == operands ]] || return ret
        case $line[1] in

      """
    text += commands.map(section).joined()
    text += """
        esac
        return ret
      }

      if [[ $funcstack[1] == _sheep ]]; then
        _sheep "$@"
      else
        compdef _sheep sheep
      fi

      """
    return text
  }

  private static func section(_ command: CommandInfo) -> String {
    var specs = command.options.map { spec($0, among: command.options) }
    if let operand = command.operands.first {
      // `_nothing`, not a mere message: that would count as a match and keep zsh from
      // inserting an option that is the only one left.
      specs.append(operand.name == "COMMAND" ? "'1: :_sheep_commands'" : "'*: :_nothing'")
    }
    return "    \(command.name))\n      _arguments -s -S \\\n        "
      + specs.joined(separator: " \\\n        ") + " && ret=0\n      ;;\n"
  }

  /// One option as `_arguments` wants it: `'(-m
  /// --model)'{-m+,--model=}'[Summary]:MODEL:action'`.
  private static func spec(_ info: OptionInfo, among options: [OptionInfo]) -> String {
    let forms =
      (info.short.map { ["-" + $0 + (info.takesValue ? "+" : "")] } ?? [])
      + ["--" + info.long + (info.takesValue ? "=" : "")]
    let tail =
      "[" + escaped(info.summary) + "]"
      + (info.valueName.map { ":" + escaped($0) + ":" + action(info.hint) } ?? "")
    let names = forms.count > 1 ? "{" + forms.joined(separator: ",") + "}" : forms[0]
    return quoted(prefix(info, among: options)) + names + quoted(tail)
  }

  /// What not to offer once the option is given.
  private static func prefix(_ info: OptionInfo, among options: [OptionInfo]) -> String {
    if info.group == .general { return "(- *)" }
    if info.repetition == .append { return "*" }
    let rivals = options.filter {
      $0.long == info.long || info.conflicts.contains($0.long) || $0.conflicts.contains(info.long)
    }
    let names = rivals.flatMap { ($0.short.map { ["-" + $0] } ?? []) + ["--" + $0.long] }
    return "(" + names.joined(separator: " ") + ")"
  }

  private static func action(_ hint: OptionInfo.Hint) -> String {
    switch hint {
    case .none: " "
    case .file: "_files"
    case .model: "_sheep_models"
    case .profile: "_sheep_profiles"
    case .session: "_sheep_sessions"
    case .role: "_sheep_roles"
    case .choice(let words): "(" + words.joined(separator: " ") + ")"
    }
  }

  private static func escaped(_ text: String) -> String {
    var result = ""
    for character in text {
      if "\\[]:".contains(character) { result.append("\\") }
      result.append(character)
    }
    return result
  }

  private static func quoted(_ text: String) -> String {
    "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''")
      + "'"
  }
}
