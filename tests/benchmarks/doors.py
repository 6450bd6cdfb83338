"""What log-in costs in CPU, beside one look at a password; and how many of many guesses each door looks at."""

import secrets
import time
from base64 import b64encode
from collections import Counter
from collections.abc import Callable, Iterator
from statistics import median
from typing import Any

from allauth.mfa.totp.internal.auth import TOTP
from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.test import Client

from forecasts.models import User
from tests import make

ROUNDS, GUESSES, LOOKED_AT = 5, 200, 10
HOST = {"host": "localhost"}

type Line = dict[str, object]
type Guess = Callable[[int], Any]


def benchmark() -> list[Line]:
    """Rows of name, value, unit, yardstick, ratio, bar, ok."""
    # Or each client reads all static files, which no server does for a request.
    settings.WHITENOISE_AUTOREFRESH = True
    with transaction.atomic():
        person = make.user(f"guessed-{secrets.token_hex(4)}@example.invalid")
        rows = [*_costs(person), *_guessing(person)]
        transaction.set_rollback(True)
    cache.clear()
    return rows


def log_in(person: User, password: str, address: str = "192.0.2.1", client: Client | None = None) -> Any:
    form = {"username": person.email, "password": password}
    return (client or Client(headers=HOST)).post("/login/", form, REMOTE_ADDR=address)


def basic(person: User, password: str, address: str = "192.0.2.1") -> Any:
    said = b64encode(f"{person.email}:{password}".encode()).decode()
    return Client(headers={**HOST, "authorization": f"Basic {said}"}).post("/api/v1/tokens/", REMOTE_ADDR=address)


def _costs(person: User) -> Iterator[Line]:
    cache.clear()
    hashing = _cpu(lambda _: person.check_password("guess"))
    token = {**HOST, "authorization": f"Token {make.token(person)}"}
    yield _row("log-in, right password", _cpu(lambda _: log_in(person, make.PASSWORD)), hashing, 1.5)
    yield _row("log-in, wrong password", _cpu(lambda _: log_in(person, "guess")), hashing, 1.5)
    cache.clear()
    nobody = User(email="nobody@example.invalid")
    yield _row("log-in, unknown account", _cpu(lambda _: log_in(nobody, "guess")), hashing, 1.5)
    cache.clear()
    yield _row("a token by Basic", _cpu(lambda _: basic(person, make.PASSWORD)), hashing, 1.5)
    for _ in range(LOOKED_AT):
        log_in(person, "guess")
    yield _row("a guess that is refused", _cpu(lambda _: log_in(person, "guess")), hashing, 0.2)
    read = _cpu(lambda _: Client(headers=token).get("/api/v1/scenarios/"))
    yield _row("a request with a token", read, hashing, 0.2)


def _cpu(act: Callable[[int], Any]) -> float:
    """Milliseconds of this process's CPU, at the median. Fewer tries than are stopped."""
    act(-1)
    spent = []
    for n in range(ROUNDS):
        before = time.process_time()
        act(n)
        spent.append((time.process_time() - before) * 1000)
    return median(spent)


def _row(name: str, spent: float, yardstick: float, bar: float) -> Line:
    ratio = spent / yardstick
    return {
        "name": name,
        "value": spent,
        "unit": "ms CPU",
        "yardstick": f"one look at a password: {yardstick:.0f} ms",
        "ratio": ratio,
        "bar": f"<= {bar} x",
        "ok": ratio <= bar,
    }


def _guessing(person: User) -> Iterator[Line]:
    """So many guesses at once, at one account or from one address; each door alone."""
    cache.clear()
    doors: dict[str, Guess] = {
        "log-in, at one account": lambda n: log_in(person, f"guess {n}", f"198.51.{n // 250}.{n % 250}"),
        "log-in, from one address": lambda n: log_in(User(email=f"{n}@example.invalid"), "guess"),
        "Basic, at one account": lambda n: basic(person, f"guess {n}", f"198.51.{n // 250}.{n % 250}"),
        "Basic, from one address": lambda n: basic(User(email=f"{n}@example.invalid"), "guess"),
        "password once more": _within(person, "/account/confirm/", "password"),
        "old password of a new one": _within(person, "/account/password/", "old_password"),
        "second factor": _second(person),
        "tokens": lambda n: _with_token(secrets.token_hex(32)),
    }
    for name, guess in doors.items():
        cache.clear()
        answers = [guess(n) for n in range(GUESSES)]
        yield _counted(name, answers)


def _within(person: User, path: str, field: str) -> Guess:
    """Guesses at a page behind the log-in."""
    client = Client(headers=HOST)
    client.force_login(person)
    return lambda n: client.post(path, {field: f"guess {n}"})


def _second(person: User) -> Guess:
    other = make.user(f"second-{person.email}")
    TOTP.activate(other, "JBSWY3DPEHPK3PXP")
    client = Client(headers=HOST)
    log_in(other, make.PASSWORD, client=client)
    return lambda n: client.post("/login/second/", {"code": f"{n:06}"})


def _with_token(token: str) -> Any:
    return Client(headers={**HOST, "authorization": f"Token {token}"}).get("/api/v1/scenarios/")


def _counted(name: str, answers: list[Any]) -> Line:
    """A token is too long to be guessed: each is looked at, and none is right."""
    status = Counter(answer.status_code for answer in answers)
    refused = status[429]
    opened = sum(count for code, count in status.items() if code in (201, 302) or (code == 200 and name == "tokens"))
    most = GUESSES if name == "tokens" else LOOKED_AT
    return {
        "name": f"guessing: {name}",
        "value": GUESSES - refused,
        "unit": "looked at",
        "yardstick": f"{GUESSES} guesses, {refused} answered 429, {opened} opened",
        "ratio": (GUESSES - refused) / GUESSES,
        "bar": f"<= {most}, none opened",
        "ok": GUESSES - refused <= most and not opened,
    }
