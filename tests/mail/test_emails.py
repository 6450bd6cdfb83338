"""The mails: what they say, what they must not say, and that they are well-formed on the wire."""

import html
import re
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from django.utils.crypto import salted_hmac

from forecasts.mail import emails, prompting, suppressing
from forecasts.models import Forecast, Message, Prompt, PromptKind, Scenario, Settlement, Suppression, User
from forecasts.rules.values import Value
from forecasts.scores import scorekeeping
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def scenario() -> Scenario:
    return make.scenario(title="Aleppo")


@pytest.fixture
def analyst(scenario: Scenario) -> User:
    return make.member(scenario, name="An analyst")


def mail(person: User, forecast: Forecast | None, kind: str = PromptKind.UPDATE, day: float = 5) -> EmailMessage:
    """The mail of one prompt as it would go over the wire on that day."""
    Prompt.objects.create(recipient=person, forecast=forecast, kind=kind, slot=make.day(day))
    prompting.plan(make.day(day))
    content = bytes(Message.objects.get().content or b"")
    return message_from_bytes(content, policy=policy.default)


def text(mail: EmailMessage) -> str:
    part = mail.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def rich(mail: EmailMessage) -> str:
    part = mail.get_body(("html",))
    assert part is not None
    return str(part.get_content())


def words(source: str) -> list[str]:
    """What a reader reads, without punctuation and addresses."""
    return re.findall(r"[\w%]+", re.sub(r"https?://\S+", " ", source))


def unmarked(source: str) -> str:
    """The text of an HTML document without its head and its tags."""
    return html.unescape(re.sub(r"(?s)<head>.*?</head>|<[^>]+>", " ", source))


def test_the_text_part_says_the_same_words_as_the_html(scenario: Scenario, analyst: User) -> None:
    forecast = make.forecast(scenario, title="Will <b>tanks</b> & trucks cross?", criteria="YES if A & B.\n\nElse NO.")
    make.estimate(forecast, analyst, 0.3, make.day(1))
    sent = mail(analyst, forecast)
    assert words(text(sent)) == words(unmarked(rich(sent)))
    assert "Will <b>tanks</b> & trucks cross?" in text(sent)
    assert "<b>tanks" not in rich(sent)


@pytest.mark.parametrize("kind", [PromptKind.INVITATION, PromptKind.PASSWORD_RESET])
def test_mails_about_accounts_say_the_same_in_both_parts(analyst: User, kind: str) -> None:
    analyst.set_unusable_password()
    analyst.save()
    sent = mail(analyst, None, kind)
    assert words(text(sent)) == words(unmarked(rich(sent)))


def test_an_update_mail_says_what_is_left_what_one_said_and_what_the_others_say(
    scenario: Scenario, analyst: User
) -> None:
    forecast = make.forecast(scenario, criteria="YES if the United Nations say so.")
    make.estimate(forecast, analyst, 0.345, make.day(2))
    make.estimate(forecast, make.member(scenario), 0.8, make.day(1))
    said = text(mail(analyst, forecast, day=5))
    assert "25 days left. You said 34.5%, 3 days ago. The consensus is 58%." in said
    assert "YES if the United Nations say so." in said


def test_a_blind_scenario_hides_the_consensus_until_one_has_answered(scenario: Scenario, analyst: User) -> None:
    Scenario.objects.update(blind_until_answered=True)
    forecast = make.forecast(scenario)
    for _ in range(3):
        make.estimate(forecast, make.member(scenario), 0.8, make.day(1))
    said = mail(analyst, forecast)
    assert "consensus" not in said.as_string()
    assert "80" not in words(text(said))


def test_in_a_blind_scenario_who_has_answered_sees_the_consensus(scenario: Scenario, analyst: User) -> None:
    Scenario.objects.update(blind_until_answered=True)
    forecast = make.forecast(scenario)
    for person in (analyst, make.member(scenario)):
        make.estimate(forecast, person, 0.8, make.day(1))
    assert "The consensus is 80%." in text(mail(analyst, forecast))


def test_one_estimate_makes_no_consensus(scenario: Scenario, analyst: User) -> None:
    forecast = make.forecast(scenario)
    make.estimate(forecast, make.member(scenario), 0.8, make.day(1))
    assert "consensus" not in text(mail(analyst, forecast))


def test_options_and_quantiles_are_named_in_words(scenario: Scenario, analyst: User) -> None:
    forecast = make.choice(["Army", "Rebels"], scenario)
    make.estimate(forecast, analyst, None, make.day(1), probabilities=[2_500, 7_500])
    assert "You said Army 25%, Rebels 75%" in text(mail(analyst, forecast))
    numeric = make.numeric(scenario, quantile_levels=[1000, 9000], unit="people")
    made = make.estimate(numeric, analyst, None, make.day(1), quantiles=[1_000, 20_000])
    assert emails.in_words(numeric, Value.of(made)) == "10%: 1,000 people, 90%: 20,000 people"


def test_a_mail_has_one_link_to_act_on_and_it_is_the_recipients(scenario: Scenario, analyst: User) -> None:
    sent = mail(analyst, make.forecast(scenario))
    links = re.findall(r"https?://\S+/answer/\S+", text(sent))
    assert len(links) == 1
    assert re.findall(r'class="button" href="([^"]+)"', rich(sent)) == links


def test_the_headers_are_those_of_an_automatic_mail(scenario: Scenario, analyst: User, settings: Any) -> None:
    settings.MAIL_FROM = "Reckoner <asks@reckoner.example.org>"
    sent = mail(analyst, make.forecast(scenario, title="Will it rain?"))
    assert sent["From"] == "Reckoner <asks@reckoner.example.org>"
    assert sent["To"] == f"An analyst <{analyst.email}>"
    assert sent["Subject"] == "Your estimate: Will it rain?"
    assert sent["Auto-Submitted"] == "auto-generated"
    assert sent["Date"].datetime == make.day(5)
    assert sent.get_content_type() == "multipart/alternative"
    assert re.fullmatch(r"<[0-9a-f]{32}@reckoner\.example\.org>", sent["Message-ID"])


def test_mails_about_one_forecast_hang_together_and_others_do_not(scenario: Scenario, analyst: User) -> None:
    one, other = make.forecast(scenario), make.forecast(scenario)
    assert emails.thread(analyst, one.pk) == emails.thread(analyst, one.pk)
    assert (
        len({emails.thread(analyst, one.pk), emails.thread(analyst, other.pk), emails.thread(make.user(), one.pk)}) == 3
    )


def test_names_on_the_wire_are_signed_with_the_key_of_the_day(analyst: User, settings: Any) -> None:
    for key in ("one key of the installation", "another key of the installation"):
        settings.SECRET_KEY = key
        signed = salted_hmac("forecasts.emails.thread", f"{analyst.pk}:digest", algorithm="sha256").hexdigest()
        assert emails.thread(analyst, "digest").startswith(f"<{signed[:32]}@")


def test_the_bytes_go_through_any_mail_server(scenario: Scenario, analyst: User) -> None:
    long = "عربي " * 90
    mail(analyst, make.forecast(scenario, title=long[:480], criteria=long * 20))
    content = bytes(Message.objects.get().content or b"")
    assert content.isascii()
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert max(len(line) for line in content.split(b"\r\n")) <= 998


def test_a_name_cannot_add_a_header_or_a_recipient(scenario: Scenario, analyst: User) -> None:
    User.objects.filter(pk=analyst.pk).update(name='A"\r\nBcc: x@example.org, "<y@example.org>')
    sent = mail(User.objects.get(pk=analyst.pk), make.forecast(scenario))
    assert sent["Bcc"] is None
    assert [address.addr_spec for address in sent["To"].addresses] == [analyst.email]


def test_no_subject_tells_an_estimate_a_token_or_a_scenario(scenario: Scenario, analyst: User) -> None:
    forecast = make.forecast(scenario, title="Will it rain?")
    make.estimate(forecast, analyst, 0.345, make.day(1))
    subject = mail(analyst, forecast)["Subject"]
    assert not set(words(subject)) & {"34", "345", "answer", "Aleppo"}


def test_a_resolver_is_led_to_the_admin_without_a_token(scenario: Scenario) -> None:
    resolver = make.member(scenario, "resolver")
    forecast = make.forecast(scenario, resolver=resolver)
    sent = mail(resolver, forecast, PromptKind.RESOLVE, day=40)
    assert f"/admin/forecasts/forecast/{forecast.pk}/resolve/" in text(sent)
    assert "/answer/" not in text(sent)
    assert sent["Subject"] == f"Time to resolve: {forecast.title}"


def test_an_invitation_of_who_has_a_password_asks_for_none(scenario: Scenario, analyst: User) -> None:
    said = text(mail(analyst, None, PromptKind.INVITATION))
    assert "“Aleppo”" in said
    assert "/invite/" not in said


def test_a_mail_loads_nothing_from_anywhere(scenario: Scenario, analyst: User) -> None:
    source = rich(mail(analyst, make.forecast(scenario)))
    assert not re.search(r"<(img|script|link|iframe)|url\(|@import", source)
    assert "prefers-color-scheme: dark" in source


def test_a_prompt_without_the_forecast_it_is_about_is_set_aside(analyst: User) -> None:
    Prompt.objects.create(recipient=analyst, forecast=None, kind=PromptKind.UPDATE, slot=make.day(1))
    assert prompting.plan(make.day(1)).set_aside == 1
    assert Prompt.objects.get().reason == "ValueError: A prompt of kind “update” needs a forecast."


def hinted(p: float, made: float, day: float, **fields: Any) -> str:
    """The hint in the mail of that day about a probability given on day `made`; the forecast closes on day 60."""
    scenario = make.scenario()
    analyst = make.member(scenario)
    forecast = make.forecast(scenario, closes_at=make.day(60), **fields)
    make.estimate(forecast, analyst, p, make.day(made))
    found = re.search(r"You said [^.]*; if nothing has changed[^.]*\.", text(mail(analyst, forecast, day=day)))
    return found.group() if found else ""


def test_a_probability_that_time_wore_down_comes_with_what_is_left_of_it() -> None:
    expected = "You said 30% with 60 days left; if nothing has changed, a constant hazard gives 14% with 25 days left."
    assert hinted(0.3, 0, 35) == expected


@pytest.mark.parametrize(("p", "made", "day"), [(0.3, 0, 2), (0.02, 0, 35), (0.95, 0, 35)])
def test_no_hint_where_it_says_nothing_new(p: float, made: float, day: float) -> None:
    assert hinted(p, made, day) == ""


def test_no_hint_on_options(scenario: Scenario, analyst: User) -> None:
    forecast = make.choice(["Army", "Rebels"], scenario)
    make.estimate(forecast, analyst, None, make.day(1), probabilities=[2_500, 7_500])
    assert "hazard" not in text(mail(analyst, forecast, day=20))


def test_every_mail_can_be_stopped_with_one_click(scenario: Scenario, analyst: User) -> None:
    sent = mail(analyst, make.forecast(scenario))
    stop = str(sent["List-Unsubscribe"])
    assert re.fullmatch(r"<https?://\S+/stop/\S+/>", stop)
    assert sent["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert stop.strip("<>") in text(sent)
    assert len(re.findall(r"https?://\S+/snooze/\S+", text(sent))) == 1


@pytest.mark.parametrize("kind", [PromptKind.CLOSING_SOON, PromptKind.UPDATE])
def test_both_parts_of_what_asks_for_an_estimate_say_the_same(scenario: Scenario, analyst: User, kind: str) -> None:
    forecast = make.forecast(scenario)
    make.estimate(forecast, analyst, 0.6, make.day(1))
    make.estimate(forecast, make.member(scenario), 0.7, make.day(1))
    sent = mail(analyst, forecast, kind, day=20)
    assert words(text(sent)) == words(unmarked(rich(sent)))


@pytest.mark.parametrize("kind", [PromptKind.RESOLVE, PromptKind.OVERDUE])
@pytest.mark.parametrize(("role", "why"), [("resolver", "you resolve"), ("backup", "you stand in"), ("", "you own")])
def test_who_is_asked_to_resolve_reads_why(scenario: Scenario, kind: str, role: str, why: str) -> None:
    person = make.member(scenario, "owner")
    forecast = make.forecast(scenario, **({role: person} if role else {}))
    sent = mail(person, forecast, kind, day=40)
    assert why in text(sent)
    assert "The answer was due 10 days ago, and nobody has resolved it." in text(sent)
    assert words(text(sent)) == words(unmarked(rich(sent)))


def test_a_second_person_is_asked_for_their_own_answer_and_does_not_read_the_first(scenario: Scenario) -> None:
    first, second = make.member(scenario, "resolver"), make.member(scenario, "editor")
    forecast = make.forecast(scenario, resolver=first, backup=second, two_people_resolve=True)
    make.verdict(forecast, "yes", known_at=make.day(29), person=first, takes_effect_at=None)
    sent = mail(second, forecast, PromptKind.RESOLVE, day=40)
    assert "A second person is asked for an answer of their own" in text(sent)
    assert not {"Yes", "YES"} & set(words(text(sent).replace(forecast.criteria, "")))


def resolved(scenario: Scenario, analyst: User, outcome: str = "yes") -> Forecast:
    forecast = make.forecast(scenario, title="Will it rain?")
    make.estimate(forecast, analyst, 0.8, make.day(1))
    make.estimate(forecast, make.member(scenario), 0.6, make.day(1))
    make.verdict(forecast, outcome, known_at=make.day(4))
    return forecast


def test_a_result_gives_the_outcome_and_own_scores_beside_those_of_the_consensus(
    scenario: Scenario, analyst: User
) -> None:
    sent = mail(analyst, resolved(scenario, analyst), PromptKind.RESULT, day=4)
    assert sent["Subject"] == "Result: Will it rain?"
    assert "The answer is Yes, known since 5 Dec 2024." in text(sent)
    assert "Brier score (0 is best) | 0.040 | 0.0" in text(sent)
    assert words(text(sent)) == words(unmarked(rich(sent)))


def test_a_result_of_what_was_annulled_gives_no_scores(scenario: Scenario, analyst: User) -> None:
    said = text(mail(analyst, resolved(scenario, analyst, "annulled"), PromptKind.RESULT, day=4))
    assert "It was closed without a score: Annulled." in said
    assert "Brier" not in said


def test_calibration_comes_as_a_sentence_a_table_and_a_picture_with_its_words(
    scenario: Scenario, analyst: User
) -> None:
    forecasts = [make.forecast(scenario) for _ in range(12)]
    for place, forecast in enumerate(forecasts):
        make.estimate(forecast, analyst, 0.75, make.day(1))
        make.verdict(forecast, "yes" if place % 2 else "no", known_at=make.day(30))
        Settlement.objects.create(forecast=forecast, due_at=make.day(31))
    scorekeeping.settle(make.day(31))
    sent = mail(analyst, forecasts[0], PromptKind.RESULT, day=30)
    sentence = "Of what was called 75%, 50% came true"
    assert sentence in text(sent)
    assert "70% to 80% | 12 | 75% | 50%" in text(sent)
    assert f'<img src="cid:calibration" width="400" alt="{sentence}' in rich(sent)
    (picture,) = [part for part in sent.walk() if part.get_content_type() == "image/png"]
    assert bytes(picture.get_content()).startswith(b"\x89PNG")


def test_a_summary_tells_the_debt_whose_it_is_who_answers_and_what_closes(scenario: Scenario) -> None:
    owner, analyst = make.member(scenario, "owner"), make.member(scenario)
    late = make.member(scenario, "resolver", name="Late Resolver")
    for day in (8, 12):
        make.forecast(scenario, closes_at=make.day(day), resolves_at=make.day(day), resolver=late)
    make.forecast(scenario, closes_at=make.day(3), resolves_at=make.day(25))
    closing = make.forecast(scenario, title="Will it snow?", closes_at=make.day(23))
    states = [Prompt.State.SENT, Prompt.State.ANSWERED, Prompt.State.ANSWERED, Prompt.State.CANCELLED]
    for place, state in enumerate(states):
        about, slot = make.forecast(scenario), make.day(15 + place)
        Prompt.objects.create(recipient=analyst, forecast=about, kind=PromptKind.UPDATE, slot=slot, state=state)
    sent = mail(owner, None, PromptKind.SUMMARY, day=20)
    said = text(sent)
    assert sent["Subject"] == "Weekly summary: 2 to resolve"
    assert "2 to resolve, the oldest for 12 days: Late Resolver 2." in said
    assert "2 of 3 questions of the last seven days were answered: 67%." in said
    assert f"{closing.title} | 3 days" in said
    assert words(said) == words(unmarked(rich(sent)))


def test_an_owner_hears_of_an_address_that_takes_no_mail(scenario: Scenario, analyst: User) -> None:
    owner, stranger = make.member(scenario, "owner"), make.member(make.scenario(), "owner")
    for person in (analyst, make.user()):
        Suppression.objects.create(address=person.email, made_at=make.day(5), reason="550 No such user\r\nBcc: x")
    assert suppressing.tell_owners(analyst.email, make.day(5)) == 1
    assert prompting.plan(make.day(5)).messages == 1
    message = Message.objects.get()
    said = text(message_from_bytes(bytes(message.content or b""), policy=policy.default))
    assert message.recipient == owner != stranger
    assert f"An analyst ({analyst.email}) gets no mail any more." in said
    assert "550 No such user Bcc: x" in said
    assert said.count("gets no mail") == 1


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("one\r\ntwo", "one two"),
        ("a\u202eb\u2066c\u2069", "abc"),
        ("nul\x00byte", "nulbyte"),
        ("line\u2028end", "line end"),
        ("  wide   space ", "wide space"),
        ("حلب ٢٠٢٤", "حلب ٢٠٢٤"),
    ],
)
def test_one_line_keeps_what_is_read_and_drops_what_deceives(given: str, shown: str) -> None:
    assert emails.one_line(given) == shown


def test_a_mail_says_to_machines_that_no_answer_is_wanted_and_what_list_it_is_of(
    scenario: Scenario, analyst: User, settings: Any
) -> None:
    settings.MAIL_FROM, settings.MAIL_REPLY_TO = "Прогноз <asks@reckoner.example.org>", "Ярослав <desk@example.org>"
    sent = mail(analyst, make.forecast(scenario))
    assert sent["X-Auto-Response-Suppress"] == "OOF, AutoReply"
    assert sent["List-Id"] == "Reckoner <reckoner.reckoner.example.org>"
    assert sent["Reply-To"] == "Ярослав <desk@example.org>"
    assert sent["From"] == "Прогноз <asks@reckoner.example.org>"
    assert "Nobody reads replies" not in text(sent)


def test_where_nobody_reads_replies_the_mail_says_so(scenario: Scenario, analyst: User, settings: Any) -> None:
    settings.MAIL_REPLY_TO = ""
    sent = mail(analyst, make.forecast(scenario))
    assert sent["Reply-To"] is None
    assert "Nobody reads replies to this mail." in text(sent)
    assert "Nobody reads replies to this mail." in unmarked(rich(sent))


@pytest.mark.parametrize("kind", PromptKind.going_always())
def test_a_mail_that_goes_always_offers_no_program_to_stop_it(analyst: User, kind: str) -> None:
    sent = mail(analyst, None, kind)
    assert [sent[name] for name in ("List-Unsubscribe", "List-Unsubscribe-Post", "List-Id")] == [None] * 3
    assert "/stop/" not in text(sent) + rich(sent)
    assert sent["X-Auto-Response-Suppress"] == "OOF, AutoReply"
