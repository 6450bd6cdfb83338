"""Small files of estimates for tests, and the made-up ones in the shapes of the trade where they are."""

from pathlib import Path

import pytest

SHAPES = Path("/work/shared/data/imports")
HEADER = "forecast,analyst,made_at,probability,title,category,opens_at,closes_at,outcome,known_at"
DATES = "2026-01-01T00:00:00Z,2026-02-01T00:00:00Z"
ROW = f"f1,Mira,2026-01-05T10:00:00Z,0.28,Will the ferry run again?,other,{DATES},1,2026-01-20T00:00:00Z"


def shape(name: str) -> Path:
    """One of the shared files; the test skips where they are not."""
    path = SHAPES / name
    if not path.exists():
        pytest.skip("the made-up files in the shapes of the trade are not here")
    return path


def text(folder: Path, *lines: str, header: str = HEADER, name: str = "estimates.csv", encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes("\r\n".join([header, *lines, ""]).encode(encoding))
    return path
