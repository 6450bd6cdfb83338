"""What a machine counts for a forecast, as it is told: the base rate, the running count, what references say."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from forecasts.evidence.base_rates import Rate, newest_count, newest_counts, rate_of, with_rates
from forecasts.evidence.past import FEWEST
from forecasts.evidence.spec import OutcomeKind, Spec, Window
from forecasts.evidence.specs import UNREADABLE, read
from forecasts.evidence.wording import agreement_in_words, day_in_words, in_words, threshold_in_words, window_in_words
from forecasts.models import Count, Estimate, Forecast
from forecasts.presenting import consensus
from forecasts.presenting.kinds import answers_to

WIDTH, HEIGHT, FOOT = 320, 64, 2
FAN = (0.1, 0.5, 0.9)
"""The levels of past remainders between which the rest is drawn, with the middle."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A bar of the strip, or a point of the curve, in units of the picture; with what it says."""

    x: float
    y: float
    width: float
    height: float
    holds: bool
    said: str


@dataclass(frozen=True, slots=True)
class Strip:
    """Past windows as bars, the threshold a line across them."""

    bars: list[Mark]
    line: float | None
    said: str
    note: str


@dataclass(frozen=True, slots=True)
class Running:
    """The count so far: a sentence, and the day's curve against the threshold."""

    said: str
    under: str
    path: str
    line: float | None
    fan: str = ""
    """Where the rest of the window would lead, as in eight of ten past windows; and the middle of them."""
    middle: str = ""
    projected: str = ""


@dataclass(frozen=True, slots=True)
class Panel:
    """All that is told; nothing of it is anybody's estimate. What would tell the second of two is left out."""

    words: str
    feed: str
    credit: str
    licence_url: str
    strip: Strip | None
    running: Running | None
    references: list[tuple[str, str]]


def panel(forecast: Forecast, at: datetime, *, draft: bool = False) -> Panel | None:
    """None where nothing counts this forecast. A draft shows its base rate in the newest vintage."""
    kept = with_rates(at).filter(forecast=forecast).first()
    if kept is None:
        return None
    spec, rate = read(kept), rate_of(kept, None if draft else forecast.opens_at)
    if spec is None:
        return Panel(UNREADABLE, kept.feed, "", "", None, None, _references(forecast, at))
    count = newest_count(forecast, at)
    return Panel(
        words=in_words(spec),
        feed=spec.feed.title,
        credit=f"{spec.feed.credit}, {spec.feed.licence}",
        licence_url=spec.feed.licence_url,
        strip=_strip(spec, rate) if rate is not None else None,
        running=_running(spec, count) if count is not None else None,
        references=_references(forecast, at),
    )


def sentences(forecasts: Collection[Forecast], at: datetime) -> dict[int, str]:
    """The same in a sentence or two, by forecast, for mails: nobody's estimate, so it stands in blind scenarios too."""
    opens = {forecast.pk: forecast.opens_at for forecast in forecasts}
    counts = newest_counts(list(opens), at)
    return {
        kept.forecast_id: _sentence(read(kept), rate_of(kept, opens[kept.forecast_id]), counts.get(kept.forecast_id))
        for kept in with_rates(at).filter(forecast__in=list(opens))
    }


def _sentence(spec: Spec | None, rate: Rate | None, count: Count | None) -> str:
    if spec is None:
        return ""
    parts = [_held(spec, rate)] if rate is not None else []
    if count is not None:
        running = _running(spec, count)
        parts += [f"Counted so far: {running.said}.", *([f"{running.under}."] if running.under else [])]
    return " ".join(parts)


def _strip(spec: Spec, rate: Rate) -> Strip:
    top = max([bar.figure for bar in rate.bars] + [_threshold(spec) or 0, 1])
    step = WIDTH / max(len(rate.bars), 1)
    bars = [
        Mark(
            x=round(i * step, 2),
            y=round(HEIGHT - bar.figure / top * (HEIGHT - FOOT) - FOOT, 2),
            width=round(max(step - 1, 0.5), 2),
            height=round(bar.figure / top * (HEIGHT - FOOT) + FOOT, 2),
            holds=bar.answer == "yes",
            said=f"{_named(bar.first, bar.last)}: {bar.figure:,}",
        )
        for i, bar in enumerate(rate.bars)
    ]
    return Strip(bars, _level(_threshold(spec), top), _held(spec, rate), f"version {rate.vintage.version}")


def _held(spec: Spec, rate: Rate) -> str:
    """Such as "It held in 9 of 36 windows like this one before it opened (25%, 13 to 41%)."."""
    kind = spec.outcome.kind if spec.outcome else None
    if kind != OutcomeKind.RANGE:
        return f"{len(rate.bars)} windows like this one came before it opened."
    share = rate.share()
    if share.share is None or share.interval is None:
        return share.reason
    low, high = share.interval
    said = f"It held in {share.held} of {share.of} windows like this one before it opened"
    trivial = " It never failed: the threshold is trivial." if share.held == share.of else ""
    trivial = trivial or (" It never held: the threshold is trivial." if share.held == 0 else "")
    return f"{said} ({share.share:.0%}, {low * 100:.0f} to {high * 100:.0f}%).{trivial}"


def _running(spec: Spec, count: Count) -> Running:
    """Such as "97 of at least 120, through 18 September 2018, in version 18.0.9"."""
    asked = threshold_in_words(spec)
    through = min(count.vintage.covers_to, spec.window.last)
    of = f" of {asked}" if asked.startswith(("at ", "between")) else ""
    said = f"{count.figure:,}{of}, through {day_in_words(through)}, in version {count.vintage.version}"
    ends = _ends(count)
    top = max([count.figure, int(_threshold(spec) or 0), 1, *ends])
    return Running(
        said=said,
        under=agreement_of(count),
        path=_path(spec, count, top),
        line=_level(_threshold(spec), top),
        **_fan(spec, count, ends, top),
    )


def _ends(count: Count) -> list[int]:
    """What the figure would come to if the rest went as in past windows: lower, middle, upper; none where too few."""
    left = sorted(count.remainders)
    if len(left) < FEWEST:
        return []
    return [count.figure + left[round(level * (len(left) - 1))] for level in FAN]


def _fan(spec: Spec, count: Count, ends: Sequence[int], top: int) -> dict[str, str]:
    if not ends or ends[0] == ends[-1] == count.figure:
        return {}
    low, middle, high = (_height(end, top) for end in ends)
    start = f"M{_through(spec, count):.1f} {_height(count.figure, top):.1f}"
    said = f"{ends[0]:,} to {ends[2]:,}" if ends[0] < ends[2] else f"{ends[0]:,}"
    return {
        "fan": f"{start}L{WIDTH} {high:.1f}V{low:.1f}Z",
        "middle": f"{start}L{WIDTH} {middle:.1f}",
        "projected": f"If the rest goes as in past windows: {said} in eight of ten, {ends[1]:,} in the middle.",
    }


def _through(spec: Spec, count: Count) -> float:
    """How far to the right the vintage reaches."""
    through = min(count.vintage.covers_to, spec.window.last)
    return ((through - spec.window.first).days + 1) / max(spec.window.days, 1) * WIDTH


def _height(figure: float, top: int) -> float:
    return HEIGHT - figure / top * (HEIGHT - FOOT)


def agreement_of(count: Count) -> str:
    """Such as "YES under 11 of 12 neighbouring rules", wherever what was counted stands."""
    return agreement_in_words(count.outcome, count.agreeing, len(count.neighbours))


def _path(spec: Spec, count: Count, top: int) -> str:
    """A step line from the window's first day to the last day that is covered."""
    days = max(spec.window.days, 1)
    points = [f"M0 {HEIGHT}"]
    for day, summed in count.curve:
        points.append(f"H{(date.fromisoformat(day) - spec.window.first).days / days * WIDTH:.1f}")
        points.append(f"V{_height(summed, top):.1f}")
    points.append(f"H{_through(spec, count):.1f}")
    return " ".join(points)


def _threshold(spec: Spec) -> int | None:
    held = spec.outcome.ranges.get("yes") if spec.outcome else None
    end = None if held is None else held.lowest if held.lowest is not None else held.highest
    return None if end is None else int(end)


def _level(threshold: int | None, top: int) -> float | None:
    return None if threshold is None else round(_height(threshold, top) - FOOT, 2)


def _named(first: date, last: date) -> str:
    return window_in_words(Window(first, last))


def _references(forecast: Forecast, at: datetime) -> list[tuple[str, str]]:
    """What arithmetic says now, by name."""
    held = (
        Estimate.references.filter(forecast=forecast).in_force(at).select_related("forecaster").order_by("forecaster")
    )
    return [
        (str(one.forecaster), answers_to(forecast).brief(consensus.number(one)))
        for one in held.select_related("forecaster__user")
    ]
