"""Conditional requests: what has not changed is not sent again, whoever asks and however."""

from typing import Any

import pytest

from forecasts.api import calibration
from forecasts.models import Membership, Scenario, Snapshot, User
from forecasts.scores import scorekeeping
from tests import make
from tests.api.world import API, as_person

pytestmark = pytest.mark.django_db

FORMS = ["calibration/", "calibration.csv", "calibration.svg", "calibration.png", "calibration.vl.json"]
PAGE = f"{API}calibration/"


@pytest.fixture
def scenario() -> Scenario:
    return make.scenario("aleppo")


@pytest.fixture
def ada(scenario: Scenario) -> User:
    ada = make.member(scenario)
    score(scenario, ada)
    return ada


def score(scenario: Scenario, who: User) -> None:
    forecast = make.forecast(scenario)
    make.estimate(forecast, who, 0.7, make.day(3))
    make.verdict(forecast, "yes")
    scorekeeping.mark_due([forecast.pk], make.day(30))
    scorekeeping.settle(make.day(31))


def asked(user: User, path: str = PAGE, match: str | None = None, **query: str) -> Any:
    headers: dict[str, Any] = {} if match is None else {"HTTP_IF_NONE_MATCH": match}
    return as_person(user).get(path, query, **headers)


@pytest.mark.parametrize("form", FORMS)
def test_every_form_answers_304_without_a_body_and_with_what_caches_need(ada: User, form: str) -> None:
    tag = asked(ada, API + form)["ETag"]
    answer = asked(ada, API + form, match=tag)
    assert (answer.status_code, answer.content, answer["ETag"]) == (304, b"", tag)
    assert {"Authorization", "Cookie"} <= {name.strip() for name in answer["Vary"].split(",")}
    assert answer["Cache-Control"] == "private"


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ("{tag}", 304),
        ("W/{tag}", 304),
        ('"other", {tag}', 304),
        ('W/"other" , W/{tag}', 304),
        ("*", 304),
        ('"other"', 200),
        ("{bare}", 200),
        ("", 200),
        ('"', 200),
    ],
)
def test_tags_are_compared_as_http_has_it(ada: User, sent: str, status: int) -> None:
    tag = asked(ada)["ETag"]
    answer = asked(ada, match=sent.format(tag=tag, bare=tag.strip('"')))
    assert (answer.status_code, bool(answer.content)) == (status, status == 200)


def test_every_form_plot_table_and_parameter_has_a_tag_of_its_own(ada: User) -> None:
    queries: list[tuple[str, dict[str, str]]] = [
        *((form, {}) for form in FORMS),
        ("calibration.csv", {"table": "scores"}),
        ("calibration.svg", {"plot": "months"}),
        ("calibration/", {"bins": "5"}),
        ("calibration/", {"group_by": "month"}),
        ("calibration/", {"estimand": "first"}),
        ("calibration/", {"scenario": "aleppo"}),
    ]
    tags = [asked(ada, API + form, **query)["ETag"] for form, query in queries]
    assert len(set(tags)) == len(queries)


def test_the_order_of_parameters_makes_no_other_tag(ada: User) -> None:
    there, back = (
        as_person(ada).get(f"{PAGE}?{query}")["ETag"]
        for query in ("bins=5&since=2024-01-01", "since=2024-01-01&bins=5")
    )
    assert there == back


def test_a_snapshot_whose_id_comes_again_after_a_restore_has_another_tag(ada: User) -> None:
    before = asked(ada)["ETag"]
    Snapshot.objects.update(made_at=make.day(40))
    assert asked(ada)["ETag"] != before


def test_joining_and_leaving_a_scenario_each_change_the_tag(ada: User) -> None:
    tags = [asked(ada)["ETag"]]
    joined = Membership.objects.create(scenario=make.scenario(), user=ada, role="viewer")
    tags.append(asked(ada)["ETag"])
    joined.delete()
    tags.append(asked(ada)["ETag"])
    assert tags[0] == tags[2] != tags[1]


def test_a_refused_query_is_never_304(ada: User) -> None:
    assert asked(ada, match="*", bins="7").status_code == 400
    assert as_person(None).get(PAGE, HTTP_IF_NONE_MATCH="*").status_code == 401


@pytest.mark.validate  # a cache that answers late on a busy machine is passed by, as it should be
def test_what_was_made_for_one_is_not_made_again_for_another_who_sees_the_same(
    ada: User, scenario: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = asked(ada, f"{API}calibration.png").content
    monkeypatch.setattr(calibration, "FORMS", {})
    assert asked(make.member(scenario), f"{API}calibration.png").content == first


def test_after_a_settle_that_changed_something_everything_is_made_anew(ada: User, scenario: Scenario) -> None:
    before = {form: asked(ada, API + form) for form in FORMS}
    score(scenario, ada)
    for form, old in before.items():
        new = asked(ada, API + form, match=old["ETag"])
        assert (new.status_code, new.content != old.content) == (200, True), form
