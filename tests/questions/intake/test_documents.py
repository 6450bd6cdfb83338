"""Articles that come as PDF or Word documents, and the furniture of pages."""

from io import BytesIO
from zipfile import ZipFile

import docx
import pytest
from pypdf import PdfWriter

from forecasts.questions.intake.documents import taken_of
from forecasts.questions.intake.markup import taken
from forecasts.questions.intake.taken import Format, Taken
from forecasts.rules.errors import InvalidValue


def pdf(*pages: str) -> bytes:
    """A PDF of pages with these lines, as a writer of PDFs makes it: objects, a table of their places, a trailer."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", "", "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    kids = []
    for page in pages:
        lines = " ".join(f"({line}) Tj T*" for line in page.split("\n"))
        stream = f"BT /F1 11 Tf 14 TL 60 760 Td {lines} ET"
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {len(objects)} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    body, places = "%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(body))
        body += f"{number} 0 obj\n{one}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(body)}\n%%EOF"
    return f"{body}xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}{end}".encode()


def word() -> docx.document.Document:
    made = docx.Document()
    made.sections[0].header.paragraphs[0].text = "Alert No. 7"
    made.add_heading("Outlook", 1)
    made.add_paragraph("The talks may resume in May.")
    table = made.add_table(rows=2, cols=2)
    for cell, text in zip(
        [*table.rows[0].cells, *table.rows[1].cells], ["Month", "Arrivals", "May", "12,000"], strict=True
    ):
        cell.text = text
    made.add_paragraph("The army will probably take the crossing.")
    return made


def saved(document: docx.document.Document) -> bytes:
    into = BytesIO()
    document.save(into)
    return into.getvalue()


TEXTS = (
    "The talks may resume\nin late April.",
    "Rain is likely.\nThe dam could fail.",
    "The army will probably\ntake the town.",
)
PAGES = [f"Alert on the river, June\n{text}\nPage {at} of 3" for at, text in enumerate(TEXTS, 1)]


def test_a_pdf_is_read_without_running_titles_and_page_numbers() -> None:
    found = taken_of(pdf(*PAGES), Format.PDF)
    assert found.text.split("\n") == [
        "The talks may resume", "in late April.", "Rain is likely.", "The dam could fail.", "The army will probably",
        "take the town.",
    ]  # fmt: skip
    assert found.left_out == ("Alert on the river, June", "Page 1 of 3")


def test_what_a_pdf_repeats_can_be_had_back() -> None:
    found = taken_of(pdf(*PAGES), Format.PDF, whole=True)
    assert found.text.count("Alert on the river, June") == 3
    assert found.left_out == ()


def test_a_word_document_gives_a_line_a_paragraph_and_a_line_a_row() -> None:
    found = taken_of(saved(word()), Format.WORD)
    assert found.text.split("\n") == [
        "Outlook", "The talks may resume in May.", "Month | Arrivals", "May | 12,000",
        "The army will probably take the crossing.",
    ]  # fmt: skip
    assert found.left_out == ("Alert No. 7",)


def test_a_cell_over_two_columns_is_taken_once() -> None:
    made = docx.Document()
    row = made.add_table(rows=1, cols=3).rows[0]
    row.cells[0].merge(row.cells[1]).text = "Both"
    row.cells[2].text = "Last"
    assert taken_of(saved(made), Format.WORD).text == "Both | Last"


def _locked() -> bytes:
    writer, into = PdfWriter(BytesIO(pdf("Talks may fail."))), BytesIO()
    writer.encrypt("a password", algorithm="RC4-128")
    writer.write(into)
    return into.getvalue()


def _trap() -> bytes:
    into = BytesIO()
    with ZipFile(into, "w", 8) as parts:
        parts.writestr("word/document.xml", b"\0" * 101_000_000)
    return into.getvalue()


REFUSED = {
    "a scan": (pdf(""), Format.PDF, "holds no text"),
    "locked": (_locked(), Format.PDF, "locked"),
    "no pdf": (b"Talks may fail.", Format.PDF, "damaged"),
    "half a pdf": (pdf(*PAGES)[:200], Format.PDF, "damaged|no text"),
    "nothing": (b"", Format.PDF, "damaged"),
    "no word": (b"Talks may fail.", Format.WORD, "no .docx"),
    "old word": (b"\xd0\xcf\x11\xe0" + b"\0" * 600, Format.WORD, "old .doc"),
    "another zip": (saved(word())[:3_000], Format.WORD, "no .docx|damaged"),
    "a trap": (_trap(), Format.WORD, "unpacked"),
    "too large": (b"%PDF" + b"x" * 20_000_001, Format.PDF, "at most 20"),
    "many pages": (pdf(*["x"] * 401), Format.PDF, "401 pages"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_is_refused_in_words(name: str) -> None:
    content, kind, said = REFUSED[name]
    with pytest.raises(InvalidValue, match=said):
        taken_of(content, kind)


SITE = """<html><body><div id="top"><ul><li><a href="/">Home</a></li><li><a href="/w">World</a></li></ul></div>
<div id="content"><h1>Talks may resume</h1>
<p>The talks between the two sides are expected to resume in late April, officials said on Monday, after weeks.</p>
<p>Upwards of 40,000 people may leave the camps around the town before Easter, the agency warned on Sunday.</p>
<table><tr><th>Month</th><th>Arrivals</th></tr><tr><td>March</td><td>12,000</td></tr></table>
<p>The army will probably take the crossing next month, and the river will be closed to boats until May.</p></div>
<div class="sidebar related"><h3>Most read</h3><ul><li><a href="/1">Five things</a></li></ul></div>
<footer><p>All rights reserved.</p></footer></body></html>"""


def test_a_page_without_marks_of_its_article_is_read_without_its_furniture() -> None:
    found = taken(SITE, Format.HTML)
    lines = found.text.split("\n")
    assert lines[0] == "Talks may resume"
    assert lines[-1].startswith("The army will probably take the crossing")
    assert {"Home", "World", "Most read", "Five things", "All rights reserved."} <= set(found.left_out)


def test_the_cells_of_a_row_stand_in_one_line() -> None:
    assert "March | 12,000" in taken(SITE, Format.HTML).text.split("\n")


def test_a_page_can_be_kept_whole() -> None:
    found = taken(SITE, Format.HTML, whole=True)
    assert found.text.startswith("Home\nWorld\nTalks may resume")
    assert found.left_out == ()


def test_of_much_that_is_left_out_the_first_lines_are_told() -> None:
    notice = Taken("x", tuple(f"Line {number}" for number in range(20))).notice
    assert "“Line 11” and 8 more lines." in notice
    assert "Line 12" not in notice
