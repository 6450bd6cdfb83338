"""Statements are read into slots by whoever holds the parser; pages only look."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from django.db import connection

from forecasts.language.reading import VERSION
from forecasts.models import Article, Statement, StatementReading
from forecasts.questions import slot_reading
from forecasts.questions.intake import adding

pytestmark = pytest.mark.django_db

AT = datetime(2027, 3, 10, 12, tzinfo=UTC)
BODY = (
    "Upwards of 40,000 people may leave the camps around Adré before Easter.[4] Kyiv is unlikely (20-45%) to withdraw "
    "from Kostiantynivka this month.\n"
)


def added(body: str = BODY, language: str = "en") -> Article:
    heading = adding.Heading("An outlet", f"Camps {language}", AT, language=language)
    return adding.add(heading, body, None, at=AT).article


def test_each_statement_is_read_once_with_offsets_of_the_stored_text() -> None:
    article = added()
    assert slot_reading.read_due() == 2
    assert slot_reading.read_due() == 0
    for statement in article.statements.all():
        said = slot_reading.said(statement)
        assert said is not None
        slots, _ = said
        assert slots.predicate is not None
        assert article.body[slots.predicate.start : slots.predicate.end] == slots.predicate.text


def test_what_was_read_comes_back_as_it_was() -> None:
    leaving, withdrawing = added().statements.order_by("start")
    slot_reading.read_due()
    slots, _ = slot_reading.said(leaving) or pytest.fail("not read")
    assert slots.quantity is not None
    assert slots.quantity.normal == {"value": 40_000, "unit": "people", "comparator": "at_least"}
    assert slots.time is not None
    assert slots.time.normal == {"from": "2027-03-10", "to": "2027-03-27"}
    _, stated = slot_reading.said(withdrawing) or pytest.fail("not read")
    assert stated is not None
    assert (stated.term, stated.text, stated.low, stated.high) == ("unlikely", "20-45%", 0.2, 0.45)


def test_what_an_older_reader_read_is_read_anew() -> None:
    added()
    slot_reading.read_due()
    StatementReading.objects.update(version="an older one")
    assert StatementReading.objects.stale(VERSION).count() == 2
    assert slot_reading.read_due() == 2
    assert not StatementReading.objects.stale(VERSION).exists()


def test_a_claim_that_a_reviewer_cut_is_read_by_its_own_words() -> None:
    article = added("The junta will free the envoys in May and close the border in June.\n")
    article.statements.all().delete()
    quote = "close the border in June"
    start = article.body.index(quote)
    statement = Statement.objects.create(
        article=article,
        start=start,
        end=start + len(quote),
        sentence_start=0,
        sentence_end=len(article.body) - 1,
        quote=quote,
        cue="will",
        extractor="a person",
        extractor_version="1",
    )
    slot_reading.read_due()
    slots, _ = slot_reading.said(statement) or pytest.fail("not read")
    assert slots.predicate is not None
    assert (slots.predicate.normal, slots.time and slots.time.normal["to"]) == ("close", "2027-06-30")


def test_other_languages_are_not_read_as_english() -> None:
    added("Les pourparlers will reprendront in May.\n", language="fr")
    assert slot_reading.read_due() == 0


def test_a_scale_that_no_table_has_stops_nobody() -> None:
    article = added("The junta is likely to free the envoys in May.\n")
    article.statements.update(scale="kent", scale_edition="2001")
    assert slot_reading.read_due() == 1
    statement = article.statements.get()
    _, stated = slot_reading.said(statement) or pytest.fail("not read")
    assert stated is None


@pytest.mark.django_db(transaction=True)
def test_one_reads_at_a_time() -> None:
    def second() -> bool:
        with slot_reading.alone() as mine:
            return mine

    with slot_reading.alone() as mine, ThreadPoolExecutor(1) as elsewhere:
        assert mine
        assert not elsewhere.submit(closing_after(second)).result()
    with slot_reading.alone() as mine:
        assert mine


def closing_after(job: Callable[[], bool]) -> Callable[[], bool]:
    """A job in a thread that leaves no connection behind."""

    def done() -> bool:
        try:
            return job()
        finally:
            connection.close()

    return done
