"""Acts of reviewing: stored at once, undone one by one, refused where somebody was quicker."""

import pytest

from forecasts.models import Article, Membership, ReviewAct, Scenario, Statement, User
from forecasts.questions import reviewing
from forecasts.questions.reviewing import Review, Stale
from forecasts.rules.errors import InvalidValue, NotNow
from tests import make

pytestmark = pytest.mark.django_db

BODY = (
    "😀 The rebels may hold Aleppo and expand their influence. Talks may fail.\n"
    "قد تستمر الهدنة 🎉. Talks may fail soon, ministers warn."
)


@pytest.fixture
def scenario() -> Scenario:
    return make.scenario("north")


@pytest.fixture
def article(scenario: Scenario) -> Article:
    article = make.article(BODY)
    scenario.articles.add(article)
    return article


@pytest.fixture
def both(article: Article) -> Statement:
    return make.statement(
        article, "The rebels may hold Aleppo and expand their influence.", category="territorial_control"
    )


@pytest.fixture
def anna(scenario: Scenario) -> User:
    return make.member(scenario, Membership.Role.EDITOR, name="Anna")


@pytest.fixture
def boris(scenario: Scenario) -> User:
    return make.member(scenario, Membership.Role.EDITOR, name="Boris")


def by(person: User, article: Article, seen: int | None = None) -> Review:
    return Review(person, make.day(1), reviewing.version(article) if seen is None else seen)


def span(quote: str) -> tuple[int, int]:
    start = BODY.index(quote)
    return start, start + len(quote)


def test_accepting_says_who_and_when(article: Article, both: Statement, anna: User) -> None:
    reviewing.accept(both, by(anna, article))
    both.refresh_from_db()
    assert (both.review, both.reviewed_by, both.reviewed_at) == ("accepted", anna, make.day(1))


def test_rejecting_needs_a_reason_and_keeps_it(article: Article, both: Statement, anna: User) -> None:
    with pytest.raises(InvalidValue, match="Say in a few words"):
        reviewing.reject(both, by(anna, article), "  ")
    reviewing.reject(both, by(anna, article), " It is an aim. ")
    both.refresh_from_db()
    assert (both.review, both.reason) == ("rejected", "It is an aim.")


def test_a_repeat_names_its_original(article: Article, anna: User) -> None:
    first = make.statement(article, "Talks may fail.")
    second = make.statement(article, "Talks may fail soon, ministers warn.")
    reviewing.repeat(second, by(anna, article), first)
    second.refresh_from_db()
    assert (second.review, second.duplicate_of) == ("duplicate", first)


def test_a_repeat_of_itself_of_a_repeat_or_of_another_article_is_refused(article: Article, anna: User) -> None:
    first = make.statement(article, "Talks may fail.")
    second = make.statement(article, "Talks may fail soon, ministers warn.")
    elsewhere = make.statement(make.article("Rain may fall."), "Rain may fall.")
    reviewing.repeat(second, by(anna, article), first)
    for original in (first, second, elsewhere):
        with pytest.raises(InvalidValue):
            reviewing.repeat(first, by(anna, article), original)


def test_a_split_makes_claims_of_their_own_of_the_same_sentence(article: Article, both: Statement, anna: User) -> None:
    reviewing.split(both, by(anna, article), *span("expand their influence."))
    first, second = article.statements.in_order()
    assert [first.quote, second.quote] == ["The rebels may hold Aleppo", "expand their influence."]
    assert {(one.sentence_start, one.sentence_end) for one in (first, second)} == {
        (both.sentence_start, both.sentence_end)
    }
    assert all(BODY[one.start : one.end] == one.quote for one in (first, second))


def test_a_selection_in_the_middle_makes_three(article: Article, both: Statement, anna: User) -> None:
    reviewing.split(both, by(anna, article), *span("may hold Aleppo"))
    assert [one.quote for one in article.statements.in_order()] == [
        "The rebels",
        "may hold Aleppo",
        "expand their influence.",
    ]


def test_a_split_that_leaves_nothing_over_is_refused(article: Article, both: Statement, anna: User) -> None:
    with pytest.raises(InvalidValue, match="Select a part"):
        reviewing.split(both, by(anna, article), both.start, both.end)


def test_a_missed_statement_is_added_behind_emoji_and_right_to_left_text(article: Article, anna: User) -> None:
    quote = "قد تستمر الهدنة 🎉."
    reviewing.add(article, by(anna, article), *span(quote), quote)
    one = article.statements.get()
    assert (one.quote, one.review, one.reviewed_by) == (quote, "accepted", anna)


def test_what_is_added_knows_its_sentence_category_and_likelihood_word(scenario: Scenario, anna: User) -> None:
    body = "Rain fell. Heavier air strikes are likely in May, an official said. It rained."
    article = make.article(body)
    scenario.articles.add(article)
    quote = "Heavier air strikes are likely in May"
    reviewing.add(article, by(anna, article), body.index(quote), body.index(quote) + len(quote), quote)
    one = article.statements.get()
    assert body[one.sentence_start : one.sentence_end] == "Heavier air strikes are likely in May, an official said."
    assert (one.category, one.likelihood, one.scale, one.scale_edition) == ("airstrikes", "likely", "icd_203", "2015")


@pytest.mark.parametrize("shift", [-1, 1])
def test_offsets_that_do_not_match_the_text_are_refused(article: Article, anna: User, shift: int) -> None:
    start, end = span("Talks may fail.")
    with pytest.raises(InvalidValue, match="does not match"):
        reviewing.add(article, by(anna, article), start + shift, end + shift, "Talks may fail.")


def test_the_same_text_is_not_added_twice(article: Article, both: Statement, anna: User) -> None:
    with pytest.raises(InvalidValue, match="already"):
        reviewing.add(article, by(anna, article), both.start, both.end, both.quote)


def test_each_act_can_be_undone_back_to_the_beginning(article: Article, both: Statement, anna: User) -> None:
    before = Statement.objects.values().get()
    reviewing.accept(both, by(anna, article))
    reviewing.split(both, by(anna, article), *span("expand their influence."))
    reviewing.sort(article.statements.in_order()[1], by(anna, article), "escalation")
    reviewing.reject(article.statements.in_order()[0], by(anna, article), "An aim.")
    reviewing.add(article, by(anna, article), *span("Talks may fail."), "Talks may fail.")
    for _ in range(5):
        reviewing.undo(article, by(anna, article))
    assert Statement.objects.values().get() == before
    with pytest.raises(NotNow, match="nothing of yours"):
        reviewing.undo(article, by(anna, article))


def test_one_undoes_ones_own_acts_only(article: Article, both: Statement, anna: User, boris: User) -> None:
    reviewing.accept(both, by(anna, article))
    with pytest.raises(NotNow):
        reviewing.undo(article, by(boris, article))


def test_an_act_on_what_somebody_changed_meanwhile_is_refused_and_says_who(
    article: Article, both: Statement, anna: User, boris: User
) -> None:
    seen = reviewing.version(article)
    reviewing.accept(both, by(anna, article))
    with pytest.raises(Stale, match="Somebody has accepted this since you looked") as refused:
        reviewing.reject(both, by(boris, article, seen), "An aim.")
    assert refused.value.told_to(boris).startswith("Anna has accepted this")
    both.refresh_from_db()
    assert both.review == "accepted"


def test_acts_on_different_statements_do_not_disturb_each_other(
    article: Article, both: Statement, anna: User, boris: User
) -> None:
    other = make.statement(article, "Talks may fail.")
    reviewing.accept(both, by(anna, article))
    reviewing.accept(other, by(boris, article, 0))
    assert set(article.statements.values_list("review", flat=True)) == {"accepted"}


def test_what_somebody_built_upon_is_not_undone(article: Article, both: Statement, anna: User, boris: User) -> None:
    reviewing.accept(both, by(anna, article))
    reviewing.reject(both, by(boris, article), "An aim.")
    with pytest.raises(Stale) as refused:
        reviewing.undo(article, by(anna, article))
    assert refused.value.told_to(anna).startswith("Boris has rejected this")


def test_a_statement_with_forecasts_is_neither_rejected_nor_split_nor_undone(
    article: Article, both: Statement, anna: User
) -> None:
    reviewing.accept(both, by(anna, article))
    make.forecast(Scenario.objects.get(), statement=both, fidelity="same")
    with pytest.raises(NotNow):
        reviewing.reject(both, by(anna, article), "An aim.")
    with pytest.raises(NotNow):
        reviewing.split(both, by(anna, article), *span("expand their influence."))
    with pytest.raises(NotNow):
        reviewing.undo(article, by(anna, article))


def test_acts_are_numbered_without_gaps_and_kept_as_facts(article: Article, both: Statement, anna: User) -> None:
    reviewing.accept(both, by(anna, article))
    reviewing.undo(article, by(anna, article))
    reviewing.reject(both, by(anna, article), "An aim.")
    acts = ReviewAct.objects.order_by("number")
    assert [(one.number, one.act) for one in acts] == [(1, "accept"), (2, "undo"), (3, "reject")]
