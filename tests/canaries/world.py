"""A private scenario, a blind one and one of the walkers' own, with a planted word in every text that is not theirs."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import count
from typing import Any

from django.contrib.admin.models import CHANGE, LogEntry
from django.core.files.base import ContentFile
from django.db import models

from forecasts.models import (
    Amendment,
    Article,
    Erasure,
    Evidence,
    Forecast,
    Forecaster,
    Membership,
    Message,
    Option,
    Postponement,
    Prompt,
    PromptKind,
    Relation,
    RelationMember,
    Report,
    ReviewAct,
    Scenario,
    SecurityEvent,
    Source,
    Spec,
    Statement,
    Suppression,
    User,
)
from tests import make
from tests.canaries.letters import links_of
from tests.canaries.words import BLIND, MISSING, NUMBERS, Canaries

type Arguments = tuple[Any, ...]

MEMBERS = ("viewer", "analyst", "resolver", "editor", "owner")
ROLES = ("stranger", "account", *MEMBERS, "named", "removed", "administrator")
RESOLVING = ("resolver", "editor", "owner")
NOW = make.day(20)


@dataclass(frozen=True)
class Thing:
    """One row that an address or a field can name."""

    what: str
    arguments: Arguments
    readers: frozenset[str] = frozenset()


@dataclass(frozen=True)
class World:
    """`own` and `foreign` by what they are about, as `tests/urls_and_roles.py` calls it."""

    canaries: Canaries
    people: Mapping[str, User | None]
    own: Mapping[str, list[Thing]]
    foreign: Mapping[str, list[Thing]]
    words: Mapping[str, str]
    links: Mapping[str, dict[str, str]]

    @property
    def numbers(self) -> list[Thing]:
        """Every foreign row, once."""
        found = {thing.arguments: thing for things in self.foreign.values() for thing in things}
        return [thing for (argument, *_), thing in found.items() if isinstance(argument, int)]


def missing(arguments: Arguments) -> Arguments:
    """The address of something that does not exist, as long as this one."""
    return tuple(MISSING if isinstance(one, int) else one.replace("kestrel", "sparrow") for one in arguments)


class Builder:
    """Makes the world part by part."""

    def __init__(self) -> None:
        self.canaries = Canaries()
        self.own: dict[str, list[Thing]] = {}
        self.foreign: dict[str, list[Thing]] = {}
        self.words: dict[str, str] = {}
        self.private_pks, self.blind_pks, self.named_pks = (count(first) for first in NUMBERS)
        self.people: dict[str, User | None] = {"stranger": None}

    def build(self) -> World:
        self._populate()
        self._private()
        self._own()
        self._blind()
        self._named()
        tokens = self._links()
        return World(self.canaries, self.people, self.own, self.foreign, self.words, tokens)

    def person(self, role: str) -> User:
        found = self.people[role]
        assert found is not None
        return found

    def keep(self, row: models.Model, about: str = "", what: str = "") -> None:
        name = about or str(row._meta.model_name)
        self.own.setdefault(name, []).append(Thing(what or f"own {name}", (row.pk,)))

    def hide(self, row: models.Model, about: str = "", readers: tuple[str, ...] = (), what: str = "") -> None:
        name = about or str(row._meta.model_name)
        thing = Thing(what or f"private {name}", (row.pk,), frozenset(readers))
        self.foreign.setdefault(name, []).append(thing)
        if readers:
            self.canaries.allow(row.pk, *readers)

    def _populate(self) -> None:
        for role in ("account", *MEMBERS, "named", "removed"):
            self.people[role] = make.user(f"{role}@example.invalid", name=f"The {role}")
        self.people["administrator"] = make.grouped("administrator")

    def _private(self) -> None:
        plant, pks = self.canaries.plant, self.private_pks
        slug = plant("private scenario's slug", "named")
        self.private = Scenario.objects.create(
            pk=next(pks), slug=slug, title=f"{plant('private scenario', 'named')} plans",
            summary=plant("private scenario's summary"), two_people_resolve=True, cooling_off_hours=0,
        )  # fmt: skip
        self.foreign["slug"] = [Thing("private slug", (slug,))]
        self.words["slug"] = slug
        self.hide(self.private)
        self.keeper = self._hidden_person("keeper", "owner")
        self.witness = self._hidden_person("witness", "analyst", "named")
        self.words["email"] = self.keeper.email
        self._private_article()
        self._private_forecasts()
        self._private_mail()

    def _hidden_person(self, what: str, role: str, *readers: str) -> User:
        email = f"{self.canaries.plant(f'address of the {what}')}@example.invalid"
        name = f"{self.canaries.plant(f'name of the {what}', *readers)} Person"
        person = make.user(email, name=name, pk=next(self.private_pks))
        Forecaster.objects.create(pk=next(self.private_pks), user=person, kind="analyst", name=name)
        Membership.objects.create(pk=next(self.private_pks), scenario=self.private, user=person, role=role)
        self.hide(person)
        return person

    def _private_article(self) -> None:
        plant, pks = self.canaries.plant, self.private_pks
        self.source = Source.objects.create(
            pk=next(pks), name=f"{plant('private source')} Gazette", kind="ministry",
            url=f"https://{plant('private source address')}.example/", scale_edition=plant("private edition"),
        )  # fmt: skip
        self.words["source"] = self.source.name
        said, rest = f"The {plant('quote')} brigade may cross the river.", f"Then {plant('body')} rests."
        self.text = f"{said} {rest}"
        self.article = Article.objects.create(
            pk=next(pks), source=self.source, title=f"{plant('private article')} papers", body=self.text,
            authors=[plant("author")], url=f"https://{plant('article address')}.example/", notice=plant("notice"),
            published_at=make.OPENING, published_at_note=plant("note on the date"), sha256=Article.digest(self.text),
            added_by=self.keeper,
        )  # fmt: skip
        self.words["body"] = self.text
        self.private.articles.add(self.article)
        self.statement = make.statement(
            self.article, said, pk=next(pks), review="accepted", reason=plant("reason of a statement"),
            attributed_to=plant("who said it"), cue=plant("cue"), reviewed_by=self.keeper,
        )  # fmt: skip
        ReviewAct.objects.create(
            pk=next(pks), article=self.article, number=1, act="accept", person=self.keeper, made_at=make.day(1),
            statements=[self.statement.pk],
        )  # fmt: skip
        for row in (self.source, self.article, self.statement):
            self.hide(row)

    def _forecast(self, title: str, **fields: Any) -> Forecast:
        """A forecast of the private scenario with a word in each of its texts."""
        plant = self.canaries.plant
        texts = {name: plant(f"{title}: {name}") for name in ("fine_print", "background", "fallback_source")}
        key = plant(f"{title}: key")
        self.words.setdefault("key", key)
        return make.forecast(
            self.private, pk=next(self.private_pks), key=key, title=f"Will {plant(title)} happen?",
            criteria=f"YES if {plant(f'{title}: criteria')} does.", resolution_source=plant(f"{title}: decided by"),
            resolution_source_url=f"https://{plant(f'{title}: source address')}.example/", **texts, **fields,
        )  # fmt: skip

    def _private_forecasts(self) -> None:
        plant, pks = self.canaries.plant, self.private_pks
        of_statement = {"statement": self.statement, "fidelity": "same", "resolver": self.keeper}
        published = self._forecast("private forecast", **of_statement, overrides=[
            {"point": 1, "code": "x", "message": plant("override"), "reason": plant("override's reason"),
             "by": self.keeper.pk, "at": make.day(0).isoformat()}])  # fmt: skip
        self.words["title"] = published.title
        draft = self._forecast("private draft", published_at=None, **of_statement)
        resolved = self._forecast("private resolved", closes_at=make.day(5), statement=self.statement, fidelity="same")
        option = Option.objects.create(
            pk=next(pks), forecast=self._forecast("private choice", kind="multiple_choice"), position=0,
            label=plant("option"), added_at=make.day(0),
        )  # fmt: skip
        estimate = make.estimate(
            published, self.witness, 0.4, make.day(1), pk=next(pks), rationale=plant("private rationale")
        )
        self._private_outcome(resolved)
        self._private_spec(published)
        self._private_record(published)
        relation = Relation.objects.create(
            pk=next(pks), scenario=self.private, kind="exclusive", note=plant("private relation")
        )
        for place, one in enumerate((published, resolved)):
            RelationMember.objects.create(pk=next(pks), relation=relation, forecast=one, position=place)
        for row, about in ((published, ""), (draft, ""), (resolved, ""), (resolved, "resolved"), (estimate, ""),
                           (relation, ""), (option, ""), (estimate.forecaster, "")):  # fmt: skip
            self.hide(row, about)
        self.hide(draft, "draft")

    def _private_spec(self, forecast: Forecast) -> None:
        body = {"feed": "ucdp_ged", "where": {"country": self.canaries.plant("country of a spec")}}
        days = {"first_day": make.day(1).date(), "last_day": make.day(2).date()}
        spec = Spec.objects.create(
            pk=next(self.private_pks),
            forecast=forecast,
            number=1,
            feed="ucdp_ged",
            body=body,
            made_at=make.day(1),
            **days,
        )
        self.hide(spec)

    def _private_outcome(self, forecast: Forecast) -> None:
        plant, pks = self.canaries.plant, self.private_pks
        verdict = make.verdict(forecast, pk=next(pks), person=self.keeper, note=plant("private verdict"))
        piece = Evidence.objects.create(
            pk=next(pks), verdict=verdict, quote=plant("evidence"), url=f"https://{plant('evidence address')}.example/",
            file=ContentFile(f"{plant('evidence file')} did.".encode(), f"{plant('file name')}.txt"), sha256="0" * 64,
        )  # fmt: skip
        make.estimate(forecast, self.witness, 0.7, make.day(1), pk=next(pks))
        self.hide(verdict)
        self.hide(piece)

    def _private_record(self, forecast: Forecast) -> None:
        plant, pks, at = self.canaries.plant, self.private_pks, make.day(2)
        Amendment.objects.create(
            pk=next(pks), forecast=forecast, version=2, kind="clarifying", reason=plant("amendment"), made_at=at,
            changes={"title": [plant("old title"), forecast.title]}, made_by=self.keeper,
        )  # fmt: skip
        Postponement.objects.create(
            pk=next(pks), forecast=forecast, person=self.keeper, made_at=at, until=make.day(99), reason=plant("later")
        )
        Report.objects.create(pk=next(pks), forecast=forecast, person=self.witness, made_at=at, note=plant("report"))
        LogEntry.objects.log_actions(self.keeper.pk, [forecast], CHANGE, plant("log entry"), single_object=True)

    def _private_mail(self) -> None:
        plant, pks = self.canaries.plant, self.private_pks
        message = Message.objects.create(
            pk=next(pks), recipient=self.witness, address=self.witness.email, subject=plant("mail"),
            made_at=make.day(1), message_id="<1@x>", due_at=make.day(99),
            content=f"Subject: S\r\n\r\n{plant('text of a mail')}".encode(),
        )  # fmt: skip
        prompt = Prompt.objects.create(
            pk=next(pks),
            recipient=self.witness,
            kind=PromptKind.UPDATE,
            slot=make.day(1),
            message=message,
            state="sent",
        )
        suppressed = Suppression.objects.create(
            pk=next(pks), address=f"{plant('suppressed')}@example.invalid", made_at=make.day(1), reason=plant("refusal")
        )
        erased = Erasure.objects.create(
            pk=next(pks), user=make.user(), made_at=make.day(1), operator=plant("operator"), reason=plant("why erased")
        )
        event = SecurityEvent.objects.create(
            pk=next(pks), kind="log_in", made_at=make.day(1), person=self.witness, detail=plant("security event")
        )
        for row in (message, prompt, suppressed, erased, event):
            self.hide(row)

    def _own(self) -> None:
        self.scenario = make.scenario("harbour", title="Harbour")
        for role in MEMBERS:
            Membership.objects.create(scenario=self.scenario, user=self.person(role), role=role)
        article = make.article("The port may reopen. Talks continue.", title="Harbour news")
        shared = make.article("Ships could return. Nobody knows.", title="Shared news")
        self.scenario.articles.add(article, shared)
        self.private.articles.add(shared)
        statement = make.statement(article, "The port may reopen.", review="accepted")
        spoken = make.statement(shared, "Ships could return.", review="accepted", reviewed_by=self.keeper)
        self._forecast("draft on a shared article", published_at=None, statement=spoken, fidelity="same")
        self._forecast("forecast on a shared article", statement=spoken, fidelity="same")
        self._own_forecasts(statement)
        for row in (make.group("viewer"), self.scenario, article, shared, article.source, statement, spoken):
            self.keep(row)
        self.own["slug"] = [Thing("own slug", (self.scenario.slug,))]
        self.own |= {"app": [Thing("app", ("forecasts",))], "rest": [Thing("nowhere", ("anything/",))]}
        self.own |= {"key": [Thing("key", ("0123456789",))], "provider": [Thing("provider", ("provider",))]}
        # A vintage is read from its file, and a count from both: nothing in them is of one scenario.
        self.own |= {"passkey": [Thing("passkey", (1,))], "vintage": [], "count": []}

    def _own_forecasts(self, statement: Statement) -> None:
        """Its own, one of which rests on what only the private scenario may read."""
        of_own = {"statement": statement, "fidelity": "same"}
        asked = make.forecast(self.scenario, title="Will the port reopen?", **of_own)
        strayed = make.forecast(self.scenario, title="Will it rest?", statement=self.statement, fidelity="same")
        draft = make.forecast(self.scenario, title="Will ships return?", published_at=None, drafted_by=self.keeper)
        resolved = make.forecast(self.scenario, title="Did the port close?", closes_at=make.day(3))
        choice = make.choice(["red", "blue"], self.scenario, title="Which flag?")
        verdict = make.verdict(resolved, person=self.person("owner"), note="It did.")
        piece = Evidence.objects.create(verdict=verdict, file=ContentFile(b"It did.", "own.txt"), sha256="1" * 64)
        estimate = make.estimate(asked, self.person("analyst"), 0.3, make.day(1), rationale="Ice.")
        relation = Relation.objects.create(scenario=self.scenario, kind="exclusive", note="One of them")
        for place, one in enumerate((asked, strayed)):
            RelationMember.objects.create(relation=relation, forecast=one, position=place)
        for row in (
            asked,
            strayed,
            choice,
            estimate,
            estimate.forecaster,
            verdict,
            piece,
            relation,
            choice.options.get(position=0),
        ):
            self.keep(row)
        self.keep(draft, "draft")
        self.keep(draft, "forecast", "own draft")
        self.keep(resolved, "resolved")
        self.keep(resolved, "forecast", "own resolved")
        self.asked = asked

    def _blind(self) -> None:
        """Open to all; what others said there is for those who have answered, and a proposal waits."""
        plant, pks = self.canaries.plant, self.blind_pks
        blind = make.scenario("fog", title="Fog", visibility="all", blind_until_answered=True, two_people_resolve=True)
        for role in MEMBERS:
            Membership.objects.create(scenario=blind, user=self.person(role), role=role)
        first, second = (make.forecast(blind, title=f"Will fog {word}?") for word in ("fall", "lift"))
        others = [make.member(blind, name=f"Other {number}") for number in range(3)]
        for person in others:
            for asked in (first, second):
                row = make.estimate(asked, person, BLIND, make.day(1), pk=next(pks), rationale=plant("blind rationale"))
                self.hide(row)
        relation = Relation.objects.create(scenario=blind, kind="exclusive", note="Fog falls or lifts")
        for place, one in enumerate((first, second)):
            RelationMember.objects.create(relation=relation, forecast=one, position=place)
        proposed = make.forecast(blind, title="Did fog come?", closes_at=make.day(3))
        verdict = make.verdict(
            proposed, "yes", pk=next(pks), person=others[0], note=plant("proposal"), takes_effect_at=None
        )
        piece = Evidence.objects.create(
            pk=next(pks), verdict=verdict, quote=plant("evidence of a proposal", *RESOLVING), sha256="2" * 64,
            file=ContentFile(b"It came.", "fog.txt"),
        )  # fmt: skip
        self.hide(verdict)
        # What a page says that it showed, when somebody answers on it.
        self.canaries.allow(verdict.pk, *RESOLVING)
        self.hide(piece, readers=RESOLVING)
        for kept in (blind, first, proposed, relation):
            self.keep(kept)
        self.own["slug"].append(Thing("blind slug", (blind.slug,)))
        self.blind, self.blind_forecast, self.others = blind, first, others

    def _named(self) -> None:
        """One forecast of the private scenario names somebody, who sees it and nothing around it."""
        title, key = (self.canaries.plant(what, "named") for what in ("the one shown", "its key"))
        shown = make.forecast(
            self.private, pk=next(self.named_pks), title=f"Will the {title} come?", key=key,
            resolver=self.person("named"), statement=self.statement,
            fidelity="same",
        )  # fmt: skip
        said = make.estimate(
            shown,
            self.witness,
            0.6,
            make.day(1),
            pk=next(self.named_pks),
            rationale=self.canaries.plant("said of it", "named"),
        )
        self.hide(shown, readers=("named",))
        self.hide(said, readers=("named",))
        for number in (self.private.pk, said.forecaster_id):
            self.canaries.allow(number, "named")

    def _links(self) -> dict[str, dict[str, str]]:
        """Links out of mails: one's own, and those of somebody who was a member of the private scenario."""
        found = {role: links_of(self.person(role), self.asked, NOW) for role in ("analyst", "resolver")}
        return found | {"removed": links_of(self.person("removed"), self.first_private, make.day(15))}

    @property
    def first_private(self) -> Forecast:
        return Forecast.objects.get(title=self.words["title"])
