"""Starts the LiteLLM proxy and the provider behind it, and always stops both."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

HERE = os.path.dirname(os.path.abspath(__file__))
KEY = "sk-gateway-test-1234"
READY_WITHIN = 180


class Gateway:
    """The running proxy: where it listens, and what its provider has seen."""

    def __init__(self, port, upstream_port):
        self.base = f"http://127.0.0.1:{port}"
        self.upstream = f"http://127.0.0.1:{upstream_port}"

    def post(self, path, body, key=KEY):
        """Asks the proxy itself, past sheep: (status, headers, body)."""
        request = urllib.request.Request(
            self.base + path,
            data=json.dumps(body).encode(),
            headers={"Authorization": f"Bearer {key}", "Content-Type": "application/json"},
        )
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return answer.status, answer.headers, answer.read()
        except urllib.error.HTTPError as failure:
            with failure:
                return failure.code, failure.headers, failure.read()

    def last(self, model):
        """What the last request for this model said when it reached the provider."""
        with urllib.request.urlopen(self.upstream + "/last", timeout=10) as answer:
            return json.load(answer)[model]

    def count(self, model):
        """How many requests for this model have reached the provider."""
        with urllib.request.urlopen(self.upstream + "/count", timeout=10) as answer:
            return json.load(answer).get(model, 0)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def stop(process):
    """Ends a process and everything it started; waits until it is gone."""
    for kind, wait in ((signal.SIGTERM, 10), (signal.SIGKILL, 10)):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, kind)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(wait)
            return


def environment(work):
    """No key of the user's, no file of the user's, and no way to the internet."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "TZ") if name in os.environ}
    dead = "http://127.0.0.1:9"
    kept.update(
        HOME=work,
        HTTP_PROXY=dead,
        HTTPS_PROXY=dead,
        NO_PROXY="127.0.0.1,localhost",
        LITELLM_LOCAL_MODEL_COST_MAP="True",
        LITELLM_TELEMETRY="False",
        DISABLE_ADMIN_UI="True",
        NO_DOCS="True",
        PYTHONDONTWRITEBYTECODE="1",
        PYTHONUNBUFFERED="1",
    )
    return kept


def wait_until_ready(process, base, log):
    until = time.monotonic() + READY_WITHIN
    while time.monotonic() < until:
        if process.poll() is not None:
            break
        with contextlib.suppress(OSError, urllib.error.URLError):
            with urllib.request.urlopen(base + "/health/readiness", timeout=2) as answer:
                if answer.status == 200:
                    return
        time.sleep(0.25)
    with open(log, encoding="utf-8", errors="replace") as file:
        tail = "".join(file.readlines()[-30:])
    raise SystemExit(f"gateway: the proxy was not ready within {READY_WITHIN} s\n{tail}")


@contextlib.contextmanager
def running(litellm, work):
    """Gives a `Gateway`; `work` holds its configuration and log."""
    os.makedirs(work, exist_ok=True)
    # So that a stopped test run leaves by the exits below.
    for kind in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(kind, lambda number, _: sys.exit(128 + number))
    with contextlib.ExitStack() as exits:
        upstream = subprocess.Popen(
            [sys.executable, "-B", os.path.join(HERE, "upstream.py")],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        exits.callback(stop, upstream)
        upstream_port = upstream.stdout.readline().strip()
        with open(os.path.join(HERE, "config.yaml"), encoding="utf-8") as file:
            configuration = file.read()
        written = os.path.join(work, "config.yaml")
        with open(written, "w", encoding="utf-8") as file:
            file.write(configuration.replace("UPSTREAM", f"http://127.0.0.1:{upstream_port}/v1"))
        port = free_port()
        log = os.path.join(work, "proxy.log")
        with open(log, "w", encoding="utf-8") as output:
            proxy = subprocess.Popen(
                [litellm, "--config", written, "--host", "127.0.0.1", "--port", str(port)]
                + ["--telemetry", "False", "--num_workers", "1"],
                cwd=work,
                env=environment(work),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        exits.callback(stop, proxy)
        gateway = Gateway(port, upstream_port)
        wait_until_ready(proxy, gateway.base, log)
        yield gateway
