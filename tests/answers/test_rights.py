"""Every job that writes a fact in a person's name asks for the right itself: nobody in particular writes none."""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import transaction

from forecasts.answers import estimating, proposing, reporting, resolving, reviewing_counts
from forecasts.answers.estimating import Answer
from forecasts.answers.resolving import Finding, Proof
from forecasts.mail import inviting, membering, preferring
from forecasts.models import FACTS, Article, Estimate, Forecast, Membership, Statement, Verdict
from forecasts.questions import amending, publishing, reviewing
from forecasts.questions.intake import adding
from forecasts.questions.intake.adding import Heading
from forecasts.questions.reviewing import Review
from forecasts.rules.errors import NotAllowed
from forecasts.rules.values import Value
from tests import make

pytestmark = pytest.mark.django_db

PERSON = {"user", "person", "by", "review"}
ROOMS = ("answers", "questions", "mail")
FINDING = Finding(Verdict.Outcome.YES, known_at=make.day(20), note="x")
AT = make.day(32)

type Act = Callable[[Any, Forecast], object]


def of_estimates(who: Any, forecast: Forecast) -> object:
    return estimating.record(forecast, who, Answer(value=Value(3000)), at=make.day(2), channel=Estimate.Channel.WEB)


def reviewed(act: Callable[..., object], *more: Any) -> Act:
    def acted(who: Any, forecast: Forecast) -> object:
        assert forecast.statement is not None
        return act(forecast.statement, Review(who, AT, 0), *more)

    return acted


def drafted(forecast: Forecast) -> Forecast:
    return make.forecast(forecast.scenario, published_at=None)


def a_member(forecast: Forecast) -> Membership:
    return make.member(forecast.scenario).memberships.get()


ACTS: dict[str, Act] = {
    "answers.estimating.record": of_estimates,
    "answers.reporting.report": lambda who, one: reporting.report(one, who, at=AT),
    "answers.reporting.postpone": lambda who, one: reporting.postpone(one, who, make.day(60), "x", at=AT),
    "answers.resolving.verdict_acts.resolve": lambda who, one: resolving.resolve(one, who, FINDING, at=AT),
    "answers.resolving.verdict_acts.second": lambda who, one: resolving.second(one, who, FINDING, at=AT),
    "answers.resolving.verdict_acts.confirm": lambda who, one: resolving.confirm(one, who, at=AT),
    "answers.resolving.verdict_acts.decide": lambda who, one: resolving.decide(one, who, FINDING, at=AT),
    "answers.resolving.verdict_acts.take_back": lambda who, one: resolving.take_back(one, who, "x", at=AT),
    "answers.resolving.verdict_acts.postpone": lambda who, one: resolving.postpone(one, who, make.day(60), "x", at=AT),
    "answers.resolving.several.annul_several": lambda who, one: resolving.annul_several(
        [one], who, "other", "x", at=AT
    ),
    "answers.resolving.several.hand_over": lambda who, one: resolving.hand_over(
        [one], make.user(), None, "x", by=who, at=AT
    ),
    "questions.amending.amend": lambda who, one: amending.amend(
        one, who, {"title": "x"}, "material", "x", at=make.day(2)
    ),
    "questions.publishing.publish": lambda who, one: publishing.publish(drafted(one), who, "x", at=make.day(2)),
    "questions.intake.adding.add": lambda who, one: adding.add(
        Heading("Wire", "T", make.day(0)), "It may rain.", one.scenario, at=AT, by=who
    ),
    "questions.reviewing.review_acts.accept": reviewed(reviewing.accept),
    "questions.reviewing.review_acts.reject": reviewed(reviewing.reject, "x"),
    "questions.reviewing.review_acts.sort": reviewed(reviewing.sort, "economy"),
    "questions.reviewing.review_acts.split": reviewed(reviewing.split, 0, 3),
    "questions.reviewing.review_acts.add": lambda who, one: reviewing.add(
        Article.objects.get(), Review(who, AT, 0), 0, 3, "The"
    ),
    "questions.reviewing.undoing.undo": lambda who, one: reviewing.undo(Article.objects.get(), Review(who, AT, 0)),
    "mail.inviting.invite": lambda who, one: inviting.invite(
        one.scenario, "new@example.invalid", "New", "owner", by=who, at=AT
    ),
    "mail.inviting.invite_several": lambda who, one: inviting.invite_several(
        one.scenario, [inviting.Invited("new@example.invalid", "New")], "owner", by=who, at=AT
    ),
    "mail.inviting.invite_again": lambda who, one: inviting.invite_again(a_member(one), by=who, at=AT),
    "mail.membering.give_role": lambda who, one: membering.give_role(a_member(one), "owner", by=who, at=AT),
    "mail.membering.remove": lambda who, one: membering.remove(a_member(one), by=who, at=AT),
    "answers.proposing.accept": lambda who, one: proposing.accept(one, who, at=AT),
    "answers.proposing.refuse": lambda who, one: proposing.refuse(one, who, "x", at=AT),
    "answers.reviewing_counts.keep_resolution": lambda who, one: reviewing_counts.keep_resolution(one, who, "x", at=AT),
    "answers.resolving.several.resolve_several": lambda who, one: resolving.resolve_several(
        {one: replace(FINDING, evidence=(Proof("https://example.org/"),))}, who, at=AT
    ),
    "questions.reviewing.review_acts.repeat": lambda who, one: reviewing.repeat(
        Statement.objects.get(), Review(who, AT, 0), Statement.objects.get()
    ),
    "mail.preferring.mute": lambda who, one: preferring.mute(who, one, at=AT),
}

OF_ONES_OWN = {"mail.preferring.save", "mail.preferring.stop", "mail.preferring.unmute", "mail.membering.make_scenario"}
"""What somebody sets for themselves, or makes: about nothing that they could not see."""
LOOKING = ("mail.links.", "mail.emails.", "mail.prompting.", "questions.drafting.")
"""Rooms that only look, or write to the person."""


def jobs() -> Iterator[str]:
    """Every public function of the rooms where facts are written that takes a person and a time."""
    for room in ROOMS:
        package = importlib.import_module(f"forecasts.{room}")
        for found in pkgutil.walk_packages(package.__path__, f"forecasts.{room}."):
            module = importlib.import_module(found.name)
            for name, job in inspect.getmembers(module, inspect.isfunction):
                inner = inspect.unwrap(job)
                if inner.__module__ == found.name and not name.startswith("_") and _acts(inner):
                    yield f"{found.name.removeprefix('forecasts.')}.{name}"


def _acts(job: Callable[..., object]) -> bool:
    """Whether it takes a review, or a person and a time, and gives something back that was written."""
    names = inspect.signature(job).parameters
    return "review" in names or ("at" in names and bool(PERSON & set(names)))


def test_every_job_that_acts_for_a_person_is_called_here() -> None:
    found = {name for name in jobs() if not name.startswith(LOOKING)}
    within = {"questions.reviewing.keeping.check_fresh", "questions.reviewing.keeping.keep"}
    assert found - within - OF_ONES_OWN == set(ACTS)


@pytest.fixture
def forecast() -> Forecast:
    """With a statement of an article that is in its scenario."""
    scenario = make.scenario()
    article = make.article("The port may reopen.")
    scenario.articles.add(article)
    statement = make.statement(article, "The port may reopen.")
    return make.forecast(scenario, statement=statement, fidelity="same")


def nobodies(forecast: Forecast) -> list[Any]:
    closed = make.member(forecast.scenario, Membership.Role.OWNER, is_active=False)
    elsewhere = make.member(make.scenario(), Membership.Role.OWNER)
    return [AnonymousUser(), make.user(), elsewhere, closed]


@pytest.mark.parametrize("name", ACTS)
def test_nobody_in_particular_acts(forecast: Forecast, name: str) -> None:
    for who in nobodies(forecast):
        before = {model: model._default_manager.count() for model in FACTS}
        with pytest.raises(NotAllowed), transaction.atomic():
            ACTS[name](who, forecast)
        assert {model: model._default_manager.count() for model in FACTS} == before


def test_a_viewer_writes_no_fact(forecast: Forecast) -> None:
    viewer = make.member(forecast.scenario, Membership.Role.VIEWER)
    for name, act in ACTS.items():
        if name != "mail.preferring.mute":
            with pytest.raises(NotAllowed), transaction.atomic():
                act(viewer, forecast)
