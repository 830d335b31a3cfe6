"""Writing files so that they are there whole or not at all, for their owner alone to read."""

import errno
import os
import tempfile
from contextlib import suppress
from pathlib import Path

from rituals.archives import ShelfTrouble

CANNOT = (errno.EINVAL, errno.ENOTSUP)
"""What a file system answers that keeps no folders by themselves."""


def save(file: Path, content: bytes) -> None:
    """Written beside the file, kept by the disk, and then put in its place. Raises OSError."""
    handle, beside = tempfile.mkstemp(prefix=_beside(file.name), dir=file.parent)
    try:
        with os.fdopen(handle, "wb") as opened:
            opened.write(content)
            opened.flush()
            os.fsync(opened.fileno())
        Path(beside).replace(file)
    except BaseException:
        with suppress(OSError):
            Path(beside).unlink()
        raise


class FolderShelf:
    """The folder of the archive; it is made when it is missing."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, name: str, content: bytes) -> None:
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            save(self.folder / name, content)
            _settle(self.folder)
        except OSError as error:
            raise ShelfTrouble(f"cannot write {self.folder / name}: {error.strerror}") from error

    def remove(self, name: str) -> None:
        """Also what a process that was killed has left beside it."""
        try:
            for one in [self.folder / name, *self.folder.glob(f"{_beside(name)}*")]:
                one.unlink(missing_ok=True)
        except OSError as error:
            raise ShelfTrouble(f"cannot remove {self.folder / name}: {error.strerror}") from error


def _beside(name: str) -> str:
    return f".{name}."


def _settle(folder: Path) -> None:
    """Let the disk keep the new name too, where the file system can do so for a folder: SMB and FUSE may not."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in CANNOT:
            raise
    finally:
        os.close(handle)
