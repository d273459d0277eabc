# provenance: everything a person needs to run, with python3 (3.11 or newer), venv and make only.

PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin
PAGE ?=

.DEFAULT_GOAL := help
.PHONY: help demo check test lint types cassettes sample bench-read bench-detect bench-compare clean

help: ## Show what can be made.
	@grep -E '^[a-z -]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 40

$(VENV)/package: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(RUN)/pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/develop: $(VENV)/package
	$(RUN)/pip install --quiet --disable-pip-version-check --upgrade 'pip>=25.1'
	$(RUN)/pip install --quiet --disable-pip-version-check --group dev
	@touch $@

demo: $(VENV)/package ## Check an invented repost in a small world on loopback; writes reports/demo.html.
	@$(RUN)/provenance demo

check: $(VENV)/package ## Check a page of your own: make check PAGE=https://...
	@test -n "$(PAGE)" || { echo "name a page: make check PAGE=https://example.org/story" >&2; exit 2; }
	@$(RUN)/provenance check "$(PAGE)"

test: $(VENV)/develop ## Run all tests.
	$(RUN)/pytest

lint: $(VENV)/develop ## Check style and format.
	$(RUN)/ruff check
	$(RUN)/ruff format --check

types: $(VENV)/develop ## Check types.
	$(RUN)/mypy

cassettes: $(VENV)/develop ## Record cassettes/ anew from real servers on loopback.
	$(RUN)/python -m tests.servers.record

bench-read bench-detect bench-compare: bench-%: $(VENV)/develop ## Measure on the labelled data, beside peers.
	$(RUN)/python -m tests.bench.$*

clean: ## Remove environment, caches and written reports.
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .hypothesis build dist
	find reports -type f ! -name .gitkeep ! -name sample.html -delete
