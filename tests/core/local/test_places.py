import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from core.local import places
from core.local.places import SetupError
from tests.runs import own_var


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_everything_is_kept_in_var_of_the_checkout_unless_another_folder_is_named(
    var: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert places.var() == var
    monkeypatch.setenv("RECKONER_VAR", "")
    assert places.var() == places.CHECKOUT / "var"


def test_a_secret_stays_the_same_and_only_its_owner_can_read_it(var: Path) -> None:
    first = places.secret("one")
    assert len(first) >= 50
    assert places.secret("one") == first
    assert places.secret("two") != first
    assert mode(var / "secrets" / "one") == 0o600
    assert mode(var / "secrets") == 0o700


def test_two_who_ask_for_a_secret_at_once_get_the_same(var: Path) -> None:
    places.folder("secrets")
    with ThreadPoolExecutor(8) as threads:
        assert len(set(threads.map(lambda _: places.secret("shared"), range(64)))) == 1


def test_nobody_else_can_list_the_folder_that_was_made(var: Path) -> None:
    assert mode(places.var()) in (0o700, 0o711)


def test_what_a_looser_time_left_open_is_closed(var: Path) -> None:
    folder, file, programs = (places.var() / name for name in ("files", "mail-port", "postgresql-0.6"))
    for made in (folder, programs):
        made.mkdir()
        made.chmod(0o755)
    file.write_text("1025")
    file.chmod(0o644)
    places.tighten()
    assert (mode(folder), mode(file), mode(programs)) == (0o700, 0o600, 0o755)


@pytest.mark.parametrize("below", ["", "/deeper/var"])
def test_a_var_that_cannot_be_made_is_one_line_with_a_way_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, below: str
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("RECKONER_VAR", f"{tmp_path}/file{below}")
    with pytest.raises(SetupError, match=r"^Cannot write to .*/file.*RECKONER_VAR=[^\n]+$"):
        places.check_writable()


def test_sockets_live_in_var_where_only_we_can_enter(var: Path) -> None:
    assert places.sockets() == var / "sockets"
    assert mode(places.sockets()) == 0o700


class TestALongPath:
    """The path of a socket is limited to about a hundred bytes, whatever the checkout is called."""

    @pytest.fixture
    def long(self, var: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        long = places.var() / ("long" * 25) / "var"
        monkeypatch.setenv("RECKONER_VAR", str(long))
        return long

    def test_puts_the_sockets_into_a_short_folder_of_their_own(self, long: Path) -> None:
        sockets = places.sockets()
        try:
            assert len(f"{sockets}/.s.PGSQL.5432") <= places.LONGEST_SOCKET_PATH
            assert mode(sockets) == 0o700
            assert list(sockets.iterdir()) == []
        finally:
            sockets.rmdir()

    def test_is_remembered_until_the_folder_is_gone(self, long: Path) -> None:
        first = places.sockets()
        assert places.sockets() == first
        first.rmdir()
        second = places.sockets()
        assert second.is_dir()
        second.rmdir()

    def test_trusts_no_link_that_somebody_put_in_place_of_the_folder(self, long: Path) -> None:
        first = places.sockets()
        first.rmdir()
        with own_var() as other:
            other.mkdir()
            first.symlink_to(other)
            second = places.sockets()
            first.unlink()
        assert second not in (first, other)
        second.rmdir()
