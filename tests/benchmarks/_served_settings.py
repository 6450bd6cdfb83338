"""Reckoner's settings with a trivial endpoint beside it to measure against."""

from core.settings import *  # noqa: F403
from core.settings import CACHES as KEPT
from core.settings import MIDDLEWARE as SERVED

ROOT_URLCONF = "tests.benchmarks._served"
MIDDLEWARE = ["tests.benchmarks._served.cold", *SERVED]
CACHES = {"default": KEPT["default"] | {"KEY_FUNCTION": "tests.benchmarks._served.key"}}
