"""Resolving in the admin writes a verdict with its evidence, and nothing else."""

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from forecasts import resolving
from forecasts.models import Cell, Contribution, Forecast, Membership, Scenario, User, Verdict
from tests import make

pytestmark = pytest.mark.django_db

FINDING = {
    "outcome": "yes",
    "occurred_at": "2024-12-05T12:00",
    "known_at": "2024-12-05T18:00",
    "evidence-0-url": "https://www.unocha.org/",
    "evidence-0-quote": "The army confirmed its withdrawal.",
    "note": "Two agencies agree.",
}
BARE = {**FINDING, "evidence-0-url": "", "evidence-0-quote": ""}
PDF = b"%PDF-1.7 A flash update."


@pytest.fixture
def scenario() -> Scenario:
    return make.scenario()


@pytest.fixture
def resolver(scenario: Scenario, client: Client) -> User:
    person = make.member(scenario, Membership.Role.RESOLVER)
    client.force_login(person)
    return person


@pytest.fixture
def forecast(scenario: Scenario) -> Forecast:
    return make.forecast(scenario, time_zone="Asia/Damascus")


@pytest.fixture
def media(settings: Settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def act(client: Client, forecast: Forecast, name: str, data: dict[str, Any]) -> str:
    """POST to one of the pages of verdicts; the text of where that leads."""
    answer = client.post(reverse(f"admin:forecasts_forecast_{name}", args=[forecast.pk]), data, follow=True)
    return answer.content.decode()


def test_a_resolution_keeps_outcome_times_evidence_and_note(client: Client, resolver: User, forecast: Forecast) -> None:
    text = act(client, forecast, "resolve", FINDING)
    assert "Resolved as YES." in text
    verdict = Verdict.objects.get()
    assert (verdict.person, verdict.act, verdict.outcome, verdict.round) == (resolver, "propose", "yes", 1)
    assert verdict.note == "Two agencies agree."
    evidence = verdict.evidence.get()
    assert (evidence.url, evidence.quote) == ("https://www.unocha.org/", "The army confirmed its withdrawal.")


def test_times_are_read_in_the_zone_of_the_forecast(client: Client, resolver: User, forecast: Forecast) -> None:
    act(client, forecast, "resolve", FINDING)
    verdict = Verdict.objects.get()
    assert verdict.known_at == datetime(2024, 12, 5, 15, tzinfo=UTC)
    assert verdict.occurred_at == datetime(2024, 12, 5, 9, tzinfo=UTC)


def test_resolving_writes_no_score(client: Client, resolver: User, forecast: Forecast) -> None:
    make.estimate(forecast, make.user(), 0.3, make.day(1))
    act(client, forecast, "resolve", FINDING)
    assert Contribution.objects.count() == Cell.objects.count() == 0


def test_the_history_of_the_admin_names_who_resolved(client: Client, resolver: User, forecast: Forecast) -> None:
    act(client, forecast, "resolve", FINDING)
    entry = LogEntry.objects.get()
    assert entry.user == resolver
    assert entry.change_message.startswith("Resolved as YES.")


def test_the_action_of_the_list_leads_to_the_page_of_one_forecast(
    client: Client, resolver: User, forecast: Forecast
) -> None:
    chosen = {"action": "resolve", "_selected_action": str(forecast.pk)}
    answer = client.post(reverse("admin:forecasts_forecast_changelist"), chosen)
    assert answer["Location"] == reverse("admin:forecasts_forecast_resolve", args=[forecast.pk])


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"outcome": ""}, "Choose one of these."),
        ({"outcome": "value"}, "not one of the available choices"),
        ({"outcome": "option:1"}, "not one of the available choices"),
        ({"known_at": ""}, "Say when the answer became known"),
        ({"known_at": "2999-01-01T00:00"}, "cannot have become known in the future"),
        ({"occurred_at": "2024-12-06T00:00"}, "cannot have occurred after it became known"),
        ({"known_at": "yesterday"}, "Enter a valid date/time."),
        ({"known_at": "2024-11-30T00:00", "occurred_at": ""}, "before the forecast opened"),
        ({"evidence-0-url": "", "evidence-0-quote": ""}, "Give the evidence"),
        ({"evidence-0-url": "javascript:alert(1)"}, "Enter a valid URL."),
        ({"evidence-0-retrieved_at": "2999-01-01T00:00"}, "cannot have been retrieved in the future"),
        ({"outcome": "annulled"}, "Choose what was wrong."),
        ({"outcome": "annulled", "annulled_because": "other", "note": ""}, "Say what was wrong."),
        ({"outcome": "annulled", "annulled_because": "boring"}, "not one of the available choices"),
        ({"outcome": "later"}, "Give the day before which nobody can know."),
        ({"outcome": "later", "until": "2024-12-01"}, "Give a day to come"),
        ({"outcome": "later", "until": "2999-01-01", "note": ""}, "Say why it cannot be known"),
    ],
)
def test_what_does_not_fit_is_refused_at_its_field_and_nothing_is_kept(
    client: Client, resolver: User, forecast: Forecast, change: dict[str, str], complaint: str
) -> None:
    answer = client.post(reverse("admin:forecasts_forecast_resolve", args=[forecast.pk]), {**FINDING, **change})
    assert answer.status_code == 422
    assert complaint in answer.content.decode()
    assert Verdict.objects.count() == 0


@pytest.mark.parametrize("outcome", ["annulled", "ambiguous"])
def test_annulled_and_ambiguous_are_outcomes_without_times(
    client: Client, resolver: User, forecast: Forecast, outcome: str
) -> None:
    said = {"outcome": outcome, "annulled_because": "unclear", "note": "Both sources contradict each other."}
    text = act(client, forecast, "resolve", said)
    assert "It is counted, and not scored." in text
    assert Verdict.objects.get().outcome == outcome


def test_a_choice_is_resolved_by_naming_its_option(client: Client, resolver: User, scenario: Scenario) -> None:
    forecast = make.choice(["none", "one", "more"], scenario)
    option = forecast.options.get(label="one")
    text = act(client, forecast, "resolve", {**FINDING, "outcome": f"option:{option.pk}"})
    assert "Resolved as “one”." in text
    assert Verdict.objects.get().option == option


def test_a_number_is_resolved_by_its_value(client: Client, resolver: User, scenario: Scenario) -> None:
    forecast = make.numeric(scenario)
    act(client, forecast, "resolve", {**FINDING, "outcome": "value", "value": "81"})
    assert Verdict.objects.get().value == 81


def test_a_number_without_its_value_is_refused(client: Client, resolver: User, scenario: Scenario) -> None:
    forecast = make.numeric(scenario)
    assert "Give the value that came true." in act(client, forecast, "resolve", {**FINDING, "outcome": "value"})
    assert Verdict.objects.count() == 0


def test_taking_back_asks_why_and_keeps_both_acts(client: Client, resolver: User, forecast: Forecast) -> None:
    act(client, forecast, "resolve", FINDING)
    assert "This field is required." in act(client, forecast, "take_back", {"note": ""})
    assert "is taken back" in act(client, forecast, "take_back", {"note": "The source has corrected itself."})
    assert [verdict.act for verdict in forecast.verdicts.all()] == ["propose", "take_back"]


def test_resolving_again_supersedes_and_overwrites_nothing(client: Client, resolver: User, forecast: Forecast) -> None:
    act(client, forecast, "resolve", FINDING)
    act(client, forecast, "resolve", {**FINDING, "outcome": "no"})
    acts = [(verdict.round, verdict.act, verdict.outcome) for verdict in forecast.verdicts.all()]
    assert acts == [(1, "propose", "yes"), (2, "supersede", "no")]


def test_a_second_person_confirms_where_the_scenario_asks_for_it(client: Client, forecast: Forecast) -> None:
    Scenario.objects.update(two_people_resolve=True)
    first, second = (make.member(forecast.scenario, Membership.Role.RESOLVER) for _ in range(2))
    client.force_login(first)
    assert "A second person gives their own answer" in act(client, forecast, "resolve", FINDING)
    assert "It counts once a second person" in act(client, forecast, "confirm", FINDING)
    client.force_login(second)
    assert "Confirmed as YES." in act(client, forecast, "confirm", FINDING)
    completing = Verdict.objects.complete(datetime.now(UTC)).get()
    assert (completing.person, completing.act) == (second, "confirm")


@pytest.mark.parametrize("role", [Membership.Role.VIEWER, Membership.Role.ANALYST])
def test_viewers_and_analysts_do_not_get_to_the_page(client: Client, forecast: Forecast, role: str) -> None:
    client.force_login(make.member(forecast.scenario, role))
    assert client.get(reverse("admin:forecasts_forecast_resolve", args=[forecast.pk])).status_code in (302, 404)
    assert client.post(reverse("admin:forecasts_forecast_resolve", args=[forecast.pk]), FINDING).status_code in (
        302,
        404,
    )
    assert Verdict.objects.count() == 0


def test_a_resolver_elsewhere_does_not_find_the_forecast(client: Client, forecast: Forecast) -> None:
    client.force_login(make.member(make.scenario(), Membership.Role.RESOLVER))
    for name in ("resolve", "confirm", "take_back"):
        address = reverse(f"admin:forecasts_forecast_{name}", args=[forecast.pk])
        assert client.post(address, FINDING).status_code == 404
    assert Verdict.objects.count() == 0


def test_the_named_backup_resolves_without_membership(client: Client, forecast: Forecast) -> None:
    backup = make.user()
    Forecast.objects.update(backup=backup)
    client.force_login(backup)
    assert "Resolved as YES." in act(client, forecast, "resolve", FINDING)


def test_a_draft_cannot_be_resolved(client: Client, resolver: User, scenario: Scenario) -> None:
    draft = make.forecast(scenario, published_at=None)
    assert client.get(reverse("admin:forecasts_forecast_resolve", args=[draft.pk])).status_code == 404


def test_what_is_known_before_opening_is_recorded_once_that_is_said_to_be_meant(
    client: Client, resolver: User, forecast: Forecast
) -> None:
    early = {**FINDING, "known_at": "2024-11-30T00:00", "occurred_at": "", "known_before": "on"}
    assert "counted as known before opening, and not scored" in act(client, forecast, "resolve", early)
    assert Verdict.objects.get().known_at == datetime(2024, 11, 29, 21, tzinfo=UTC)


def test_a_no_may_say_in_the_note_where_one_looked(client: Client, resolver: User, forecast: Forecast) -> None:
    assert "Resolved as NO." in act(client, forecast, "resolve", {**BARE, "outcome": "no"})


def test_several_pieces_of_evidence_are_kept_in_their_order(client: Client, resolver: User, forecast: Forecast) -> None:
    more = {
        "evidence-0-as_of": "2024-12-04T00:00",
        "evidence-2-quote": "We left.",
        "evidence-2-retrieved_at": "2024-12-06T09:30",
    }
    act(client, forecast, "resolve", {**FINDING, **more})
    first, second = Verdict.objects.get().evidence.order_by("pk")
    assert (first.url, first.as_of) == ("https://www.unocha.org/", datetime(2024, 12, 3, 21, tzinfo=UTC))
    assert (second.quote, second.retrieved_at) == ("We left.", datetime(2024, 12, 6, 6, 30, tzinfo=UTC))


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_a_file_is_kept_with_its_sha256_and_given_back_as_it_was(
    client: Client, resolver: User, forecast: Forecast, media: Path
) -> None:
    act(client, forecast, "resolve", {**BARE, "evidence-0-file": upload("flash update 3.PDF", PDF)})
    piece = Verdict.objects.get().evidence.get()
    assert piece.sha256 == hashlib.sha256(PDF).hexdigest()
    answer = client.get(reverse("evidence", args=[piece.pk]))
    assert b"".join(answer.streaming_content) == PDF  # type: ignore[attr-defined]
    assert answer["Content-Disposition"] == 'attachment; filename="flash-update-3.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Type"] == "application/octet-stream"


def test_a_text_is_kept_as_a_file(client: Client, resolver: User, forecast: Forecast, media: Path) -> None:
    act(client, forecast, "resolve", {**BARE, "evidence-0-text": "Nous sommes partis à l’aube."})
    with Verdict.objects.get().evidence.get().file.open("rb") as kept:
        assert kept.read().decode() == "Nous sommes partis à l’aube."


@pytest.mark.parametrize(
    ("name", "content", "complaint"),
    [
        ("page.svg", b"<svg onload='alert(1)'/>", "Keep a PDF, a picture or a text"),
        ("update.pdf", b"MZ\x90", "does not hold what"),
        ("note.txt", b"\xff\xfe\x00", "does not hold what"),
        ("empty.txt", b"", "empty"),
        ("large.txt", b"x" * (10 * 1024 * 1024 + 1), "larger than 10 MB"),
    ],
)
def test_a_file_that_is_not_what_it_says_or_too_large_is_refused(
    client: Client, resolver: User, forecast: Forecast, media: Path, name: str, content: bytes, complaint: str
) -> None:
    given = {**FINDING, "evidence-0-file": upload(name, content)}
    assert complaint in act(client, forecast, "resolve", given)
    assert Verdict.objects.count() == 0
    assert not any(media.rglob("*.*"))


def test_kept_files_do_not_exist_for_whoever_may_not_see_the_forecast(
    client: Client, resolver: User, forecast: Forecast, media: Path
) -> None:
    act(client, forecast, "resolve", {**FINDING, "evidence-0-file": upload("a.pdf", PDF)})
    address = reverse("evidence", args=[Verdict.objects.get().evidence.get().pk])
    client.force_login(make.member(forecast.scenario, Membership.Role.VIEWER))
    assert client.get(address).status_code == 200
    assert client.post(address).status_code == 405
    client.force_login(make.member(make.scenario(), Membership.Role.OWNER))
    assert client.get(address).status_code == 404
    client.logout()
    assert client.get(address).status_code == 302


def test_the_name_of_a_file_leads_nowhere_else(client: Client, resolver: User, forecast: Forecast, media: Path) -> None:
    act(client, forecast, "resolve", {**FINDING, "evidence-0-file": upload("..\\..\\evil name;.pdf", PDF)})
    [kept] = [path for path in media.rglob("*") if path.is_file()]
    assert kept.name == "evil-name.pdf"
    assert kept.is_relative_to(media / "evidence")


def test_the_preview_shows_what_each_outcome_would_score_and_records_nothing(
    client: Client, resolver: User, forecast: Forecast
) -> None:
    make.estimate(forecast, make.member(forecast.scenario, name="Ada"), 0.3, make.day(1))
    make.estimate(forecast, make.member(forecast.scenario, name="Bea"), 0.9, make.day(20))
    address = reverse("admin:forecasts_forecast_resolve", args=[forecast.pk])
    shown = client.get(address).context["preview"]
    assert {line.name: line.scores for line in shown.lines} == {
        "Ada": ["0.49", "0.09"],
        "Bea": ["0.01", "0.81"],
        "The consensus": shown.lines[-1].scores if shown.lines[-1].name == "The consensus" else shown.lines[0].scores,
    }
    answer = client.post(address, {"known_at": "2024-12-10T00:00", "preview": "1"})
    shown = answer.context["preview"]
    assert [line.name for line in shown.lines] == ["Ada"]
    assert (shown.estimates, shown.too_late) == (2, 1)
    assert Verdict.objects.count() == 0
    assert "Choose one of these." not in answer.content.decode()


def test_the_preview_keeps_a_blind_scenario_blind(client: Client, forecast: Forecast) -> None:
    Scenario.objects.update(blind_until_answered=True)
    make.estimate(forecast, make.member(forecast.scenario, name="Ada"), 0.3, make.day(1))
    client.force_login(make.member(forecast.scenario, Membership.Role.RESOLVER))
    shown = client.get(reverse("admin:forecasts_forecast_resolve", args=[forecast.pk]))
    assert shown.context["preview"].lines == []
    assert "Ada" not in shown.content.decode()


def test_not_knowable_before_a_day_is_an_answer_too(client: Client, resolver: User, forecast: Forecast) -> None:
    said = {"outcome": "later", "until": "2999-01-01", "note": "The registry opens then."}
    assert "before 1 January 2999" in act(client, forecast, "resolve", said)
    postponement = forecast.postponements.get()
    assert (postponement.person, postponement.reason) == (resolver, "The registry opens then.")
    assert postponement.until == datetime(2998, 12, 31, 21, tzinfo=UTC)
    assert Verdict.objects.count() == 0


def test_resolving_again_asks_why(client: Client, resolver: User, forecast: Forecast) -> None:
    act(client, forecast, "resolve", FINDING)
    assert "say why it is resolved again" in act(client, forecast, "resolve", {**FINDING, "note": ""})
    assert Verdict.objects.count() == 1


def test_of_two_who_opened_the_page_the_later_one_is_told_and_keeps_what_they_wrote(
    client: Client, resolver: User, forecast: Forecast
) -> None:
    act(client, forecast, "resolve", {**FINDING, "seen": "0"})
    text = act(client, forecast, "resolve", {**FINDING, "outcome": "no", "note": "My own words.", "seen": "0"})
    assert "Somebody else acted on this forecast" in text
    assert "My own words." in text
    assert [verdict.outcome for verdict in Verdict.objects.all()] == ["yes"]
    assert "Somebody else acted" in act(client, forecast, "take_back", {"note": "Wrong.", "seen": "0"})
    assert Verdict.objects.count() == 1


@pytest.fixture
def pair(forecast: Forecast) -> tuple[User, User]:
    """Two who resolve, where two are asked for; the first has said Yes."""
    Forecast.objects.update(two_people_resolve=True)
    first, second = (make.member(forecast.scenario, Membership.Role.RESOLVER) for _ in range(2))
    finding = resolving.Finding(
        Verdict.Outcome.YES,
        known_at=make.day(4),
        note="It says they fled at dawn.",
        evidence=[resolving.Proof("https://www.unocha.org/7", "They left.")],
    )
    resolving.resolve(forecast, first, finding, at=make.day(31))
    return first, second


def test_the_second_person_sees_the_evidence_and_neither_answer_nor_note_nor_time(
    client: Client, forecast: Forecast, pair: tuple[User, User]
) -> None:
    client.force_login(pair[1])
    text = client.get(reverse("admin:forecasts_forecast_resolve", args=[forecast.pk])).content.decode()
    assert "https://www.unocha.org/7" in text
    for telling in ("fled at dawn", "5 December 2024", "Proposed"):
        assert telling not in text


READ_BY_THE_SECOND = [
    lambda pk: reverse("admin:forecasts_forecast_change", args=[pk]),
    lambda pk: reverse("admin:forecasts_forecast_history", args=[pk]),
    lambda pk: reverse("admin:forecasts_verdict_changelist"),
    lambda pk: reverse("forecast", args=[pk]),
    lambda pk: reverse("board"),
    lambda pk: f"/api/v1/forecasts/{pk}/",
    lambda pk: f"/api/v1/resolutions/?forecast={pk}",
]


@pytest.mark.parametrize("address", READ_BY_THE_SECOND)
def test_no_other_page_tells_the_second_person_what_to_agree_with(
    client: Client, forecast: Forecast, pair: tuple[User, User], address: Callable[[int], str]
) -> None:
    client.force_login(pair[1])
    text = client.get(address(forecast.pk), follow=True).content.decode()
    for telling in ("fled at dawn", "oposed as Yes", "oposed: Yes", "as YES", "2024-12-05T00"):
        assert telling not in text


def test_a_dissent_goes_to_an_owner_who_is_neither_of_the_two(
    client: Client, forecast: Forecast, pair: tuple[User, User]
) -> None:
    client.force_login(pair[1])
    text = act(client, forecast, "resolve", {**FINDING, "outcome": "no"})
    assert "You said NO; the first person came to another answer." in text
    assert "An owner of the scenario who is neither of them decides." in act(client, forecast, "resolve", FINDING)
    owner = make.member(forecast.scenario, Membership.Role.OWNER)
    client.force_login(owner)
    page = client.get(reverse("admin:forecasts_forecast_resolve", args=[forecast.pk])).content.decode()
    assert "fled at dawn" in page
    assert "Say why" in act(client, forecast, "resolve", {**FINDING, "note": ""})
    assert "Resolved as NO." not in page
    assert "Confirmed as YES." in act(client, forecast, "resolve", FINDING)
    assert [verdict.act for verdict in forecast.verdicts.all()] == ["propose", "dissent", "confirm"]


def test_an_owner_may_side_with_the_second_in_a_round_of_its_own(
    client: Client, forecast: Forecast, pair: tuple[User, User]
) -> None:
    client.force_login(pair[1])
    act(client, forecast, "resolve", {**FINDING, "outcome": "no"})
    client.force_login(make.member(forecast.scenario, Membership.Role.OWNER))
    assert "Resolved as NO." in act(client, forecast, "resolve", {**FINDING, "outcome": "no"})
    assert Verdict.objects.complete(datetime.now(UTC)).get().round == 2


def test_the_history_of_the_admin_does_not_say_what_waits_for_a_second_person(
    client: Client, resolver: User, forecast: Forecast
) -> None:
    Forecast.objects.update(two_people_resolve=True)
    act(client, forecast, "resolve", FINDING)
    assert LogEntry.objects.get().change_message == "Gave a resolution, which waits for a second person."
