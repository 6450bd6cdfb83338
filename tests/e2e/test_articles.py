"""From pasting an article to published forecasts, by the page's own controls, with every interaction counted."""

import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, Response, expect

from forecasts.models import Article, Forecast, Membership, Scenario, Statement, User
from tests import make
from tests.browsing import PHONE, Reader
from tests.pictures import picture

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SEED = Path("seeds/aleppo-2024/article.txt")
MOST_INTERACTIONS, MOST_SECONDS = 60, 15 * 60
RIGHT_TO_LEFT = "قد تستمر الهدنة."
# Selects the first place where the words stand, as a mouse would.
SELECT = """quote => {
  const walker = document.createTreeWalker(document.querySelector('.article'), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const at = walker.currentNode.data.indexOf(quote);
    if (at < 0 || walker.currentNode.parentElement.closest('.notes')) continue;
    getSelection().setBaseAndExtent(walker.currentNode, at, walker.currentNode, at + quote.length);
    return;
  }
}"""


class Hands:
    """A person at the page: each click, key, choice and field counts as one interaction.

    They wait for the page's script: what is pressed or chosen before it has run is lost.
    """

    def __init__(self, page: Page) -> None:
        self.page = page
        self.count = 0

    def click(self, role: str, name: str) -> None:
        self.count += 1
        self.page.get_by_role(role, name=name).first.click()  # type: ignore[arg-type]

    def press(self, key: str) -> None:
        self.count += 1
        self.page.wait_for_load_state("load")
        self.page.keyboard.press(key)

    def fill(self, label: str, text: str) -> None:
        self.count += 1
        self.page.wait_for_load_state("load")
        self.page.get_by_label(label, exact=True).fill(text)

    def choose(self, label: str, option: str) -> None:
        self.count += 1
        self.page.wait_for_load_state("load")
        self.page.get_by_label(label, exact=True).select_option(label=option)


@pytest.fixture
def scenario() -> Scenario:
    made = make.scenario("aleppo", title="Aleppo")
    make.member(made, Membership.Role.RESOLVER, name="Rim")
    return made


@pytest.fixture
def article(scenario: Scenario) -> Article:
    body = (
        "Talks stall 😀\nThe army may retake the city and expand its hold. Rain fell 🎉. "
        "قد تستمر الهدنة. Talks may fail."
    )
    made = make.article(body, title="Talks stall 😀")
    scenario.articles.add(made)
    make.statement(made, "The army may retake the city and expand its hold.", category="territorial_control")
    make.statement(made, "Talks may fail.", category="negotiation")
    return made


def fate(page: Page, quote: str, review: str) -> None:
    pk = Statement.objects.get(quote=quote).pk
    expect(page.locator(f"#statement-{pk}[data-review={review}]")).to_be_visible()


@pytest.mark.pictures
def test_from_pasting_the_seed_to_five_published_forecasts(
    scenario: Scenario, editor: User, read_as: Reader, capsys: pytest.CaptureFixture[str]
) -> None:
    reading = read_as(editor)
    page = reading.open(reverse("articles"))
    began = time.monotonic()
    hands = Hands(page)
    _paste(hands)
    picture(page, "review")
    quotes = _review(hands)
    _draft(hands, quotes)
    took = time.monotonic() - began
    published = Forecast.objects.exclude(published_at=None)
    assert published.count() == 5
    assert all(one.criteria and one.fine_print and one.resolution_source_url for one in published)
    assert all(one.fallback_source and one.resolver_id and one.backup_id for one in published)
    assert not any(one.overrides for one in published)
    assert hands.count <= MOST_INTERACTIONS
    assert took <= MOST_SECONDS
    with capsys.disabled():
        sys.stdout.write(f"\n{hands.count} interactions, {took:.0f} s\n")
    assert reading.said == []


def _paste(hands: Hands) -> None:
    hands.click("link", "Add an article")
    hands.fill("Source:", "Unnamed outlet")
    hands.fill("Title:", "Jihadist Rebels Capture Aleppo: A Turning Point in the Syrian Civil War")
    hands.fill("Published:", "2024-12-01")
    hands.fill("Text:", SEED.read_text(encoding="utf-8"))
    hands.click("button", "Add it and find its statements")
    expect(hands.page.locator(".card").first).to_be_visible()


def _review(hands: Hands) -> list[str]:
    """Accept the first six that the rules found, by the keyboard."""
    waiting = Statement.objects.filter(review="proposed").order_by("start")
    quotes = list(waiting.values_list("quote", flat=True)[:6])
    for quote in quotes:
        hands.press("a")
        fate(hands.page, quote, "accepted")
    return quotes


CHOICES = [
    {"template": "Two governments recall or expel diplomats", "Actor": "Iran", "Other party": "Turkey"},
    {"template": "Somebody holds a place on a day", "Actor": "the opposition", "Place": "Aleppo"},
    {"template": "Somebody takes a place", "Actor": "the opposition", "Place": "Hama"},
    {"template": "At least so many civilians are killed from the air", "Place": "Syria", "At least": "150"},
    {"template": "At least so many people are newly displaced", "Place": "Syria", "At least": "500000"},
]


def _draft(hands: Hands, quotes: list[str]) -> None:
    page = hands.page
    first = Statement.objects.get(quote=quotes[0])
    hands.count += 1
    page.locator(f"#statement-{first.pk} .card-head").click()
    for number, choices in enumerate(CHOICES, start=1):
        hands.press("f")
        expect(page.get_by_role("heading", name="Draft a forecast")).to_be_visible()
        for label, text in choices.items():
            _set(hands, label, text)
        expect(page.locator("#findings")).to_contain_text("All eight points are answered")
        if number == 4:
            picture(page, "from-statement-to-forecast")
        hands.click("button", "Publish this forecast")
        expect(page.locator(".notice-success")).to_contain_text("Published")
        assert Forecast.objects.exclude(published_at=None).count() == number


def _set(hands: Hands, label: str, text: str) -> None:
    page = hands.page
    if label == "template":
        if page.get_by_label("Question").locator("option:checked").inner_text() != text:
            with page.expect_response(_told):
                hands.choose("Question", text)
    elif page.get_by_label(label, exact=True).input_value() != text:
        with page.expect_response(_told):
            hands.fill(label, text)


def _told(answer: Response) -> bool:
    """The texts are written anew, and the eight points were asked again."""
    return "changed=texts" in (answer.request.post_data or "")


def _wait(page: Page, quote: str, review: str = "accepted") -> None:
    page.wait_for_function(
        """([quote, review]) => [...document.querySelectorAll('.card')].some(card => card.dataset.review === review
           && [...quote].length === card.dataset.end - card.dataset.start)""",
        arg=[quote, review],
    )


def test_a_statement_is_split_added_and_undone_without_a_mouse(editor: User, article: Article, read_as: Reader) -> None:
    reading = read_as(editor)
    page = reading.open(reverse("review", args=[article.pk]))
    page.keyboard.press("s")
    expect(page.locator("#said")).to_contain_text("s splits")
    page.keyboard.press("s")
    expect(page.locator(".card")).to_have_count(3)
    quotes = list(article.statements.order_by("start").values_list("quote", flat=True))
    assert quotes[:2] == ["The army may retake the city", "expand its hold."]
    page.keyboard.press("u")
    expect(page.locator(".card")).to_have_count(2)
    for _ in range(2):
        page.keyboard.press("n")
    page.keyboard.press("a")
    expect(page.locator(".card")).to_have_count(3)
    assert article.statements.get(review="accepted").quote == RIGHT_TO_LEFT
    page.reload()
    expect(page.locator(".card[data-review=accepted]")).to_have_count(1)
    assert reading.said == []


def test_a_selection_by_mouse_behind_emoji_is_found_to_the_letter(
    editor: User, article: Article, read_as: Reader
) -> None:
    page = read_as(editor).open(reverse("review", args=[article.pk]))
    for quote in ("fell 🎉", RIGHT_TO_LEFT, "Talks stall 😀"):
        page.evaluate(SELECT, quote)
        page.keyboard.press("a")
        page.wait_for_function("quote => document.querySelectorAll('.card[data-review=accepted]').length", arg=quote)
        _wait(page, quote)
    added = set(article.statements.filter(review="accepted").values_list("quote", flat=True))
    assert added == {"fell 🎉", RIGHT_TO_LEFT, "Talks stall 😀"}


def test_a_repeat_and_a_rejection_are_made_by_keys_alone(editor: User, article: Article, read_as: Reader) -> None:
    page = read_as(editor).open(reverse("review", args=[article.pk]))
    page.keyboard.press("j")
    page.keyboard.press("d")
    page.keyboard.press("Enter")
    expect(page.locator(".card[data-review=duplicate]")).to_have_count(1)
    page.keyboard.press("r")
    page.keyboard.type("It is an aim.")
    page.keyboard.press("Enter")
    expect(page.locator(".card[data-review=rejected]")).to_have_count(1)
    assert article.statements.get(review="rejected").reason == "It is an aim."


def test_two_reviewers_see_each_other_and_the_slower_act_is_refused(
    scenario: Scenario, editor: User, article: Article, read_as: Reader
) -> None:
    other = make.member(scenario, Membership.Role.OWNER, name="Boris")
    address = reverse("review", args=[article.pk])
    first, second = read_as(editor).open(address), read_as(other).open(address)
    # The second sees nothing of what the first does until it asks, and it is kept from asking for the moment.
    second.route("**/state/", lambda route: route.abort())
    first.keyboard.press("a")
    expect(first.locator(".card[data-review=accepted]")).to_have_count(1)
    second.keyboard.press("a")
    expect(second.locator("#said")).to_contain_text("Anna has accepted this since you looked")
    expect(second.locator(".card[data-review=accepted]")).to_have_count(1)
    second.unroute("**/state/")
    second.keyboard.press("j")
    second.keyboard.press("a")
    expect(first.locator(".card[data-review=accepted]")).to_have_count(2)
    expect(first.locator("#said")).to_contain_text("Boris has accepted a statement")


def test_the_pages_of_this_part_are_accessible_and_fit_a_phone(
    scenario: Scenario, editor: User, article: Article, read_as: Reader
) -> None:
    accepted = article.statements.order_by("start")[0]
    Statement.objects.filter(pk=accepted.pk).update(review="accepted")
    shown = [
        reverse("review", args=[article.pk]),
        reverse("draft", args=[accepted.pk]),
        reverse("sources"),
        reverse("source", args=[article.source_id]),
    ]
    reading = read_as(editor, PHONE)
    for address in shown:
        page = reading.open(address)
        found = Axe().run(page).response["violations"]
        assert [one["id"] for one in found if one["impact"] in ("serious", "critical")] == [], address
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0], address
        page.close()
    assert reading.said == []


def test_a_word_chosen_on_the_answer_form_sets_the_number_and_a_disagreement_shows(
    scenario: Scenario, read_as: Reader
) -> None:
    now = timezone.now()
    ahead = {"opens_at": now - timedelta(days=1), "closes_at": now + timedelta(days=9)}
    forecast = make.forecast(scenario, published_at=now - timedelta(days=1), resolves_at=ahead["closes_at"], **ahead)
    page = read_as(make.member(scenario)).open(forecast.get_absolute_url())
    page.get_by_label("In a word").select_option(value="icd_203/2015/likely")
    percent = page.get_by_label("Probability in percent")
    assert percent.input_value() == "67.5"
    percent.fill("30")
    expect(page.get_by_text("“likely” means 55–80%, and the number says 30%")).to_be_visible()
