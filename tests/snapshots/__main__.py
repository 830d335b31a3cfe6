"""`make snapshots`: write every snapshot anew; the diff is what there is to review."""

from tests.snapshots.pages import FOLDER, pages


def write() -> None:
    new = {FOLDER / path: text for path, text in pages().items()}
    for old in FOLDER.glob("*/*.txt"):
        if old not in new:
            old.unlink()
    for path, text in new.items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")


write()
