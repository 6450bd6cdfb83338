"""From prompts to a mail: what it says is found for each, then it is composed. One bad row stops no other."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from django.db import DatabaseError
from django.template import TemplateDoesNotExist, TemplateSyntaxError

from forecasts.mail.emails.composing import compose
from forecasts.mail.emails.digests import NAME, digest
from forecasts.mail.emails.known import Known
from forecasts.mail.emails.plain import one_line
from forecasts.mail.emails.telling import Told, tell
from forecasts.mail.emails.wire import Mail
from forecasts.models import Prompt

# Faults of the program or the machine, which would set aside everybody's prompts: the sweep fails, and they wait.
NOT_THE_ROWS = (
    DatabaseError, ImportError, MemoryError, NameError, OSError, TemplateDoesNotExist, TemplateSyntaxError
)  # fmt: skip

type Faults = dict[int, str]


def write(prompts: Sequence[Prompt], at: datetime, known: Known) -> tuple[Mail | None, Faults]:
    """The mail of these prompts of one person; and by prompt what makes it impossible to write. The others go."""
    faults: Faults = {}
    told: dict[Prompt, Told] = {}
    for prompt in prompts:
        with _noted(faults, [prompt]):
            told[prompt] = tell(prompt, at, known, is_entry=len(prompts) > 1)
    mail = None
    with _noted(faults, list(told)):
        if len(prompts) > 1 and told:
            mail = compose(list(told), at, NAME, digest(told, at))
        for prompt in told if len(prompts) == 1 else ():
            mail = compose([prompt], at, prompt.kind, *told[prompt])
    return mail, faults


@contextmanager
def _noted(faults: Faults, prompts: Sequence[Prompt]) -> Iterator[None]:
    try:
        yield
    except NOT_THE_ROWS:
        raise
    except Exception as error:  # noqa: BLE001 - whatever one row holds, the others go
        reason = one_line(f"{type(error).__name__}: {error}")[:500]
        faults |= {prompt.pk: reason for prompt in prompts}
