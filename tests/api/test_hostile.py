"""Parameters that no program sends by mistake: NUL, numbers beyond every page, digits of other scripts."""

from urllib.parse import quote

import pytest

from forecasts.models import Forecaster
from forecasts.scores.scorekeeping import settle
from forecasts.scores.statistics import GROUP_BY
from tests import make
from tests.api.test_strictness import PAGING, faults, operations
from tests.api.world import API, World, as_person

pytestmark = pytest.mark.django_db

LISTS = ["articles/", "sources/", "statements/", "scenarios/", "forecasts/", "estimates/", "resolutions/"]
LISTS += ["vintages/", "specs/", "counts/"]


@pytest.mark.parametrize("text", ["\x00", "a\x00b", "2024-01-01\x00"])
def test_a_nul_is_refused_at_the_parameter_that_holds_it(world: World, text: str) -> None:
    client = as_person(world.member)
    for path, parameters in operations():
        names = [one["name"] for one in parameters]
        found = faults(client, path, **dict.fromkeys(names, text)) if names else {}
        assert set(found) == set(names), path


@pytest.mark.parametrize(("page", "status"), [("1", 200), ("2", 404), ("999999999", 404), ("9" * 30, 400), ("0", 400)])
def test_a_page_beyond_the_last_is_not_there_and_one_beyond_all_numbers_is_none(
    world: World, page: str, status: int
) -> None:
    client = as_person(world.member)
    for path in LISTS:
        answer = client.get(API + path, {"page": page})
        assert answer.status_code == status, path
        if status == 404:
            assert answer.json()["code"] == "no_such_page", path
        if status == 400:
            assert list(answer.json()["errors"]) == ["page"], path


def test_digits_of_other_scripts_and_other_spellings_are_no_numbers(world: World) -> None:
    client = as_person(world.member)
    for digits in ("٤", "４", "௪", "²", "४", "+4", " 4", "4.0", "-4", "0x4"):
        found = faults(client, f"{API}calibration/", **dict.fromkeys(("analyst", "source", "bins"), digits))
        assert set(found) == {"analyst", "source", "bins"}, digits
        for name in PAGING:
            assert list(faults(client, f"{API}forecasts/", **{name: digits})) == [name], digits


def test_each_of_two_that_differ_is_refused_as_much_as_two_alike(world: World) -> None:
    client = as_person(world.member)
    for query in ("bins=5&bins=10", "estimand=last&estimand=first", "group_by=month&group_by=month"):
        answer = client.get(f"{API}calibration/?{query}")
        (fault,) = answer.json()["errors"][query.partition("=")[0]]
        assert (answer.status_code, fault["code"]) == (400, "repeated")


@pytest.mark.parametrize(
    "name", ["a\u202eb", "\ud800".encode("utf-8", "surrogatepass").decode("latin-1"), "<b>", "x" * 5000]
)
def test_a_parameter_of_any_name_is_named_in_the_answer_and_breaks_nothing(world: World, name: str) -> None:
    answer = as_person(world.member).get(f"{API}calibration/?{quote(name)}=1")
    assert (answer.status_code, answer.json()["code"]) == (400, "unknown_parameter")


@pytest.mark.parametrize("since", ["2024-02-30", "0000-01-01", "10000-01-01", "2024-1-1", "20241231", "2024-W01-1"])
def test_a_day_that_does_not_exist_or_is_written_otherwise_is_refused_or_read_as_it_stands(
    world: World, since: str
) -> None:
    answer = as_person(world.member).get(f"{API}calibration/", {"since": since})
    assert answer.status_code == (200 if since in ("20241231", "2024-W01-1") else 400)


def test_a_comparison_of_those_with_nothing_in_common_is_null_with_the_reason(world: World) -> None:
    other = make.member(world.scenario)
    make.estimate(world.open, other, 0.4, make.day(3))
    first, second = (str(Forecaster.objects.of(who).pk) for who in (world.member, other))
    found = as_person(world.member).get(f"{API}comparison/", {"first": first, "second": second}).json()
    assert (found["forecasts"], found["brier"], found["log"]) == (0, None, None)
    assert found["notes"] == ["No yes-or-no forecast is scored on which both have an estimate under “last”."]


@pytest.mark.parametrize("names", [",", ",,", "-,", "{0},", ",{0}", "{0},,{0}", "-"])
def test_an_ordering_without_a_name_is_refused_with_what_is_allowed(world: World, names: str) -> None:
    client = as_person(world.member)
    for path, parameters in operations():
        allowed = next((one["schema"]["items"]["enum"] for one in parameters if one["name"] == "ordering"), None)
        if allowed is not None:
            (fault,) = faults(client, path, ordering=names.format(allowed[0]))["ordering"]
            assert set(fault["allowed"]) == set(allowed), path


@pytest.mark.parametrize("group_by", GROUP_BY)
@pytest.mark.parametrize("kind", ["analyst", "consensus", "source"])
@pytest.mark.parametrize("form", ["/", ".csv"])
def test_a_split_by_what_no_forecast_of_the_slice_has_is_empty(
    world: World, group_by: str, kind: str, form: str
) -> None:
    for number in range(2):
        forecast = make.forecast(world.scenario, category="other")
        make.estimate(forecast, make.member(world.scenario), 0.1 * (number + 1), make.day(1))
        make.verdict(forecast)
    settle(at=make.day(60))
    estimand = "at:1d" if group_by == "lead_time" else "last"
    query = {"group_by": group_by, "category": "other", "forecaster_kind": kind, "estimand": estimand}
    assert as_person(world.member).get(f"{API}calibration{form}", query).status_code == 200
