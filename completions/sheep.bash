# Completion of sheep for bash. Written by "make generate"; do not edit.
# Load it with:  source sheep.bash

# Sets kind to what the option $1 takes; fails when it takes nothing.
_sheep_kind() {
  case $1 in
    -m | --model | --judge)
      kind='models' ;;
    -P | --profile)
      kind='profiles' ;;
    --task | -s | --system | -t | --temperature | --temp | --max-tokens | --top-p | --stop | \
    --seed | --tool-choice | -o | --option | --dimensions | --field | --fork | --var | --base-url \
    | -H | --header | --proxy | --key-env | --key-cmd | --connect-timeout | --first-byte-timeout | \
    --idle-timeout | --max-time | --max-retries | --max-cost | --price | --requests | --fee | \
    --versus | --input | --cached | --cache-write | --cache-write-1h | --output | --reasoning | -c \
    | --count | -i | --interval | --slo | --only | --rounds | --warmup | --rubric | --expect | \
    --until | --baseline | --port | --speed | --latency | --fault | --require-key-env)
      kind='none' ;;
    --reasoning-effort)
      kind='words none minimal low medium high xhigh max' ;;
    --schema | --tools | -f | --file | --attach | -a | --records | --export | --ca-file | \
    --key-file | --prices | --usages | --prompts)
      kind='files' ;;
    -S | --session)
      kind='sessions' ;;
    -r | --role)
      kind='roles' ;;
    --export)
      kind='words md json' ;;
    --markdown | --color)
      kind='words auto always never' ;;
    --api)
      kind='words openai responses anthropic gemini' ;;
    --service)
      kind='words batch flex priority' ;;
    --sort)
      kind='words id input output context' ;;
    --cache)
      kind='words bust warm off' ;;
    *)
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
      -*) _sheep_offer -h --help -V --version ;;
      *) _sheep_offer chat stream models cost ping validate-key compare embed mock config help ;;
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
    if [[ $last -eq 2 ]]; then _sheep_offer chat stream models cost ping validate-key compare embed mock config help; fi
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

# Offers the options of the command $1.
_sheep_options() {
  case $1 in
    chat) _sheep_offer \
      -m --model -P --profile --base-url --api -H --header --proxy --ca-file --demo --task \
      --explain --key-file --key-env --key-cmd --connect-timeout --first-byte-timeout \
      --idle-timeout --max-time --max-retries --max-cost --price --prices -f --file -n --no-stdin \
      --dry-run -s --system -t --temperature --max-tokens --top-p --stop --seed --reasoning-effort \
      --schema --tools --tool-choice -o --option --json --jsonl --sse --no-stream -x --extract \
      --strict --markdown --raw --color -u --usage -q --quiet --no-log -S --session -c --continue \
      --fork -r --role --var --list --export --list-roles --allow-files -h --help ;;
    stream) _sheep_offer \
      -m --model -P --profile --base-url --api -H --header --proxy --ca-file --demo --task \
      --explain --key-file --key-env --key-cmd --connect-timeout --first-byte-timeout \
      --idle-timeout --max-time --max-retries --max-cost --price --prices -f --file -n --no-stdin \
      --dry-run -s --system -t --temperature --max-tokens --top-p --stop --seed --reasoning-effort \
      --schema --tools --tool-choice -o --option --json --jsonl --sse --no-stream -x --extract \
      --strict --markdown --raw --color -u --usage -q --quiet --no-log -S --session -c --continue \
      --fork -r --role --var -h --help ;;
    models) _sheep_offer \
      --all --sort --offline --live --check -P --profile --base-url --api -H --header --proxy \
      --ca-file --demo --explain --key-file --key-env --key-cmd --connect-timeout \
      --first-byte-timeout --idle-timeout --max-time --max-retries --json --color -q --quiet -h \
      --help ;;
    cost) _sheep_offer \
      --input --cached --cache-write --cache-write-1h --output --reasoning --usages --service \
      --batch --requests --fee --versus -m --model -P --profile --price --prices --max-tokens -f \
      --file -n --no-stdin --explain --csv --json --color -q --quiet -h --help ;;
    ping) _sheep_offer \
      -m --model -P --profile --base-url --api -H --header --proxy --ca-file --demo --task \
      --explain --key-file --key-env --key-cmd --connect-timeout --first-byte-timeout \
      --idle-timeout --max-time --price --prices --deep -c --count -i --interval --slo --only \
      --list-checks --json --strict --color -q --quiet -h --help ;;
    validate-key) _sheep_offer \
      -m --model -P --profile --base-url --api -H --header --proxy --ca-file --demo --task \
      --explain --key-file --key-env --key-cmd --connect-timeout --first-byte-timeout \
      --idle-timeout --max-time --price --prices --deep --offline --json --color -q --quiet -h \
      --help ;;
    compare) _sheep_offer \
      -m --model --seed --rounds --warmup --parallel --cold --cache --prompts --judge --rubric \
      --expect --diff --until --baseline --requests --answers -P --profile --base-url --api -H \
      --header --proxy --ca-file --demo --task --explain --key-file --key-env --key-cmd \
      --connect-timeout --first-byte-timeout --idle-timeout --max-time --max-retries --max-cost \
      --price --prices -f --file -n --no-stdin --dry-run -s --system -t --temperature --max-tokens \
      --top-p --stop --reasoning-effort -o --option --markdown --raw --color -q --quiet --json \
      --records --export --load -h --help ;;
    embed) _sheep_offer \
      -m --model -P --profile --base-url --api -H --header --proxy --ca-file --demo --task \
      --explain --key-file --key-env --key-cmd --connect-timeout --first-byte-timeout \
      --idle-timeout --max-time --max-retries --max-cost --price --prices -f --file --dry-run \
      --field --dimensions --csv -o --option --json --raw -u --usage -q --quiet -h --help ;;
    mock) _sheep_offer \
      --port --models --speed --latency --fault --seed --require-key-env -q --quiet -h --help ;;
    config) _sheep_offer \
      -h --help ;;
    help) _sheep_offer \
      -h --help ;;
  esac
}

complete -F _sheep sheep
