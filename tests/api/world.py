"""A private scenario with one of everything, and the people around it."""

from dataclasses import dataclass
from typing import Any

from rest_framework.test import APIClient

from forecasts.models import Article, Estimate, Forecast, Membership, Scenario, Statement, User
from tests import make

API = "/api/v1/"


@dataclass(frozen=True)
class World:
    """`resolved` came true, `open` takes estimates until long after the tests run."""

    scenario: Scenario
    owner: User
    member: User
    viewer: User
    stranger: User
    article: Article
    statement: Statement
    resolved: Forecast
    open: Forecast
    estimate: Estimate

    def paths(self) -> list[str]:
        """Every list and every detail, without the leading part."""
        lists = ["articles/", "statements/", "scenarios/", "forecasts/", "estimates/", "resolutions/"]
        return [*lists, *self.details()]

    def details(self) -> list[str]:
        return [
            f"articles/{self.article.pk}/",
            f"statements/{self.statement.pk}/",
            f"scenarios/{self.scenario.slug}/",
            f"forecasts/{self.resolved.pk}/",
            f"estimates/{self.estimate.pk}/",
            f"resolutions/{self.resolved.pk}/",
        ]


def build() -> World:
    scenario = make.scenario("aleppo-2024")
    owner = make.member(scenario, Membership.Role.OWNER)
    member = make.member(scenario, name="Ada")
    viewer = make.member(scenario, Membership.Role.VIEWER)
    article = make.article()
    scenario.articles.add(article)
    statement = make.statement(article, "The army may retake the city.", category="escalation")
    resolved = make.forecast(scenario, statement=statement, fidelity=Forecast.Fidelity.SAME)
    make.verdict(resolved, "yes", note="The army did.")
    return World(
        scenario,
        owner,
        member,
        viewer,
        make.user(),
        article,
        statement,
        resolved,
        open_forecast(scenario),
        make.estimate(resolved, member, 0.35, make.day(3), rationale="Troops gather."),
    )


def open_forecast(scenario: Scenario, **fields: Any) -> Forecast:
    """Open since December 2024 and for a thousand years."""
    return make.forecast(scenario, **open_until_late(fields))


def open_until_late(fields: dict[str, Any]) -> dict[str, Any]:
    far = make.day(365_000)
    return {"closes_at": far, "resolves_at": far, **fields}


def as_person(user: User | None) -> APIClient:
    """A client that has this person's session, or nobody's."""
    client = APIClient()
    if user is not None:
        client.force_login(user)
    return client
