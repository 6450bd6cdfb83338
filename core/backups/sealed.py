"""A file that only a key opens: pieces of one size, each encrypted and authenticated for its place in the file.

A piece that is changed, moved, missing or cut off is noticed when it is read, and the end of the file when it is
opened. This is the STREAM construction (Hoang, Reyhanitabar, Rogaway, Vizár, CRYPTO 2015) with AES-256-GCM. Any place
of the file can be read by itself.
"""

import io
import os
import secrets
from typing import IO, Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from core.backups.errors import Unusable

MAGIC = b"Reckoner sealed 1\n"
SALT = 16
TAG = 16
BEGIN = len(MAGIC) + SALT + TAG
"""Where the first piece stands: behind the salt, and a tag that only the key makes."""
PIECE = 1 << 20


def is_sealed(file: IO[bytes]) -> bool:
    """Whether a file begins as ours do. Leaves it at its beginning."""
    begins = file.read(len(MAGIC))
    file.seek(0)
    return begins == MAGIC


def _cipher(key: str, salt: bytes) -> AESGCM:
    """A key of this file alone, slow to guess where a person has chosen the words."""
    return AESGCM(Scrypt(salt, length=32, n=1 << 15, r=8, p=1).derive(key.encode()))


def _check(cipher: AESGCM, head: bytes) -> bytes:
    """Tells another key from a file that was damaged."""
    return cipher.encrypt(b"\xff" * 12, b"", head)


def _nonce(number: int, *, is_last: bool) -> bytes:
    return number.to_bytes(11) + bytes([is_last])


class Sealing(io.RawIOBase):
    """Takes what is written and writes it encrypted. Whole only once it is closed."""

    def __init__(self, file: IO[bytes], key: str) -> None:
        self._file = file
        self._head = MAGIC + secrets.token_bytes(SALT)
        self._cipher = _cipher(key, self._head[len(MAGIC) :])
        self._held = bytearray()
        self._number = 0
        file.write(self._head + _check(self._cipher, self._head))

    def writable(self) -> bool:
        return True

    def write(self, given: Any) -> int:
        self._held += given
        # The last piece is marked as such, so one is held back until it is known whether more comes.
        while len(self._held) > PIECE:
            self._seal(bytes(self._held[:PIECE]), is_last=False)
            del self._held[:PIECE]
        return len(given)

    def finish(self) -> None:
        self._seal(bytes(self._held), is_last=True)

    def _seal(self, piece: bytes, *, is_last: bool) -> None:
        self._file.write(self._cipher.encrypt(_nonce(self._number, is_last=is_last), piece, self._head))
        self._number += 1


class Opened(io.RawIOBase):
    """Reads what was sealed. Raises Unusable where the key is another or the file is not as it was written."""

    def __init__(self, file: IO[bytes], key: str) -> None:
        self._file = file
        self._head, check = file.read(len(MAGIC) + SALT), file.read(TAG)
        self._cipher = _cipher(key, self._head[len(MAGIC) :])
        if check != _check(self._cipher, self._head):
            raise Unusable("The key is not the one that it was made with.")
        sealed = file.seek(0, os.SEEK_END) - BEGIN
        self._pieces = max(1, -(-sealed // (PIECE + TAG)))
        self._size = sealed - self._pieces * TAG
        self._at = 0
        self._kept: tuple[int, bytes] = (-1, b"")
        try:
            self._piece(self._pieces - 1)
        except Unusable as error:
            raise Unusable("It is incomplete, or damaged at its end.") from error

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        self._at = offset + {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self._size}[whence]
        return self._at

    def readinto(self, into: Any) -> int:
        if self._at >= self._size:
            return 0
        number, within = divmod(self._at, PIECE)
        given = self._piece(number)[within : within + len(into)]
        into[: len(given)] = given
        self._at += len(given)
        return len(given)

    def _piece(self, number: int) -> bytes:
        if self._kept[0] != number:
            self._file.seek(BEGIN + number * (PIECE + TAG))
            sealed = self._file.read(PIECE + TAG)
            nonce = _nonce(number, is_last=number == self._pieces - 1)
            try:
                self._kept = number, self._cipher.decrypt(nonce, sealed, self._head)
            except (InvalidTag, ValueError) as error:
                raise Unusable(f"It is damaged at byte {BEGIN + number * (PIECE + TAG):,}.") from error
        return self._kept[1]
