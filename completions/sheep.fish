# Completion of sheep for fish. Written by "sheep --generate fish"; do not edit.
# Put it into ~/.config/fish/completions.

# True while the command itself is being typed.
function __sheep_first
    test (count (commandline -opc)) -eq 1
end

# True when the command is one of the given ones.
function __sheep_using
    set -l words (commandline -opc)
    test (count $words) -ge 2
    and contains -- $words[2] $argv
end

# Offers what sheep itself knows: models or profiles.
function __sheep_ask
    set -l word (commandline -ct | string replace -r -- '^(--[^=]*=|-[A-Za-z](?=.))' '')
    command sheep __complete $argv[1] "$word" 2>/dev/null
end

complete -c sheep -f
complete -c sheep -n __sheep_first -a chat -d 'Ask a model and print its answer.'
complete -c sheep -n __sheep_first -a stream -d 'Print an answer raw, token by token.'
complete -c sheep -n __sheep_first -a models -d 'List models, their limits and prices.'
complete -c sheep -n __sheep_first -a cost -d 'Work out what tokens cost.'
complete -c sheep -n __sheep_first -a ping -d 'Find out what is wrong with a connection.'
complete -c sheep -n __sheep_first -a validate-key -d 'Check a key before anything depends on it.'
complete -c sheep -n __sheep_first -a embed -d 'Turn texts into vectors.'
complete -c sheep -n __sheep_first -a mock -d 'Run a local gateway for trying and testing.'
complete -c sheep -n __sheep_first -a help -d 'Explain a command, or sheep itself.'
complete -c sheep -n '__sheep_using help' -a 'chat stream models cost ping validate-key embed mock help'
complete -c sheep -n __sheep_first -s h -l help -d 'Show help.'
complete -c sheep -n __sheep_first -s V -l version -d 'Print the version.'
complete -c sheep -n '__sheep_using models' -l all -d 'The models of every profile.'
complete -c sheep -n '__sheep_using models' -l sort -x -a 'id input output context' -d 'Sort by id, input, output or context.'
complete -c sheep -n '__sheep_using models validate-key' -l offline -d 'Ask nobody: the built-in list.'
complete -c sheep -n '__sheep_using models' -l live -d 'Ask the endpoint what it has.'
complete -c sheep -n '__sheep_using models' -l check -d 'Compare the endpoint with the built-in list.'
complete -c sheep -n '__sheep_using cost' -l input -x -d 'Tokens of the prompt, cached ones included.'
complete -c sheep -n '__sheep_using cost' -l cached -x -d 'How many of them come from the cache.'
complete -c sheep -n '__sheep_using cost' -l cache-write -x -d 'How many of them are written to the cache.'
complete -c sheep -n '__sheep_using cost' -l cache-write-1h -x -d 'How many are written to it for an hour.'
complete -c sheep -n '__sheep_using cost' -l output -x -d 'Tokens of the answer, reasoning included.'
complete -c sheep -n '__sheep_using cost' -l reasoning -x -d 'How many of them are reasoning.'
complete -c sheep -n '__sheep_using cost' -l usages -r -F -d 'Price many usages, one JSON object a line.'
complete -c sheep -n '__sheep_using cost' -l service -x -a 'batch flex priority' -d 'Service tier: batch, flex or priority.'
complete -c sheep -n '__sheep_using cost' -l batch -d 'Prices of the batch tier.'
complete -c sheep -n '__sheep_using cost' -l requests -x -d 'How many requests a month, for a forecast.'
complete -c sheep -n '__sheep_using cost' -l fee -x -d 'Flat fee a month beside the tokens.'
complete -c sheep -n '__sheep_using cost' -l versus -x -d 'What it would save against another.'
complete -c sheep -n '__sheep_using chat stream cost ping validate-key embed' -s m -l model -x -a '(__sheep_ask models)' -d 'Model to call.'
complete -c sheep -n '__sheep_using chat stream models cost ping validate-key embed' -s P -l profile -x -a '(__sheep_ask profiles)' -d 'Gateway to call.'
complete -c sheep -n '__sheep_using chat stream' -s s -l system -x -d 'Instructions for the model.'
complete -c sheep -n '__sheep_using chat stream' -s t -l temperature -x -d 'How freely to choose words, 0 to 2.'
complete -c sheep -n '__sheep_using chat stream cost' -l max-tokens -x -d 'Longest answer, in tokens.'
complete -c sheep -n '__sheep_using chat stream' -l top-p -x -d 'Choose among the likeliest words, 0 to 1.'
complete -c sheep -n '__sheep_using chat stream' -l stop -x -d 'End the answer before this text.'
complete -c sheep -n '__sheep_using chat stream mock' -l seed -x -d 'Repeatable answer: same seed, same text.'
complete -c sheep -n '__sheep_using chat stream' -l reasoning-effort -x -a 'none minimal low medium high xhigh max' -d 'How much to think: none, low, medium, high.'
complete -c sheep -n '__sheep_using chat stream' -l schema -r -F -d 'JSON schema that the answer must meet.'
complete -c sheep -n '__sheep_using chat stream embed' -s o -l option -x -d 'Any other field of the request.'
complete -c sheep -n '__sheep_using embed' -l dimensions -x -d 'Length of the vectors.'
complete -c sheep -n '__sheep_using chat stream cost embed' -s f -l file -r -F -d 'Text or image to send along.'
complete -c sheep -n '__sheep_using chat stream cost' -s n -l no-stdin -d 'Leave standard input alone.'
complete -c sheep -n '__sheep_using chat stream embed' -l dry-run -d 'Show the request and its price, send nothing.'
complete -c sheep -n '__sheep_using embed' -l field -x -d 'Member of JSON lines that holds the text.'
complete -c sheep -n '__sheep_using chat stream models cost ping validate-key embed' -l json -d 'One JSON object, when all of it is there.'
complete -c sheep -n '__sheep_using chat stream' -l jsonl -d 'One JSON line for each event.'
complete -c sheep -n '__sheep_using chat stream' -l sse -d 'Server-sent events, ending in [DONE].'
complete -c sheep -n '__sheep_using chat stream' -l no-stream -d 'Ask for the answer in one piece.'
complete -c sheep -n '__sheep_using chat stream' -s x -l extract -d 'Print the first code block only.'
complete -c sheep -n '__sheep_using chat stream ping' -l strict -d 'Fail where else it would only warn.'
complete -c sheep -n '__sheep_using chat stream' -l markdown -x -a 'auto always never' -d 'Render Markdown: auto, always or never.'
complete -c sheep -n '__sheep_using chat stream embed' -l raw -d 'The answer as it came.'
complete -c sheep -n '__sheep_using chat stream models cost ping validate-key' -l color -x -a 'auto always never' -d 'Use colour: auto, always or never.'
complete -c sheep -n '__sheep_using chat stream embed' -s u -l usage -d 'Print the receipt also into a pipe.'
complete -c sheep -n '__sheep_using chat stream models cost ping validate-key embed mock' -s q -l quiet -d 'No receipt, notes or progress.'
complete -c sheep -n '__sheep_using chat stream' -l no-log -d 'Keep no record of the call.'
complete -c sheep -n '__sheep_using cost' -l explain -d 'Show how each amount comes about.'
complete -c sheep -n '__sheep_using cost embed' -l csv -d 'Comma-separated values, one line a row.'
complete -c sheep -n '__sheep_using chat stream models ping validate-key embed' -l base-url -x -d 'Address to call instead of the profile\'s.'
complete -c sheep -n '__sheep_using chat stream ping validate-key embed' -l api -x -a 'openai responses anthropic gemini' -d 'Way of speaking that the address expects.'
complete -c sheep -n '__sheep_using chat stream models ping validate-key embed' -s H -l header -x -d 'Further request header.'
complete -c sheep -n '__sheep_using chat stream models ping validate-key embed' -l proxy -x -d 'Proxy to go through.'
complete -c sheep -n '__sheep_using chat stream models ping validate-key embed' -l ca-file -r -F -d 'Certificates to trust, in PEM form.'
complete -c sheep -n '__sheep_using chat stream models ping validate-key embed' -l demo -d 'Call a gateway inside this process.'
complete -c sheep -n '__sheep_using chat stream models ping validate-key embed' -l key-file -r -F -d 'File that holds the key.'
complete -c sheep -n '__sheep_using chat stream models ping validate-key embed' -l key-env -x -d 'Variable that holds the key.'
complete -c sheep -n '__sheep_using chat stream models ping validate-key embed' -l key-cmd -x -d 'Command that prints the key.'
complete -c sheep -n '__sheep_using chat stream models ping validate-key embed' -l connect-timeout -x -d 'Time to connect.'
complete -c sheep -n '__sheep_using chat stream models ping validate-key embed' -l first-byte-timeout -x -d 'Time until the answer begins.'
complete -c sheep -n '__sheep_using chat stream models ping validate-key embed' -l idle-timeout -x -d 'Time without a byte.'
complete -c sheep -n '__sheep_using chat stream models embed' -l max-time -x -d 'Time for the whole call, retries included.'
complete -c sheep -n '__sheep_using chat stream models embed' -l max-retries -x -d 'Further attempts after a failure.'
complete -c sheep -n '__sheep_using chat stream embed' -l max-cost -x -d 'Most that the call may cost.'
complete -c sheep -n '__sheep_using chat stream cost ping validate-key embed' -l price -x -d 'Your own price, per million tokens.'
complete -c sheep -n '__sheep_using chat stream cost ping validate-key embed' -l prices -r -F -d 'File with prices of your own.'
complete -c sheep -n '__sheep_using ping validate-key' -l deep -d 'Ask a model too, for a few tokens.'
complete -c sheep -n '__sheep_using ping' -s c -l count -x -d 'Send so many probes.'
complete -c sheep -n '__sheep_using ping' -s i -l interval -x -d 'Time from one probe to the next.'
complete -c sheep -n '__sheep_using ping' -l slo -x -d 'Exit 10 where a time is longer.'
complete -c sheep -n '__sheep_using ping' -l only -x -d 'Show only these checks.'
complete -c sheep -n '__sheep_using ping' -l list-checks -d 'List the checks, and stop.'
complete -c sheep -n '__sheep_using mock' -l port -x -d 'Port to listen on.'
complete -c sheep -n '__sheep_using mock' -l models -d 'List the models that it serves, and stop.'
complete -c sheep -n '__sheep_using mock' -l speed -x -d 'Pace of the answers.'
complete -c sheep -n '__sheep_using mock' -l latency -x -d 'Wait before each answer.'
complete -c sheep -n '__sheep_using mock' -l fault -x -d 'Misbehave on purpose.'
complete -c sheep -n '__sheep_using mock' -l require-key-env -x -d 'Accept only the key in this variable.'
complete -c sheep -n '__sheep_using chat stream models cost ping validate-key embed mock help' -s h -l help -d 'Show help.'
