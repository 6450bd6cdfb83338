"""A small scenario folder with one forecast of each kind, as files, for tests to load or to spoil."""

import hashlib
from pathlib import Path

ARTICLE = "Talks resume on Monday. The parties may agree on a ceasefire. Thousands could flee. Some hope that it holds."

HEAD = f"""\
format: 1
scenario:
  slug: northport-talks
  title: Northport talks
  summary: Whether the talks lead to a signed ceasefire.
  visibility: members
people:
  - {{key: ann, name: Demo analyst, role: analyst, time_zone: Europe/Oslo}}
  - {{key: rob, name: Demo resolver, role: resolver, time_zone: UTC}}
  - {{key: eve, name: Demo editor, role: editor, time_zone: UTC}}
  - {{key: vic, name: Demo viewer, role: viewer, time_zone: UTC}}
article:
  file: article.txt
  title: Talks resume
  source: {{name: Example Courier, kind: outlet}}
  published_at: 2024-02-27T09:00:00Z
  sha256: "{hashlib.sha256(ARTICLE.encode()).hexdigest()}"
statements:
  - {{id: S1, start: 24, end: 61, quote: "The parties may agree on a ceasefire.", category: negotiation, cue: may,
     likelihood: unquantified, review: accepted}}
  - {{id: S2, start: 62, end: 83, quote: "Thousands could flee.", category: displacement, cue: could,
     likelihood: {{term: likely, scale: ICD 203, edition: "2015"}}, review: accepted}}
  - {{id: S3, start: 84, end: 108, quote: "Some hope that it holds.", category: negotiation, cue: hope,
     likelihood: unquantified, review: duplicate, duplicate_of: S1, reason: Says the same of the ceasefire.}}
forecasts:
"""

COMMON = """\
    title: The {id} forecast of the Northport talks
    criteria: As the mediator publishes by then.
    resolution_source: {{name: The mediator, url: "https://mediator.example/", lag: two days}}
    fallback: Two agencies that agree.
    time_zone: Europe/Oslo
    published_at: 2024-03-01T08:00:00Z
    opens_at: 2024-03-01T09:00:00Z
    closes_at: 2024-03-31T22:00:00Z
    resolves_at: 2024-04-03T12:00:00Z
    resolver: rob
    backup: eve
    resolution:
      outcome: {outcome}
      occurred_at: 2024-03-20T00:00:00Z
      known_at: 2024-03-20T06:00:00Z
      recorded_at: 2024-03-21T12:00:00Z
      evidence: [{{url: "https://mediator.example/text"}}]
      note: Published.
      by: rob
      certainty: A
"""

BINARY = """\
  - id: signed
    statement: S1
    fidelity: narrower
    category: negotiation
    kind: binary
"""
CHOICE = """\
  - id: place
    statement: null
    fidelity: null
    category: negotiation
    kind: multiple_choice
    options: [Oslo, Geneva, elsewhere]
"""
NUMERIC = """\
  - id: displaced
    statement: S2
    fidelity: narrower
    category: displacement
    kind: numeric
    unit: people
    range: {lower: 0, upper: 1000, upper_open: true}
    quantile_levels: [0.25, 0.5, 0.75]
"""
DATE = """\
  - id: day
    statement: null
    fidelity: null
    category: negotiation
    kind: date
    range: {lower: "2024-03-01", upper: "2024-03-31"}
    quantile_levels: [0.5]
"""

SCENARIO = "".join(
    [
        HEAD,
        BINARY + COMMON.format(id="signed", outcome='"yes"'),
        CHOICE + COMMON.format(id="place", outcome="Geneva"),
        NUMERIC + COMMON.format(id="displaced", outcome="800"),
        DATE + COMMON.format(id="day", outcome='"2024-03-20"'),
    ]
)

ESTIMATES = """\
forecast,analyst,made_at,event,value,rationale
signed,ann,2024-03-02T10:00:00Z,update,0.6,They need it.
signed,ann,2024-03-05T10:00:00Z,reaffirm,,
signed,ann,2024-03-06T10:00:00Z,withdraw,,
signed,eve,2024-03-06T11:00:00Z,decline,,
place,ann,2024-03-02T11:00:00Z,update,Oslo=0.2;Geneva=0.5;elsewhere=0.3,
displaced,ann,2024-03-02T12:00:00Z,update,0.25=500;0.5=700;0.75=1200,
day,ann,2024-03-02T13:00:00Z,update,0.5=2024-03-18,
"""


def write(folder: Path, scenario: str = SCENARIO, article: str = ARTICLE, estimates: str = ESTIMATES) -> Path:
    """The three files, as they are or spoilt; returns the folder."""
    folder.mkdir(exist_ok=True)
    (folder / "article.txt").write_bytes(article.encode())
    (folder / "scenario.yaml").write_bytes(scenario.encode())
    (folder / "estimates.csv").write_bytes(estimates.encode())
    return folder


def replaced(text: str, old: str, new: str) -> str:
    """The text with the first `old` replaced; a test that looks for what is not there would test nothing."""
    assert old in text, old
    return text.replace(old, new, 1)
