"""What every page and the desk have around them: where one is, and how much waits there."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import cached_property

from forecasts.models import User
from forecasts.pages import waiting
from forecasts.rules import clock

# Where an address belongs, by how it begins; the first that fits. All else is nowhere.
PLACES = (
    ("/admin/", "desk"),
    ("/articles/", "articles"),
    ("/sources/", "articles"),
    ("/statements/", "articles"),
    ("/calibration/", "calibration"),
    ("/me/", "me"),
    ("/people/", "me"),
    ("/preferences/", "me"),
    ("/account/", "me"),
    ("/forecasts/", "board"),
    ("/scenarios/", "board"),
    ("/make-scenario/", "board"),
)


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the navigation; `here` is how its link says that one is there, `waits` how much waits there."""

    name: str
    address: str
    here: str = ""
    waits: int = 0


class Shell:
    """Asked for by templates alone, so that nothing is counted for an answer that shows no navigation."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @cached_property
    def places(self) -> list[Place]:
        """Where this person may go."""
        user = self.request.user
        if not isinstance(user, User):
            return []
        acts = waiting.acts_of(self.request)
        counted = waiting.counted(user, acts, clock.now())
        places = [self._place(name) for name in ("Board", "Articles", "Calibration")]
        places.append(self._place("Me", waits=counted.estimate))
        if "enter" in acts:
            places.append(self._place("Desk", "admin:index", counted.total))
        return places

    def _place(self, name: str, address: str = "", waits: int = 0) -> Place:
        path, address = self.request.path, reverse(address or name.lower())
        is_within = place_of(path) == name.lower()
        return Place(name, address, "page" if path == address else "true" if is_within else "", waits)


def place_of(path: str) -> str:
    """The place of the navigation that an address belongs to."""
    if path == "/":
        return "board"
    return next((place for start, place in PLACES if path.startswith(start)), "")


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context of every template."""
    return {"shell": Shell(request)}
