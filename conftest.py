"""What all tests share: their services, databases and browser, and the order in which they run."""

pytest_plugins = ["tests.services", "tests.databases", "tests.browsing", "tests.order"]
