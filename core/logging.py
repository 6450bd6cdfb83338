"""How log lines look: a sentence and its data, as key=value on a terminal and as JSON in production.

Whoever reads a log must not be able to answer in somebody's name, so the tokens of signed links are cut out.
"""

from collections.abc import Callable, Mapping, MutableMapping
from typing import Any

import structlog

from forecasts.rules.redaction import without_tokens

type Event = MutableMapping[str, Any]
type Processor = Callable[[Any, str, Event], Mapping[str, Any]]


def cut_tokens(logger: object, method: str, event: Event) -> Event:
    """Cut tokens out of every text of an event, however deep, tracebacks included."""
    return {key: _cut(value) for key, value in event.items()}


def _cut(value: object) -> object:
    if isinstance(value, str):
        return without_tokens(value)
    if isinstance(value, Mapping):
        return {key: _cut(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return type(value)([_cut(inner) for inner in value])
    return value if value is None or isinstance(value, bool | int | float) else without_tokens(str(value))


def _shared() -> list[Processor]:
    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.stdlib.ExtraAdder(),
        structlog.processors.StackInfoRenderer(),
    ]


def _rendering(*, production: bool) -> list[Processor]:
    finishing: list[Processor] = [structlog.processors.format_exc_info, structlog.processors.UnicodeDecoder()]
    if production:
        finishing += [structlog.processors.TimeStamper(fmt="iso", utc=True)]
    render: Any = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if production
        else structlog.processors.LogfmtRenderer(key_order=["level", "event"], bool_as_flag=False)
    )
    return [structlog.stdlib.ProcessorFormatter.remove_processors_meta, *finishing, cut_tokens, render]


def configure(*, production: bool) -> None:
    """Send structlog's own loggers through the standard library's handlers."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            structlog.stdlib.add_logger_name,
            *_shared(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )


def settings(*, production: bool) -> dict[str, Any]:
    """Django's LOGGING: everything to standard error, warnings of libraries included."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "events": {
                "()": structlog.stdlib.ProcessorFormatter,
                "processors": _rendering(production=production),
                "foreign_pre_chain": [structlog.stdlib.add_logger_name, *_shared()],
            }
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "events"}},
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        "loggers": {
            "core": {"level": "INFO"},
            "forecasts": {"level": "INFO"},
            "django": {"level": "WARNING"},
            "django.server": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
            "celery": {"level": "WARNING"},
        },
    }
