"""The pages of an owner, as a browser shows them: names of any script and length, light on paper, dark on a phone."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from forecasts.mail import inviting
from tests import make
from tests.browsing import Reader

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser, pytest.mark.slow]

NAMES = ("Amina Said", "بسيل الحلبي", "A person with a very long name who has to be wrapped somewhere")
PAGES = ("/scenarios/aleppo/members/", "/scenarios/aleppo/invite/", "/make-scenario/")


def test_they_are_accessible_and_fit_a_phone(read_as: Reader) -> None:
    scenario = make.scenario("aleppo", title="Aleppo")
    owner = make.member(scenario, "owner", name="Olga")
    for name in NAMES:
        make.member(scenario, name=name)
    inviting.invite(scenario, "dawud@example.org", "Dawud", "analyst", by=owner, at=make.day(2))
    for scheme, width in (("light", 1280), ("dark", 390)):
        reading: Any = read_as(owner, color_scheme=scheme)
        for path in PAGES:
            page = reading.open(path)
            page.set_viewport_size({"width": width, "height": 844})
            found = Axe().run(page)
            assert found.violations_count == 0, (path, found.generate_report())
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
            page.close()
        assert reading.said == []
