"""The pages as Chromium lays them out: nothing refused, nothing hidden, nothing out of reach."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page
from pytest_django import Settings

from core.local import catcher
from forecasts.answers import resolving
from forecasts.models import Article, Forecast, Scenario, Statement, User
from forecasts.scores import scorekeeping
from tests import make
from tests.browsing import PHONE, Reader

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

BODY = (
    "Talks stall in the north\n"
    "The army may retake the city, and the army's allies could follow it within weeks. Talks may fail. "
    "The harvest was good, people say, and the roads are open. A turning point is near.\n"
    "A heading\n"
    "Nothing is said here about what comes."
)
LONG = "Will " + "the extraordinarily-long-compound-name-that-never-ends " * 6 + "happen?"
RIGHT_TO_LEFT = "هل ستسيطر القوات على المدينة قبل نهاية العام؟"


@dataclass
class World:
    """A scenario with everything on it: open, resolved, of every kind, long titles, right-to-left names."""

    analyst: User
    scenario: Scenario
    article: Article
    open: Forecast
    resolved: Forecast
    choice: Forecast
    numeric: Forecast

    @property
    def addresses(self) -> list[str]:
        forecasts = [self.open, self.resolved, self.choice, self.numeric]
        shown: list[Scenario | Article | Forecast] = [self.scenario, self.article, *forecasts]
        lists = [reverse(name) for name in ("board", "articles", "calibration")]
        return [*lists, *(one.get_absolute_url() for one in shown)]


@pytest.fixture
def world() -> World:
    now = timezone.now()
    scenario = make.scenario(title="The north")
    analyst = make.member(scenario, name="محمد الأمين", time_zone="Asia/Damascus")
    others = [make.member(scenario, name=f"Analyst {letter}") for letter in "BC"]
    article = make.article(BODY, title="Talks stall in the north")
    scenario.articles.add(article)
    statement = _statements(article)
    dates = {"published_at": now - timedelta(days=20), "opens_at": now - timedelta(days=20)}
    ahead = dates | {"closes_at": now + timedelta(days=12), "resolves_at": now + timedelta(days=13)}
    past = dates | {"closes_at": now - timedelta(days=2), "resolves_at": now - timedelta(days=1)}
    made = World(
        analyst,
        scenario,
        article,
        open=make.forecast(scenario, title=LONG, category="airstrikes", **ahead),
        resolved=make.forecast(scenario, title=RIGHT_TO_LEFT, statement=statement, fidelity="same", **past),
        choice=make.choice(["none", "one", "two or more"], scenario, category="displacement", **ahead),
        numeric=make.numeric(scenario, category="humanitarian", **ahead),
    )
    for number, person in enumerate([analyst, *others]):
        _answer(made, person, now - timedelta(days=15 - number), 0.2 + 0.2 * number)
    make.verdict(made.resolved, "yes", known_at=now - timedelta(days=3), recorded_at=now - timedelta(days=1))
    resolving.follow(made.resolved, now)
    scorekeeping.settle(now)
    return made


def _statements(article: Article) -> Statement:
    sentence = BODY.index("The army"), BODY.index(" Talks may fail")
    inside = {"sentence_start": sentence[0], "sentence_end": sentence[1], "review": "accepted"}
    first = make.statement(article, "The army may retake the city", category="territorial_control", **inside)
    make.statement(article, "the army's allies could follow it within weeks", category="escalation", **inside)
    make.statement(article, "Talks may fail.", category="negotiation", review="duplicate", duplicate_of=first)
    make.statement(article, "A turning point is near.", review="rejected", reason="No event would decide it.")
    return first


def _answer(world: World, person: User, at: datetime, probability: float) -> None:
    for forecast in (world.open, world.resolved):
        make.estimate(forecast, person, probability, at, rationale="A reason. " * 12)
    make.estimate(world.choice, person, None, at, probabilities=[2000, 3000, 5000])
    make.estimate(world.numeric, person, None, at, quantiles=[10, 200, 3000, 40_000, 500_000])


def test_the_console_stays_silent_and_axe_finds_nothing_serious(world: World, read_as: Reader) -> None:
    reading = read_as(world.analyst)
    for address in world.addresses:
        assert _serious(reading.open(address)) == [], address
    assert reading.said == []


def test_dark_mode_keeps_its_contrasts(world: World, read_as: Reader) -> None:
    reading = read_as(world.analyst, color_scheme="dark")
    shown = [reverse("board"), reverse("calibration"), world.article.get_absolute_url(), world.open.get_absolute_url()]
    for address in shown:
        assert _serious(reading.open(address)) == [], address


def _serious(page: Page) -> list[tuple[str, str]]:
    found = Axe().run(page).response["violations"]
    return [(one["id"], one["nodes"][0]["html"]) for one in found if one["impact"] in ("serious", "critical")]


def test_no_page_scrolls_sideways(world: World, read_as: Reader) -> None:
    reading = read_as(world.analyst)
    for address in world.addresses:
        page = reading.open(address)
        for width in (320, 390, 820, 1100):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (address, width)


def test_the_keyboard_reaches_every_link_button_and_field(world: World, read_as: Reader) -> None:
    page = read_as(world.analyst).open(world.open.get_absolute_url())
    wanted = page.evaluate(
        """[...document.querySelectorAll('a[href], button, input, select, textarea, summary')]
        .filter(one => one.type !== 'hidden' && one.checkVisibility()).length"""
    )
    reached = set()
    for _ in range(wanted + 20):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("[...document.querySelectorAll('*')].indexOf(document.activeElement)"))
    radios = page.locator("input[type=radio]").count()
    assert len(reached) >= wanted - radios


def test_the_first_tab_offers_to_skip_to_the_content(world: World, read_as: Reader) -> None:
    page = read_as(world.analyst).open(reverse("board"))
    page.keyboard.press("Tab")
    box = page.locator(".skip").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_in_the_margin_a_note_stands_beside_its_sentence(world: World, read_as: Reader) -> None:
    page = read_as(world.analyst).open(world.article.get_absolute_url())
    for number, quote in ((1, "The army may retake the city"), (3, "Talks may fail."), (4, "A turning point is near.")):
        note, said = _box(page, f"#note-{number}"), _box(page, f"mark:text-is('{quote}')")
        assert note["x"] > said["x"] + 100
        assert said["y"] - 12 <= note["y"]
    first = _box(page, "#note-1")
    assert abs(first["y"] - _box(page, "mark:text-is('The army may retake the city')")["y"]) < 12
    assert not page.locator("main summary").first.is_visible()


def test_notes_in_the_margin_do_not_cover_one_another(world: World, read_as: Reader) -> None:
    page = read_as(world.analyst).open(world.article.get_absolute_url())
    boxes = [_box(page, f"#note-{number}") for number in range(1, 5)]
    for i in range(1, len(boxes)):
        assert boxes[i]["y"] >= boxes[i - 1]["y"] + boxes[i - 1]["height"]


def test_the_text_of_an_article_is_about_66_letters_wide(world: World, read_as: Reader) -> None:
    page = read_as(world.analyst).open(world.article.get_absolute_url())
    letters = page.evaluate(
        """() => {
          const text = document.querySelector('.para-text'), style = getComputedStyle(text);
          const pen = document.createElement('canvas').getContext('2d');
          pen.font = `${style.fontSize} ${style.fontFamily}`;
          const sample = text.querySelector('.said').textContent.slice(0, 60);
          const width = text.clientWidth - parseFloat(style.paddingRight);
          return width / (pen.measureText(sample).width / sample.length);
        }"""
    )
    assert 58 <= letters <= 76


def test_on_a_phone_a_note_folds_under_its_sentence_and_opens_by_a_touch(world: World, read_as: Reader) -> None:
    page = read_as(world.analyst, PHONE).open(world.article.get_absolute_url())
    summary = page.locator("main summary").first
    said = _box(page, "mark:text-is('The army may retake the city')")
    folded = summary.bounding_box()
    assert folded is not None
    assert folded["y"] > said["y"]
    assert "1 forecast: 1 came true" in summary.inner_text()
    assert not page.locator("#note-1").is_visible()
    summary.click()
    assert page.locator("#note-1").is_visible()


def test_the_underlines_of_categories_have_colours_of_their_own(world: World, read_as: Reader) -> None:
    page = read_as(world.analyst).open(world.article.get_absolute_url())
    colours = page.eval_on_selector_all(
        "mark.claim", "all => all.map(one => getComputedStyle(one).textDecorationColor)"
    )
    assert len(set(colours)) == 4


def test_dark_mode_turns_paper_and_plots_dark(world: World, read_as: Reader) -> None:
    shown = {}
    for scheme in ("light", "dark"):
        page = read_as(world.analyst, color_scheme=scheme).open(world.open.get_absolute_url())
        paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
        line = page.eval_on_selector(".line-consensus", "one => getComputedStyle(one).stroke")
        shown[scheme] = (_brightness(paper), _brightness(line))
    assert shown["light"][0] > 240 > 60 > shown["light"][1]
    assert shown["dark"][0] < 40 < 200 < shown["dark"][1]


def _brightness(colour: str) -> float:
    numbers = [float(part) for part in colour.removeprefix("rgb(").removesuffix(")").split(",")]
    return sum(numbers) / 3


def test_the_criteria_stand_beside_the_plot_and_the_plot_has_a_text_for_those_who_do_not_see_it(
    world: World, read_as: Reader
) -> None:
    page = read_as(world.analyst).open(world.resolved.get_absolute_url())
    drawing, criteria = _box(page, ".plot-frame"), _box(page, ".criteria")
    assert criteria["x"] > drawing["x"] + drawing["width"]
    assert criteria["y"] < drawing["y"] + drawing["height"]
    assert "Resolved: Yes" in (page.locator(".plot-frame").get_attribute("aria-label") or "")


def test_the_reliability_diagram_is_a_square(world: World, read_as: Reader) -> None:
    for size in (PHONE, (1280, 900)):
        box = _box(read_as(world.analyst, size).open(reverse("calibration")), ".diagram-frame")
        assert abs(box["width"] - box["height"]) < 1


def test_an_answer_given_on_the_page_is_recorded_and_shown(world: World, read_as: Reader) -> None:
    page = read_as(world.analyst).open(world.open.get_absolute_url())
    page.get_by_label("A new value").check()
    page.get_by_label("Probability in percent").fill("42")
    page.get_by_label("Why").fill("New reports.")
    page.get_by_role("button", name="Record").click()
    assert page.locator("tr.is-own").first.inner_text().split()[:1]
    assert "42%" in page.locator(".state-line").inner_text()
    assert "New reports." in page.locator("tr.is-own").first.inner_text()


def _box(page: Page, selector: str) -> dict[str, float]:
    found = page.locator(selector).first.bounding_box()
    assert found is not None, selector
    return {"x": found["x"], "y": found["y"], "width": found["width"], "height": found["height"]}


def test_a_mail_in_the_inbox_is_framed_and_its_links_open_in_a_new_tab(
    read_as: Reader, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.EMBEDDED_MAIL = True
    monkeypatch.setenv("RECKONER_VAR", str(tmp_path))
    reading = read_as(None)
    link = f'<p style="color: navy"><a href="{reading.server}/login/">Answer</a></p>'
    script = "<script>document.body.textContent = 'It ran.'</script>"
    message = EmailMessage()
    message["Subject"], message["To"] = "Your estimate, please", "analyst@example.invalid"
    message.set_content("Text.")
    message.add_alternative(f"<html><head></head><body>{link}{script}</body></html>", subtype="html")
    (catcher.mailbox() / "new").mkdir(parents=True)
    (catcher.mailbox() / "new" / "1").write_bytes(bytes(message))
    inbox = reading.open(reverse("inbox"))
    inbox.get_by_role("link", name="Your estimate, please").click()
    answer = inbox.frame_locator("iframe").get_by_role("link", name="Answer")
    assert answer.evaluate("one => getComputedStyle(one.parentElement).color") == "rgb(0, 0, 128)"
    with reading.context.expect_page() as opened:
        answer.click()
    opened.value.wait_for_url("**/login/")
    assert inbox.url.endswith("/inbox/1/")
