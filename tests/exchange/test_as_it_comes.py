"""CSV as people send it: found out where the file tells, asked where it does not, shown before anything is kept."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from forecasts.exchange.importing import Choices, Imported, import_estimates, looked_at
from forecasts.models import Amendment, Estimate, Forecast, Forecaster, Scenario, Verdict
from forecasts.rules.errors import InvalidImport
from forecasts.scores import scorekeeping
from tests import make
from tests.exchange.files import DATES, HEADER, ROW, shape, text

pytestmark = pytest.mark.django_db

AT = datetime(2026, 12, 1, tzinfo=UTC)
MADE = datetime(2026, 1, 5, 10, tzinfo=UTC)
SEMICOLONS = (HEADER.replace(",", ";"), ROW.replace(",", ";").replace("0.28", "0,28"))


@pytest.fixture
def ferry() -> Scenario:
    return make.scenario("ferry")


def only() -> Estimate:
    return Estimate.objects.select_related("forecaster", "forecast").get()


def test_semicolons_decimal_commas_and_a_bom(ferry: Scenario, tmp_path: Path) -> None:
    header, row = SEMICOLONS
    import_estimates(text(tmp_path, row, header=header, encoding="utf-8-sig"), "ferry", AT)
    assert (only().probability, only().made_at, only().forecaster.name) == (2800, MADE, "Mira")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "cp1252", "utf-32"])
def test_encodings_are_found_out(ferry: Scenario, tmp_path: Path, encoding: str) -> None:
    row = ROW.replace("Mira", "Müller").replace("ferry", "fähre")
    import_estimates(text(tmp_path, row, encoding=encoding), "ferry", AT)
    assert (only().forecaster.name, only().forecast.title) == ("Müller", "Will the fähre run again?")


def test_an_encoding_that_nothing_tells_is_asked(ferry: Scenario, tmp_path: Path) -> None:
    path = text(tmp_path, ROW.replace("Mira", "Мира Иванова"), encoding="cp1251")
    with pytest.raises(InvalidImport, match="Say --encoding"):
        import_estimates(path, "ferry", AT)
    import_estimates(path, "ferry", AT, choices=Choices(encoding="cp1251"))
    assert only().forecaster.name == "Мира Иванова"


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
@pytest.mark.parametrize("is_said", [False, True])
def test_delimiters_are_found_out_or_said_by_a_first_line(
    ferry: Scenario, tmp_path: Path, delimiter: str, is_said: bool
) -> None:
    lines = [ROW.replace(",", delimiter).replace("Will the ferry", '"Will\r\nthe ferry"')]
    header = HEADER.replace(",", delimiter)
    if is_said:
        lines, header = [header, *lines], f"sep={delimiter}"
    import_estimates(text(tmp_path, *lines, delimiter * 9, "", header=header), "ferry", AT)
    assert only().probability == 2800


def test_headers_in_any_case_and_empty_last_rows_and_columns(ferry: Scenario, tmp_path: Path) -> None:
    header = "FORECAST,Analyst,Made At,Probability,Title,Category,Opens-At,closes_at ,OUTCOME,Known_At,,"
    import_estimates(text(tmp_path, f"{ROW},,", ",,,,,,,,,", "", header=header), "ferry", AT)
    assert only().probability == 2800


@pytest.mark.parametrize(
    ("word", "outcome"),
    [("1", "yes"), ("yes", "yes"), ("TRUE", "yes"), ("True", "yes"), ("1.0", "yes"), ("0", "no"), ("NO", "no"),
     ("FALSE", "no"), ("annulled", "annulled"), ("Ambiguous", "ambiguous")],
)  # fmt: skip
def test_yes_and_no_in_several_words(ferry: Scenario, tmp_path: Path, word: str, outcome: str) -> None:
    import_estimates(text(tmp_path, ROW.replace(",1,", f",{word},")), "ferry", AT)
    assert Verdict.objects.get().outcome == outcome


@pytest.mark.parametrize(
    ("written", "units"), [("28", 2800), ("28%", 2800), ("0.28", 2800), ("28 %", 2800), ("0.28%", 28)]
)
def test_percent_and_fractions(ferry: Scenario, tmp_path: Path, written: str, units: int) -> None:
    import_estimates(text(tmp_path, ROW.replace("0.28", written)), "ferry", AT)
    assert only().probability == units


def test_percent_among_fractions_is_asked_and_each_row_named(ferry: Scenario, tmp_path: Path) -> None:
    second = ROW.replace("0.28", "40").replace("Mira", "Ben")
    path = text(tmp_path, ROW.replace("0.28", "0.4"), second)
    with pytest.raises(InvalidImport, match=r"line 3: probability: .* got 40.* --probabilities percent"):
        import_estimates(path, "ferry", AT)
    import_estimates(path, "ferry", AT, choices=Choices(probabilities="percent"))
    assert set(Estimate.objects.values_list("probability", flat=True)) == {40, 4000}


def test_the_order_of_day_and_month_is_asked_unless_a_date_tells(ferry: Scenario, tmp_path: Path) -> None:
    path = text(tmp_path, ROW.replace("2026-01-05T10:00:00Z", "05.01.2026 10:00"))
    with pytest.raises(InvalidImport, match=r"“05.01.2026 10:00” may be day and month .* --dates") as caught:
        import_estimates(path, "ferry", AT)
    assert "--zone" in str(caught.value)
    import_estimates(path, "ferry", AT, choices=Choices(dates="day-first", zone="Europe/Berlin"))
    assert only().made_at == datetime(2026, 1, 5, 9, tzinfo=UTC)


def test_one_date_tells_the_order_of_all(ferry: Scenario, tmp_path: Path) -> None:
    rows = [ROW.replace("2026-01-05T10:00:00Z", date) for date in ("05/01/2026 10:00", "13/01/2026 10:00")]
    import_estimates(text(tmp_path, *rows), "ferry", AT, choices=Choices(zone="UTC"))
    assert {one.made_at.day for one in Estimate.objects.all()} == {5, 13}


def test_a_local_time_that_comes_twice_is_named(ferry: Scenario, tmp_path: Path) -> None:
    row = ROW.replace("2026-01-05T10:00:00Z", "2026-10-25 02:30").replace("2026-02-01", "2026-11-20")
    with pytest.raises(InvalidImport, match="line 2: made_at: in Europe/Berlin the clocks go back then"):
        import_estimates(text(tmp_path, row), "ferry", AT, choices=Choices(zone="Europe/Berlin"))


def test_composed_and_decomposed_letters_are_one(ferry: Scenario, tmp_path: Path) -> None:
    rows = [ROW.replace("Mira", name).replace("05T", f"0{day}T") for day, name in ((5, "Zoë"), (6, "Zoe\u0308"))]
    assert import_estimates(text(tmp_path, *rows), "ferry", AT) == Imported(1, 2, 1)
    assert Forecaster.objects.filter(kind="analyst").get().name == "Zoë"


def test_an_estimate_after_the_close_is_kept_unscored_and_counted(ferry: Scenario, tmp_path: Path) -> None:
    late = ROW.replace("2026-01-05T10:00:00Z,0.28", "2026-02-03T10:00:00Z,0.9")
    added = import_estimates(text(tmp_path, ROW, late), "ferry", AT)
    assert (added.estimates, added.late) == (2, 1)
    assert "1 estimates were made when their forecast had closed" in added.notes[0]
    scorekeeping.settle(AT)
    held = Forecast.objects.get().contributions.filter(forecaster__name="Mira")
    assert {tuple(one.probabilities) for one in held} == {(2800,)}


def test_every_bad_row_is_named_up_to_a_hundred(ferry: Scenario, tmp_path: Path) -> None:
    bad = [
        ROW.replace("0.28", "often"),
        "f1,Mira",
        ROW.replace("2026-01-05T10:00:00Z", "soon"),
        ROW.replace(",other,", ",weather,").replace("f1", "f2"),
    ]
    with pytest.raises(InvalidImport) as caught:
        import_estimates(text(tmp_path, ROW, *bad), "ferry", AT)
    assert [one.partition(", ")[2].split(": ")[:2] for one in str(caught.value).splitlines()] == [
        ["line 3", "probability"],
        ["line 4", "10 columns were expected, 2 found."],
        ["line 5", "made_at"],
        ["line 6", "category"],
    ]
    with pytest.raises(InvalidImport) as caught:
        import_estimates(text(tmp_path, *[ROW.replace("0.28", "often")] * 130), "ferry", AT)
    lines = str(caught.value).splitlines()
    assert (len(lines), lines[-1]) == (101, "And 30 more.")
    assert not Forecast.objects.exists()


def test_what_differs_is_said_and_changed_only_when_told(ferry: Scenario, tmp_path: Path) -> None:
    import_estimates(text(tmp_path, ROW), "ferry", AT)
    other = ROW.replace("run again", "sail again").replace("2026-02-01", "2026-03-01").replace(",1,", ",0,")
    told = import_estimates(text(tmp_path, other), "ferry", AT)
    assert [note.split(":")[0] for note in told.notes] == ["“f1”, title", "“f1”, closes at", "“f1”, outcome"]
    assert all("kept; --change" in note for note in told.notes)
    assert Forecast.objects.get().title == "Will the ferry run again?"
    import_estimates(text(tmp_path, other), "ferry", AT, choices=Choices(change=frozenset({"title", "date"})))
    forecast = Forecast.objects.get()
    assert (forecast.title, forecast.closes_at) == ("Will the ferry sail again?", datetime(2026, 3, 1, tzinfo=UTC))
    assert set(Amendment.objects.get().changes) == {"title", "closes_at", "resolves_at"}
    assert Verdict.objects.get().outcome == "yes"
    import_estimates(text(tmp_path, other), "ferry", AT, choices=Choices(change=frozenset({"outcome"})))
    assert [one.outcome for one in Verdict.objects.order_by("round")] == ["yes", "no"]


def test_an_address_is_asked_and_mapped_to_its_account(ferry: Scenario, tmp_path: Path) -> None:
    ada = make.member(ferry, email="ada@example.org", name="Ada")
    path = text(tmp_path, ROW.replace("Mira", "Ada@Example.org"))
    with pytest.raises(InvalidImport, match=r"“Ada@Example.org” is the address of an account here"):
        import_estimates(path, "ferry", AT)
    people = {"Ada@Example.org": "ada@example.org"}
    import_estimates(path, "ferry", AT, choices=Choices(people=people))
    assert only().forecaster == Forecaster.objects.get(user=ada)


def test_an_address_of_nobody_gets_a_name(ferry: Scenario, tmp_path: Path) -> None:
    path = text(tmp_path, ROW.replace("Mira", "ben@example.org"))
    with pytest.raises(InvalidImport, match="of nobody here"):
        import_estimates(path, "ferry", AT)
    import_estimates(path, "ferry", AT, choices=Choices(people={"ben@example.org": "Ben"}))
    assert only().forecaster.name == "Ben"


def test_the_name_of_an_account_is_told_and_mapped_only_when_told(ferry: Scenario, tmp_path: Path) -> None:
    ada = make.member(ferry, email="ada@example.org", name="Ada")
    path = text(tmp_path, ROW.replace("Mira", "Ada"))
    added = import_estimates(path, "ferry", AT)
    assert only().forecaster.user is None
    assert "“Ada” is the name of an account here, too" in added.notes[0]
    second = text(tmp_path, ROW.replace("Mira", "Ada").replace("05T", "06T"))
    import_estimates(second, "ferry", AT, choices=Choices(people={"Ada": "ada@example.org"}))
    assert Estimate.objects.filter(forecaster__user=ada).count() == 1


def test_somebody_at_the_desk_names_members_alone(ferry: Scenario, tmp_path: Path) -> None:
    editor = make.member(ferry, "editor")
    make.user("eve@example.org", name="Eve")
    path = text(tmp_path, ROW.replace("Mira", "eve@example.org"))
    [eve] = looked_at(path, "ferry", AT, person=editor).people
    assert eve.account is None
    with pytest.raises(InvalidImport, match="nobody here has this address"):
        looked_at(path, "ferry", AT, Choices(people={"eve@example.org": "eve@example.org"}), editor)


OTHER_KINDS = HEADER.replace("probability", "kind,options,probabilities,levels,quantiles,unit,event,rationale")


def test_options_quantities_withdrawals_and_reasons(ferry: Scenario, tmp_path: Path) -> None:
    def row(key: str, made: str, cells: str, outcome: str) -> str:
        return f"{key},Mira,{made},{cells},,other,{DATES},{outcome},2026-01-20T00:00:00Z"

    path = text(
        tmp_path,
        row("who", "2026-01-05T10:00:00Z", "multiple_choice,A|B|C,20%|30%|50%,,,,,because", "B"),
        row("who", "2026-01-06T10:00:00Z", "multiple_choice,A|B|C,,,,,withdraw,", "B"),
        row("many", "2026-01-05T10:00:00Z", 'numeric,,,0.1|0.5|0.9,"1,000|2,000|3,000.5",people,,', "2500"),
        row("when", "2026-01-05T10:00:00Z", "date,,,0.5,20000,,,", "2026-01-20"),
        header=OTHER_KINDS,
    )
    assert import_estimates(path, "ferry", AT) == Imported(3, 4, 3)
    assert import_estimates(path, "ferry", AT) == Imported(0, 0, 0)
    who = Forecast.objects.get(key="who")
    first, second = who.estimates.order_by("made_at")
    assert (first.probabilities, first.rationale, second.event) == ([2000, 3000, 5000], "because", "withdraw")
    option = who.verdicts.get().option
    assert option is not None
    assert option.label == "B"
    many = Forecast.objects.get(key="many")
    assert (many.quantile_levels, many.unit, many.estimates.get().quantiles) == (
        [1000, 5000, 9000], "people", [1000.0, 2000.0, 3000.5],
    )  # fmt: skip
    assert many.verdicts.get().value == 2500
    assert Forecast.objects.get(key="when").verdicts.get().value == 20473
    scorekeeping.settle(AT)
    assert scorekeeping.verify(AT) == []


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ("multiple_choice,A|B,20%|30%,,,,,", "probabilities: the probabilities must sum to 100%; they sum to 50%"),
        ("multiple_choice,A|B,100%,,,,,", "probabilities: 2 were expected, 1 found"),
        ("numeric,,,0.1|0.9,5|3,,,", "quantiles: quantiles must rise"),
        ("numeric,,,0.1|0.9,many|3,,,", "quantiles: it is no number; got “many”"),
        ("several,,,,,,,", "kind: it is one of binary, multiple_choice, numeric, date; got “several”"),
        ("numeric,,,0.5,3,,forget,", "event: it is update, withdraw or empty; got “forget”"),
    ],
)
def test_values_that_do_not_fit_are_named(ferry: Scenario, tmp_path: Path, cells: str, reason: str) -> None:
    row = f"q,Mira,2026-01-05T10:00:00Z,{cells},,other,{DATES},,"
    with pytest.raises(InvalidImport, match="line 2: ") as caught:
        import_estimates(text(tmp_path, row, header=OTHER_KINDS), "ferry", AT)
    assert reason in str(caught.value)


def test_thousands_or_a_decimal_comma_is_asked(ferry: Scenario, tmp_path: Path) -> None:
    row = f'q,Mira,2026-01-05T10:00:00Z,numeric,,,0.5,"1,234",,,,,other,{DATES},,'
    path = text(tmp_path, row.replace("0.5", "50%"), header=OTHER_KINDS)
    with pytest.raises(InvalidImport, match="“1,234” may be thousands or a decimal comma"):
        import_estimates(path, "ferry", AT)
    import_estimates(path, "ferry", AT, choices=Choices(decimals="comma"))
    assert only().quantiles == [1.234]


def test_what_was_understood_is_shown_and_nothing_is_kept(ferry: Scenario, tmp_path: Path) -> None:
    header, row = SEMICOLONS
    found = looked_at(text(tmp_path, row, header=header), "ferry", AT)
    assert found.may_be_imported
    assert found.notes == ("semicolons, UTF-8", "decimals with a comma", "probabilities as fractions: 0.28 is 28%")
    [first] = found.rows
    assert first[:4] == ("f1", "Mira", "5 January 2026 10:00", "28%")
    assert not Forecast.objects.exists()


CHOICES = {
    "dates_with_dots.csv": Choices(dates="day-first", zone="UTC"),
}


@pytest.mark.parametrize(
    ("name", "estimates"),
    [("dates_with_dots.csv", 1), ("name_of_an_account.csv", 1), ("one_estimate_after_the_close.csv", 2),
     ("percent.csv", 1), ("semicolons_and_decimal_commas.csv", 1), ("utf16.csv", 1)],
)  # fmt: skip
def test_the_files_of_the_trade_in_the_general_form(ferry: Scenario, name: str, estimates: int) -> None:
    added = import_estimates(shape(name), "ferry", AT, choices=CHOICES.get(name))
    assert (added.forecasts, added.estimates, added.verdicts) == (1, estimates, 1)
    first = Estimate.objects.in_order().first()
    assert first is not None
    assert (first.probability, first.made_at) == (2800, MADE)
