"""Runs the processes of an installation in the foreground: all of them or none."""

import contextlib
import ctypes
import fcntl
import os
import shlex
import signal
import socket
import sys
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import TextIO

from honcho import manager
from honcho.printer import Printer
from honcho.process import Process

from core.local import catcher, places
from core.local.places import SetupError

PR_SET_PDEATHSIG = 1  # linux/prctl.h
PATIENCE = 20  # seconds for finishing what was begun, before everything left is killed

type Commands = Mapping[str, Sequence[str]]
type Watched = Mapping[str, Callable[[], bool]]


def listens(port: int) -> bool:
    """Whether something accepts connections on the loopback port."""
    try:
        socket.create_connection((catcher.LOOPBACK, port), timeout=1).close()
    except (OSError, OverflowError):
        return False
    return True


def check_port(port: int) -> None:
    """Raise SetupError unless a server can listen on the loopback port."""
    if listens(port):
        raise SetupError(f"Port {port} is taken: end what uses it, or choose another: PORT=8001 make run")
    try:
        socket.create_server((catcher.LOOPBACK, port)).close()
    except (OSError, OverflowError) as error:
        raise SetupError(f"Port {port} cannot be used ({error}): choose another: PORT=8001 make run") from error


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """Hold this installation for one runner. Raises SetupError where another has it."""
    try:
        with places.locked("up", fcntl.LOCK_EX | fcntl.LOCK_NB):
            yield
    except BlockingIOError as error:
        raise SetupError(
            f"Reckoner already runs with {places.var()}: end that one first, or give this one a folder and a "
            "port: RECKONER_VAR=/some/folder PORT=8001 make run"
        ) from error


def foreground(
    commands: Commands, watched: Watched, *, port: int, ready: Callable[[], None], parts: Collection[str] = ()
) -> int:
    """Run the commands until one of them ends, something watched is gone, or a signal comes; then end them all.

    Those named in `parts` end last, because the others work with them. Calls `ready` once something listens on
    `port`. Returns the exit status: 128 and the number of the signal, or else 1.
    """
    processes = Processes(watched, port=port, ready=ready, parts=parts)
    for name, command in commands.items():
        processes.add_process(name, "exec " + shlex.join(command), env={**os.environ, "PYTHONUNBUFFERED": "1"})
    _end_with_the_terminal()
    try:
        processes.loop()
    finally:
        processes.kill()  # reached early only by an error of our own
    return processes.exit_status


def _end_with_the_terminal() -> None:
    """A terminal that is closed sends SIGHUP; the processes have sessions of their own and would stay."""
    if signal.getsignal(signal.SIGHUP) != signal.SIG_IGN:
        signal.signal(signal.SIGHUP, lambda number, frame: signal.raise_signal(signal.SIGTERM))


class Processes(manager.Manager):  # type: ignore[misc]  # honcho has no annotations
    """Honcho's manager, which also ends when something that is not its child is gone, and says who was first.

    Honcho signals groups, and all at once: a task would die half done, or lose the broker that it reports to.
    """

    def __init__(self, watched: Watched, *, port: int, ready: Callable[[], None], parts: Collection[str]) -> None:
        super().__init__(Printer(Unbreakable(sys.stdout)))
        self._process_ctor = Child
        self._watched = watched
        self._port = port
        self._ready: Callable[[], None] | None = ready
        self._parts = parts
        self._ending = False
        self._told: set[str] = set()
        manager.KILL_WAIT = PATIENCE

    @property
    def exit_status(self) -> int:
        return self.returncode if self.returncode in (130, 143) else 1

    def terminate(self) -> None:
        """End everything, in the turns of the loop: signals may come before every process has started."""
        self._ending = True

    def _end_next(self) -> None:
        """Tell those who work to end, and when they have ended, the parts that they worked with."""
        left = {name: process["pid"] for name, process in self._processes.items() if "returncode" not in process}
        for name in left.keys() - self._parts or left:
            if not _runs(left[name]):
                _signal_group(left[name], signal.SIGTERM)  # whom its leader has left behind
            elif name not in self._told:
                os.kill(left[name], signal.SIGTERM)
                self._told.add(name)

    def _any_stopped(self) -> bool:
        """Asked in every turn of the loop, ten times a second, until it is true."""
        if not self._ending:
            self._look()
        return self._ending or bool(super()._any_stopped())

    def _all_stopped(self) -> bool:
        """Asked in every turn of the loop once all have started."""
        if self._ending:
            self._end_next()
        return bool(super()._all_stopped())

    def _look(self) -> None:
        gone = [name for name, process in self._processes.items() if "pid" in process and not _runs(process["pid"])]
        gone += [name for name, alive in self._watched.items() if not alive()]
        if gone:
            self._ending = True
            self._system_print(
                f"{gone[0]} has ended unexpectedly, so everything ends (see also {places.folder('log')})\n"
            )
        if self._ready and listens(self._port):
            self._ready()
            self._ready = None


def _signal_group(leader: int, number: int) -> None:
    with contextlib.suppress(
        ProcessLookupError, PermissionError
    ):  # macOS refuses groups of which only a zombie is left
        os.killpg(leader, number)


def _runs(pid: int) -> bool:
    """Honcho learns of an end only when the last child of a process has closed its output."""
    import psutil

    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


class Child(Process):  # type: ignore[misc]  # honcho has no annotations
    """A process that does not outlive a runner that is killed (on Linux). Honcho runs it below a fork of ours."""

    def run(self, events: object = None, ignore_signals: bool = False) -> None:  # noqa: FBT001, FBT002 -- honcho's
        if sys.platform == "linux":
            signal.signal(signal.SIGUSR1, self._end)
            ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGUSR1)
        super().run(events, ignore_signals)

    def _end(self, number: int, frame: object) -> None:
        self._child.terminate()
        self._child.wait()
        _signal_group(self._child.pid, signal.SIGTERM)
        os._exit(1)  # nobody reads what honcho would report


class Unbreakable:
    """A stream that nobody need read: a closed terminal must not keep the processes from being ended."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        with contextlib.suppress(OSError):
            self._stream.write(text)
        return len(text)

    def flush(self) -> None:
        with contextlib.suppress(OSError):
            self._stream.flush()

    def isatty(self) -> bool:
        return self._stream.isatty()
