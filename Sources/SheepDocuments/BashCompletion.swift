import SheepOptions

/// The completion script for bash, `completions/sheep.bash`.
///
/// It needs neither bash-completion nor bash 4.
package enum BashCompletion {
  /// The whole script.
  package static func text() -> String {
    let commands = CommandTable.all.map { $0.describe() }
    let program = forms(GeneralOptions.all).joined(separator: " ")
    let names = commands.map(\.name).joined(separator: " ")
    return helpers(kinds(commands)) + main(program, names) + offers(commands)
  }

  /// One line for each kind of value, with the options that take it.
  private static func kinds(_ commands: [CommandInfo]) -> String {
    var rows: [(kind: String, names: [String])] = []
    for section in OptionIndex(commands, program: []).sections {
      for info in section.entries.map(\.info) where info.takesValue {
        let kind = kind(info.hint)
        let names = forms([info]) + info.aliases.map { ($0.count == 1 ? "-" : "--") + $0 }
        if let row = rows.firstIndex(where: { $0.kind == kind }) {
          rows[row].names += names
        } else {
          rows.append((kind, names))
        }
      }
    }
    return rows.map { row in
      let names = Markup.wrap(row.names.joined(separator: " | "), width: 98, indent: 4)
      let lines = names.split(separator: "\n").joined(separator: " \\\n")
      return "\(lines))\n      kind='\(row.kind)' ;;\n"
    }.joined()
  }

  private static func kind(_ hint: OptionInfo.Hint) -> String {
    switch hint {
    case .none: "none"
    case .file: "files"
    case .model: "models"
    case .profile: "profiles"
    case .session: "sessions"
    case .role: "roles"
    case .choice(let words): "words " + words.joined(separator: " ")
    }
  }

  /// The function that offers a command's options, and the line that starts it all.
  private static func offers(_ commands: [CommandInfo]) -> String {
    let cases = commands.map { command in
      let names = Markup.wrap(forms(command.options).joined(separator: " "), width: 98, indent: 6)
      let lines = names.split(separator: "\n").joined(separator: " \\\n")
      return "    \(command.name)) _sheep_offer \\\n\(lines) ;;\n"
    }
    return """
      # Offers the options of the command $1.
      _sheep_options() {
        case $1 in
      \(cases.joined())  esac
      }

      complete -F _sheep sheep

      """
  }

  private static func forms(_ options: [OptionInfo]) -> [String] {
    options.flatMap { info in (info.short.map { ["-" + $0] } ?? []) + ["--" + info.long] }
  }

  /// The functions that offer, and those that take the words apart.
  private static func helpers(_ kinds: String) -> String {
    #"""
    # Completion of sheep for bash. Written by "make generate"; do not edit.
    # Load it with:  source sheep.bash

    # Sets kind to what the option $1 takes; fails when it takes nothing.
    _sheep_kind() {
      case $1 in
    \#(kinds)    *)
          return 1 ;;
      esac
    }

    # Offers those of the given words that go on from $value. $lead is what stands before the
    # value in the same word, $cut the part of the word that readline keeps by itself.
    _sheep_offer() {
      local word
      for word in "$@"; do
        if [[ $word == "$value"* ]]; then
          word=$lead$word
          COMPREPLY+=("${word#"$cut"}")
        fi
      done
    }

    # Offers what sheep itself knows: models, profiles, sessions or roles.
    _sheep_ask() {
      local IFS=$'\n'
      set -f
      _sheep_offer $(command sheep __complete "$1" "$value" 2>/dev/null)
      set +f
    }

    # Offers files, also those with spaces in their names.
    _sheep_files() {
      local path
      case $value in
        \"* | \'*) value=${value:1} ;;
        *) value=${value//\\/} ;;
      esac
      while IFS= read -r path; do
        path=$lead$path
        COMPREPLY+=("${path#"$cut"}")
      done < <(compgen -f -- "$value")
      compopt -o filenames 2>/dev/null
    }

    # Offers values of the option $1.
    _sheep_values() {
      local kind
      _sheep_kind "$1" || return
      case $kind in
        words\ *) _sheep_offer ${kind#words } ;;
        files) _sheep_files ;;
        models | profiles | sessions | roles) _sheep_ask "$kind" ;;
      esac
    }

    # Sets option to the option whose value follows the word $1, if one does.
    _sheep_expects() {
      local kind letters
      case $1 in
        --*=*) ;;
        --*) if _sheep_kind "$1"; then option=$1; fi ;;
        -?*)
          letters=${1#-}
          while [[ -n $letters ]]; do
            if _sheep_kind "-${letters:0:1}"; then
              if [[ ${#letters} -eq 1 ]]; then option=-$letters; fi
              return
            fi
            letters=${letters:1}
          done
          ;;
      esac
    }

    # Fills words with the words up to the cursor. Readline also splits at = : and @, which
    # belong to values here: what has no space between it is put together again.
    _sheep_split() {
      local i word spaces line=${COMP_LINE-} apart joins=no
      for ((i = 0; i <= COMP_CWORD; i++)); do
        word=${COMP_WORDS[i]}
        apart=yes
        if [[ -n ${COMP_LINE-} ]]; then
          spaces=${line%%[![:space:]]*}
          line=${line#"$spaces"}
          line=${line#"$word"}
          if [[ -z $spaces ]]; then apart=no; fi
        elif [[ $word =~ ^[=:@]+$ ]]; then
          apart=no joins=yes
        elif [[ $joins == yes && -n $word ]]; then
          apart=no joins=no
        else
          joins=no
        fi
        if [[ $apart == no && ${#words[@]} -gt 0 ]]; then
          words[${#words[@]} - 1]+=$word
        else
          words+=("$word")
        fi
      done
    }


    """#
  }

  /// The function that bash calls. `program` and `names` are what may stand first.
  private static func main(_ program: String, _ names: String) -> String {
    #"""
    _sheep() {
      COMPREPLY=()
      local words=() lead='' value cut raw option='' ended=no i last
      _sheep_split
      last=$((${#words[@]} - 1))
      value=${words[last]}
      raw=${COMP_WORDS[COMP_CWORD]}
      if [[ $raw =~ ^[=:@]+$ ]]; then raw=''; fi
      cut=${value%"$raw"}
      # Readline counts an @ at which it split as part of the word that it replaces.
      cut=${cut%@}
      if [[ $last -le 1 ]]; then
        case $value in
          -*) _sheep_offer \#(program) ;;
          *) _sheep_offer \#(names) ;;
        esac
        return
      fi
      for ((i = 2; i < last; i++)); do
        if [[ -n $option ]]; then
          option=''
        elif [[ ${words[i]} == -- ]]; then
          ended=yes
          break
        else
          _sheep_expects "${words[i]}"
        fi
      done
      if [[ -n $option ]]; then
        _sheep_values "$option"
      elif [[ ${words[1]} == help && $value != -* ]]; then
        if [[ $last -eq 2 ]]; then _sheep_offer \#(names); fi
      elif [[ $ended == yes ]]; then
        return
      elif [[ $value == --*=* ]]; then
        lead=${value%%=*}= option=${value%%=*} value=${value#*=}
        _sheep_values "$option"
      elif [[ $value == -[!-]?* ]]; then
        lead=${value:0:2} option=${value:0:2} value=${value:2}
        _sheep_values "$option"
      elif [[ $value == -* ]]; then
        _sheep_options "${words[1]}"
      fi
    }


    """#
  }
}
