"""The web application, as granian serves it."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "core.settings")

django = get_wsgi_application()

# These need the applications to be loaded; the addresses, lest the first reader wait for all pages to be imported.
from core import checks, chunked, probe, urls  # noqa: E402, F401

application = chunked.with_lengths(django)

checks.refuse()

# The server's main process, with which the container ends.
probe.sign("web", os.getppid())
