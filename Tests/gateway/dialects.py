"""The proxy's other endpoints: Anthropic's, Gemini's, Responses, and embeddings.

LiteLLM translates each into chat completions or Responses, so that what the
provider behind it receives shows whether an independent program understands
what sheep says, and what sheep prints whether sheep understands the answers.
"""

import decimal
import json
import struct

import upstream

APIS = ("anthropic", "gemini", "responses")
COMMANDS = (["chat"], ["chat", "--no-stream"], ["stream"])
JSON_COMMANDS = (["chat", "--json"], ["chat", "--json", "--no-stream"])
WRONG_KEY = "sk-wrong-5678"
# LiteLLM's streams in Gemini's dialect say 0 tokens, whatever the provider counts.
UNCOUNTED = ("gemini",)
TOOL = {
    "name": "weather",
    "description": "Tells the weather.",
    "parameters": {
        "type": "object",
        "properties": {"city": {"type": "string"}},
        "required": ["city"],
    },
}


def text_is_byte_exact_in_every_dialect(suite):
    wanted = {"mock-text": "A mock answer, whole and in order.", "text": upstream.ENGLISH}
    wanted["korean"] = upstream.KOREAN
    for api in APIS:
        for model, text in wanted.items():
            for command in COMMANDS:
                if api == "responses" and model == "mock-text" and "--no-stream" not in command:
                    continue  # LiteLLM's own mock answer cannot be streamed here: it fails with 500
                run = suite.sheep(*command, "--api", api, "-m", model, "hello")
                suite.equal(f"{api} {command} {model}: exit", run.code, 0, run)
                suite.equal(f"{api} {command} {model}: text", run.text, text, run)


def json_is_the_same_in_every_dialect(suite):
    for api in APIS:
        for command in JSON_COMMANDS:
            run = suite.sheep(*command, "--api", api, "-m", "korean", "hello")
            name = f"{api} {command}"
            suite.equal(f"{name}: exit", run.code, 0, run)
            answer = run.json
            suite.equal(f"{name}: api", answer["api"], api)
            suite.equal(f"{name}: text", answer["text"], upstream.KOREAN)
            suite.equal(f"{name}: complete", answer["complete"], True)
            suite.equal(f"{name}: finish", answer["finish_reason"], "stop")
            usage = answer["usage"]
            if api in UNCOUNTED and "--no-stream" not in command:
                suite.equal(f"{name}: a usage of nothing is estimated", usage["source"], "estimated", run)
                continue
            suite.equal(f"{name}: source", usage["source"], "reported", run)
            suite.equal(f"{name}: input", usage["input_tokens"], upstream.PROMPT_TOKENS, run)
            suite.equal(f"{name}: output", usage["output_tokens"], upstream.COMPLETION_TOKENS, run)


def events_are_the_same_in_every_dialect(suite):
    for api in APIS:
        run = suite.sheep("stream", "--jsonl", "--api", api, "-m", "korean", "hello")
        suite.equal(f"{api}: exit", run.code, 0, run)
        kinds = [line["type"] for line in run.lines]
        suite.equal(f"{api}: last", kinds[-1], "finished", run)
        pieces = [line["text"] for line in run.lines if line["type"] == "text"]
        suite.check(f"{api}: several pieces", len(pieces) > 2, run)
        suite.equal(f"{api}: text", "".join(pieces), upstream.KOREAN, run)


def settings_reach_the_provider(suite):
    for api in APIS:
        for command in (["chat"], ["chat", "--no-stream"]):
            run = suite.sheep(
                *command, "--api", api, "-m", "text", "-s", "Be kind.", "-t", "0.5", "--max-tokens", "50", "hi"
            )
            suite.equal(f"{api} {command}: exit", run.code, 0, run)
            said = suite.gateway.last("text")
            whole = json.dumps(said, ensure_ascii=False)
            suite.check(f"{api} {command}: system", "Be kind." in whole, whole)
            suite.check(f"{api} {command}: prompt", '"hi"' in whole, whole)
            suite.equal(f"{api} {command}: temperature", said.get("temperature"), 0.5, whole)
            limits = [said.get(name) for name in ("max_tokens", "max_completion_tokens", "max_output_tokens")]
            suite.check(f"{api} {command}: limit", 50 in limits, whole)


def tools_reach_the_provider_and_calls_come_back(suite):
    for api in APIS:
        for command in JSON_COMMANDS:
            run = suite.sheep(
                *command, "--api", api, "-m", "tools", "--tools", json.dumps([TOOL]),
                "--tool-choice", "required", "weather?",
            )
            name = f"{api} {command}"
            suite.equal(f"{name}: exit", run.code, 0, run)
            answer = run.json
            suite.equal(f"{name}: finish", answer["finish_reason"], "tool", run)
            suite.equal(f"{name}: one call", [call["name"] for call in answer["tool_calls"]], ["weather"], run)
            arguments = json.loads(answer["tool_calls"][0]["arguments"])
            suite.equal(f"{name}: arguments", arguments, {"city": "서울", "unit": "celsius"}, run)
            said = suite.gateway.last("tools")
            tool = said["tools"][0]
            tool = tool.get("function", tool)
            found = {key: tool.get(key) for key in TOOL}
            suite.equal(f"{name}: the tool as the provider sees it", found, TOOL, said)
            # LiteLLM says Anthropic's choice to Responses as an object.
            choices = ("required", {"type": "required"})
            suite.check(f"{name}: the choice", said.get("tool_choice") in choices, said)


def failures_have_their_exit_codes_in_every_dialect(suite):
    codes = {400: 6, 401: 3, 404: 7, 429: 4, 500: 6, 503: 6}
    for api in APIS:
        for status, code in codes.items():
            model = f"status-{status}"
            for command in JSON_COMMANDS:
                run = suite.sheep(*command, "--api", api, "--max-retries", "0", "-m", model, "hello")
                name = f"{api} {command} {status}"
                if api == "gemini":
                    # LiteLLM's endpoint answers every failure with 500 and no reason.
                    code = 6
                suite.equal(f"{name}: exit", run.code, code, run)
                suite.equal(f"{name}: code", run.error["code"], code, run)
        run = suite.sheep("chat", "--api", api, "--max-retries", "0", "-m", "no-such-model", "hello")
        suite.equal(f"{api}: unknown model: exit", run.code, 6 if api == "gemini" else 7, run)
        suite.equal(f"{api}: unknown model: nothing on standard output", run.out, b"", run)


def a_stream_that_fails_keeps_what_came_in_every_dialect(suite):
    for api in APIS:
        run = suite.sheep("stream", "--api", api, "-m", "stream-error", "hello")
        suite.equal(f"{api}: exit", run.code, 9, run)
        suite.check(f"{api}: text", run.text and upstream.ENGLISH.startswith(run.text), run)


def a_wrong_key_is_refused_in_every_dialect(suite):
    for api in APIS:
        for command in (["chat"], ["stream"]):
            run = suite.sheep(*command, "--api", api, "-m", "text", "hello", key=WRONG_KEY)
            suite.equal(f"{api} {command}: exit", run.code, 3, run)
            suite.check(f"{api} {command}: not shown", WRONG_KEY not in run.err + run.text, run)
        run = suite.sheep("chat", "--api", api, "-m", "text", "hello", key=None)
        suite.equal(f"{api}: no key: exit", run.code, 3, run)


def cost_agrees_with_the_proxy_s_in_every_dialect(suite):
    asked = {
        "anthropic": (
            "/v1/messages",
            {"model": "priced", "max_tokens": 100, "messages": [{"role": "user", "content": "hello"}]},
        ),
        "responses": ("/v1/responses", {"model": "priced", "input": "hello"}),
    }
    for api in APIS:
        # The proxy names no cost in Gemini's dialect: there it is that of the tokens it reports.
        wanted = decimal.Decimal("0.0045")
        if api in asked:
            _, headers, _ = suite.gateway.post(*asked[api])
            wanted = decimal.Decimal(headers["x-litellm-response-cost-original"])
        for command in JSON_COMMANDS:
            if api in UNCOUNTED and "--no-stream" not in command:
                continue
            run = suite.sheep(*command, "--api", api, "--price", "in=2.50,out=10", "-m", "priced", "hello")
            suite.equal(f"{api} {command}: exit", run.code, 0, run)
            cost = run.json["cost"]["usd"]
            agrees = cost is not None and abs(cost - wanted) < decimal.Decimal("1e-9")
            suite.check(f"{api} {command}: cost", agrees, f"proxy {wanted}, sheep {cost}\n  {run}")


def vectors_are_exact_in_every_form(suite):
    texts = ["one", "두 번째", "three"]
    wanted = [[0.25, -0.5, float(index)] for index in range(3)]
    for api in ("openai", "responses"):
        run = suite.sheep("embed", "--api", api, "-m", "embed", *texts)
        suite.equal(f"{api}: exit", run.code, 0, run)
        suite.equal(f"{api}: vectors", [[float(x) for x in line] for line in run.lines], wanted, run)
        run = suite.sheep("embed", "--api", api, "-m", "embed", "--raw", *texts)
        suite.equal(f"{api}: raw", list(struct.unpack("<9f", run.out)), sum(wanted, []), run)
        run = suite.sheep("embed", "--api", api, "-m", "embed", "--json", *texts)
        suite.equal(f"{api}: tokens", run.json["usage"]["input_tokens"], 30, run)
        run = suite.sheep("embed", "--api", api, "-m", "embed", "one", key=WRONG_KEY)
        suite.equal(f"{api}: wrong key", run.code, 3, run)
        run = suite.sheep("embed", "--api", api, "-m", "no-such-model", "one")
        suite.equal(f"{api}: unknown model", run.code, 7, run)


CASES = [
    text_is_byte_exact_in_every_dialect,
    json_is_the_same_in_every_dialect,
    events_are_the_same_in_every_dialect,
    settings_reach_the_provider,
    tools_reach_the_provider_and_calls_come_back,
    failures_have_their_exit_codes_in_every_dialect,
    a_stream_that_fails_keeps_what_came_in_every_dialect,
    a_wrong_key_is_refused_in_every_dialect,
    cost_agrees_with_the_proxy_s_in_every_dialect,
    vectors_are_exact_in_every_form,
]
