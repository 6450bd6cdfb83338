"""What is wrong with demonstration estimates is named by line and column."""

from pathlib import Path

import pytest

from forecasts.questions import intake
from forecasts.rules.errors import InvalidScenario
from tests import folders
from tests.folders import ESTIMATES, replaced


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("0.6,They", "1.0,They", "line 2: value: 1.0 does not lie between 0.0001 and 0.9999"),
        ("0.6,They", "0.00001,They", "line 2: value: 0.00001 does not lie between 0.0001 and 0.9999 in steps"),
        ("0.6,They", "-0.1,They", "line 2: value: -0.1 does not lie between"),
        ("0.6,They", "nan,They", "line 2: value: 'nan' is not a probability"),
        ("0.6,They", "likely,They", "line 2: value: 'likely' is not a probability"),
        ("0.6,They", ",They", "line 2: value: '' is not a probability"),
        ("reaffirm,,", "reaffirm,0.7,", "line 3: value: stays empty for reaffirm"),
        ("reaffirm,,", "repeat,,", "line 3: event: is one of update, reaffirm, withdraw, decline"),
        ("2024-03-02T10:00:00Z", "2024-03-01T08:59:59Z", "line 2: made_at: lies before the opening"),
        ("2024-03-02T10:00:00Z", "2024-03-31T22:00:00Z", "line 2: made_at: lies after the close"),
        ("2024-03-02T10:00:00Z", "2024-03-21T12:00:00Z", "line 2: made_at: lies after the resolution, recorded at"),
        ("2024-03-02T10:00:00Z", "2024-03-02T10:00:00", "line 2: made_at: has no zone"),
        ("2024-03-02T10:00:00Z", "yesterday", "line 2: made_at: 'yesterday' is not a time"),
        ("signed,ann,2024-03-02T", "signed,ann,2024-03-06T", "line 3: event: reaffirm needs an estimate in force"),
        ("signed,ann,2024-03-05T", "signed,ann,2024-03-07T", "line 3: event: reaffirm needs an estimate in force"),
        ("03-05T10:00:00Z,reaffirm", "03-02T10:00:00Z,reaffirm", "line 3: made_at: line 2 is of the same forecast"),
        ("signed,eve,2024-03-06T11", "signed,ann,2024-03-04T11", "line 3: event: nothing follows the decline"),
        ("signed,ann,2024-03-02", "agreed,ann,2024-03-02", "line 2: forecast: 'agreed' is no forecast"),
        ("signed,ann,2024-03-02", "signed,bob,2024-03-02", "line 2: analyst: 'bob' is no one of people"),
        ("signed,ann,2024-03-02", "signed,vic,2024-03-02", "line 2: analyst: 'vic' is no one of people who"),
        ("Geneva=0.5", "Geneva=0.4", "line 6: value: the probabilities sum to 0.9, not to 1"),
        ("Geneva=0.5;elsewhere=0.3", "Geneva=0.8", "line 6: value: names every option once, in their order"),
        ("0.5=700", "0.5=400", "line 7: value: a quantile lies below the one before it"),
        ("0.25=500", "0.25=-5", "line 7: value: a quantile lies below the range"),
        ("0.25=500", "0.25=inf", "line 7: value: 'inf' is not a number"),
        ("0.5=2024-03-18", "0.5=2024-04-18", "line 8: value: a quantile lies above the range"),
        ("0.5=2024-03-18", "0.5=18 March", "line 8: value: '18 March' is not a date"),
        ("They need it.", "They\x07need it.", "line 2: rationale: the character U+0007 cannot stand here"),
        ("rationale\n", "reason\n", "line 1: the header is forecast,analyst,made_at,event,value,rationale"),
        (",They need it.", "", "line 2: has 5 fields instead of 6"),
        ("They need it.", '"They" need it.', "line 2: "),
    ],
)  # fmt: skip
def test_a_bad_estimate_is_refused_with_its_line_and_its_fault(
    tmp_path: Path, old: str, new: str, complaint: str
) -> None:
    with pytest.raises(InvalidScenario) as refused:
        intake.read(folders.write(tmp_path, estimates=replaced(ESTIMATES, old, new)))

    assert str(refused.value).startswith(f"estimates.csv: {complaint}")
