"""Scenarios about mail servers that refuse or keep silent, rows that are poison, and people who are quick."""

import random
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from itertools import pairwise

from django.conf import settings
from django.utils import timezone

from core.local.places import CHECKOUT
from forecasts.answers import resolving
from forecasts.mail import delivery, leasing, links, preferring, prompting
from forecasts.models import Attempt, Forecast, Message, Preference, Prompt, PromptKind, User, Verdict
from tests.chaos import sink, truth
from tests.chaos.installation import LIMIT, TICK, Installation, wait_for
from tests.chaos.scenarios import Line, Size, drain
from tests.services import free_port, status

PERMANENT = 0.02
# Behind how long a queue a message may have to wait once its pause is over.
LATE = timedelta(seconds=30 + 2 * TICK)
MISSING = "550 5.1.1 no such user"


def refusing(there: Installation, line: Line, size: Size) -> None:
    """The server is away at first, then puts off three in ten and does not know two in a hundred."""
    asked = truth.due("refused", size.refused, timezone.now())
    there.start_workers(beats=1)
    first = Attempt.objects.filter(message__recipient__in=asked, receipt__code=None)
    wait_for(first.exists, "the first attempt on a server that is away")
    there.start_sink(temporary=0.3, permanent=PERMANENT, seed=line.seed)
    drained = drain(asked, 600)
    there.end_parts("worker", "beat")
    unknown = {one.email for one in asked if sink.unit(f"{line.seed}:{one.email}") < PERMANENT}
    line.due = size.refused
    line.take(truth.count(there.log, asked, lambda address: address not in unknown))
    dead = dict(Message.objects.filter(recipient__in=asked, state="dead").values_list("address", "reason"))
    line.noted["dead"] = len(dead)
    line.noted["early_or_late"] = sum(not kept for kept in gaps(asked))
    line.ok = drained and (line.lost, line.extra, line.unexplained) == (0, 0, 0)
    line.ok = line.ok and dead == dict.fromkeys(unknown, MISSING) and line.noted["early_or_late"] == 0


def gaps(asked: Sequence[User]) -> list[bool]:
    """For each pause between two attempts, whether it was as planned: never shorter, and longer by a queue at most."""
    kept = []
    for message in Message.objects.filter(recipient__in=asked).prefetch_related("attempts__receipt"):
        # A server that nobody reached costs no try, nor does a message that was given back.
        tried = [one for one in message.attempts.all() if one.receipt.code is not None]
        for number, (one, after) in enumerate(pairwise(tried), 1):
            message.tries = number
            pause = leasing.pause(message)
            kept.append(pause <= after.made_at - one.receipt.made_at <= pause + LATE)
    return kept


def silent(there: Installation, line: Line, size: Size) -> None:
    """The server takes some contents and never says so. Whoever sends hangs up, and the others get their mail."""
    there.start_sink()
    held_up = truth.due(sink.SILENT, size.silent, timezone.now())
    others = truth.due("flowing", size.flowing, timezone.now())
    there.start_workers(beats=1)
    drained = drain(others)
    wait_for(lambda: _released(there), "the first hang-up")
    there.end_parts("worker", "beat")
    longest = max(_released(there))
    line.due = size.silent + size.flowing
    line.take(truth.count(there.log, others))
    line.noted["longest_wait"] = round(longest, 2)
    line.ok = drained and (line.lost, line.extra) == (0, 0) and LIMIT <= longest <= LIMIT + 5
    Message.objects.filter(recipient__in=held_up).update(state=Message.State.CANCELLED, lease=None)


def told_to_end(there: Installation, line: Line, size: Size) -> None:
    """A worker that is told to end does so after the mail that it is handing over; nothing is sent twice or lost."""
    there.start_sink(delay=0.4)
    asked = truth.due("ending", size.ending, timezone.now())
    there.start_workers(workers=1, beats=1)
    wait_for(lambda: len(sink.read(there.log)) >= 3, "the first mails")
    before = len(sink.read(there.log))
    line.noted["seconds_to_end"] = round(there.tell_to_end("worker-0"), 2)
    line.noted["sent_after_the_signal"] = len(sink.read(there.log)) - before
    there.start("worker-0", there.commands["worker-0"])
    drained = drain(asked)
    there.end_parts("worker", "beat")
    line.due = size.ending
    line.take(truth.count(there.log, asked))
    line.ok = drained and (line.lost, line.extra) == (0, 0) and line.noted["sent_after_the_signal"] <= 1


def _released(there: Installation) -> list[float]:
    log = there.log.with_suffix(".held")
    return [float(text) for text in log.read_text().split()] if log.exists() else []


def racing(there: Installation, line: Line, size: Size) -> None:
    """People resolve, snooze and unsubscribe while their mail goes out: nothing is leased once that is committed."""
    at = timezone.now()
    there.start_sink(delay=0.05)
    pairs = _pairs(size.pairs, at)
    senders = [subprocess.Popen([sys.executable, "-m", "tests.chaos.sender", "send"], cwd=CHECKOUT) for _ in range(2)]
    wait_for(lambda: there.log.exists() and there.log.stat().st_size, "the first mail")
    committed = _raced(pairs, random.Random(line.seed))
    line.ok = [sender.wait(120) for sender in senders] == [0, 0]
    asked = [person for person, _ in pairs]
    late = [
        attempt.pk
        for attempt in Attempt.objects.filter(message__recipient__in=asked).select_related("message")
        if attempt.made_at > committed[attempt.message.recipient_id]
    ]
    cancelled = set(Message.objects.filter(recipient__in=asked, state="cancelled").values_list("address", flat=True))
    line.due = size.pairs
    line.take(truth.count(there.log, asked, lambda address: address not in cancelled))
    arrived = {one.recipient for one in sink.read(there.log)}
    line.noted |= {"cancelled": len(cancelled), "leased_after_cancel": len(late)}
    line.ok = line.ok and not late and (line.lost, line.extra) == (0, 0)
    line.ok = line.ok and 0 < len(cancelled) < size.pairs and not cancelled & arrived


def _pairs(count: int, at: datetime) -> list[tuple[User, Forecast]]:
    """So many people, each with a message about a forecast that nobody else is asked about."""
    pairs = []
    for number in range(count):
        about = truth.forecast(at)
        pairs += [(person, about) for person in truth.people(f"race{number}", 1, about)]
    Prompt.objects.bulk_create(
        [Prompt(recipient=person, forecast=about, kind=PromptKind.UPDATE, slot=at) for person, about in pairs]
    )
    prompting.plan(timezone.now())
    return pairs


def _raced(pairs: Sequence[tuple[User, Forecast]], dice: random.Random) -> dict[int, datetime]:
    """Do one of three things for each, in any order; returns by person when it was committed."""
    acts: list[Callable[[User, Forecast], object]] = [
        lambda person, about: resolving.resolve(
            about, None, resolving.Finding(Verdict.Outcome.YES, known_at=timezone.now()), at=timezone.now()
        ),
        lambda person, about: preferring.mute(
            person, about, at=timezone.now(), until=timezone.now() + timedelta(days=3)
        ),
        lambda person, about: preferring.stop(person, [PromptKind.UPDATE], at=timezone.now()),
    ]
    committed = {}
    for number, (person, about) in enumerate(dice.sample(list(pairs), len(pairs))):
        acts[number % 3](person, about)
        committed[person.pk] = timezone.now()
    return committed


def one_click(there: Installation, line: Line, size: Size) -> None:
    """A mail program posts fifty times at once."""
    at = timezone.now()
    there.start_sink()
    about = truth.forecast(at)
    (person,) = truth.people("click", 1, about)
    Prompt.objects.create(recipient=person, forecast=about, kind=PromptKind.UPDATE, slot=at)
    prompting.plan(timezone.now())
    port = free_port()
    web = [sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port), "core.wsgi:application"]
    there.start("web", [*web, "--blocking-threads", "8"])
    wait_for(lambda: status(f"http://127.0.0.1:{port}/healthz") is not None, "the web server")
    address = links.stop_url(person, PromptKind.UPDATE).replace(settings.SITE_URL, f"http://127.0.0.1:{port}")
    answers = _posted(address, size.clicks)
    there.end("web")
    delivery.send(timezone.now(), clock=timezone.now)
    stopped = list(Preference.objects.filter(user=person).values_list("stopped", flat=True))
    line.due = size.clicks
    line.noted["different_answers"] = len(set(answers))
    line.ok = len(answers) == size.clicks and len(set(answers)) == 1 and answers[0][0] == 200
    line.ok = line.ok and stopped == [[PromptKind.UPDATE]] and not sink.read(there.log)


def _posted(address: str, times: int) -> list[tuple[int, bytes]]:
    answers, start = [], threading.Barrier(times)

    def post() -> None:
        start.wait()
        with urllib.request.urlopen(address, data=b"List-Unsubscribe=One-Click", timeout=60) as answer:
            answers.append((answer.status, answer.read()))

    threads = [threading.Thread(target=post) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def poison(there: Installation, line: Line, size: Size) -> None:
    """One in a hundred cannot be written or sent: it is set aside with its reason, and the others go."""
    at = timezone.now()
    there.start_sink()
    asked = truth.due("poison", size.poison, at)
    bad = asked[::100]
    for number, person in enumerate(bad):
        person.email = f"two words {number}@example.invalid" if number % 2 else f"new\r\nline{number}@example.invalid"
        person.save(update_fields=["email"])
    prompting.plan(timezone.now())
    while delivery.send(timezone.now(), clock=timezone.now).sent:
        pass
    good = [one for one in asked if one not in bad]
    set_aside = Prompt.objects.filter(recipient__in=bad, state=Prompt.State.SET_ASIDE).exclude(reason="")
    line.due = size.poison
    line.take(truth.count(there.log, good))
    line.noted |= {"poison": len(bad), "set_aside": set_aside.count()}
    line.ok = (line.lost, line.extra) == (0, 0) and set_aside.count() == len(bad)
