"""A picture of an article's scorecard, to be passed on: drawn as SVG, turned into PNG, kept while nothing changes."""

import textwrap
from collections.abc import Sequence

from django.utils.html import escape

from forecasts.models import Article
from forecasts.pages.margins import Note
from forecasts.rules.kept import kept

WIDTH, HEIGHT, MARGIN = 1200, 630, 64
"""The size in which other sites show a link."""
FATES = (
    ("true", "came true", "#00734f"),
    ("false", "did not", "#a84300"),
    ("measured", "gave a figure", "#0072b2"),
    ("open", "open", "#8b9095"),
    ("due", "to be resolved", "#b97700"),
    ("void", "annulled or ambiguous", "#545b62"),
)
FONT = "Noto Sans, Liberation Sans, DejaVu Sans, sans-serif"


def png(article: Article, notes: Sequence[Note], sentences: Sequence[str]) -> bytes:
    """The card as this reader may see it. Equal cards are drawn once."""
    drawn = svg(article, notes, sentences)
    return kept("card", drawn, lambda: _as_png(drawn))


def _as_png(drawn: str) -> bytes:
    import vl_convert

    return bytes(vl_convert.svg_to_png(drawn, scale=1))


def svg(article: Article, notes: Sequence[Note], sentences: Sequence[str]) -> str:
    """Title, source, one line for each fate with its count, and the first sentences of the scorecard."""
    title = textwrap.wrap(_plain(article.title), 46, max_lines=3, placeholder=" …") or [""]
    parts = [
        _text(MARGIN, 84, "Reckoner keeps score of what articles say will happen", 22, "#545b62"),
        *(_text(MARGIN, 156 + 54 * place, line, 44, "#1a1d20", bold=True) for place, line in enumerate(title)),
        _text(MARGIN, 156 + 54 * len(title), _byline(article), 24, "#545b62"),
        *_bar(notes, 340),
    ]
    below = [line for one in sentences[:2] for line in textwrap.wrap(_plain(one), 92)]
    parts += [_text(MARGIN, 486 + 32 * place, line, 22, "#1a1d20") for place, line in enumerate(below[:4])]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}">'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fdfdfb"/>{"".join(parts)}</svg>'
    )


def _byline(article: Article) -> str:
    day = article.published_at
    return f"{_plain(article.source.name)[:70]}, {day.day} {day:%B %Y}"


def _bar(notes: Sequence[Note], top: int) -> list[str]:
    """A bar that is cut by what came of the forecasts, with a legend below."""
    fates = [outcome.verdict for note in notes for outcome in note.outcomes]
    if not fates:
        return [_text(MARGIN, top + 34, "No forecast was made of it yet.", 28, "#545b62")]
    parts, left, written = [], float(MARGIN), float(MARGIN)
    for name, words, colour in FATES:
        count = fates.count(name)
        if not count:
            continue
        width = (WIDTH - 2 * MARGIN) * count / len(fates)
        parts.append(f'<rect x="{left:.1f}" y="{top}" width="{width - 3:.1f}" height="44" fill="{colour}"/>')
        label = f"{count} {words}"
        parts.append(f'<rect x="{written:.1f}" y="{top + 64}" width="16" height="16" fill="{colour}"/>')
        parts.append(_text(written + 24, top + 80, label, 24, "#1a1d20"))
        left, written = left + width, written + 24 + 13.5 * len(label) + 30
    return parts


def _text(x: float, y: float, text: str, size: int, colour: str, *, bold: bool = False) -> str:
    weight = ' font-weight="700"' if bold else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-family="{FONT}" font-size="{size}" fill="{colour}"{weight}>'
        f"{escape(text)}</text>"
    )


def _plain(text: str) -> str:
    """Without what XML cannot hold."""
    return "".join(sign for sign in text if sign >= " " and sign not in "\ufffe\uffff")
