"""Backups of the database and the media: made, kept, restored, and proven.

A backup is a folder named for its moment in UTC, such as `20260728T190000Z`:

    manifest.json     what it is, and the SHA-256 of each of the parts below
    database.dump     pg_dump's custom format
    journal.jsonl     the erasures known when it was made
    files.jsonl       the media: a line for each file, with its SHA-256
    media/            the files themselves

With `BACKUP_RECIPIENTS` set, all but the manifest and the list of files are encrypted
for its keys by age, and end in `.age`.
"""

import errno


class BackupError(Exception):
    """A sentence in Indonesian: why there is no backup, or why it is not restored."""


def in_a_sentence(error: Exception) -> str:
    """Return what went wrong, as people read it."""
    if isinstance(error, BackupError):
        return str(error)
    if isinstance(error, OSError):
        reason = _REASONS.get(error.errno, error.strerror or str(error))
        return f"{error.filename or 'Penyimpanan'}: {reason}."
    return f"Basis data tidak dapat dipakai: {error}"


_REASONS = {
    errno.ENOSPC: "tempat di diska habis",
    errno.EDQUOT: "jatah diska habis",
    errno.EACCES: "tidak ada izin",
    errno.EROFS: "hanya dapat dibaca",
    errno.ENOENT: "tidak ada",
    errno.EIO: "diska rusak",
}
