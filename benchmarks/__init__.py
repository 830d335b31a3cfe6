"""How fast okrbot is, as ratios: to the bare client, to a naive bot, and to itself when there was less to do."""
