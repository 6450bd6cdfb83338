#!/usr/bin/env python
"""Reckoner's command line: `manage.py help` lists what it can do."""

import sys

if sys.version_info < (3, 12):  # noqa: UP036 -- whoever starts it with an older one shall read why
    sys.exit("Reckoner needs Python 3.12 or later: `make run` finds one, then use .venv/bin/python manage.py")

try:
    from core.local import commands
except ModuleNotFoundError as error:
    sys.exit(f"{error.name} is not installed: `make run` installs it, then use .venv/bin/python manage.py")

if __name__ == "__main__":
    commands.run(sys.argv)
