"""What facts have in common: they are inserted once and never changed."""

import pgtrigger


def append_only() -> pgtrigger.Trigger:
    """Refuses UPDATE and DELETE in the database itself. TRUNCATE is refused by the application's role."""
    return pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
