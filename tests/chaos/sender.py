"""One sweep of sending, or planning, in a process of its own that a test can kill: `python -m tests.chaos.sender`."""

import os
import sys

import django


def main(task: str) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "core.settings"
    django.setup()
    from forecasts.operations import tasks

    {"plan": tasks.plan_prompts, "send": tasks.send_messages}[task]()


if __name__ == "__main__":
    main(sys.argv[1])
