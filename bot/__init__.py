"""The wiring: knows everybody, decides nothing."""
