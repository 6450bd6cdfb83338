"""What is sealed opens with its key alone, and says so where it is not as it was written."""

import io
from pathlib import Path

import pytest

from core.backups.errors import Unusable
from core.backups.sealed import PIECE, TAG, Opened, Sealing, is_sealed

KEY = "correct horse battery staple"
SIZES = [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE, 3 * PIECE + 5]


def sealed(content: bytes, key: str = KEY) -> bytes:
    file = io.BytesIO()
    sealing = Sealing(file, key)
    for at in range(0, len(content), 700_001):
        sealing.write(content[at : at + 700_001])
    sealing.finish()
    return file.getvalue()


def opened(content: bytes, key: str = KEY) -> bytes:
    return io.BufferedReader(Opened(io.BytesIO(content), key)).read()


def content(size: int) -> bytes:
    return (b"0123456789abcdef" * (size // 16 + 1))[:size]


@pytest.mark.parametrize("size", SIZES)
def test_what_was_sealed_is_read_again(size: int) -> None:
    assert opened(sealed(content(size))) == content(size)


def test_any_place_is_read_by_itself(tmp_path: Path) -> None:
    given = content(3 * PIECE + 5)
    reader = io.BufferedReader(Opened(io.BytesIO(sealed(given)), KEY))
    for at in (PIECE - 3, 3 * PIECE, 0, 2 * PIECE + 7):
        reader.seek(at)
        assert reader.read(10) == given[at : at + 10]
    reader.seek(-4, io.SEEK_END)
    assert reader.read() == given[-4:]


def test_the_same_content_is_sealed_in_other_words_each_time() -> None:
    assert sealed(b"same") != sealed(b"same")
    assert is_sealed(io.BytesIO(sealed(b"same")))
    assert not is_sealed(io.BytesIO(b"PK\x03\x04"))


def test_another_key_is_called_that() -> None:
    with pytest.raises(Unusable, match="The key is not the one"):
        opened(sealed(b"content"), "another key altogether")


@pytest.mark.parametrize("cut", [1, TAG, PIECE, PIECE + TAG, 2 * (PIECE + TAG)])
def test_what_is_cut_off_is_incomplete(cut: int) -> None:
    with pytest.raises(Unusable, match="incomplete"):
        opened(sealed(content(3 * PIECE + 5))[:-cut])


def test_a_byte_that_changed_is_noticed_and_so_are_pieces_that_were_swapped() -> None:
    whole = bytearray(sealed(content(3 * PIECE)))
    whole[PIECE // 2] ^= 1
    with pytest.raises(Unusable, match="damaged at byte"):
        opened(bytes(whole))
    piece, begin = PIECE + TAG, len(sealed(b"")) - TAG
    good = sealed(content(3 * PIECE))
    first, second = good[begin : begin + piece], good[begin + piece : begin + 2 * piece]
    with pytest.raises(Unusable, match="damaged at byte"):
        opened(good[:begin] + second + first + good[begin + 2 * piece :])
