"""What sheep must do with a real gateway; each case is one function below.

usage: cases.py SHEEP LITELLM
"""

import decimal
import json
import os
import subprocess
import sys
import traceback

import dialects
import proxy
import upstream

MOCK_TEXT = "A mock answer, whole and in order."
MOCK_KOREAN = "안녕하세요! 게이트웨이의 답입니다 🐑"
WRONG_KEY = "sk-wrong-5678"
ANSWER_FIELDS = {
    "schema", "model", "requested_model", "profile", "api", "complete", "finish_reason", "usage",
    "cost", "timing", "attempts", "retries", "request_id", "http_version",
}
USAGE_FIELDS = {
    "input_tokens", "cached_input_tokens", "cache_write_tokens", "output_tokens",
    "reasoning_tokens", "source",
}
COST_FIELDS = {"usd", "input_usd", "output_usd", "source", "checked"}
TIMING_FIELDS = {
    "dns_ms", "connect_ms", "tls_ms", "ttft_ms", "ttft_visible_ms", "ttft_total_ms", "e2e_ms",
    "total_ms", "tpot_ms", "tokens_per_second", "connection_reused",
}
# Status of the provider, exit code of the contract.
STATUSES = {400: 6, 401: 3, 403: 3, 404: 7, 429: 4, 500: 6, 503: 6}


class Run:
    """One finished run of sheep."""

    def __init__(self, done):
        self.code = done.returncode
        self.out = done.stdout
        self.err = done.stderr.decode("utf-8", "replace")

    def __str__(self):
        return f"exit {self.code}\n  out: {self.out[:400]!r}\n  err: {self.err[:600]!r}"

    @property
    def text(self):
        return self.out.decode("utf-8").removesuffix("\n")

    @property
    def json(self):
        return read_json(self.out)

    @property
    def lines(self):
        return [read_json(line) for line in self.out.splitlines()]

    @property
    def error(self):
        return read_json(self.err.splitlines()[-1])["error"]


def read_json(text):
    return json.loads(text, parse_float=decimal.Decimal)


class Suite:
    """Runs sheep, checks, counts."""

    def __init__(self, sheep, gateway, home):
        self.sheep_path = os.path.abspath(sheep)
        self.gateway = gateway
        self.home = home
        self.passed = 0
        self.failed = 0
        self.case = ""

    def sheep(self, *arguments, key=proxy.KEY, given=None):
        environment = {"PATH": os.environ["PATH"], "HOME": self.home, "LANG": "C.UTF-8"}
        environment["SHEEP_BASE_URL"] = self.gateway.base
        if key:
            environment["SHEEP_API_KEY"] = key
        done = subprocess.run(
            [self.sheep_path, *arguments],
            env=environment,
            stdin=subprocess.DEVNULL if given is None else None,
            input=given,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            timeout=60,
        )
        return Run(done)

    def check(self, what, holds, detail=""):
        if holds:
            self.passed += 1
            return
        self.failed += 1
        print(f"FAILED {self.case}: {what}\n  {detail}")

    def equal(self, what, found, wanted, run=""):
        self.check(what, found == wanted, f"wanted {wanted!r}, found {found!r}\n  {run}")

    def run(self, cases):
        for case in cases:
            self.case = case.__name__.replace("_", " ")
            print(f"  {self.case}", flush=True)
            try:
                case(self)
            except Exception:  # a broken case is a failed case, and the next one is tried
                self.failed += 1
                print(f"FAILED {self.case}:\n{traceback.format_exc()}")


def text_is_byte_exact(suite):
    wanted = {
        "mock-text": MOCK_TEXT,
        "mock-korean": MOCK_KOREAN,
        "text": upstream.ENGLISH,
        "korean": upstream.KOREAN,
        "priced": upstream.LONG,
    }
    for model, text in wanted.items():
        for command in (["chat"], ["chat", "--no-stream"], ["stream"]):
            run = suite.sheep(*command, "-m", model, "hello")
            suite.equal(f"{command} {model}: exit", run.code, 0, run)
            suite.equal(f"{command} {model}: text", run.text, text, run)


def input_comes_from_a_pipe(suite):
    run = suite.sheep("chat", "-m", "text", given="안녕\n".encode())
    suite.equal("exit", run.code, 0, run)
    suite.equal("text", run.text, upstream.ENGLISH, run)


def json_has_the_contract_s_fields(suite):
    for command in (["chat", "--json"], ["chat", "--json", "--no-stream"]):
        run = suite.sheep(*command, "-m", "korean", "hello")
        suite.equal(f"{command}: exit", run.code, 0, run)
        answer = run.json
        missing = (ANSWER_FIELDS | {"text"}) - set(answer)
        suite.check(f"{command}: fields", not missing, f"missing: {sorted(missing)}")
        suite.equal("schema", answer["schema"], 1)
        suite.equal("text", answer["text"], upstream.KOREAN)
        suite.equal("model", answer["requested_model"], "korean")
        suite.equal("served", answer["model"], "korean")
        suite.equal("complete", answer["complete"], True)
        suite.equal("finish", answer["finish_reason"], "stop")
        suite.equal("attempts", answer["attempts"], 1)
        for name, fields in (("usage", USAGE_FIELDS), ("cost", COST_FIELDS), ("timing", TIMING_FIELDS)):
            missing = fields - set(answer[name])
            suite.check(f"{name}: fields", not missing, f"missing: {sorted(missing)}")
        suite.equal("input tokens", answer["usage"]["input_tokens"], upstream.PROMPT_TOKENS)
        suite.equal("output tokens", answer["usage"]["output_tokens"], upstream.COMPLETION_TOKENS)
        suite.equal("source", answer["usage"]["source"], "reported")
        suite.equal("http", answer["http_version"], "1.1")


def stream_writes_events(suite):
    run = suite.sheep("stream", "--jsonl", "-m", "korean", "hello")
    suite.equal("exit", run.code, 0, run)
    lines = run.lines
    suite.equal("first", lines[0]["type"], "started", run)
    suite.equal("last", lines[-1]["type"], "finished", run)
    pieces = [line["text"] for line in lines if line["type"] == "text"]
    suite.check("several pieces", len(pieces) > 2, run)
    suite.equal("text", "".join(pieces), upstream.KOREAN)
    missing = ANSWER_FIELDS - set(lines[-1])
    suite.check("finished: fields", not missing, f"missing: {sorted(missing)}")
    suite.equal("finished: usage", lines[-1]["usage"]["output_tokens"], upstream.COMPLETION_TOKENS)

    run = suite.sheep("stream", "--sse", "-m", "korean", "hello")
    suite.equal("sse: exit", run.code, 0, run)
    events = [event for event in run.out.decode().split("\n\n") if event]
    suite.equal("sse: last", events[-1], "data: [DONE]", run)
    texts = [read_json(event.removeprefix("data: "))["text"] for event in events[:-1]]
    suite.equal("sse: text", "".join(texts), upstream.KOREAN, run)


def tool_calls_are_in_the_json(suite):
    wanted = {"city": "서울", "unit": "celsius"}

    def check(calls, run):
        suite.equal("one call", len(calls), 1, run)
        # The arguments are text that should be JSON, as the model wrote it.
        function = calls[0].get("function", calls[0])
        suite.equal("name", function["name"], "weather", run)
        arguments = function["arguments"]
        parsed = read_json(arguments) if isinstance(arguments, str) else arguments
        suite.equal("arguments", parsed, wanted, run)

    for command in (["chat", "--json"], ["chat", "--json", "--no-stream"]):
        run = suite.sheep(*command, "-m", "tools", "weather?")
        suite.equal(f"{command}: exit", run.code, 0, run)
        suite.equal("finish", run.json["finish_reason"], "tool", run)
        check(run.json["tool_calls"], run)
    run = suite.sheep("stream", "--jsonl", "-m", "tools", "weather?")
    suite.equal("stream: exit", run.code, 0, run)
    suite.check("stream: an event", any(line["type"] == "tool_call" for line in run.lines), run)
    check(run.lines[-1]["tool_calls"], run)


def provider_failures_have_their_exit_codes(suite):
    for status, code in STATUSES.items():
        model = f"status-{status}"
        for command in (["chat", "--json"], ["chat", "--json", "--no-stream"], ["stream", "--jsonl"]):
            before = suite.gateway.count(model)
            run = suite.sheep(*command, "--max-retries", "0", "-m", model, "hello")
            suite.equal(f"{command} {status}: exit", run.code, code, run)
            suite.equal(f"{command} {status}: requests", suite.gateway.count(model) - before, 1)
            error = run.error
            suite.equal(f"{command} {status}: code", error["code"], code, run)
            suite.equal(f"{command} {status}: status", error["status"], status, run)
            suite.equal(f"{command} {status}: attempts", error["attempts"], 1, run)
            suite.check(f"{command} {status}: message", str(status) in error["message"], run)


def gateway_failures_have_their_exit_codes(suite):
    for model, code in (
        ("mock-rate-limit", 4),
        ("mock-server-error", 6),
        ("mock-context", 6),
        ("no-such-model", 7),
    ):
        for command in ("chat", "stream"):
            run = suite.sheep(command, "--max-retries", "0", "-m", model, "hello")
            suite.equal(f"{command} {model}: exit", run.code, code, run)
            suite.equal(f"{command} {model}: nothing on standard output", run.out, b"", run)
            suite.check(f"{command} {model}: message", run.err.startswith("sheep: "), run)


def timeouts_of_the_provider_are_its_failures(suite):
    run = suite.sheep("chat", "--json", "--max-retries", "0", "-m", "status-408", "hello")
    suite.check("exit", run.code in (5, 6), run)
    suite.equal("status", run.error["status"], 408, run)


def a_rate_limit_is_told(suite):
    first = suite.sheep("chat", "--max-retries", "0", "-m", "limited", "hello")
    suite.equal("first: exit", first.code, 0, first)
    second = suite.sheep("chat", "--json", "--max-retries", "0", "-m", "limited", "hello")
    suite.equal("second: exit", second.code, 4, second)
    suite.equal("second: status", second.error["status"], 429, second)


def a_busy_provider_is_asked_again(suite):
    for command in ("chat", "stream"):
        model = f"busy-then-text-{command}"
        shape = "--json" if command == "chat" else "--jsonl"
        run = suite.sheep(command, shape, "-m", model, "hello")
        suite.equal(f"{command}: exit", run.code, 0, run)
        answer = run.json if command == "chat" else run.lines[-1]
        suite.equal(f"{command}: attempts", answer["attempts"], 2, run)
        suite.equal(f"{command}: retry's status", answer["retries"][0]["status"], 503, run)
        suite.equal(f"{command}: requests", suite.gateway.count(model), 2)


def a_stream_that_fails_keeps_what_came(suite):
    run = suite.sheep("stream", "-m", "stream-error", "hello")
    suite.equal("exit", run.code, 9, run)
    suite.check("text", run.text and upstream.ENGLISH.startswith(run.text), run)
    suite.equal("requests", suite.gateway.count("stream-error"), 1)


def a_wrong_key_is_refused_and_never_shown(suite):
    for command in ("chat", "stream"):
        # Without a database LiteLLM answers 400 "No connected db." to a wrong key.
        run = suite.sheep(command, "-m", "mock-text", "hello", key=WRONG_KEY)
        suite.equal(f"{command}: wrong key: exit", run.code, 3, run)
        suite.check(f"{command}: wrong key: not shown", WRONG_KEY not in run.err, run)
        run = suite.sheep(command, "-m", "mock-text", "hello", key=None)
        suite.equal(f"{command}: no key: exit", run.code, 3, run)
    run = suite.sheep("chat", "--json", "-m", "status-401", "hello")
    suite.check("key: not shown", proxy.KEY not in run.err + run.out.decode(), run)


def cost_agrees_with_the_proxy_s(suite):
    body = {"model": "priced", "messages": [{"role": "user", "content": "hello"}]}
    _, headers, _ = suite.gateway.post("/v1/chat/completions", body)
    # Computed in floating point over there: compared to a billionth of a dollar.
    proxy_cost = decimal.Decimal(headers["x-litellm-response-cost"])
    suite.check("the proxy has a price", proxy_cost > 0, proxy_cost)
    for command in (["chat", "--json"], ["chat", "--json", "--no-stream"], ["stream", "--jsonl"]):
        run = suite.sheep(*command, "--price", "in=2.50,out=10", "-m", "priced", "hello")
        suite.equal(f"{command}: exit", run.code, 0, run)
        cost = run.lines[-1]["cost"]
        exact = cost["usd"] is not None and abs(cost["usd"] - proxy_cost) < decimal.Decimal("1e-9")
        suite.check(f"{command}: cost", exact, f"proxy {proxy_cost}, sheep {cost}")
        parts = [cost["input_usd"], cost["output_usd"]]
        suite.equal(f"{command}: parts", parts, [decimal.Decimal("0.0025"), decimal.Decimal("0.002")])
    run = suite.sheep("chat", "--json", "-m", "text", "hello")
    cost = run.json["cost"]
    suite.check("a model without a price is not free", cost["usd"] is None, f"sheep {cost}")
    suite.equal("its source", cost["source"], "unknown")


def ping_names_every_layer(suite):
    run = suite.sheep("ping", "-m", "mock-text", "--deep", "--json")
    suite.check("it reaches the end", run.code == 0, run)
    checks = {check["check"]: check for check in run.json["targets"][0]["checks"]}
    suite.equal("there are fourteen layers", len(checks), 14, run)
    for name in ("config", "tcp", "http", "auth", "model", "quota", "stream"):
        suite.equal(f"{name} is well", checks[name]["state"], "ok", run)
    run = suite.sheep("ping", "-m", "mock-texd", "--json")
    suite.equal("an unlisted model has its exit code", run.code, 7, run)
    suite.check("the nearest is named", "mock-text" in run.err, run)
    run = suite.sheep("ping", "-c", "3", "-i", "0.2", "--json")
    suite.equal("three probes are answered", run.json["targets"][0]["statistics"]["ok"], 3, run)


def keys_are_validated_with_a_control(suite):
    run = suite.sheep("validate-key", "--json")
    suite.equal("the right key is accepted", run.code, 0, run)
    suite.equal("by a control", run.json["keys"][0]["verdict"], "accepted", run)
    run = suite.sheep("validate-key", key=WRONG_KEY)
    suite.equal("a wrong key is refused", run.code, 3, run)
    suite.check("it is not shown", WRONG_KEY not in run.err + run.text, run)
    run = suite.sheep("ping", key=WRONG_KEY)
    suite.equal("ping says so too", run.code, 3, run)


def models_are_asked_of_the_proxy(suite):
    run = suite.sheep("models", "--live", "--json")
    suite.equal("the list is read", run.code, 0, run)
    ids = {model["id"] for model in run.json["models"]}
    suite.check("it has the proxy's models", {"mock-text", "mock-korean", "priced"} <= ids, run)
    run = suite.sheep("models", "mock-*", "--live")
    suite.check("a pattern picks", "mock-korean" in run.text and "priced" not in run.text, run)
    run = suite.sheep("models", "--live", key=WRONG_KEY)
    suite.equal("a wrong key is refused", run.code, 3, run)


def cost_is_reckoned_from_a_call(suite):
    prices = ["--price", "in=2.50,out=10"]
    call = suite.sheep("chat", "--json", "-m", "priced", *prices, "How much?")
    usage = call.json["usage"]
    run = suite.sheep(
        "cost", "-m", "priced", *prices, "--json",
        "--input", str(usage["input_tokens"]), "--output", str(usage["output_tokens"]),
    )
    suite.equal("cost agrees with the call's own", run.code, 0, run)
    suite.check("to the last digit", str(call.json["cost"]["usd"]) in run.text, run)


def embeddings_come_in_order(suite):
    run = suite.sheep("embed", "-m", "embed", "--json", "one", "two")
    suite.equal("two texts are embedded", run.code, 0, run)
    run = suite.sheep("embed", "-m", "embed", "one", "두 번째")
    suite.equal("one vector a line", len(run.lines), 2, run)


CASES = [
    text_is_byte_exact,
    input_comes_from_a_pipe,
    json_has_the_contract_s_fields,
    stream_writes_events,
    tool_calls_are_in_the_json,
    provider_failures_have_their_exit_codes,
    gateway_failures_have_their_exit_codes,
    timeouts_of_the_provider_are_its_failures,
    a_rate_limit_is_told,
    a_busy_provider_is_asked_again,
    a_stream_that_fails_keeps_what_came,
    a_wrong_key_is_refused_and_never_shown,
    cost_agrees_with_the_proxy_s,
    ping_names_every_layer,
    keys_are_validated_with_a_control,
    models_are_asked_of_the_proxy,
    cost_is_reckoned_from_a_call,
    embeddings_come_in_order,
]


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    _, sheep, litellm = sys.argv
    work = os.path.join(os.path.dirname(os.path.dirname(litellm)), "..", "gateway")
    work = os.path.abspath(work)
    home = os.path.join(work, "home")
    os.makedirs(home, exist_ok=True)
    with proxy.running(os.path.abspath(litellm), work) as gateway:
        print(f"gateway: LiteLLM at {gateway.base}", flush=True)
        suite = Suite(sheep, gateway, home)
        suite.run(CASES + dialects.CASES)
    print(f"gateway: {suite.passed} passed, {suite.failed} failed")
    return 1 if suite.failed else 0


if __name__ == "__main__":
    sys.exit(main())
