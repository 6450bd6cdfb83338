"""The forms of a page, filled so that they could be taken, and what else their fields can be filled with."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urljoin

from lxml import html

type Filled = dict[str, list[str]]

SKIPPED = ("csrfmiddlewaretoken", "_save_as_new")
LEADING_OUT = ("logout", "log-out")
PLAUSIBLE = {
    "email": "somebody@example.org", "url": "https://example.org/", "number": "1", "date": "2024-12-28",
    "datetime-local": "2024-12-20T00:00", "time": "10:00", "search": "", "password": "correct horse battery",
}  # fmt: skip


@dataclass(frozen=True)
class Field:
    name: str
    kind: str
    choices: tuple[str, ...] = ()

    @property
    def refers(self) -> bool:
        """Whether it may name a row: a choice, a number, or a line that may hold one."""
        return self.kind in ("select", "radio", "checkbox", "hidden", "number", "text")

    @property
    def speaks(self) -> bool:
        """Whether it takes words."""
        return self.kind in ("text", "textarea", "search", "email", "url", "select")


@dataclass(frozen=True)
class Form:
    path: str
    method: str
    fields: tuple[Field, ...]
    filled: Mapping[str, list[str]]

    @property
    def sign(self) -> str:
        """Equal for forms that are the same but for the row they are about."""
        return f"{self.method} {','.join(sorted({field.name for field in self.fields}))}"


def forms_of(page: str, address: str) -> Iterator[Form]:
    """The forms that a page offers, each once for each of its buttons."""
    if "<form" not in page:
        return
    for element in html.document_fromstring(page).forms:
        path = urljoin(address, element.get("action") or address)
        if any(word in path for word in LEADING_OUT):
            continue
        fields = tuple(_fields(element))
        filled = {name: values for name, values in _filled(element).items() if values}
        method = (element.get("method") or "get").lower()
        buttons = [
            (one.get("name"), one.get("value") or "")
            for one in element.xpath(".//button[@name]|.//input[@type='submit'][@name]")
        ]
        for name, value in buttons or [("", "")]:
            yield Form(path, method, fields, {**filled, **({name: [value]} if name else {})})


def _fields(element: html.HtmlElement) -> Iterator[Field]:
    seen = set()
    for one in element.xpath(".//input|.//select|.//textarea"):
        name, kind = one.get("name"), one.get("type", "text") if one.tag == "input" else one.tag
        if not name or name in SKIPPED or kind in ("submit", "button", "file") or name in seen or "__prefix__" in name:
            continue
        seen.add(name)
        choices = tuple(option.get("value", "") for option in one.xpath(".//option"))
        yield Field(name, kind, choices)


def _filled(element: html.HtmlElement) -> Filled:
    found: Filled = {}
    for one in element.xpath(".//input|.//select|.//textarea"):
        name = one.get("name")
        if name and name not in SKIPPED and "__prefix__" not in name:
            found.setdefault(name, []).extend(_values(one, found.get(name, [])))
    return found


def _values(one: html.HtmlElement, before: list[str]) -> list[str]:
    if one.tag == "select":
        options = one.xpath(".//option")
        chosen = [option.get("value", "") for option in options if option.get("selected") is not None]
        usable = [value for option in options if (value := option.get("value", ""))]
        return [value for value in chosen if value] or usable[:1]
    if one.tag == "textarea":
        return [one.text.strip("\n") if one.text and one.text.strip() else "Some words"]
    kind = one.get("type", "text")
    if kind in ("submit", "button", "file", "image"):
        return []
    if kind in ("radio", "checkbox"):
        ticked = one.get("checked") is not None or (kind == "radio" and not before)
        return [one.get("value", "on")] if ticked else []
    return [one.get("value") or PLAUSIBLE.get(kind, "Some words")]
