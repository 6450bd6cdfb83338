"""What a forecast's rounds of verdicts add up to, and what moves with them."""

from datetime import datetime, timedelta

from forecasts import watching
from forecasts.models import Forecast, Settlement, Verdict


def newest_standing(forecast: Forecast) -> Verdict | None:
    """The act that opened the newest round which nobody has taken back."""
    return forecast.verdicts.standing().first()


def awaiting_confirmation(forecast: Forecast) -> Verdict | None:
    """The proposal that waits for a second person's own word."""
    return forecast.verdicts.awaiting_second().first()


def disputed(forecast: Forecast) -> Verdict | None:
    """The proposal that a second person contradicted, which waits for the scenario's owner."""
    return forecast.verdicts.disputed().first()


def dissent_from(proposal: Verdict) -> Verdict | None:
    """The second person's contradiction of a proposal."""
    same_round = Verdict.objects.filter(forecast=proposal.forecast_id, round=proposal.round)
    return same_round.filter(act=Verdict.Act.DISSENT).first()


def newest_act(forecast: Forecast) -> int:
    """Id of the newest verdict of a person, 0 where there is none: what a page shows, and what an act may refer to."""
    of_people = forecast.verdicts.exclude(act=Verdict.Act.COMPUTED)
    return of_people.order_by("-pk").values_list("pk", flat=True).first() or 0


def needs_two(forecast: Forecast) -> bool:
    """Whether a second person has to agree, by the forecast's or the scenario's rule."""
    return forecast.two_people_resolve or forecast.scenario.two_people_resolve


def effect(forecast: Forecast, at: datetime, *, imported: bool = False) -> datetime:
    """When a verdict completed at `at` is scored: after the scenario's cooling-off."""
    return at if imported else at + timedelta(hours=forecast.scenario.cooling_off_hours)


def follow(forecast: Forecast, at: datetime) -> None:
    """What moves with a verdict: when to settle, and whom to ask."""
    Settlement.objects.update_or_create(forecast=forecast, defaults={"due_at": settle_at(forecast, at)})
    watching.refresh(forecast, at)


def settle_at(forecast: Forecast, at: datetime) -> datetime | None:
    """When the tallies of this forecast next differ from its facts: at maturity and when a verdict takes effect."""
    if forecast.closes_at is None or forecast.resolves_at is None:
        return None
    coming = forecast.verdicts.complete(at).filter(takes_effect_at__gt=at).order_by("takes_effect_at").first()
    settlement = Settlement.objects.filter(forecast=forecast).first()
    in_tallies = settlement is not None and settlement.verdict_id is not None
    effective = Verdict.objects.effective(at).filter(forecast=forecast).first()
    changed = (effective.pk if effective else None) != (settlement.verdict_id if in_tallies and settlement else None)
    if changed:
        return max(at, forecast.matures_at)
    return max(coming.takes_effect_at, forecast.matures_at) if coming and coming.takes_effect_at else None
