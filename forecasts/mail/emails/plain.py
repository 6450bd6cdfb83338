"""Texts as mails show them: nothing hidden, nothing that deceives; and values in words."""

import unicodedata
from functools import lru_cache

from django.utils.text import Truncator

from forecasts.models import Forecast
from forecasts.rules import values
from forecasts.rules.values import Value

# Half a page.
LONGEST_CRITERIA = 800
# Marks that turn the direction of the text around them, and with it what a reader takes it to say.
TURNING = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
UNSEEN = {"Cc", "Cs", "Zl", "Zp"}


def in_words(forecast: Forecast, value: Value) -> str:
    """A value as people read it.

    A probability with the decimals it was given, options and levels by name.
    """
    if value.probability is not None:
        return f"{value.probability / 100:g}%"
    if value.probabilities is not None:
        options = forecast.options.all()
        parts = zip(options, value.probabilities, strict=False)
        return ", ".join(f"{one_line(option.label)} {units / 100:g}%" for option, units in parts)
    parts_of = zip(forecast.quantile_levels, value.quantiles or (), strict=False)
    return ", ".join(f"{level / 100:g}%: {values.shown(forecast, number)}" for level, number in parts_of)


def rounded(value: Value) -> Value:
    """Whole percentages: what a consensus says beyond them is noise."""
    if value.probability is not None:
        return Value(probability=min(max(round(value.probability, -2), 100), 9_900))
    if value.probabilities is not None:
        return Value(probabilities=tuple(round(units, -2) for units in value.probabilities))
    return value


@lru_cache(maxsize=1024)
def core(criteria: str) -> str:
    """The core of a forecast's criteria: their first half page."""
    return Truncator(readable(criteria)).chars(LONGEST_CRITERIA)


def one_line(text: str) -> str:
    """Text for a header: no line ends, nothing unseen, nothing that turns the direction of what follows.

    >>> one_line("Will it\\r\\nBcc: happen\\u202e?\\x00")
    'Will it Bcc: happen?'
    """
    line = " ".join(text.split())
    return line if line.isprintable() else " ".join(_plain(line, keep="").split())


def readable(text: str) -> str:
    """The same for paragraphs, whose line ends stay."""
    return (text if text.replace("\n", " ").isprintable() else _plain(text, keep="\n")).strip()


def _plain(text: str, keep: str) -> str:
    shown = []
    for character in text:
        if character in keep:
            shown.append(character)
        elif character in "\r\n\t" or unicodedata.category(character) in {"Zl", "Zp"}:
            shown.append(" ")
        elif unicodedata.category(character) not in UNSEEN and unicodedata.bidirectional(character) not in TURNING:
            shown.append(character)
    return "".join(shown)
