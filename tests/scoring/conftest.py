"""Settings of the property tests here: the machine's load is no property of a formula."""

from hypothesis import settings

settings.register_profile("scoring", max_examples=40, deadline=None, print_blob=True)
settings.load_profile("scoring")
