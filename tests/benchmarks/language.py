"""How fast statements are found, measured against plain string work on the same text in the same run."""

import re
import time
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

from forecasts.language import find_statements
from forecasts.language.reading import read
from forecasts.language.reading.parser import parsed
from tests.language.hostile import HOSTILE

DATA = Path(__file__).parents[1] / "language" / "data"
WORDS = 10_000
MILLISECONDS = 100.0
READING_SECONDS = 3.0
PUBLISHED = date(2027, 3, 10)
GROWTH = 1.6
HOSTILE_GROWTH = 4.0


def prose(words: int) -> str:
    """About that many words in paragraphs, a third of the sentences forward-looking, as articles have it."""
    rows = [row.split("\t") for row in (DATA / "development.tsv").read_text(encoding="utf-8").splitlines()]
    ahead, rest = ([row[3] for row in rows if row[0] == label] for label in "10")
    sentences = [one for at, first in enumerate(ahead) for one in (first, rest[at % len(rest)], rest[-at % len(rest)])]
    text: list[str] = []
    count = 0
    while count < words:
        sentence = sentences[len(text) % len(sentences)]
        text.append(sentence)
        count += len(sentence.split())
    return "\n".join(" ".join(text[at : at + 5]) for at in range(0, len(text), 5))


def seconds(job: Callable[[], object], runs: int = 20) -> float:
    """The fastest of several runs, in seconds of processor time: other processes must not count."""
    taken = []
    for _ in range(runs):
        begin = time.process_time()
        job()
        taken.append(time.process_time() - begin)
    return min(taken)


def benchmark() -> list[dict[str, object]]:
    """Rows of name, value, unit, yardstick, ratio, bar, ok."""
    text = prose(WORDS)
    return [_reading(text), *_finding(text)]


def _reading(text: str) -> dict[str, object]:
    read("Talks will resume in Mali in May.", PUBLISHED)
    parse_time = seconds(lambda: list(parsed([one.quote for one in find_statements(text)])), runs=2)
    read_time = seconds(lambda: read(text, PUBLISHED), runs=2)
    return {
        "name": "language: reading the claims of 10,000 words into slots",
        "value": round(read_time, 2),
        "unit": "s",
        "yardstick": f"parsing the same sentences: {parse_time:.2f} s",
        "ratio": round(read_time / parse_time, 2),
        "bar": READING_SECONDS,
        "ok": read_time <= READING_SECONDS,
    }


def _finding(text: str) -> list[dict[str, object]]:
    long = (text + "\n") * (1_000_000 // len(text) + 1)
    find_statements(text[:2_000])
    short_time = seconds(lambda: find_statements(text))
    long_time = seconds(lambda: find_statements(long), runs=3)
    plain = seconds(lambda: re.split(r"(?<=[.!?])\s+", text.lower()) and re.findall(r"\w+", text))
    growth = (long_time / len(long)) / (short_time / len(text))
    worst, name = max(
        (seconds(partial(find_statements, hard), runs=8) / len(hard), name) for name, hard in HOSTILE.items()
    )
    return [
        {
            "name": "language: 10,000 words",
            "value": round(short_time * 1000, 1),
            "unit": "ms",
            "yardstick": f"lower, split and count words: {plain * 1000:.1f} ms",
            "ratio": round(short_time / plain, 1),
            "bar": MILLISECONDS,
            "ok": short_time * 1000 <= MILLISECONDS,
        },
        {
            "name": "language: time per character at 1 MB against 10,000 words",
            "value": round(long_time * 1000, 1),
            "unit": "ms",
            "yardstick": f"10,000 words: {short_time * 1000:.1f} ms",
            "ratio": round(growth, 2),
            "bar": GROWTH,
            "ok": growth <= GROWTH,
        },
        {
            "name": f"language: time per character of hostile text ({name}) against prose",
            "value": round(worst * 1_000_000, 2),
            "unit": "µs",
            "yardstick": f"10,000 words: {short_time / len(text) * 1_000_000:.2f} µs",
            "ratio": round(worst * len(text) / short_time, 2),
            "bar": HOSTILE_GROWTH,
            "ok": worst * len(text) / short_time <= HOSTILE_GROWTH,
        },
    ]
