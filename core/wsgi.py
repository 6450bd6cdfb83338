"""The web application, as granian serves it."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "core.settings")

application = get_wsgi_application()

from core import checks  # noqa: E402 -- needs the applications to be loaded

checks.refuse_demonstration()
