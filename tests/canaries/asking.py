"""Asks as somebody, undoes what the answer wrote, and hears what the answer tells."""

import dataclasses
import hashlib
import re
from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from html import unescape
from typing import Any
from urllib.parse import unquote_plus

from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from tests import make
from tests.canaries.world import World

UNTOLD = ("Date", "Expires", "Set-Cookie", "ETag", "Content-Length")
# What is drawn anew each time: among it addresses of new scenarios, numbers of new options, the secret of an app.
_FRESH = re.compile(
    r'csrfmiddlewaretoken" value="[^"]*"|nonce="[^"]*"|"snapshot":"[^"]*"|[a-z0-9]{6}-[0-9a-f]{32}'
    r"|<code>[0-9a-f]{40,}</code>|/calendar/[\w-]+"
    r"|/scenarios/some-words-[0-9a-f]{4}"
    r'|"options-\d+-id" value="\d+"|"[A-Z2-7]{32}"|src="data:image/svg\+xml;base64,[^"]*"',
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Answer:
    """What came back: the last page after all redirects, and the addresses on the way."""

    status: int
    text: str
    headers: Mapping[str, str]
    kind: str
    page: str = dataclasses.field(default="", compare=False)

    def without(self, values: Iterable[str]) -> "Answer":
        """The same, with what was sent replaced wherever it is repeated."""
        text, headers = self.text, "\n".join(f"{name}: {value}" for name, value in self.headers.items())
        for value in sorted({str(one) for one in values}, key=len, reverse=True):
            if value:
                text, headers = (re.sub(re.escape(value), "…", one, flags=re.IGNORECASE) for one in (text, headers))
        return Answer(self.status, text, {"": headers}, self.kind)


@dataclass
class Asker:
    """One person, by session or by token, who counts what they asked and notes what was told."""

    world: World
    role: str
    by: str = "session"
    cells: int = 0
    faults: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.client = Client(raise_request_exception=False)
        self.sent: dict[str, Any] = {}
        person = self.world.people[self.role]
        if person is not None and self.by == "session":
            self.client.force_login(person)
            # The session is noted once, and not undone with each answer.
            self.client.get("/")
        elif person is not None:
            self.sent["headers"] = {"Authorization": f"Token {make.token(person)}"}

    def ask(self, method: str, path: str, data: Any = None, **more: Any) -> Answer:
        cookies = deepcopy(self.client.cookies)
        with transaction.atomic():
            answer = getattr(self.client, method)(path, data, **{"follow": True, **self.sent, **more})
            transaction.set_rollback(True)
        self.client.cookies = cookies
        return heard(answer)

    def judge(self, what: str, answer: Answer, sent: Iterable[str] = (), twin: Answer | None = None) -> None:
        """Note what the answer tells: a planted word, or a difference to that for what does not exist."""
        self.cells += 1
        untold = answer.without(sent)
        if told := self.world.canaries.sung(untold.text + "\n".join(untold.headers.values()), self.role):
            self.faults.append(f"{self.by} {what}: tells {', '.join(told[:8])}")
        if answer.status >= 500:
            self.faults.append(f"{self.by} {what}: {answer.status}")
        if twin is not None and (untold.status, untold.text, untold.headers) != (twin.status, twin.text, twin.headers):
            self.faults.append(f"{self.by} {what}: is not what is answered for nothing: {difference(untold, twin)}")


def heard(answer: HttpResponse) -> Answer:
    kind = answer.get("Content-Type", "").partition(";")[0]
    streamed: Any = getattr(answer, "streaming_content", None)
    content = answer.content if streamed is None else b"".join(streamed)
    text = content.decode(errors="replace") if kind != "image/png" else hashlib.sha256(content).hexdigest()
    chain = [f"{status} {address}" for address, status in getattr(answer, "redirect_chain", [])]
    headers = {name: _FRESH.sub("", value) for name, value in answer.items() if name not in UNTOLD}
    plain = unescape(_FRESH.sub("", text)) if kind == "text/html" else text
    return Answer(
        answer.status_code, plain, {**headers, "on the way": _FRESH.sub("", unquote_plus(", ".join(chain)))}, kind, text
    )


def difference(one: Answer, other: Answer) -> str:
    """Where two answers part, in a few words."""
    if one.status != other.status:
        return f"{one.status}, not {other.status}"
    for mine, its in ((one.text, other.text), (str(one.headers), str(other.headers))):
        if mine != its:
            place = next(
                (at for at, pair in enumerate(zip(mine, its, strict=False)) if pair[0] != pair[1]),
                min(len(mine), len(its)),
            )
            first = max(0, place - 30)
            return f"{mine[first : place + 50]!r}, not {its[first : place + 50]!r}"
    return "nothing"
