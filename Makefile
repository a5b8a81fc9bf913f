# Every target does its own set-up: a clone, Python 3.11 or newer, make and git are enough.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

# Folders of tests that take long, the longest first; all others are tests/others.
FOLDERS := $(addprefix tests/,explorer_app $(addprefix hamilton_ol/,\
	mapping hook sources graph cli delivery faults dataflow))
CHECKS := types $(FOLDERS) tests/others lint layers
# As many at once as there are processors, each shown as a whole where make can do so.
AT_ONCE ?= $(shell getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2)
WHOLE := $(if $(filter output-sync,$(.FEATURES)),--output-sync)
FAILED := $(VENV)/failed
noted = || { echo "  make $@" >> $(FAILED); exit 1; }

.PHONY: help demo marquez marquez-stop test lint types layers unit $(FOLDERS) tests/others dbt bench format clean

help:
	@echo "make demo    run a small dataflow with lineage and see what is recorded"
	@echo "make marquez start Marquez in containers, to which the demo can be sent"
	@echo "make test    all checks: lint, types, layers, tests"
	@echo "make dbt     run dbt beside a dataflow that reads its table (in an environment of its own)"
	@echo "make bench   measure, beside Hamilton's own adapter, and write benchmarks/results.md"
	@echo "make format  format the code"

demo: $(VENV)/demo.ready
	@$(BIN)/hamilton-ol demo

# What starts containers here: the first that has compose.
COMPOSE = $(shell for engine in docker podman; do \
	$$engine compose version >/dev/null 2>&1 && echo "$$engine compose" && break; done)
NO_MARQUEZ = echo "docs/marquez.md says how, and what else takes events." >&2; exit 1

marquez:
	@test -n "$(COMPOSE)" || { echo "Marquez runs in containers, and there is neither" \
		"'docker compose' nor 'podman compose' here: install one of them." >&2; $(NO_MARQUEZ); }
	@$(firstword $(COMPOSE)) info >/dev/null 2>&1 || { echo "$(firstword $(COMPOSE)) is here, but" \
		"does not answer: start it ('$(firstword $(COMPOSE)) info' says more)." >&2; $(NO_MARQUEZ); }
	@$(COMPOSE) up --detach
	@echo "Marquez is at http://localhost:$${MARQUEZ_PORT:-5000}, its web page at" \
		"http://localhost:$${MARQUEZ_WEB_PORT:-3000}"
	@echo "Next: make demo, then $(BIN)/hamilton-ol push --to http://localhost:$${MARQUEZ_PORT:-5000}"

marquez-stop:
	@test -z "$(COMPOSE)" || $(COMPOSE) down

test: $(VENV)/dev.ready $(VENV)/drawing.libraries
	@echo "$(words $(CHECKS)) checks, $(AT_ONCE) at a time; what each says is shown when it is done."
	@rm -f $(FAILED)
	@$(MAKE) --no-print-directory --keep-going --jobs=$(AT_ONCE) $(WHOLE) $(CHECKS) || \
		{ echo "Failed:" >&2; cat $(FAILED) >&2; exit 1; }
	@echo "All checks passed."

lint: $(VENV)/dev.ready
	@echo "--- $@"
	@{ $(BIN)/ruff format --check --quiet . && $(BIN)/ruff check --quiet .; } $(noted)

types: $(VENV)/dev.ready
	@echo "--- $@"
	@$(BIN)/mypy $(noted)

layers: $(VENV)/dev.ready
	@echo "--- $@"
	@$(BIN)/lint-imports --no-cache > $(VENV)/layers.log || { cat $(VENV)/layers.log; false; } $(noted)

unit: $(FOLDERS) tests/others

$(FOLDERS): $(VENV)/dev.ready $(VENV)/drawing.libraries
	@echo "--- $@"
	@$(BIN)/pytest $@ $(noted)

tests/others: $(VENV)/dev.ready $(VENV)/drawing.libraries
	@echo "--- $@"
	@$(BIN)/pytest $(FOLDERS:%=--ignore=%) $(noted)

dbt: $(VENV)/dev.ready $(VENV)/dbt/ready
	$(BIN)/pytest tests/dbt

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

# dbt is large, and wants other versions of what both need.
$(VENV)/dbt/ready: requirements/dbt.txt | $(VENV)/bin/python
	@echo "Setting up $(VENV)/dbt from requirements/dbt.txt (once) ..."
	@$(BIN)/python -m venv $(VENV)/dbt
	@$(VENV)/dbt/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dbt.txt
	@$(VENV)/dbt/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

# The system libraries of Qt: `drawing` for tests and pictures, `window` for a desktop with X11.
$(VENV)/%.libraries: requirements/libraries.py | $(VENV)/bin/python
	@$(BIN)/python requirements/libraries.py $*
	@touch $@

clean:
	rm -rf $(VENV)
