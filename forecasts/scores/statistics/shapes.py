"""What a calibration report holds. Probabilities and frequencies are numbers from 0 to 1; None: too little data."""

from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any

import orjson

from forecasts.scoring.monitoring import ALARM

type Pair = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Filters:
    """Which slice of the tallies to report; None means all that the reader may see.

    scenario a slug; category one of ours; analyst the id of a forecaster; source the id of a source; since and until
    dates of maturity in UTC, the latter excluded.
    """

    scenario: str | None = None
    category: str | None = None
    analyst: int | None = None
    source: int | None = None
    forecaster_kind: str = "analyst"
    since: date | None = None
    until: date | None = None
    bins: int = 10


@dataclass(frozen=True, slots=True)
class Counts:
    """The denominator. The first ten count forecasts as they stand, whether anybody estimated them or not."""

    published: int = 0
    open: int = 0
    awaiting_resolution: int = 0
    overdue: int = 0
    resolved: int = 0
    annulled: int = 0
    ambiguous: int = 0
    known_before_opening: int = 0
    awaiting_maturity: int = 0
    withdrawn: int = 0
    scored_forecasts: int = 0
    forecasters: int = 0
    scored_pairs: int = 0


@dataclass(frozen=True, slots=True)
class Score:
    """A mean over `n` estimates on forecasts of so many situations; error and interval are clustered by situation.

    `effective_n` counts independent situations; `ci95_if_independent` is the interval if each forecast were one.
    """

    mean: float
    standard_error: float | None
    ci95: Pair | None
    skill: float | None = None
    n: float = 0
    forecasts: int = 0
    situations: int = 0
    effective_n: float = 0
    ci95_if_independent: Pair | None = None
    skill_ci95: Pair | None = None


@dataclass(frozen=True, slots=True)
class Frequency:
    """How often something came true, over `n` estimates; its interval is clustered by situation."""

    mean: float
    ci95: Pair | None
    n: float
    forecasts: int
    situations: int = 0
    effective_n: float = 0
    ci95_if_independent: Pair | None = None


@dataclass(frozen=True, slots=True)
class Scores:
    brier: Score | None = None
    log: Score | None = None


@dataclass(frozen=True, slots=True)
class Corp:
    miscalibration: float
    discrimination: float
    uncertainty: float
    n: float = 0
    forecasts: int = 0
    effective_n: float = 0
    miscalibration_ci95: Pair | None = None
    discrimination_ci95: Pair | None = None
    uncertainty_ci95: Pair | None = None


@dataclass(frozen=True, slots=True)
class MurphyParts:
    reliability: float
    resolution: float
    uncertainty: float
    n: float = 0
    forecasts: int = 0
    effective_n: float = 0
    reliability_ci95: Pair | None = None
    resolution_ci95: Pair | None = None
    uncertainty_ci95: Pair | None = None


@dataclass(frozen=True, slots=True)
class Decomposition:
    corp: Corp | None = None
    murphy: MurphyParts | None = None
    corp_log: Corp | None = None


@dataclass(frozen=True, slots=True)
class Recalibration:
    """Cox's line; its intervals are clustered by situation, and computed with the bands."""

    slope: float
    intercept: float
    slope_ci95: Pair | None = None
    intercept_ci95: Pair | None = None
    n: float = 0
    forecasts: int = 0
    effective_n: float = 0


@dataclass(frozen=True, slots=True)
class CalibrationError:
    ece: float
    ece_if_calibrated: float | None
    n: float = 0
    forecasts: int = 0
    effective_n: float = 0
    ece_ci95: Pair | None = None


@dataclass(frozen=True, slots=True)
class Sharpness:
    """How far probabilities lie from evens, whatever came of it: the mean of 2 |p - 1/2|, 0 to 1, and of p (1 - p).

    Not a score: who always says 0% or 100% is sharpest. The mean of p (1 - p) is the Brier score that a calibrated
    forecaster would have.
    """

    mean_confidence: float
    brier_if_calibrated: float
    n: float
    forecasts: int
    mean_confidence_ci95: Pair | None = None
    brier_if_calibrated_ci95: Pair | None = None
    effective_n: float = 0


@dataclass(frozen=True, slots=True)
class Bin:
    """`n` counts estimates (in `time_weighted`, pairs by their share of time); an edge belongs to the upper bin."""

    lower: float
    upper: float
    n: float
    forecasts: int
    mean_probability: float | None
    observed_frequency: float | None
    ci95: Pair | None
    situations: int = 0
    effective_n: float = 0
    ci95_if_independent: Pair | None = None


@dataclass(frozen=True, slots=True)
class Point:
    """One probability that was said `n` times, and what it should have been. Equal ones in a row are shown by their
    ends.
    """

    probability: float
    calibrated: float
    consistency_band: Pair | None = None
    confidence_band: Pair | None = None
    n: float = 0
    simultaneous_band: Pair | None = None


@dataclass(frozen=True, slots=True)
class UnitScores:
    """The weighted interval score of quantiles in one unit, and its parts, which add up to it."""

    unit: str
    n: float
    forecasts: int
    wis: Score
    dispersion: float
    overprediction: float
    underprediction: float
    dispersion_ci95: Pair | None = None
    overprediction_ci95: Pair | None = None
    underprediction_ci95: Pair | None = None
    effective_n: float = 0


@dataclass(frozen=True, slots=True)
class CoverageOfInterval:
    nominal: float
    observed: float
    n: float
    forecasts: int
    ci95: Pair | None
    effective_n: float = 0
    ci95_if_independent: Pair | None = None
    situations: int = 0


@dataclass(frozen=True, slots=True)
class PitRange:
    """Share of truths that fell between two quantile levels, beside the share that calibration asks for."""

    lower: float
    upper: float
    share: float
    expected: float
    n: float
    forecasts: int = 0
    ci95: Pair | None = None
    effective_n: float = 0
    ci95_if_independent: Pair | None = None
    situations: int = 0


@dataclass(frozen=True, slots=True)
class Quantiles:
    units: list[UnitScores]
    coverage: list[CoverageOfInterval]
    pit: list[PitRange]


@dataclass(frozen=True, slots=True)
class MultipleChoice:
    """Brier over all options, 0 to 2, log, and the ranked probability score where options are ordered."""

    n: float
    forecasts: int
    brier: Score
    rps: Score | None
    log: Score | None = None
    effective_n: float = 0


@dataclass(frozen=True, slots=True)
class AgainstReference:
    """The slice beside a rule of arithmetic, on the yes-or-no forecasts that both answered.

    `difference` is of Brier scores per forecast, the slice's minus the reference's: below 0 the slice did better.
    `skill` is 1 minus the slice's mean over the reference's.
    """

    method: str
    forecaster: int
    forecasts: int
    difference: Score | None
    skill: float | None


@dataclass(frozen=True, slots=True)
class Auc:
    """How often what came true was called likelier than what did not, ties half: 0.5 is chance, 1 perfect."""

    value: float
    ci95: Pair | None
    n: float
    forecasts: int
    effective_n: float


@dataclass(frozen=True, slots=True)
class CalibrationTest:
    """How often a calibrated forecaster would look as badly calibrated, or worse. Only of independent forecasts."""

    p_value: float


@dataclass(frozen=True, slots=True)
class Drift:
    """An e-process against calibration, which may be looked at every day: from 20 on the alarm goes.

    `since` is when what has done best against what was said began, `said` and `came` are of most estimates since then.
    """

    e_value: float
    alarmed_on: date | None
    since: date
    said: float
    came: float
    estimates: int

    @property
    def is_alarming(self) -> bool:
        """Whether the alarm has gone, and what was said since has not allayed it."""
        return self.alarmed_on is not None and self.e_value >= ALARM

    def written(self) -> dict[str, Any]:
        days = {"since": self.since.isoformat(), "alarmed_on": self.alarmed_on and self.alarmed_on.isoformat()}
        return asdict(self) | days

    @classmethod
    def read(cls, told: dict[str, Any]) -> "Drift":
        days = {name: told[name] and date.fromisoformat(told[name]) for name in ("since", "alarmed_on")}
        return cls(**(told | days))


@dataclass(frozen=True, slots=True)
class Report:
    """Calibration of one slice under one estimand, as of the last completed settle."""

    snapshot: str
    as_of: datetime | None
    filters: Filters
    estimand: str
    counts: Counts
    base_rate: float | None = None
    base_rate_interval: Frequency | None = None
    scores: Scores = field(default_factory=Scores)
    decomposition: Decomposition = field(default_factory=Decomposition)
    recalibration: Recalibration | None = None
    calibration_error: CalibrationError | None = None
    sharpness: Sharpness | None = None
    bins: list[Bin] = field(default_factory=list)
    curve: list[Point] | None = None
    band_level: float = 0.9
    multiple_choice: MultipleChoice | None = None
    quantiles: Quantiles | None = None
    references: list[AgainstReference] = field(default_factory=list)
    auc: Auc | None = None
    calibration_test: CalibrationTest | None = None
    drift: Drift | None = None
    notes: list[str] = field(default_factory=list)

    def to_json(self) -> bytes:
        """Times in ISO 8601, UTC."""
        return orjson.dumps(self, option=orjson.OPT_UTC_Z)


@dataclass(frozen=True, slots=True)
class GroupOfReport:
    """One value of the dimension that a report is split by. `key` is its id, `label` what people call it."""

    key: str
    label: str
    report: Report


@dataclass(frozen=True, slots=True)
class Grouped:
    group_by: str
    groups: list[GroupOfReport]
    count: int = 0
    """Of all groups, on whatever page."""

    def to_json(self) -> bytes:
        """All but the labels, which are for people."""
        groups = [{"key": one.key, "report": one.report} for one in self.groups]
        return orjson.dumps({"group_by": self.group_by, "count": self.count, "groups": groups}, option=orjson.OPT_UTC_Z)
