"""The schema's history (Alembic). `make migration name="…"` writes the next step."""
