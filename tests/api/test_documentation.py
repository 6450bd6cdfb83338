"""The documentation page: Swagger UI under the strict content security policy, in a real browser."""

import pytest
from django.test import Client

from tests import make
from tests.api.world import API
from tests.browsing import Reader

DOCS = f"{API}docs/"


@pytest.mark.django_db
def test_the_documentation_asks_strangers_to_log_in() -> None:
    answer = Client().get(DOCS)
    assert (answer.status_code, answer["Location"]) == (302, f"/login/?next={DOCS}")


@pytest.mark.django_db
def test_the_page_holds_no_inline_script_or_style() -> None:
    client = Client()
    client.force_login(make.user())
    page = client.get(DOCS).content.decode()
    assert "<style" not in page
    assert "style=" not in page
    assert all("src=" in tag for tag in page.split("<script")[1:])


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_swagger_shows_the_operations_and_nothing_breaks_the_policy(read_as: Reader) -> None:
    reading = read_as(make.user())
    page = reading.open(DOCS)
    page.locator("#operations-calibration-calibration_retrieve").wait_for()
    page.locator("#operations-forecasts-forecasts_list").click()
    page.get_by_text("awaiting_resolution").first.wait_for()
    assert reading.said == []
