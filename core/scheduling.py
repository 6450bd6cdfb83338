"""Beat, of which at most one task of a kind waits: whoever comes back after days finds a handful, not thousands."""

import json
import os
from typing import Any

from celery.beat import PersistentScheduler, ScheduleEntry

from core import probe


class OneOfAKind(PersistentScheduler):
    """Asks the broker's queue itself: what is lost with the queue is then not waited for."""

    def tick(self, *args: Any, **kwargs: Any) -> float:
        """What is due is sent; and a sign of life is given, which the health check waits for."""
        wait = float(super().tick(*args, **kwargs))
        probe.sign("beat", os.getpid())
        return wait

    def apply_async(self, entry: ScheduleEntry, producer: Any = None, advance: bool = True, **kwargs: Any) -> Any:  # noqa: FBT001, FBT002 -- Celery's
        if str(entry.task) in self._waiting(str(entry.task)):
            return self.reserve(entry) if advance else None
        return super().apply_async(entry, producer, advance, **kwargs)

    def _waiting(self, task: str) -> set[str]:
        """The names of the tasks that wait where this one would."""
        with self.app.connection_for_write() as connection:
            channel: Any = connection.default_channel
            queue = self.app.amqp.router.route({}, task)["queue"].name
            return {json.loads(message)["headers"]["task"] for message in channel.client.lrange(queue, 0, -1)}
