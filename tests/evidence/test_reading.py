"""Files of feeds as they come: packed, torn, of another feed, with a bad row."""

import gzip
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from forecasts.evidence.event_tables import read, scratch
from forecasts.evidence.feeds import feed_named
from forecasts.rules.errors import InvalidVintage
from tests.evidence.rows import HEAD, ged

TWO = HEAD + ged(id=1) + ged(id=2, source_headline='"Two\nlines"', best=3)


def events(path: Path, feed: str = "ucdp_ged", columns: str = "id, starts, ends, best") -> list[tuple[Any, ...]]:
    with scratch() as database:
        read(database, path, feed_named(feed))
        return database.execute(f"SELECT {columns} FROM event ORDER BY n").fetchall()


def written(folder: Path, data: str | bytes, name: str = "ged.csv") -> Path:
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def refusal(path: Path, feed: str = "ucdp_ged") -> str:
    with pytest.raises(InvalidVintage) as caught:
        events(path, feed)
    return str(caught.value)


def test_quoted_newlines_belong_to_their_row(tmp_path: Path) -> None:
    assert [row[0] for row in events(written(tmp_path, TWO))] == ["1", "2"]


@pytest.mark.parametrize("packing", ["plain", "crlf", "bom", "gz", "misnamed", "zip", "semicolons", "no final newline"])
def test_a_file_is_read_however_it_is_packed(tmp_path: Path, packing: str) -> None:
    path = {
        "plain": lambda: written(tmp_path, TWO),
        "crlf": lambda: written(tmp_path, TWO.replace("\n", "\r\n")),
        "bom": lambda: written(tmp_path, b"\xef\xbb\xbf" + TWO.encode()),
        "gz": lambda: written(tmp_path, gzip.compress(TWO.encode()), "ged.csv.gz"),
        "misnamed": lambda: written(tmp_path, gzip.compress(TWO.encode()), "ged.csv"),
        "zip": lambda: zipped(tmp_path),
        "semicolons": lambda: written(tmp_path, TWO.replace(",", ";")),
        "no final newline": lambda: written(tmp_path, TWO.rstrip("\n")),
    }[packing]()
    assert [(row[0], row[3]) for row in events(path)] == [("1", 1), ("2", 3)]


def zipped(folder: Path) -> Path:
    path = folder / "ged.zip"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("GEDEvent_v18_1.csv", TWO)
        packed.writestr("readme.txt", "hello")
    return path


def test_lines_may_end_in_more_than_one_way(tmp_path: Path) -> None:
    """As where files of two systems were put together; what is wrong is still named by its line."""
    lines = [ged(id=1), ged(id=2, source_headline='"two\nlines"'), ged(id=3)]
    mixed = (HEAD + lines[0]).replace("\n", "\r\n") + lines[1] + lines[2]
    assert [event[0] for event in events(written(tmp_path, mixed))] == ["1", "2", "3"]
    wrong = mixed + ged(id=4, best="many").replace("\n", "\r\n")
    assert "line 6, column best" in refusal(written(tmp_path, wrong))


def test_days_may_come_with_a_time_of_day(tmp_path: Path) -> None:
    row = ged(date_start="2018-09-01 00:00:00.000", date_end="2018-09-02T00:00:00Z")
    assert [str(day) for day in events(written(tmp_path, HEAD + row))[0][1:3]] == ["2018-09-01", "2018-09-02"]


def test_an_empty_figure_counts_nothing_and_an_empty_region_is_none(tmp_path: Path) -> None:
    path = written(tmp_path, HEAD + ged(best="", adm_1="", where_prec=""))
    assert events(path, columns="best, adm_1, where_prec") == [(None, None, None)]


@pytest.mark.parametrize(
    ("changes", "column", "said"),
    [
        ({"best": "many"}, "best", "it is no whole number from 0 on; got “many”"),
        ({"best": "-1"}, "best", "it is no whole number from 0 on; got “-1”"),
        ({"deaths_civilians": "1.5"}, "deaths_civilians", "it is no whole number from 0 on; got “1.5”"),
        ({"date_start": "2018-13-01"}, "date_start", "it is no day such as 2018-09-01; got “2018-13-01”"),
        ({"date_end": ""}, "date_end", "it is no day such as 2018-09-01; got empty"),
        ({"date_end": "2018-08-31"}, "date_end", "it lies before the day on which the event starts, 2018-09-01"),
        ({"type_of_violence": "4"}, "type_of_violence", "it is one of 1, 2, 3; got “4”"),
        ({"where_prec": "near"}, "where_prec", "it is no code from 1 to 7; got “near”"),
        ({"latitude": "north"}, "latitude", "it is no number of degrees from -90 to 90; got “north”"),
        ({"longitude": "361"}, "longitude", "it is no number of degrees from -180 to 180; got “361”"),
    ],
)
def test_a_bad_row_is_named_with_its_line_and_column(
    tmp_path: Path, changes: dict[str, str], column: str, said: str
) -> None:
    path = written(tmp_path, TWO + ged(id=3, **changes))
    assert refusal(path).startswith(f"ged.csv, line 5, column {column}: {said}")


def test_a_row_of_the_wrong_length_is_named(tmp_path: Path) -> None:
    assert refusal(written(tmp_path, TWO + "3,2018,1\n")).startswith("ged.csv, line 5: ")
    assert "ends in or behind column type_of_violence" in refusal(written(tmp_path, TWO + "3,2018,1\n"))


def test_a_torn_file_is_refused(tmp_path: Path) -> None:
    assert "the packed file is torn" in refusal(written(tmp_path, gzip.compress(TWO.encode())[:-20]))
    assert "quoted text does not end" in refusal(written(tmp_path, TWO[: TWO.index("lines")]))
    assert "the packed file is torn" in refusal(written(tmp_path, b"PK\x03\x04torn", "ged.zip"))


def test_a_file_of_another_feed_is_told_so(tmp_path: Path) -> None:
    said = refusal(written(tmp_path, TWO), "acled")
    assert "line 1: not a file of acled: it lacks event_id_cnty" in said
    assert "It looks like a file of the feed ucdp_ged." in said


def test_columns_are_found_by_name_and_further_ones_do_no_harm(tmp_path: Path) -> None:
    head, row = HEAD.rstrip("\n").split(","), ged(id=7).rstrip("\n").split(",")
    turned = ",".join([*head[::-1], "code_status"]) + "\n" + ",".join([*row[::-1], "Clear"]) + "\n"
    assert events(written(tmp_path, turned))[0][0] == "7"


@pytest.mark.parametrize("data", [b"", HEAD.encode(), b"\xff\xfe\x00a"])
def test_a_file_without_events_is_refused(tmp_path: Path, data: bytes) -> None:
    assert refusal(written(tmp_path, data))


def test_json_is_read_as_the_api_serves_it_and_bad_records_have_a_line(tmp_path: Path) -> None:
    record = {
        "id": 1, "country": "India", "iso3": "IND", "latitude": 10.4, "longitude": 76.2,
        "displacement_type": "Disaster", "qualifier": "total", "figure": 12,
        "displacement_date": "2023-11-06T11:00:00.000Z",
        "displacement_start_date": "2023-11-06T11:00:00.000Z", "displacement_end_date": "2023-11-08T11:00:00.000Z",
    }  # fmt: skip
    bad = {**record, "id": 2, "figure": "many"}
    assert events(written(tmp_path, json.dumps({"results": [record]})), "idmc_idu", "id, ends::VARCHAR, figure") == [
        ("1", "2023-11-08", 12)
    ]
    listed = "[\n" + json.dumps(record) + ",\n" + json.dumps(bad) + "\n]"
    assert refusal(written(tmp_path, listed, "idu.json"), "idmc_idu").startswith("idu.json, line 3, column figure: ")
    assert "idu.json, line 3, column" in refusal(written(tmp_path, listed[:-20], "idu.json"), "idmc_idu")


def test_a_row_of_hxl_tags_is_no_event(tmp_path: Path) -> None:
    columns = "location_code,admin1_code,admin1_name,admin2_code,admin2_name,event_type,events,fatalities,"
    columns += "reference_period_start,reference_period_end"
    tags = "#country+code,#adm1+code,#adm1+name,#adm2+code,#adm2+name,#event+type,#num,#killed,#date+start,#date+end"
    row = "SYR,SY07,Idleb,SY0703,Harim,political_violence,14,31,2024-11-01,2024-11-30"
    path = written(tmp_path, f"{columns}\n{tags}\n{row}\n")
    assert events(path, "hapi", "country, adm_1, events, fatalities") == [("SYR", "Idleb", 14, 31)]
