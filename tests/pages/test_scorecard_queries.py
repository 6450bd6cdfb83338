"""A scorecard costs the same few queries however much an article says."""

import pytest
from pytest_django import DjangoAssertNumQueries

from forecasts.models import Article, Statement
from forecasts.pages import scorecards
from tests import make

pytestmark = pytest.mark.django_db


def saying(count: int, **fields: object) -> Article:
    """An article with so many statements, each of its own."""
    quotes = [f"Brigade {number} may retake village {number}." for number in range(count)]
    article = make.article("\n".join(quotes))
    for quote in quotes:
        make.statement(article, quote, **fields)
    return article


@pytest.mark.parametrize("count", [1, 40])
def test_where_no_likelihood_is_stated_a_card_takes_two_queries(
    count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    article, reader = saying(count), make.administrator()
    with django_assert_num_queries(2):
        card = scorecards.of_article(article, reader, make.day(3))
    assert card.reach.said == count


def test_repeats_are_counted_apart() -> None:
    article = saying(3)
    original, *_, repeat = Statement.objects.filter(article=article).order_by("start")
    Statement.objects.filter(pk=repeat.pk).update(review=Statement.Review.DUPLICATE, duplicate_of=original)
    reach = scorecards.of_article(article, make.administrator(), make.day(3)).reach
    assert (reach.said, reach.repeated, reach.checkable, reach.decided, reach.quantified) == (2, 1, 0, 0, 0)


def test_what_was_asked_and_decided_is_counted_once_for_each_statement() -> None:
    article, scenario = saying(3), make.scenario()
    first, second, _ = Statement.objects.filter(article=article).order_by("start")
    asked = [make.forecast(scenario, statement=one, fidelity="same") for one in (first, first, second)]
    make.verdict(asked[0], "yes")
    reach = scorecards.of_article(article, make.administrator(), make.day(60)).reach
    assert (reach.said, reach.checkable, reach.decided) == (3, 2, 1)


def test_stated_likelihoods_are_counted() -> None:
    article = saying(2, likelihood="likely", scale="icd_203", scale_edition="2015")
    assert scorecards.of_article(article, make.administrator(), make.day(3)).reach.quantified == 2
