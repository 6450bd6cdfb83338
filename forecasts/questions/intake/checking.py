"""What the entries of scenario.yaml say of each other and of the article. Raises InvalidScenario at the first fault."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from forecasts.language import OTHER
from forecasts.models import Article
from forecasts.questions.intake.format import Claim, Document, Statement
from forecasts.questions.intake.question import Forecast
from forecasts.rules.access import TABLE
from forecasts.rules.errors import InvalidScenario


@dataclass(frozen=True, slots=True)
class Found:
    """A statement as it is stored: a whole entry, or one claim of an entry, with the place it has in the file."""

    place: str
    entry: Statement
    part: Statement | Claim

    @property
    def sentence(self) -> tuple[int, int]:
        if self.part is not self.entry:
            return self.entry.start, self.entry.end
        around = self.entry.sentence or self.entry
        return around.start, around.end

    @property
    def category(self) -> str:
        return self.part.category or OTHER

    @property
    def cue(self) -> str:
        return self.part.cue or ""


def check(document: Document, body: str) -> None:
    if Article.digest(body) != document.article.sha256:
        raise _fault("article: sha256", f"differs from that of {document.article.file}, {Article.digest(body)}")
    _check_people(document)
    statements = _check_statements(document, body)
    _check_unique([forecast.id for forecast in document.forecasts], "forecasts")
    for index, forecast in enumerate(document.forecasts):
        _check_forecast(f"forecasts[{index}] {forecast.id}", forecast, statements, document)


def found(document: Document) -> Iterator[Found]:
    """Every statement of the document, in the order of the file."""
    for index, entry in enumerate(document.statements):
        place = f"statements[{index}] {entry.id}"
        if not entry.claims:
            yield Found(place, entry, entry)
        for position, claim in enumerate(entry.claims):
            yield Found(f"{place}: claims[{position}] {claim.id}", entry, claim)


def _check_people(document: Document) -> None:
    _check_unique([person.key for person in document.people], "people", "key")


def _check_statements(document: Document, body: str) -> Mapping[str, Found]:
    statements = list(found(document))
    split = [entry.id for entry in document.statements if entry.claims]
    _check_unique([*split, *(each.part.id for each in statements)], "statements")
    _check_unique([f"{each.part.start} to {each.part.end}" for each in statements], "statements", "span")
    for index, entry in enumerate(document.statements):
        _check_quote(f"statements[{index}] {entry.id}", entry, body)
    for each in statements:
        _check_quote(each.place, each.part, body)
        _check_place(each, body)
    known = {each.part.id: each for each in statements}
    for each in statements:
        _check_original(each, known)
    return known


def _check_quote(place: str, part: Statement | Claim, body: str) -> None:
    if part.end > len(body):
        raise _fault(f"{place}: end", f"lies behind the end of the article, {len(body)}")
    stands = body[part.start : part.end]
    if stands != part.quote:
        hint = f"it stands at {body.index(part.quote)}" if part.quote in body else f"there stands {_shortened(stands)}"
        raise _fault(f"{place}: quote", f"is not the text from {part.start} to {part.end}; {hint}")


def _check_place(each: Found, body: str) -> None:
    start, end = each.sentence
    if end > len(body):
        raise _fault(f"{each.place}: sentence: end", f"lies behind the end of the article, {len(body)}")
    if not start <= each.part.start < each.part.end <= end:
        raise _fault(f"{each.place}: start", f"lies outside its sentence, {start} to {end}")
    at = start
    for words in each.cue.split("..."):
        at = body.find(words.strip(), at, end)
        if at < 0:
            raise _fault(f"{each.place}: cue", f"{words.strip()!r} does not stand in the sentence")
        at += len(words.strip())


def _check_original(each: Found, known: Mapping[str, Found]) -> None:
    name = each.entry.duplicate_of
    if name is None:
        return
    original = known.get(name)
    if original is None:
        raise _fault(f"{each.place}: duplicate_of", f"{name} is no statement of this file")
    if original.entry.review != "accepted":
        raise _fault(f"{each.place}: duplicate_of", f"{name} is itself {original.entry.review}")


def _check_forecast(place: str, forecast: Forecast, statements: Mapping[str, Found], document: Document) -> None:
    if forecast.statement is not None:
        statement = statements.get(forecast.statement)
        if statement is None:
            raise _fault(f"{place}: statement", f"{forecast.statement} is no statement or claim of this file")
        if statement.entry.review != "accepted":
            raise _fault(f"{place}: statement", f"{forecast.statement} is {statement.entry.review}, not accepted")
    for field in ("resolver", "backup"):
        _check_resolver(f"{place}: {field}", getattr(forecast, field), document)
    if forecast.resolution is not None:
        _check_resolver(f"{place}: resolution: by", forecast.resolution.by, document)
        if forecast.resolution.recorded_at < forecast.published_at:
            raise _fault(f"{place}: resolution: recorded_at", "lies before published_at")


def _check_resolver(place: str, person: str, document: Document) -> None:
    """Addresses are looked up in the database; keys can be checked here."""
    if "@" in person:
        return
    role = next((each.role for each in document.people if each.key == person), None)
    if role is None:
        raise _fault(place, f"{person} is no key of people, and no e-mail address")
    if role not in TABLE["resolve"]:
        raise _fault(place, f"{person} is {role} and may not resolve")


def _check_unique(names: Sequence[str], part: str, field: str = "id") -> None:
    for index, name in enumerate(names):
        if name in names[:index]:
            raise _fault(f"{part}: {field}", f"{name} stands twice")


def _shortened(text: str) -> str:
    return repr(text if len(text) <= 60 else text[:59] + "…")


def _fault(place: str, complaint: str) -> InvalidScenario:
    return InvalidScenario(f"scenario.yaml: {place}: {complaint}")
