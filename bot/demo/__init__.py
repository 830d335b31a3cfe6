"""The demo: a made-up company in a playground. Only the demo command loads this package."""
