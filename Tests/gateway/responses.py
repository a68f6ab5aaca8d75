"""The provider's answers in the words of OpenAI's Responses."""

from answers import ARGUMENTS, COMPLETION_TOKENS, PROMPT_TOKENS


def message(text, status):
    content = [{"type": "output_text", "text": text, "annotations": [], "logprobs": []}]
    return {"id": "msg_1", "type": "message", "role": "assistant", "status": status, "content": content}


def call(arguments, status):
    return {
        "id": "fc_1",
        "type": "function_call",
        "call_id": "call_1",
        "name": "weather",
        "arguments": arguments,
        "status": status,
    }


def envelope(model, status, output, counted):
    return {
        "id": "resp_1",
        "object": "response",
        "created_at": 1700000000,
        "status": status,
        "error": None,
        "incomplete_details": None,
        "instructions": None,
        "metadata": {},
        "model": model,
        "output": output,
        "parallel_tool_calls": True,
        "temperature": 1.0,
        "tool_choice": "auto",
        "tools": [],
        "top_p": 1.0,
        "store": False,
        "usage": usage() if counted else None,
    }


def usage():
    return {
        "input_tokens": PROMPT_TOKENS,
        "input_tokens_details": {"cached_tokens": 0},
        "output_tokens": COMPLETION_TOKENS,
        "output_tokens_details": {"reasoning_tokens": 0},
        "total_tokens": PROMPT_TOKENS + COMPLETION_TOKENS,
    }


def document(model, text):
    item = call("".join(ARGUMENTS), "completed") if model == "tools" else message(text, "completed")
    return envelope(model, "completed", [item], True)


def events(model, parts):
    """The events of a stream, less their numbers."""
    begun = envelope(model, "in_progress", [], False)
    yield {"type": "response.created", "response": begun}
    yield {"type": "response.in_progress", "response": begun}
    whole = document(model, "".join(parts))
    item = whole["output"][0]
    place = {"item_id": item["id"], "output_index": 0}
    if model == "tools":
        kind, field, parts = "response.function_call_arguments", "arguments", ARGUMENTS
        yield {"type": "response.output_item.added", "output_index": 0, "item": call("", "in_progress")}
    else:
        kind, field = "response.output_text", "text"
        empty = {"type": "output_text", "text": "", "annotations": [], "logprobs": []}
        begun = message("", "in_progress") | {"content": []}
        yield {"type": "response.output_item.added", "output_index": 0, "item": begun}
        place["content_index"] = 0
        yield {"type": "response.content_part.added", **place, "part": empty}
    for part in parts:
        yield {"type": kind + ".delta", **place, "delta": part}
    yield {"type": kind + ".done", **place, field: "".join(parts)}
    if model != "tools":
        yield {"type": "response.content_part.done", **place, "part": item["content"][0]}
    yield {"type": "response.output_item.done", "output_index": 0, "item": item}
    yield {"type": "response.completed", "response": whole}
