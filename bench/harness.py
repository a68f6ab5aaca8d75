"""What bench/run and bench/instructions share: paths, the load server, measuring.

Python's standard library only. Nothing is timed here: sheep-bench does that,
and this side only says what to run and does the arithmetic afterwards.
"""

import contextlib
import os
import statistics
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
SHEEP = os.path.join(ROOT, ".build", "bin", "sheep")
BENCH = os.path.join(ROOT, ".build", "bin", "sheep-bench")
WORK = os.path.join(ROOT, ".build", "bench")
COLUMNS = ["status", "wall", "cpu", "memory", "first", "bytes", "sum", "tokens", "p50", "p99"]


# The dialects beside chat completions: as `--api` names them, and where each streams.
DIALECTS = {
    "anthropic": "v1/messages",
    "gemini": "v1beta/models/bench:streamGenerateContent?alt=sse",
    "responses": "v1/responses",
}


class Problem(Exception):
    """Ends the program with a message and no trace."""


def require(*paths):
    for path in paths:
        if not os.path.exists(path):
            raise Problem(f"{os.path.relpath(path, ROOT)}: not built; run: make bench")
    os.makedirs(WORK, exist_ok=True)


def sheep_environment(base_url=None, **more):
    """An environment in which nothing of the user's reaches sheep."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "TZ") if name in os.environ}
    home = os.path.join(WORK, "home")
    os.makedirs(home, exist_ok=True)
    kept["HOME"] = home
    if base_url:
        kept["SHEEP_BASE_URL"] = base_url
    kept.update(more)
    return kept


@contextlib.contextmanager
def load_server():
    """Starts the load server and gives its port; ends it on every way out."""
    server = subprocess.Popen(
        [BENCH, "serve"], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True
    )
    try:
        line = server.stdout.readline().strip()
        if not line.isdigit():
            raise Problem("sheep-bench serve: gave no port")
        yield int(line)
    finally:
        server.terminate()
        try:
            server.wait(5)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def measure(rounds, commands, environment, flags=()):
    """Runs the commands in turn; one list of runs (dictionaries of numbers) for each."""
    line = [BENCH, "measure", "--rounds", str(rounds), *flags]
    for index, command in enumerate(commands):
        line += ([":::"] if index else []) + command
    done = subprocess.run(
        line, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, timeout=600
    )
    if done.returncode != 0:
        raise Problem(f"sheep-bench measure: {done.stderr.strip()}")
    runs = [[] for _ in commands]
    for row in done.stdout.splitlines():
        which, *values = row.split("\t")
        run = {name: None if value == "-" else int(value) for name, value in zip(COLUMNS, values)}
        index = "AB".index(which)
        if run["status"] != 0:
            raise Problem(f"{' '.join(commands[index])}: ended with {run['status']}")
        runs[index].append(run)
    return runs


def ratio(runs, column):
    """The median of the per-round ratios, first command to second."""
    return statistics.median(a[column] / b[column] for a, b in zip(*runs))


def difference(runs, column):
    """The median of the per-round differences, first command less second."""
    return statistics.median(a[column] - b[column] for a, b in zip(*runs))


def median(runs, column):
    return statistics.median(run[column] for run in runs)


def main(body):
    """Runs a program's body; a Problem becomes one line and status 1."""
    try:
        sys.exit(body() or 0)
    except Problem as problem:
        sys.exit(f"{os.path.basename(sys.argv[0])}: {problem}")
    except KeyboardInterrupt:
        sys.exit(130)
