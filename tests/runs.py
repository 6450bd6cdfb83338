"""The folder of one run of tests, benchmarks or chaos: whatever it starts lives below it, and ends with it.

Who makes one holds a lock on it until the process is gone, however that came about. A later run removes the
folders that nobody holds, after what still runs in them.
"""

import fcntl
import os
import shutil
import signal
import tempfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NoReturn

import psutil

from core.local.places import LONGEST_SOCKET_NAME, LONGEST_SOCKET_PATH

PREFIX, INNER = "reckoner-tests-", "part-"
# The environment of everything that a run starts names the run's folder, and puts temporary files there.
RUN = "RECKONER_RUN"
PLACES = (RUN, "RECKONER_VAR")
PATIENCE = 10.0  # seconds


@contextmanager
def own_var() -> Iterator[Path]:
    """A folder for RECKONER_VAR, removed afterwards, that every account may pass through, as root needs it."""
    with own_run(), _inner() as outer:
        yield outer / "var"


@contextmanager
def own_run() -> Iterator[None]:
    """The run that we are part of, or else one of our own, which leaves neither process nor folder behind."""
    if Path(os.environ.get(RUN, "/dev/null")).is_dir():
        yield
        return
    unwind_on_signals()
    remove_abandoned()
    run, lock = _claimed()
    try:
        with environment({RUN: str(run), "TMPDIR": str(run)}), _temporary_files_in(run):
            yield
    finally:
        remove(run)
        os.close(lock)


def unwind_on_signals() -> None:
    """Let signals that end us do so by way of what stands in `finally`, as Ctrl-C does, once, and our children too."""
    if threading.current_thread() is threading.main_thread():
        for number in (signal.SIGTERM, signal.SIGHUP):
            if signal.getsignal(number) == signal.SIG_DFL:
                signal.signal(number, _unwind)


def _unwind(number: int, frame: object) -> NoReturn:
    signal.signal(number, signal.SIG_IGN)
    for child in psutil.Process().children():
        with suppress(psutil.NoSuchProcess):
            child.send_signal(number)
    raise KeyboardInterrupt(signal.Signals(number).name)


def remove_abandoned() -> None:
    """Remove what runs of ours left that were killed."""
    for run in Path(_short_folder()).glob(f"{PREFIX}*"):
        with suppress(OSError):  # another's, or gone meanwhile
            lock = _locked(run)
            try:
                remove(run)
            finally:
                os.close(lock)


def remove(folder: Path) -> None:
    """End whatever runs in a folder, and remove it."""
    living = residents(folder)
    for process in living:
        with suppress(psutil.NoSuchProcess):
            # Killed, PostgreSQL would leave its shared memory behind; asked to quit, it waits for nobody.
            process.send_signal(signal.SIGQUIT if process.name() == "postgres" else signal.SIGKILL)
    for process in psutil.wait_procs(living, PATIENCE)[1]:
        process.kill()
    shutil.rmtree(folder, ignore_errors=True)


def residents(folder: Path) -> list[psutil.Process]:
    """Every process but ours that runs in a folder, wherever it now hangs in the tree of processes."""
    return [process for process in psutil.process_iter() if _lives_in(folder.resolve(), process)]


def _lives_in(folder: Path, process: psutil.Process) -> bool:
    try:
        if process.status() == psutil.STATUS_ZOMBIE or process.pid == os.getpid():
            return False
        named = [Path(place) for name in PLACES if (place := process.environ().get(name))]
        # PostgreSQL writes its title over its environment, but works in its data folder.
        return any(folder in (place, *place.parents) for place in [*named, Path(process.cwd())])
    except (psutil.Error, OSError):
        return False


@contextmanager
def environment(values: Mapping[str, str]) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name, None) if value is None else os.environ.update({name: value})


@contextmanager
def _temporary_files_in(folder: Path) -> Iterator[None]:
    before, tempfile.tempdir = tempfile.tempdir, str(folder)
    try:
        yield
    finally:
        tempfile.tempdir = before


@contextmanager
def _inner() -> Iterator[Path]:
    folder = _made(INNER, os.environ[RUN])
    try:
        yield folder
    finally:
        remove(folder)


def _claimed() -> tuple[Path, int]:
    """A new folder and the lock on it. Another run may think that it is abandoned before it is locked."""
    while True:
        run = _made(PREFIX, _short_folder())
        with suppress(OSError):
            return run, _locked(run)


def _made(prefix: str, parent: str) -> Path:
    folder = Path(tempfile.mkdtemp(prefix=prefix, dir=parent))
    folder.chmod(0o711)
    return folder.resolve()


def _locked(run: Path) -> int:
    """Raises OSError where the folder is another's, locked or gone."""
    descriptor = os.open(run, os.O_RDONLY | os.O_DIRECTORY)
    try:
        if run.stat().st_uid != os.geteuid():
            raise PermissionError(run)
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        run.stat()
    except OSError:
        os.close(descriptor)
        raise
    return descriptor


def _short_folder() -> str:
    """The temporary folder, unless sockets in it would have too long a path."""
    folder = tempfile.gettempdir()
    room = LONGEST_SOCKET_PATH - LONGEST_SOCKET_NAME - len(f"/{PREFIX}12345678/{INNER}12345678/var/sockets")
    return folder if len(os.fsencode(folder)) <= room else "/tmp"
