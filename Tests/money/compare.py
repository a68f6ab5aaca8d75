"""Compares `sheep cost --usages` with genai-prices, usage by usage, to the last digit.

Usages are made for every priced model of data/models.json: with and without cache reads, cache
writes of both lifetimes and reasoning, around every tier's threshold, at the batch, flex and
priority services, and at an hour that some providers price apart. A difference passes only when docs/prices.md has the
model in its table of differences; a row of that table that explains no difference fails too,
so that the table stays true.
"""

import datetime
import json
import pathlib
import random
import re
import subprocess
import sys
import tempfile
from decimal import Decimal

from genai_prices import Usage, calc_price

ROOT = pathlib.Path(__file__).resolve().parents[2]
NIGHT = "02:30 UTC"
# Our profiles under genai-prices' names, where those differ.
PROVIDERS = {"gemini": "google", "xai": "x-ai"}
ROW = re.compile(r"^\| `([a-z]+)/(\S+)` \| (source|hours|unlisted) \|")
FIELDS = {
    "input_tokens": "input_tokens",
    "cached_input_tokens": "cache_read_tokens",
    "cache_write_tokens": "cache_write_tokens",
    "cache_write_1h_tokens": "cache_write_1h_tokens",
    "output_tokens": "output_tokens",
    "reasoning_tokens": "output_reasoning_tokens",
}


def explained():
    """The differences that docs/prices.md explains: model to kind."""
    lines = (ROOT / "docs/prices.md").read_text(encoding="utf-8").splitlines()
    return {f"{row[1]}/{row[2]}": row[3] for row in map(ROW.match, lines) if row}


def usages_of(model, prices, chance):
    """Usages that exercise every price of a model, as the fields of sheep's records."""
    answers = prices["output"] != "0" or prices["input"] == "0"

    def usage(total, cached=0, written=0, hour=0, output=0, reasoning=0):
        # An embedding has no output that could be priced.
        counts = (total, cached, written + hour, hour, output * answers, reasoning * answers)
        always = ("input_tokens", "output_tokens")
        return {name: count for name, count in zip(FIELDS, counts) if count or name in always}

    def number(limit):
        return chance.randrange(1, limit)

    yield usage(number(50_000), output=number(8_000))
    yield usage(number(50_000), output=0)
    total = number(90_000)
    yield usage(total, cached=number(total), output=number(8_000))
    if "cache_write" in prices:
        total = 3 * number(30_000)
        yield usage(total, cached=number(total // 3), written=number(total // 3), output=number(8_000))
        if "cache_write_1h" in prices:
            yield usage(
                total, cached=number(total // 3), written=number(total // 3), hour=number(total // 3),
                output=number(8_000))
    output = number(60_000)
    yield usage(number(20_000), output=output, reasoning=number(output))
    for tier in prices.get("tiers", []):
        edge = tier.get("above") or tier["at_or_above"]
        for total in (edge - 1, edge, edge + 1, 2 * edge + number(edge)):
            yield usage(total, cached=number(edge // 2), output=number(8_000))


def ask_sheep(sheep, records, *options):
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
        file.writelines(json.dumps(record) + "\n" for record in records)
        file.flush()
        done = subprocess.run(
            [sheep, "cost", "--usages", file.name, "--json", *options], capture_output=True, text=True,
            timeout=120, env={"PATH": "/usr/bin:/bin"})
    if done.returncode:
        sys.exit(f"money: sheep cost --usages: exit {done.returncode}: {done.stderr.strip()}")
    items = json.loads(done.stdout, parse_float=Decimal, parse_int=Decimal)["items"]
    return [item["cost"]["usd"] for item in items]


def ask_genai(record, time, context=None):
    """genai-prices' amount; None for a model that it does not know."""
    counts = {FIELDS[name]: record[name] for name in FIELDS if name in record}
    profile = record["profile"]
    try:
        answer = calc_price(
            Usage(**counts), record["model"], provider_id=PROVIDERS.get(profile, profile),
            genai_request_timestamp=time, price_context=context)
    except LookupError:
        return None
    return answer.total_price


def explains(reason, kind, theirs):
    """Whether a reason of the table can be that of a difference."""
    return {"hours": kind == NIGHT, "unlisted": theirs is None, "source": theirs is not None}[reason]


def main():
    sheep, seed = sys.argv[1], int(sys.argv[2])
    chance = random.Random(seed)
    catalogue = json.loads((ROOT / "data/models.json").read_text(encoding="utf-8"))
    priced = [model for model in catalogue["models"] if model.get("prices")]
    day = datetime.date.fromisoformat(catalogue["updated"])
    # The Wednesday of the list's week: hours that only working days have are in it.
    day -= datetime.timedelta(days=day.weekday() - 2)
    noon, night = (
        datetime.datetime.combine(day, datetime.time(hour, 30), datetime.timezone.utc) for hour in (12, 2))
    services = {"batch": ("processing", []), "flex": ("service_tier", []), "priority": ("service_tier", [])}
    plain, models = [], {}
    for model in priced:
        if model["provider"] == "holysheep":
            continue
        name = f"{model['provider']}/{model['id']}"
        models[name] = model
        prices = model["prices"][-1]
        for usage in usages_of(model, prices, chance):
            record = {"model": model["id"], "profile": model["provider"], **usage}
            plain.append(record)
            for service, (_, records) in services.items():
                if service in prices.get("service", {}):
                    records.append(record)
    differences, compared = {}, 0

    def compare(records, amounts, time, kind, context=None):
        nonlocal compared
        for record, ours in zip(records, amounts):
            name = f"{record['profile']}/{record['model']}"
            theirs = ask_genai(record, time, context)
            compared += 1
            if ours is None or theirs is None or ours != theirs:
                differences.setdefault(name, []).append((kind, record, ours, theirs))

    amounts = ask_sheep(sheep, plain)
    compare(plain, amounts, noon, "noon")
    compare(plain, amounts, night, NIGHT)
    for service, (key, records) in services.items():
        compare(records, ask_sheep(sheep, records, "--service", service), noon, service, {key: service})

    reasons = explained()
    failed = 0
    for name, found in sorted(differences.items()):
        reason = reasons.get(name)
        found = [one for one in found if reason is None or not explains(reason, one[0], one[3])]
        if not found:
            continue
        failed += 1
        kind, record, ours, theirs = found[0]
        print(f"{name}: {len(found)} differ, first at {kind}: {record}: sheep {ours}, genai-prices {theirs}")
    for name in sorted(set(reasons) - set(differences)):
        failed += 1
        print(f"docs/prices.md: {name} is said to differ, but does not; remove its row")
    usages = len(plain)
    same = sum(1 for name in models if name not in differences)
    print(
        f"money: {usages} usages of {len(models)} models, {compared} amounts compared: {same} models agree "
        f"to the last digit, {len(differences)} differ")
    if failed:
        print(f"money: {failed} differences are not explained in docs/prices.md")
    if usages < 500:
        sys.exit("money: fewer than 500 usages; the list has lost its prices")
    sys.exit(1 if failed else 0)


main()
