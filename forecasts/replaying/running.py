"""Runs a scenario folder from its first day: asking, answering, resolving and scoring, each at its own instant."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from forecasts.answers import resolving
from forecasts.mail import delivery, prompting
from forecasts.models import Message, Prompt, PromptKind
from forecasts.models.sql import row
from forecasts.questions import intake
from forecasts.questions.intake import Loaded
from forecasts.replaying import cutting, sql, timeline
from forecasts.replaying.cutting import Confirming, Taking
from forecasts.replaying.folder_history import Estimating, Resolving, acts_of
from forecasts.replaying.sink import open_sink
from forecasts.replaying.timeline import Event
from forecasts.scores import scorekeeping

type Act = Estimating | Resolving | Taking | Confirming
FOREVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Due:
    """The next instant at which somebody is to be asked, a mail to go out, a forecast to be settled."""

    asking: datetime | None
    sending: datetime | None
    settling: datetime | None


def run(folder: Path, until: datetime | None = None) -> Iterator[Event]:
    """Replay a folder into an empty database up to `until`, or to where its history ends; yields what happens.

    Every instant is one at which somebody did something or something fell due, asked of the database; no clock is
    read. Mail goes through SMTP to a sink. Raises InvalidScenario.
    """
    start = first_moment(folder)
    loaded = intake.load(folder, start, demo=True)
    acts = sorted([*acts_of(loaded), *cutting.acts_of(loaded)], key=lambda act: act.at)
    end = until or last_moment(loaded)
    planned = {act.at for act in acts} | {entry.published_at for entry in loaded.folder.document.forecasts}
    moment, due = start, Due(start, start, start)
    with open_sink() as mail:
        while moment <= end:
            yield from timeline.published(loaded.forecasts, moment)
            yield from _step(moment, due, [act for act in acts if act.at == moment], mail)
            due = _due_after(moment)
            coming = [due.asking, due.sending, due.settling, *(at for at in planned if at > moment)]
            moment = min((at for at in coming if at is not None), default=FOREVER)


def first_moment(folder: Path) -> datetime:
    """When the first forecast of a folder was published."""
    return min(entry.published_at for entry in intake.read(folder).document.forecasts)


def last_moment(loaded: Loaded) -> datetime:
    """When the last act of a folder has taken effect: in the scores, where it resolved something."""
    forecasts = {forecast.key: forecast for forecast in loaded.scenario.forecasts.select_related("scenario")}
    effects = [
        max(resolving.effect(forecasts[entry.id], entry.resolution.recorded_at), forecasts[entry.id].matures_at)
        for entry in loaded.folder.document.forecasts
        if entry.resolution is not None
    ]
    openings = [entry.opens_at for entry in loaded.folder.document.forecasts]
    confirmed = [act.at for act in cutting.acts_of(loaded)]
    cooled = timedelta(hours=loaded.scenario.cooling_off_hours)
    counted = [max(at + cooled, *(one.matures_at for one in forecasts.values())) for at in confirmed[-1:]]
    return max(*openings, *effects, *counted, *(row.made_at for row in loaded.folder.estimates))


def _step(moment: datetime, due: Due, acts: Sequence[Act], mail: Mapping[str, Any]) -> Iterator[Event]:
    """What is due goes first, as it would have been done by the time somebody acts."""
    if moment in (due.asking, due.sending):
        yield from _ask(moment, mail)
    for act in acts:
        match act:
            case Estimating():
                yield timeline.answered(act.do(_open_prompt(act)))
            case Resolving():
                yield timeline.resolved(act.do())
            case Taking():
                yield from timeline.counted(*act.do())
            case Confirming():
                yield from map(timeline.resolved, act.do())
    if moment == due.settling or any(isinstance(act, Resolving | Confirming) for act in acts):
        scorekeeping.settle(moment)
        yield from timeline.scored(moment)
    if acts:
        yield from _ask(moment, mail)


def _ask(moment: datetime, mail: Mapping[str, Any]) -> Iterator[Event]:
    """Ask what is due, as the next tick would."""
    before = set(Message.objects.filter(sent_at=moment).values_list("pk", flat=True))
    prompting.plan(moment)
    delivery.send(moment, options=mail)
    yield from timeline.asked(moment, before)


def _open_prompt(act: Estimating) -> Prompt | None:
    """The newest mail that asked this person about this forecast and has no answer yet."""
    asked = Prompt.objects.filter(
        recipient=act.person, forecast=act.forecast, kind=PromptKind.UPDATE, state=Prompt.State.SENT
    )
    return asked.order_by("-slot").first()


def _due_after(moment: datetime) -> Due:
    return Due(**row(sql.DUE_AFTER, {"moment": moment}))
