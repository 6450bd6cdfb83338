"""Backups: the database and the files of one moment in one file, encrypted where a key is given.

A ZIP archive with a table as `tables/NAME.copy`, a file of evidence or of a feed as `files/PATH`, and last of all
`manifest.json` with the digest of each and the migrations that made the tables. What is kept in files is written whole
and never changed, so files that are listed after the snapshot was taken hold all that its rows name.
"""

from core.backups.errors import Unusable
from core.backups.making import make
from core.backups.restoring import Restored, newest, restore

__all__ = ["Restored", "Unusable", "make", "newest", "restore"]
