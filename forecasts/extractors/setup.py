"""Which language model reads articles, if any: three settings and what it costs."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.conf import settings

FORMATS = ("schema", "json", "none")
"""How an answer is asked for: by its JSON schema, as some JSON object, or in the words of the task alone."""

SMALLEST, LARGEST = 1_000, 200_000
LOOPBACK = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True, slots=True)
class Setup:
    """An address that speaks OpenAI's chat completions, and the model to ask for.

    `seconds` is the limit for one article, all its pieces together; `piece` the code points sent at once; `tokens` the
    most that one answer may have (0: the server's own limit); `format` how the answer is asked for. Prices are per
    million tokens, in whatever currency; None where they are not set.
    """

    url: str
    model: str
    key: str = field(default="", repr=False)
    seconds: float = 60.0
    input_price: float | None = None
    output_price: float | None = None
    piece: int = 12_000
    tokens: int = 0
    format: str = "schema"

    def cost(self, input_tokens: int | None, output_tokens: int | None) -> float | None:
        """What a call cost; None without prices, or where the server does not say what it used."""
        if self.input_price is None or self.output_price is None or input_tokens is None or output_tokens is None:
            return None
        return round((input_tokens * self.input_price + output_tokens * self.output_price) / 1_000_000, 8)


def chosen() -> Setup | None:
    """The model that the settings name; None where they name none, or only half of one."""
    if not settings.EXTRACTOR_URL or not settings.EXTRACTOR_MODEL or problems():
        return None
    return Setup(
        url=settings.EXTRACTOR_URL.rstrip("/"),
        model=settings.EXTRACTOR_MODEL,
        key=settings.EXTRACTOR_KEY,
        seconds=settings.EXTRACTOR_SECONDS,
        input_price=settings.EXTRACTOR_INPUT_PRICE,
        output_price=settings.EXTRACTOR_OUTPUT_PRICE,
        piece=settings.EXTRACTOR_PIECE,
        tokens=settings.EXTRACTOR_TOKENS,
        format=settings.EXTRACTOR_FORMAT,
    )


def problems() -> list[str]:
    """What is wrong with the settings, in sentences; none where no model is wanted."""
    url, model, key = settings.EXTRACTOR_URL, settings.EXTRACTOR_MODEL, settings.EXTRACTOR_KEY
    if not url and not model and not key:
        return []
    checks = {
        "EXTRACTOR_MODEL or EXTRACTOR_KEY is set, but EXTRACTOR_URL is not.": not url,
        "EXTRACTOR_URL is set, but EXTRACTOR_MODEL is not.": bool(url) and not model,
        "EXTRACTOR_URL is no http:// or https:// address.": bool(url) and not _is_address(url),
        "EXTRACTOR_KEY would travel in the clear: EXTRACTOR_URL is not https://.": bool(key) and _is_exposed(url),
        "EXTRACTOR_SECONDS is not above zero.": settings.EXTRACTOR_SECONDS <= 0,
        "EXTRACTOR_PIECE is not between 1,000 and 200,000.": not SMALLEST <= settings.EXTRACTOR_PIECE <= LARGEST,
        "EXTRACTOR_TOKENS is below zero.": settings.EXTRACTOR_TOKENS < 0,
        f"EXTRACTOR_FORMAT is none of {', '.join(FORMATS)}.": settings.EXTRACTOR_FORMAT not in FORMATS,
        "Only one of EXTRACTOR_INPUT_PRICE and EXTRACTOR_OUTPUT_PRICE is set.": (
            (settings.EXTRACTOR_INPUT_PRICE is None) != (settings.EXTRACTOR_OUTPUT_PRICE is None)
        ),
    }
    return [sentence for sentence, is_so in checks.items() if is_so]


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)


def _is_exposed(url: str) -> bool:
    return _is_address(url) and urlsplit(url).scheme == "http" and urlsplit(url).hostname not in LOOPBACK
