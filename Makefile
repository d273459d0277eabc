# provenance: everything a person needs to run, with python3 (3.11 or newer), venv and make only.

PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin
PIP := $(RUN)/pip install --quiet --disable-pip-version-check
PAGE ?=
# One file is one worker's: its servers, browser and folders are started once.
ALL_CORES := --numprocesses auto --dist loadfile --no-loadscope-reorder

.DEFAULT_GOAL := help
ROOMS := $(patsubst provenance/%/__init__.py,provenance.%,$(wildcard provenance/*/__init__.py))
BENCHES := read detect judge cite search corpus furniture audit audit_site kills faults again together manners intervals crawl network lists
.PHONY: help fit-signs demo check test test-fast fuzz lint types docs cassettes sample bench-compare $(BENCHES:%=bench-%) clean

help: ## Show what can be made.
	@grep -E '^[a-z_-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 18

$(VENV)/package: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "$(PYTHON) is too old: Python 3.11 or newer is needed (make PYTHON=python3.11 ...)" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(PIP) --upgrade 'pip>=25.1'
	$(PIP) --editable .
	@touch $@

$(VENV)/develop: $(VENV)/package
	$(PIP) --group dev
	@touch $@

demo: $(VENV)/package ## Check an invented repost in a small world on loopback; writes reports/demo.html.
	@$(RUN)/provenance demo

check: $(VENV)/package ## Check a page of your own: make check PAGE=https://...
	@test -n "$$PAGE" || { echo "name a page: make check PAGE=https://example.org/story" >&2; exit 2; }
	@$(RUN)/provenance check "$$PAGE"

test: $(VENV)/develop ## Run all tests on all cores.
	$(RUN)/pytest $(ALL_CORES) --durations=25

test-fast: $(VENV)/develop ## Run the tests that start no process.
	$(RUN)/pytest $(ALL_CORES) -m "not slow"

fuzz: $(VENV)/develop ## Feed every reader of strangers' data with new hostile examples, for long.
	$(RUN)/pytest $(ALL_CORES) tests/fuzz --hypothesis-profile=fuzz

lint: $(VENV)/develop ## Check style and format.
	$(RUN)/ruff check
	$(RUN)/ruff format --check

types: $(VENV)/develop ## Check types, also of public use from outside.
	$(RUN)/mypy

docs: $(VENV)/develop ## Write the API pages to docs/api.
	$(RUN)/pdoc --docformat restructuredtext --output-directory docs/api provenance provenance.errors $(ROOMS)

cassettes: $(VENV)/develop ## Record cassettes/ anew from real servers on loopback.
	$(RUN)/python -m tests.servers.record

sample: $(VENV)/develop ## Write reports/sample.html and the output shown in README.md anew.
	$(RUN)/python -m tests.cli.sample

bench-read: ## Measure reading on the labelled data beside the project.
bench-detect: ## Measure signs of syndication on it.
fit-signs: $(VENV)/develop ## Fit the weights of a page's own signs anew.
	$(RUN)/python -m tests.bench.fit_signs --write
bench-compare: $(VENV)/develop ## Measure text alignment on it, into docs/measured.md.
	$(RUN)/python -m tests.bench.compare docs/measured.md
bench-judge: ## Measure verdicts on it.
bench-cite: ## Measure citations against citeproc-js.
bench-search: ## Measure how soon a hidden original is found.
bench-furniture: ## Measure how a site's boilerplate is told from its stories.
bench-audit: ## Measure an audit's speed beside extraction alone.
bench-audit_site: ## Audit an aggregator in WordPress, and each row beside the truth.
bench-kills: ## Kill an audit 50 times at random, and see what it comes to.
bench-faults: ## Audit a site with every kind of fault.
bench-again: ## Audit a site twice, and see what is sent again.
bench-together: ## Run four audits at once on one store.
bench-manners: ## See how politely a site is asked, by its own log.
bench-intervals: ## Hold the intervals of samples against the truth of 50 sites.
bench-crawl: ## Audit a crawl of 3 GB in one WARC file.
bench-lists: ## Check lists of pages of many hosts: what is found, speed, kills, memory.
bench-network: ## Measure who copies from whom over 10,000 and 100,000 texts.
bench-corpus: ## Measure how fast kept texts are added and found again, on generated texts.
$(BENCHES:%=bench-%): bench-%: $(VENV)/develop
	$(RUN)/python -m tests.bench.$*

clean: ## Remove environments and caches; reports stay.
	rm -rf $(VENV) .venv-* .mypy_cache .pytest_cache .ruff_cache .hypothesis build dist docs/api
