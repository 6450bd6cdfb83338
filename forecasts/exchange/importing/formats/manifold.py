"""Manifold's bets as JSON, with the markets they were made on, be it in the same file or beside it."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from forecasts.exchange.importing.format import Format, has_key
from forecasts.exchange.importing.reading import About, LongRow, Reading, bare_about, opened_by_first
from forecasts.rules.errors import InvalidImport

OUTCOMES = {"YES": "yes", "NO": "no", "MKT": "ambiguous", "CANCEL": "annulled"}
MARKETS = ("contracts", "markets")
MILLI = 1000


def read(reading: Reading) -> Iterator[LongRow]:
    """The bets as estimates.

    Where a bettor leaves the market is taken for what they hold likely then (probAfter).

    Of several answers each is a yes-or-no, as Manifold prices them. Bets that moved nothing, and those that a limit
    kept from being filled, say nothing and are left out.
    """
    held = [_loaded(path) for path in (reading.path, *reading.choices.beside)]
    markets = {str(one["id"]): one for part in held for one in _markets(part)}
    names = {str(one["id"]): one.get("username") or one.get("name") for part in held for one in _named(part, "users")}
    reading.notes.append("where a bet leaves the market is its estimate (probAfter)")
    yield from opened_by_first(_rows(reading, held[0], markets, names))


def _rows(reading: Reading, held: Any, markets: Mapping[str, Any], names: Mapping[str, Any]) -> Iterator[LongRow]:
    seen: set[tuple[str, str, int]] = set()
    for place, bet in enumerate(_bets(held), 1):
        if not bet.get("amount") or bet.get("isRedemption") or bet.get("probAfter") == bet.get("probBefore"):
            reading.left_out["bets that moved nothing"] += 1
            continue
        row = _row(reading, place, bet, markets, names)
        if row is None:
            continue
        moment = (row.forecast, row.analyst, row.made_at or 0)
        if moment in seen:
            # Several fills of one order: the last is where it left the market.
            reading.left_out["earlier fills of the same moment"] += 1
            continue
        seen.add(moment)
        yield row


def _row(
    reading: Reading, place: int, bet: Mapping[str, Any], markets: Mapping[str, Any], names: Mapping[str, Any]
) -> LongRow | None:
    market_id, answer = str(bet.get("contractId", "")), str(bet.get("answerId") or "")
    about = _about(reading, market_id, markets.get(market_id), answer)
    key = f"{market_id}/{answer}" if answer and answer != "undefined" else market_id
    user = str(bet.get("userId", ""))
    share, made = bet.get("probAfter"), bet.get("createdTime")
    before = reading.count
    if not isinstance(share, (int, float)) or not 0 <= share <= 1:
        reading.problem(place, "probAfter", f"it lies between 0 and 1; got {share}.")
        share = None
    if not isinstance(made, (int, float)):
        reading.problem(place, "createdTime", "it is no time in milliseconds.")
        made = None
    made_at = None if made is None else int(made) * MILLI
    row = LongRow(place, key, str(names.get(user) or bet.get("userUsername") or user), made_at, about, share)
    row.rationale = str(bet.get("comment") or "")
    row.unread = reading.count > before
    return row


def _about(reading: Reading, market_id: str, market: Mapping[str, Any] | None, answer: str) -> About:
    if market is None:
        return bare_about(reading, f"Market {market_id} of Manifold", "the markets (contracts) as JSON")
    part: Mapping[str, Any] = next((one for one in market.get("answers", []) if str(one["id"]) == answer), market)
    title = f"{market['question']}: {part['text']}" if "text" in part and part is not market else market["question"]
    resolved = part.get("resolutionTime") or market.get("resolutionTime")
    resolution = str(part.get("resolution") or ("" if part is not market else market.get("resolution")) or "")
    if part is not market and not resolution and market.get("resolution"):
        resolution = (
            "YES" if str(market["resolution"]) == answer else "CANCEL" if market["resolution"] == "CANCEL" else "NO"
        )
    closes = market.get("closeTime") or resolved
    known = int(resolved) * MILLI if resolved and resolution else None
    return About(
        title,
        int(market["createdTime"]) * MILLI,
        int(closes) * MILLI if closes else None,
        criteria=str(market.get("textDescription") or ""),
        outcome=OUTCOMES.get(resolution, "ambiguous" if resolution else ""),
        known_at=known,
    )


def _loaded(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8-sig"))
    except ValueError as error:
        raise InvalidImport(f"{path.name}: it is no JSON ({error}).") from error


def _named(part: Any, name: str) -> list[Any]:
    found = part.get(name, []) if isinstance(part, dict) else []
    return found if isinstance(found, list) else []


def _markets(part: Any) -> Iterator[Any]:
    """Markets under their name, a list of them, or one that stands alone."""
    if isinstance(part, dict) and "question" in part:
        yield part
    for one in part if isinstance(part, list) else [one for name in MARKETS for one in _named(part, name)]:
        if isinstance(one, dict) and "question" in one:
            yield one


def _bets(part: Any) -> list[Any]:
    """The newest first where several share a moment."""
    found = part if isinstance(part, list) else _named(part, "bets")
    inside = [bet for market in _markets(part) for bet in market.get("bets", [])]
    bets = [one for one in [*found, *inside] if isinstance(one, dict) and "contractId" in one]
    return sorted(bets, key=lambda one: one.get("createdTime", 0), reverse=True)


FORMAT = Format(name="manifold", title="bets of Manifold", recognises=has_key("contractId", "probAfter"), read=read)
