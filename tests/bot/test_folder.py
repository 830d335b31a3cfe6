"""Files that are there whole or not at all, in a folder that is made when it is needed."""

import errno
import os
import stat
from pathlib import Path

import pytest

from bot.folder import FolderShelf
from rituals.archives import ShelfTrouble

NAME = "okrbot-T1-2026-11-16.yaml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "some" / "where"


def names(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir())


def test_what_is_put_there_is_for_its_owner_alone_and_takes_the_place_of_what_was_there(folder: Path) -> None:
    shelf = FolderShelf(folder)
    shelf.put(NAME, b"first")
    shelf.put(NAME, b"second")
    assert names(folder) == [NAME]
    assert (folder / NAME).read_bytes() == b"second"
    assert (folder / NAME).stat().st_mode & 0o777 == 0o600
    assert folder.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("refusal", [errno.EINVAL, errno.ENOTSUP])
def test_a_file_system_that_keeps_no_folders_by_themselves_is_no_trouble(
    folder: Path, monkeypatch: pytest.MonkeyPatch, refusal: int
) -> None:
    refuses_folders(monkeypatch, refusal)
    FolderShelf(folder).put(NAME, b"content")
    assert (folder / NAME).read_bytes() == b"content"


def test_a_disk_that_cannot_keep_a_folder_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    refuses_folders(monkeypatch, errno.EIO)
    with pytest.raises(ShelfTrouble, match=r"cannot write .*Input/output error"):
        FolderShelf(folder).put(NAME, b"content")


def refuses_folders(monkeypatch: pytest.MonkeyPatch, refusal: int) -> None:
    """As on a file system that answers so when a folder is to be kept, and keeps files like any other."""
    keep = os.fsync

    def fsync(handle: int) -> None:
        if stat.S_ISDIR(os.fstat(handle).st_mode):
            raise OSError(refusal, os.strerror(refusal))
        keep(handle)

    monkeypatch.setattr(os, "fsync", fsync)


def test_a_name_that_is_taken_by_a_folder_is_told_and_nothing_lies_about(folder: Path) -> None:
    shelf = FolderShelf(folder)
    (folder / NAME).mkdir(parents=True)
    with pytest.raises(ShelfTrouble, match=f"cannot write .*{NAME}: Is a directory"):
        shelf.put(NAME, b"content")
    with pytest.raises(ShelfTrouble, match=f"cannot remove .*{NAME}: "):
        shelf.remove(NAME)
    assert names(folder) == [NAME]


def test_only_what_has_the_name_is_removed_with_what_was_left_beside_it(folder: Path) -> None:
    shelf = FolderShelf(folder)
    shelf.put(NAME, b"content")
    others = [f"{NAME}.copy", f"my-{NAME}", ".hidden"]
    for name in (*others, f".{NAME}.h4lf"):
        (folder / name).touch()
    shelf.remove(NAME)
    shelf.remove(NAME)
    assert names(folder) == sorted(others)
