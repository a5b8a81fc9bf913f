# Every target does its own set-up: a clone, Python 3.11 or newer, make and git are enough.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: help demo test lint types layers unit bench format clean

help:
	@echo "make demo    run a small dataflow with lineage and see what is recorded"
	@echo "make test    all checks: lint, types, layers, tests"
	@echo "make bench   measure, beside Hamilton's own adapter, and write benchmarks/results.md"
	@echo "make format  format the code"

demo: $(VENV)/demo.ready
	@$(BIN)/hamilton-ol demo

test: lint types layers unit

lint: $(VENV)/dev.ready
	$(BIN)/ruff format --check --quiet .
	$(BIN)/ruff check --quiet .

types: $(VENV)/dev.ready
	$(BIN)/mypy

layers: $(VENV)/dev.ready
	$(BIN)/lint-imports --no-cache > $(VENV)/layers.log || (cat $(VENV)/layers.log; exit 1)

unit: $(VENV)/dev.ready $(VENV)/drawing.libraries
	$(BIN)/pytest

bench: $(VENV)/dev.ready $(VENV)/drawing.libraries
	$(BIN)/python -m benchmarks

format: $(VENV)/dev.ready
	$(BIN)/ruff check --fix --quiet .
	$(BIN)/ruff format --quiet .

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		(echo "Python 3.11 or newer is needed; PYTHON=/path/to/python make ... names one." >&2; exit 1)
	@$(PYTHON) -m venv $(VENV) || \
		(echo "Python's venv is missing; on Debian: apt-get install python3-venv" >&2; exit 1)

# Exact versions with their hashes; the project itself is installed from this folder.
$(VENV)/%.ready: requirements/%.txt pyproject.toml | $(VENV)/bin/python
	@echo "Setting up $(VENV) from requirements/$*.txt (once) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/$*.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

# The system libraries of Qt: `drawing` for tests and pictures, `window` for a desktop with X11.
$(VENV)/%.libraries: requirements/libraries.py | $(VENV)/bin/python
	@$(BIN)/python requirements/libraries.py $*
	@touch $@

clean:
	rm -rf $(VENV)
