"""Time expressions, resolved against Wednesday, 10 March 2027."""

from datetime import date

import pytest

from forecasts.language.folding import fold
from forecasts.language.reading.times import times

PUBLISHED = date(2027, 3, 10)

RESOLVED = [
    ("by March", "2027-03-10", "2027-03-31"),
    ("by the end of the month", "2027-03-10", "2027-03-31"),
    ("before the end of the month", "2027-03-10", "2027-03-31"),
    ("in early November", "2027-11-01", "2027-11-10"),
    ("by mid-October", "2027-03-10", "2027-10-15"),
    ("in late April", "2027-04-21", "2027-04-30"),
    ("in early 2028", "2028-01-01", "2028-03-31"),
    ("late next year", "2028-10-01", "2028-12-31"),
    ("in the next year", "2027-03-10", "2028-03-10"),
    ("over the coming week", "2027-03-10", "2027-03-17"),
    ("on Wednesday next week", "2027-03-17", "2027-03-17"),
    ("by early Friday morning", "2027-03-10", "2027-03-12"),
    ("the week of 5 April", "2027-04-05", "2027-04-11"),
    ("between now and Christmas", "2027-03-10", "2027-12-25"),
    ("from April 30 to around May 7", "2027-04-30", "2027-05-07"),
    ("in both 2028 and 2029", "2028-01-01", "2029-12-31"),
    ("in the 2030s", "2030-01-01", "2039-12-31"),
    ("by mid-century", "2027-03-10", "2050-12-31"),
    ("by the end of the century", "2027-03-10", "2100-12-31"),
    ("before Easter", "2027-03-10", "2027-03-27"),
    ("during Ramadan", "2028-01-28", "2028-02-25"),
    ("by Christmas", "2027-03-10", "2027-12-25"),
    ("next month", "2027-04-01", "2027-04-30"),
    ("this week", "2027-03-10", "2027-03-14"),
    ("by the weekend", "2027-03-10", "2027-03-14"),
    ("on Monday", "2027-03-15", "2027-03-15"),
    ("next Wednesday", "2027-03-17", "2027-03-17"),
    ("next Saturday, 30 July", "2027-07-30", "2027-07-30"),
    ("on 14 April", "2027-04-14", "2027-04-14"),
    ("on March 11, 2027", "2027-03-11", "2027-03-11"),
    ("on the 21, 23 and 25 June", "2027-06-21", "2027-06-25"),
    ("on 1 February", "2028-02-01", "2028-02-01"),
    ("2027-09-30", "2027-09-30", "2027-09-30"),
    ("over the next few days", "2027-03-10", "2027-03-17"),
    ("in the coming weeks", "2027-03-10", "2027-04-07"),
    ("in the months ahead", "2027-03-10", "2027-06-10"),
    ("within two weeks", "2027-03-10", "2027-03-24"),
    ("within 48 hours", "2027-03-10", "2027-03-12"),
    ("in six to eight weeks", "2027-04-21", "2027-05-05"),
    ("in three years' time", "2030-03-10", "2030-03-10"),
    ("over the coming 12 months", "2027-03-10", "2028-03-10"),
    ("by the end of the quarter", "2027-03-10", "2027-03-31"),
    ("in the fourth quarter", "2027-10-01", "2027-12-31"),
    ("in the second half of next year", "2028-07-01", "2028-12-31"),
    ("Q3 2028", "2028-07-01", "2028-09-30"),
    ("in 2028", "2028-01-01", "2028-12-31"),
    ("by 2030", "2027-03-10", "2030-12-31"),
    ("later this year", "2027-03-10", "2027-12-31"),
    ("by year-end", "2027-03-10", "2027-12-31"),
    ("before the year's end", "2027-03-10", "2027-12-31"),
    ("the rest of the year", "2027-03-10", "2027-12-31"),
    ("by the end of winter", "2027-03-10", "2028-02-29"),
    ("between May and July", "2027-05-01", "2027-07-31"),
    ("in May-July this year", "2027-05-01", "2027-07-31"),
    ("from October through March", "2027-10-01", "2028-03-31"),
    ("the first week of April", "2027-04-01", "2027-04-07"),
    ("until March 2028", "2027-03-10", "2028-02-29"),
    ("from 24 September", "2027-09-24", "2027-09-24"),
    ("after Ramadan", "2028-02-26", None),
    ("no earlier than 2029", "2029-01-01", None),
]


@pytest.mark.parametrize(("text", "start", "end"), RESOLVED)
def test_a_time_is_resolved_against_the_day_of_publication(text: str, start: str, end: str | None) -> None:
    sentence = f"The talks will resume {text}, he said."
    (time,) = times(sentence, fold(sentence), 0, len(sentence), PUBLISHED)
    assert sentence[time.start : time.end] == text
    assert time.period is not None
    assert (str(time.period.start), time.period.end and str(time.period.end)) == (start, end)


@pytest.mark.parametrize("text", ["since 2015", "in 2019", "last March", "before the end of 2026", "in February"])
def test_what_lies_in_the_past_is_known_as_past(text: str) -> None:
    sentence = f"It has held {text}."
    assert [time.is_past for time in times(sentence, fold(sentence), 0, len(sentence), PUBLISHED)] == [True]


@pytest.mark.parametrize(
    "text",
    [
        "It may rain.",
        "They march on the capital.",
        "Resolution 2254 will hold.",
        "He spoke three weeks ago.",
        "The 15-member bloc will meet.",
        "It lasted for 48 hours.",
    ],
)
def test_what_only_looks_like_a_time_is_none(text: str) -> None:
    assert times(text, fold(text), 0, len(text), PUBLISHED) == []
