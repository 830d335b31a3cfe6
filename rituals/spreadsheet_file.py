"""A spreadsheet file, whatever wrote it, as its rows. docs/spreadsheets.md describes what may stand in it."""

from collections.abc import Mapping

from rituals import spreadsheet_csv
from rituals.spreadsheet import MOST_BYTES, refused
from rituals.spreadsheet_columns import score
from rituals.spreadsheet_rows import SheetFile, read_rows

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def parse(content: bytes, *, chosen: Mapping[str, str] | None = None, sheet: str = "") -> SheetFile:
    """Read a CSV or XLSX file: its bytes tell which. `chosen` are the fields of headings, by hand.

    Raises CompanyProblems where nothing can be read; what is wrong with single rows stands in the SheetFile.
    """
    by_hand = dict(chosen or {})
    if len(content) > MOST_BYTES:
        raise refused(f"a file of at most {MOST_BYTES // 2**20} MiB", f"{len(content):,} bytes", counted="line")
    if content.startswith(OLE):
        encrypted = ENCRYPTED in content
        got = "one that is encrypted" if encrypted else "an .xls of Excel 97-2003"
        how = "save it without a password" if encrypted else "save it as .xlsx"
        raise refused(f"an .xlsx or a .csv ({how})", got, counted="line")
    if content.startswith(ZIP):
        from rituals import spreadsheet_xlsx  # the reader of spreadsheets takes long to load, and only this needs it

        found, others = spreadsheet_xlsx.read(content, lambda cells: score(cells, by_hand), sheet)
        return read_rows(found, by_hand, others)
    if sheet:
        raise refused("no --sheet with a CSV file, which has only one", f'"{sheet}"', counted="line")
    found = spreadsheet_csv.read(content, lambda cells: score(cells, by_hand))
    return read_rows(found, by_hand)
