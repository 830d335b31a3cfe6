"""Write the next migration from the difference between the tables and an up-to-date empty database."""

import sys
import tempfile
from pathlib import Path

from alembic import command
from sqlalchemy import make_url

from storage.database import config


def main(name: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        settings = config(make_url(f"sqlite:///{Path(folder) / 'empty.sqlite3'}"))
        command.upgrade(settings, "head")
        command.revision(settings, message=name, autogenerate=True)


if __name__ == "__main__":
    if len(sys.argv) != 2 or not sys.argv[1].strip():
        sys.exit('say what changes: make migration name="add a column"')
    main(sys.argv[1])
