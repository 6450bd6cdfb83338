"""The rules as an extractor: what intake gets when no language model is set up."""

from pytest_django import Settings

from forecasts.extractors import extract, rules

TEXT = (
    "The army will hold the port, but the rebels could cut the road.\nFighting is unlikely to spread, Mr. Osei said.\n"
)


def test_without_settings_the_rules_read_and_say_nothing(settings: Settings) -> None:
    settings.EXTRACTOR_URL = settings.EXTRACTOR_MODEL = ""
    found = extract(TEXT)
    assert (found.extractor, found.version, found.notice) == ("rules", rules.version(), "")


def test_each_claim_is_a_finding_with_its_sentence_around_it() -> None:
    first, second, third = extract(TEXT).found
    assert (first.quote, second.quote) == ("The army will hold the port", "the rebels could cut the road")
    assert (first.sentence_start, first.sentence_end) == (second.sentence_start, second.sentence_end) == (0, 63)
    assert (third.likelihood, third.scale, third.scale_edition, third.scale_is_assumed) == (
        "unlikely",
        "icd_203",
        "2015",
        True,
    )
    assert (third.attributed_to, third.cue) == ("Mr. Osei", "unlikely to spread")
    assert all(TEXT[one.start : one.end] == one.quote for one in (first, second, third))


def test_a_repeated_lead_points_at_the_finding_that_it_repeats() -> None:
    found = extract(
        "Fighting may spread from Sudan into Chad\nThere are fears that fighting in Sudan spreads into Chad."
    )
    assert [one.duplicate_of for one in found.found] == [None, 0]


def test_what_found_it_is_kept_with_each_finding() -> None:
    assert [one.extraction for one in extract("The army will hold the port.").found] == [{"rule": "will"}]


def test_an_article_in_another_language_is_read_with_a_notice() -> None:
    assert "“fr”" in extract("L’armée va attaquer.", language="fr").notice
    assert extract("The army will attack.", language="en-GB").notice == ""


def test_the_version_is_a_short_mark_of_the_rules() -> None:
    assert len(rules.version()) == 12
    assert rules.version() == rules.version()
