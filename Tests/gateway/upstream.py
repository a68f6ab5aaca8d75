"""A provider behind the gateway: OpenAI's interfaces on loopback.

It speaks chat completions, responses and embeddings.

LiteLLM's own mock answers cannot stream tool calls, report chosen token counts
or fail with a chosen status, so the models that need one of these are sent
here. What is answered follows from the model's name alone:

    text korean tools long    an answer, with usage
    status-NNN                the status NNN with an OpenAI error body
    busy-then-text-KEY        503 to the first request, then an answer
    cut                       three chunks, then the connection closes
    stream-error              three chunks, then an error object, status 200
    embed                     embeddings of three dimensions

`GET /count` answers how many requests each model has had, `GET /last` what the
last one said.
"""

import collections
import json
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import responses
from answers import ARGUMENTS, COMPLETION_TOKENS, ENGLISH, KOREAN, LONG, PROMPT_TOKENS

ERROR_TYPES = {
    400: "invalid_request_error",
    401: "authentication_error",
    403: "permission_error",
    404: "not_found_error",
    408: "timeout_error",
    429: "rate_limit_error",
}

counts = collections.Counter()
last = {}
counts_lock = threading.Lock()


def pieces(text):
    """The text in small parts that do not follow word or character borders evenly."""
    return [text[start : start + 7] for start in range(0, len(text), 7)]


def usage():
    return {
        "prompt_tokens": PROMPT_TOKENS,
        "completion_tokens": COMPLETION_TOKENS,
        "total_tokens": PROMPT_TOKENS + COMPLETION_TOKENS,
    }


def text_of(model):
    if model == "korean":
        return KOREAN
    if model == "long":
        return LONG
    return ENGLISH


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def do_GET(self):
        with counts_lock:
            self.send_json(200, last if self.path == "/last" else dict(counts))

    def do_POST(self):
        length = int(self.headers.get("Content-Length", "0"))
        request = json.loads(self.rfile.read(length) or b"{}")
        model = request.get("model", "")
        with counts_lock:
            counts[model] += 1
            last[model] = request
            first = counts[model] == 1
        if self.path.endswith("/embeddings"):
            self.send_embeddings(request)
        elif model.startswith("status-"):
            self.send_failure(int(model.removeprefix("status-")))
        elif model.startswith("busy-then-text") and first:
            self.send_failure(503)
        elif self.path.endswith("/responses"):
            self.send_response_object(model, request.get("stream"))
        elif request.get("stream"):
            self.send_stream(model, request)
        else:
            self.send_answer(model)

    def send_json(self, status, value, headers=()):
        body = json.dumps(value, ensure_ascii=False).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        for name, text in headers:
            self.send_header(name, text)
        self.end_headers()
        self.wfile.write(body)

    def send_failure(self, status):
        kind = ERROR_TYPES.get(status, "server_error")
        message = f"upstream says {status}"
        if status == 404:
            message += ": the model does not exist or you do not have access to it"
        error = {"message": message, "type": kind, "param": None, "code": None}
        headers = [("Retry-After", "2")] if status == 429 else []
        self.send_json(status, {"error": error}, headers)

    def send_embeddings(self, request):
        given = request.get("input", [])
        texts = [given] if isinstance(given, str) else given
        data = [
            {"object": "embedding", "index": index, "embedding": [0.25, -0.5, float(index)]}
            for index in range(len(texts))
        ]
        counted = {"prompt_tokens": 10 * len(texts), "total_tokens": 10 * len(texts)}
        self.send_json(200, {"object": "list", "model": "embed", "data": data, "usage": counted})

    def send_answer(self, model):
        message = {"role": "assistant", "content": text_of(model)}
        finish = "stop"
        if model == "tools":
            function = {"name": "weather", "arguments": "".join(ARGUMENTS)}
            call = {"id": "call_1", "type": "function", "function": function}
            message = {"role": "assistant", "content": None, "tool_calls": [call]}
            finish = "tool_calls"
        choice = {"index": 0, "message": message, "finish_reason": finish}
        self.send_json(
            200,
            {
                "id": "chatcmpl-1",
                "object": "chat.completion",
                "created": 1700000000,
                "model": model,
                "choices": [choice],
                "usage": usage(),
            },
        )

    def deltas(self, model):
        if model == "tools":
            function = {"name": "weather", "arguments": ""}
            call = {"index": 0, "id": "call_1", "type": "function", "function": function}
            yield {"role": "assistant", "content": None, "tool_calls": [call]}
            for part in ARGUMENTS:
                yield {"tool_calls": [{"index": 0, "function": {"arguments": part}}]}
            return
        for part in pieces(text_of(model)):
            yield {"content": part}

    def send_stream(self, model, request):
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        for index, delta in enumerate(self.deltas(model)):
            if index == 3 and model == "cut":
                self.close_connection = True
                return
            if index == 3 and model == "stream-error":
                self.send_event({"error": {"message": "upstream broke", "type": "server_error"}})
                self.send_chunk(b"")
                return
            self.send_event(self.chunk(model, [self.choice(delta, None)], None))
        finish = "tool_calls" if model == "tools" else "stop"
        self.send_event(self.chunk(model, [self.choice({}, finish)], None))
        if (request.get("stream_options") or {}).get("include_usage"):
            self.send_event(self.chunk(model, [], usage()))
        self.send_chunk(b"data: [DONE]\n\n")
        self.send_chunk(b"")

    def choice(self, delta, finish):
        return {"index": 0, "delta": delta, "finish_reason": finish}

    def chunk(self, model, choices, counted):
        return {
            "id": "chatcmpl-1",
            "object": "chat.completion.chunk",
            "created": 1700000000,
            "model": model,
            "choices": choices,
            "usage": counted,
        }

    def send_response_object(self, model, streams):
        """The same answer in the words of OpenAI's Responses."""
        if not streams:
            self.send_json(200, responses.document(model, text_of(model)))
            return
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        for index, event in enumerate(responses.events(model, pieces(text_of(model)))):
            if index == 6 and model == "cut":
                self.close_connection = True
                return
            if index == 6 and model == "stream-error":
                event = {"type": "error", "code": "server_error", "message": "upstream broke", "param": None}
            event["sequence_number"] = index
            self.send_event(event, named=True)
            if event["type"] == "error":
                break
        self.send_chunk(b"")

    def send_event(self, value, named=False):
        text = json.dumps(value, ensure_ascii=False)
        name = f"event: {value['type']}\n" if named else ""
        self.send_chunk(f"{name}data: {text}\n\n".encode())

    def send_chunk(self, data):
        self.wfile.write(b"%x\r\n" % len(data) + data + b"\r\n")
        self.wfile.flush()


def main():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    print(server.server_address[1], flush=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        sys.exit(0)


if __name__ == "__main__":
    main()
