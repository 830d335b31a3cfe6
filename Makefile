# Needs python3 and make; everything else is installed into this folder.
SHELL := /bin/bash
UV_VERSION := 0.13.9
UV := .tools/bin/uv
RUN := $(UV) run --frozen --no-sync
export UV_COMPILE_BYTECODE := 1

.PHONY: demo run test test-all endure faults bench check lint types contracts snapshots screenshots fmt migration clean

demo: .venv/ready        ## try the bot: a playground Slack in the browser, one minute before Monday 09:00
	@.venv/bin/okrbot demo $(ARGS)

run: .venv/ready         ## run the bot in your Slack workspace (settings: .env)
	@.venv/bin/okrbot run

test: .venv/ready        ## the tests, in a few minutes
	@$(RUN) pytest -q -n auto -m "not thorough" $(ARGS)

test-all: .venv/ready    ## these and the thorough ones, which live through weeks and break things
	@$(RUN) pytest -q -n auto $(ARGS)

faults: .venv/ready      ## kill, stop and cut off the real bot, and count what Slack shows afterwards (more than an hour)
	@$(RUN) python -m faults --real $(ARGS)

bench: .venv/ready       ## measure how fast it is, as ratios, and write benchmarks/RESULTS.md (half an hour)
	@$(RUN) python -m benchmarks $(ARGS)

endure: .venv/ready      ## every day's share of `make faults`: 25 kills, a few broken calls, and a year over forty zones
	@$(RUN) pytest -q -n auto tests/faults/test_kills.py tests/scenarios/test_year.py $(ARGS)

check: lint types contracts test endure   ## what CI runs

lint: .venv/ready
	$(RUN) ruff check .
	$(RUN) ruff format --check .

types: .venv/ready
	$(RUN) mypy

contracts: .venv/ready
	$(RUN) lint-imports

snapshots: .venv/ready   ## write what okrbot says anew, in both languages; the diff is what there is to review
	@$(RUN) python -m tests.snapshots

screenshots: .venv/ready ## take the pictures in docs/images anew (needs a Chromium)
	@$(RUN) python -m tests.snapshots.camera

fmt: .venv/ready         ## format and fix what can be fixed
	$(RUN) ruff check --fix .
	$(RUN) ruff format .

migration: .venv/ready   ## make migration name="add a column"
	$(RUN) python -m storage.migrations.make "$(name)"

clean:
	rm -rf .venv .tools .pytest_cache .mypy_cache .ruff_cache .import_linter_cache

.venv/ready: uv.lock pyproject.toml $(UV)
	@$(UV) sync --frozen --quiet
	@touch $@

$(UV):
	@python3 -m venv .tools
	@.tools/bin/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
