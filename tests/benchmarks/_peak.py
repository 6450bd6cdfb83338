"""The memory that a process of its own held at most."""

import resource
import sys
from pathlib import Path

STATUS = Path("/proc/self/status")


def megabytes() -> float:
    """Of this process since it was started as what it is: getrusage begins with the peak of whoever started it."""
    if not STATUS.is_file():
        # macOS counts bytes, and from the start of the program itself.
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 / (1024 if sys.platform == "darwin" else 1)
    line = next(line for line in STATUS.read_text().splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) / 1024
