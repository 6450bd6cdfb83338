"""What goes into one mail, and what waits for another day: nobody is flooded, and nothing urgent waits."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from forecasts import watching
from forecasts.models import Asks, Message, Preference, Prompt, PromptKind, User, record_of
from forecasts.rules import timing
from forecasts.rules.timing import Rhythm

# What falls due at once is one mail from so many prompts on, whatever the reader's rhythm.
TOGETHER = 3
URGENT = timedelta(days=1)
# A local day and what zones lie apart.
LONGEST_DAY = timedelta(hours=26)


def mails(prompts: Sequence[Prompt], at: datetime) -> Iterator[list[Prompt]]:
    """The prompts that go into one mail each. What waits for another day is in none, and has its `send_after` moved."""
    people: dict[User, list[Prompt]] = defaultdict(list)
    for prompt in prompts:
        if prompt.kind in PromptKind.going_alone():
            yield [prompt]
        else:
            people[prompt.recipient].append(prompt)
    sent = _sent_today(people, at)
    for person, asked in people.items():
        if any(record_of(prompt.kind).brings_the_rest for prompt in asked):
            yield asked
        else:
            yield from _of_one(person, asked, sent[person.pk], at)


def _of_one(person: User, asked: Sequence[Prompt], sent: int, at: datetime) -> Iterator[list[Prompt]]:
    wishes = watching.wishes_of(person)
    room = wishes.most_a_day - sent if wishes.most_a_day else len(asked)
    now = list(asked) if room > 0 else [prompt for prompt in asked if _is_urgent(prompt, wishes.rhythm, at)]
    for prompt in asked:
        if prompt not in now:
            prompt.send_after = timing.next_day(wishes.rhythm, at)
    is_digest = wishes.rhythm.digest != Preference.Digest.EACH
    if now and (is_digest or len(now) >= TOGETHER or len(now) > max(room, 1)):
        yield now
    else:
        yield from ([prompt] for prompt in now)


def _is_urgent(prompt: Prompt, rhythm: Rhythm, at: datetime) -> bool:
    """Whether it cannot wait: the question closes within a day, or before the next mail would come."""
    kind, forecast = record_of(prompt.kind), prompt.forecast
    if kind.asks != Asks.ESTIMATE or forecast is None or forecast.closes_at is None:
        return kind.is_urgent
    return forecast.closes_at <= max(at + URGENT, timing.next_day(rhythm, at))


def _sent_today(people: Mapping[User, Sequence[Prompt]], at: datetime) -> Mapping[int, int]:
    """How many mails each has got on their day so far, without those that go always."""
    made = Message.objects.filter(recipient__in=people, made_at__gt=at - LONGEST_DAY, made_at__lte=at)
    made = made.exclude(state=Message.State.CANCELLED).exclude(prompts__kind__in=PromptKind.going_always())
    zones = {person.pk: timing.zone(person.time_zone) for person in people}
    rows = made.values_list("recipient", "made_at") if people else []
    return Counter(who for who, then in rows if _day(then, zones[who]) == _day(at, zones[who]))


def _day(moment: datetime, zone: ZoneInfo) -> date:
    return moment.astimezone(zone).date()
