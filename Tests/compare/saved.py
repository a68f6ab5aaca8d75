"""Saved comparisons as `--export x.json` writes them, made up and the same at every run."""
import os
import random

PROVIDERS = ["openai", "anthropic", "google", "mistral", "deepseek", "qwen", "meta", "cohere"]
SIZES = ["large", "mini", "nano", "pro", "flash", "turbo", "thinking-preview", "instruct-2026-08-01"]

KOREAN = (
    "서울의 봄은 짧지만 아름답습니다. 벚꽃이 피면 여의도와 석촌호수에 많은 사람이 모이고, 한강 공원에서는 "
    "돗자리를 펴고 앉아 도시락을 먹습니다.\n\n1. 여의도 윤중로\n2. 석촌호수\n3. 서울숲\n\n"
    "다만 황사와 미세먼지가 심한 날에는 마스크를 쓰는 것이 좋습니다.")
ENGLISH = (
    "Three rivers worth knowing:\n\n- the Han, which runs through Seoul\n- the Nakdong, the longest in the south\n"
    "- the Imjin, part of which marks a border\n\nEach of them shaped the towns along its banks.")
HOSTILE = (
    "</div></article></main><script>window.hacked = 1; document.title = 'hacked'</script>"
    "<img src=x onerror=\"window.hacked = 2\"><style>body { display: none }</style>"
    "\" onmouseover=\"window.hacked = 3\" ' & &lt; &#60;script&#62; <!-- -->"
    "\n\u0000\u0007\u001b[31mred\u001b[0m\u009b5m\u007f \u202egnp.exe\u202c \u2067isolated \u2069\u2069 end\n"
    "]]> <svg onload=window.hacked=4> `${window.hacked = 5}` "
    "averyveryverylongwordwithoutanyplacetobreakit" + "x" * 300)
HOSTILE_NAME = "<b>m</b>\"'&\u202e-\u001b[31m"


def environment(home):
    """Variables for a run of the program: nothing of the user's settings reaches it."""
    return {"PATH": os.environ["PATH"], "HOME": str(home), "LC_ALL": "C.UTF-8", "TZ": "UTC"}


def visible(name):
    """A name as a report shows it: controls and what reorders text as what they are."""
    shown = {0x1b: "^["}
    return "".join(
        shown.get(ord(c), f"<U+{ord(c):04X}>") if ord(c) < 32 or 0x202a <= ord(c) <= 0x202e else c for c in name)


def attempt(label, model, host, round_number, prompt, ttft, tokens, price, text, failure=None, flags=()):
    end = ttft + tokens * 9.5
    failed = failure is not None
    return {
        "target": label, "round": round_number, "prompt": prompt, "ok": not failed,
        "error": {"kind": "overloaded", "status": 503, "message": failure} if failed else None,
        "model": None if failed else model, "requested_model": model, "profile": None, "host": host,
        "finish_reason": None if failed else "stop",
        "usage": {
            "input_tokens": None if failed else 42, "cached_input_tokens": 0,
            "output_tokens": None if failed else tokens, "reasoning_tokens": None, "source": "reported"},
        "cost": {
            "usd": None if failed or price is None else round(tokens * price / 1e6 + 42 * price / 4e6, 9),
            "source": "unknown" if failed or price is None else "catalogue"},
        "timing": {} if failed else {
            "ttft_ms": round(ttft, 3), "ttft_visible_ms": round(ttft, 3),
            "ttft_total_ms": round(ttft + 31, 3), "e2e_ms": round(end, 3), "total_ms": round(end + 35, 3),
            "tpot_ms": 9.5, "longest_stall_ms": 21.4, "connection_reused": True},
        "attempts": 1, "request_id": f"req-{round_number}", "http_version": "2", "flags": list(flags),
        "text": None if failed else text,
    }


def comparison(count, rounds=10, prompts=1, seed=1, baseline=None, names=None, twins=False, hostile=False):
    """A comparison of so many targets.

    twins: all models are alike, so that there is no difference to be seen.
    hostile: names, prompts and answers are an attacker's.
    """
    source = random.Random(seed)
    targets, attempts, speeds = [], [], []
    for index in range(count):
        if names:
            label = names[index]
        elif hostile:
            label = f"{HOSTILE_NAME}{index}"
        else:
            provider = PROVIDERS[index % len(PROVIDERS)]
            label = f"{provider}-{SIZES[(index * 3 + index // 8) % len(SIZES)]}-{index + 1}"
            if index == 3:
                label = "한국어-대형-모델-" + label
        host = f"api.{PROVIDERS[index % len(PROVIDERS)]}.example"
        targets.append({
            "label": label, "model": label.split("@")[0], "profile": None, "host": host, "api": "openai"})
        quality = source.random()
        speed = 400.0 if twins else 160 * 2.718 ** (2.2 * quality)
        price = 2.0 if twins else None if index == 6 else round(0.2 * 2.718 ** (3.6 * source.random() * (1.4 - quality)), 3)
        speeds.append((label, label.split("@")[0], host, speed, price, 60 + source.randrange(240)))
    for number in range(1, rounds + 1):
        drift = 1 + 0.18 * ((number * 7) % 11) / 11
        for prompt in range(1, prompts + 1):
            for index, (label, model, host, speed, price, tokens) in enumerate(speeds):
                ttft = speed * drift * source.lognormvariate(0, 0.12)
                if source.random() < 0.02:
                    ttft *= 7
                failure = "503 overloaded: <b>try later</b>" if source.random() < (0.25 if index == 4 else 0.01) else None
                text = HOSTILE if hostile else KOREAN if index % 2 else ENGLISH
                attempts.append(attempt(
                    label, model, host, number, prompt, ttft, max(2, int(tokens * source.uniform(0.8, 1.2))), price,
                    text, failure, ["retried"] if source.random() < 0.01 else []))
    return {
        "schema": 1, "kind": "comparison", "sheep": "0.1.0", "prices_updated": "2026-11-21",
        "created": 1795857000, "rounds": rounds, "prompts": prompts, "seed": 271828, "parallel": False,
        "cold": False, "cache": "off", "interleaved": True,
        "requested_baseline": targets[baseline]["label"] if baseline is not None else None, "stopped": None,
        "warmup": {"calls": count, "usd": 0.00012, "unpriced": 0},
        "questions": [HOSTILE if hostile else "한국의 강 세 개를 소개해 주세요. Name three rivers of Korea."] * prompts,
        "targets": targets, "attempts": attempts,
    }


if __name__ == "__main__":
    import json
    import sys

    json.dump(comparison(int(sys.argv[1]), rounds=int(sys.argv[2]) if len(sys.argv) > 2 else 10), sys.stdout)
