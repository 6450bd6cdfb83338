"""PostgreSQL's binary COPY format for rows of fixed width, packed and unpacked by numpy a whole chunk at a time."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

HEADER = b"PGCOPY\n\xff\r\n\x00" + bytes(8)
TRAILER = b"\xff\xff"
EPOCH = 946_684_800_000_000
"""2000-01-01 UTC, from which PostgreSQL counts, in microseconds since 1970."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Columns by name with their numpy type; an empty type is a text of no characters.

    >>> layout = Layout({"a": ">i8", "b": ">i2", "c": ""})
    >>> len(layout.packed({"a": np.array([1, 2]), "b": 3}))
    48
    """

    columns: Mapping[str, str]

    @property
    def dtype(self) -> np.dtype[np.void]:
        fields: list[tuple[str, str]] = [("", ">i2")]
        for name, kind in self.columns.items():
            fields.append((f"{name}_length", ">i4"))
            if kind:
                fields.append((name, kind))
        return np.dtype([(name or "count", kind) for name, kind in fields])

    def packed(self, values: Mapping[str, npt.NDArray[np.int64] | int | bytes | bool]) -> bytes:
        """Rows from columns, all of one length, or a constant; without header and trailer."""
        size = max(len(value) for value in values.values() if isinstance(value, np.ndarray))
        rows = np.zeros(size, dtype=self.dtype)
        rows["count"] = len(self.columns)
        for name, kind in self.columns.items():
            rows[f"{name}_length"] = np.dtype(kind).itemsize if kind else 0
            if kind:
                rows[name] = values[name]
        return rows.tobytes()

    def unpacked(self, chunks: Iterable[bytes | bytearray | memoryview]) -> npt.NDArray[np.void]:
        """Rows from everything that a COPY TO gave; no column of it may be NULL."""
        whole = b"".join(chunks)
        return np.frombuffer(whole[len(HEADER) : -len(TRAILER)], dtype=self.dtype)
