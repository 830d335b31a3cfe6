"""The words. Values to Slack JSON, and Slack JSON to values; no I/O."""
