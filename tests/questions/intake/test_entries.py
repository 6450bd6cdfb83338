"""What is wrong with a scenario folder is named by file, entry and field."""

from pathlib import Path

import pytest

from forecasts.models import Article
from forecasts.questions import intake
from forecasts.rules.errors import InvalidScenario
from tests import folders
from tests.folders import ARTICLE, ESTIMATES, SCENARIO, replaced


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("start: 24,", "start: 25,", "statements[0] S1: quote: is not the text from 25 to 61; it stands at 24"),
        ("parties may agree", "parties might agree", "statements[0] S1: quote: is not the text from 24 to 61"),
        ("start: 84, end: 108", "start: 84, end: 109", "statements[2] S3: end: lies behind the end of the"),
        ("start: 24, end: 61", "start: 61, end: 24", "statements[0] S1: end: lies after start"),
        ("cue: may", "cue: will", "statements[0] S1: cue: 'will' does not stand in the sentence"),
        ("duplicate_of: S1", "duplicate_of: S9", "statements[2] S3: duplicate_of: S9 is no statement of this file"),
        ("duplicate_of: S1, ", "", "statements[2] S3: duplicate_of: is given for a duplicate"),
        (", reason: Says the same of the ceasefire.", "", "statements[2] S3: reason: say why"),
        ("id: S2,", "id: S1,", "statements: id: S1 stands twice"),
        ("edition: ", "year: ", "statements[1] S2: likelihood: edition: is required"),
        ("statement: S1\n", "statement: S9\n", "forecasts[0] signed: statement: S9 is no statement"),
        ("statement: S1\n", "statement: S3\n", "forecasts[0] signed: statement: S3 is duplicate, not accepted"),
        ("fidelity: narrower", "fidelity: null", "forecasts[0] signed: fidelity: is given for a forecast with"),
        ("id: place", "id: signed", "forecasts: id: signed stands twice"),
        ("id: signed", "id: Signed it", "forecasts[0] Signed it: id: "),
        ("    criteria:", "    criterion:", "forecasts[0] signed: criteria: is required"),
        ("    fallback:", "    surprise: 1\n    fallback:", "forecasts[0] signed: surprise: this field is not part of"),
        ("category: negotiation\n", "category: weather\n", "forecasts[0] signed: category: Input should be"),
        ("kind: binary", "kind: ternary", "forecasts[0] signed: kind: Input should be"),
        ("opens_at: 2024-03-01T09:00:00Z", "opens_at: 2024-03-01T09:00:00", "[0] signed: opens_at: has no zone"),
        ("opens_at: 2024-03-01T09:00:00Z", "opens_at: 2024-03-01", "forecasts[0] signed: opens_at: is not a time such"),
        ("closes_at: 2024-03-31", "closes_at: 2024-04-30", "forecasts[0] signed: resolves_at: lies before closes_at"),
        ("closes_at: 2024-03-31", "closes_at: 2024-02-28", "forecasts[0] signed: closes_at: lies before opens_at"),
        ("opens_at: 2024-03-01T09", "opens_at: 2024-03-01T07", "forecasts[0] signed: opens_at: lies before publ"),
        ("closes_at: 2024-03-31", "closes_at: 9024-03-31", "forecasts[0] signed: closes_at: lies outside the years"),
        ("time_zone: Europe/Oslo\n", "time_zone: Europe/Nowhere\n", "forecasts[0] signed: time_zone: is not an IANA"),
        ("backup: eve", "backup: rob", "forecasts[0] signed: backup: is another person than resolver"),
        ("resolver: rob", "resolver: bob", "forecasts[0] signed: resolver: bob is no key of people"),
        ("resolver: rob", "resolver: ann", "forecasts[0] signed: resolver: ann is analyst and may not resolve"),
        ("by: rob", "by: vic", "forecasts[0] signed: resolution: by: vic is viewer and may not resolve"),
        ('outcome: "yes"', "outcome: yes", "forecasts[0] signed: resolution: outcome: YAML reads yes and no as"),
        ('outcome: "yes"', "outcome: maybe", "forecasts[0] signed: resolution: outcome: is one of yes, no, annulled"),
        ("outcome: Geneva", "outcome: Paris", "forecasts[1] place: resolution: outcome: is one of Oslo, Geneva"),
        ("outcome: 800", "outcome: -1", "forecasts[2] displaced: resolution: outcome: lies outside the range"),
        ("outcome: 800", "outcome: -1", "an end that is not open; allowed is what lies from 0"),
        ("outcome: 800", "outcome: below", "displaced: resolution: outcome: this end of the range is closed"),
        ("outcome: 800", "outcome: .nan", "forecasts[2] displaced: resolution: outcome: "),
        ('outcome: "2024-03-20"', 'outcome: "2024-03-29"', "forecasts[3] day: resolution: outcome: it became known on"),
        ('outcome: "2024-03-20"', "outcome: soon", "forecasts[3] day: resolution: 'soon' is not a date"),
        ("known_at: 2024-03-20", "known_at: 2024-03-19", "forecasts[0] signed: resolution: known_at: cannot be known"),
        ("recorded_at: 2024-03-21", "recorded_at: 2024-03-19", "forecasts[0] signed: resolution: recorded_at: cannot"),
        ('[{url: "https://mediator.example/text"}]', "[]", "forecasts[0] signed: resolution: evidence: "),
        ('{url: "https://mediator.example/text"}', "{url: ftp://x}", "resolution: evidence[0]: url: is not an address"),
        ("options: [Oslo, Geneva, elsewhere]", "options: [Oslo]", "forecasts[1] place: options: two or more"),
        ("options: [Oslo, Geneva, elsewhere]", "options: [Oslo, Oslo]", "forecasts[1] place: options: differ"),
        ("[0.25, 0.5, 0.75]", "[0.25, 0.75, 0.5]", "forecasts[2] displaced: quantile_levels: rise"),
        ("[0.25, 0.5, 0.75]", "[0.25, 1.0]", "forecasts[2] displaced: quantile_levels: lie between 0 and 1"),
        ("[0.25, 0.5, 0.75]", "[0.25, .nan]", "forecasts[2] displaced: quantile_levels[1]: "),
        ("lower: 0, upper: 1000", "lower: 1000, upper: 0", "forecasts[2] displaced: range: lower lies below upper"),
        ("upper: 1000,", "upper: 1000, scale: log,", "forecasts[2] displaced: range: a log scale is for numbers"),
        ("    unit: people\n", "    unit: 3\n", "forecasts[2] displaced: unit: "),
        ("key: rob", "key: ann", "people: key: ann stands twice"),
        ("role: resolver", "role: king", "people[1] rob: role: Input should be"),
        ("visibility: members", "visibility: secret", "scenario: visibility: Input should be"),
        ("title: Northport talks", r'title: "Northport\ntalks"', "scenario: title: the character U+000A cannot"),
        ("title: Talks resume", r'title: "Talks \u202e resume"', "article: title: the character U+202E cannot"),
        ("file: article.txt", "file: ../article.txt", "article: file: "),
        ("file: article.txt", "file: other.txt", "other.txt: cannot be read (No such file or directory)"),
        ("format: 1", "format: 2", "format: Input should be 1"),
        ("format: 1", "format: 1\nformat: 1", "line 2: format stands twice"),
        ("format: 1", "format: [1", "line 2: "),
        ("format: 1", "- 1", "line 2: "),
    ],
)  # fmt: skip
def test_a_bad_entry_is_refused_with_its_file_its_place_and_its_fault(
    tmp_path: Path, old: str, new: str, complaint: str
) -> None:
    with pytest.raises(InvalidScenario) as refused:
        intake.read(folders.write(tmp_path, replaced(SCENARIO, old, new)))

    message = str(refused.value)
    assert complaint in message
    assert message.startswith("other.txt: " if "other" in new else "scenario.yaml: ")
    assert "\n" not in message


def test_a_cut_off_file_is_refused_with_its_name(tmp_path: Path) -> None:
    folder = folders.write(tmp_path)
    with pytest.raises(InvalidScenario, match=r"^.*nowhere: is not a folder$"):
        intake.read(tmp_path / "nowhere")

    (folder / "scenario.yaml").write_bytes(b"format: \xff")
    with pytest.raises(InvalidScenario, match=r"^scenario.yaml: is not UTF-8 \(byte 8\)$"):
        intake.read(folder)

    (folder / "scenario.yaml").unlink()
    with pytest.raises(InvalidScenario, match=r"^scenario.yaml: cannot be read"):
        intake.read(folder)


def test_an_article_of_other_bytes_than_the_scenario_names_is_refused(tmp_path: Path) -> None:
    for article, complaint in (
        (ARTICLE + " ", "scenario.yaml: article: sha256: differs"),
        (ARTICLE + "\0", "article.txt: holds a NUL character at 108"),
        (ARTICLE * 20_000, "article.txt: is larger than 2 MB"),
    ):
        with pytest.raises(InvalidScenario, match=complaint):
            intake.read(folders.write(tmp_path, article=article))


def test_line_ends_of_windows_count_as_one_character(tmp_path: Path) -> None:
    two_lines = ARTICLE.replace("ceasefire. ", "ceasefire.\n")
    digests = [Article.digest(text) for text in (ARTICLE, two_lines)]
    folder = folders.write(
        tmp_path, replaced(SCENARIO, *digests), two_lines.replace("\n", "\r\n"), ESTIMATES.replace("\n", "\r\n")
    )

    assert intake.read(folder).body == two_lines


def test_aliases_that_stand_for_a_billion_laughs_are_refused_before_they_are_built(tmp_path: Path) -> None:
    bomb = "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 60))

    with pytest.raises(InvalidScenario, match=r"^scenario.yaml: line 2: aliases such as \*a0 are not part"):
        intake.read(folders.write(tmp_path, bomb))


def test_a_file_that_is_nested_without_end_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidScenario, match=r"^scenario.yaml: line 1: is nested too deeply"):
        intake.read(folders.write(tmp_path, "[" * 5_000))


def test_a_file_that_builds_objects_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidScenario, match="could not determine a constructor"):
        intake.read(folders.write(tmp_path, replaced(SCENARIO, "format: 1", "format: !!python/name:os.getpid")))
