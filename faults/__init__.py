"""Killing, stopping and cutting off the real bot, and counting what Slack shows afterwards."""
