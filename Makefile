# One target for each thing a person does; `make` alone lists them. Needs Python 3.11+, make and the package index.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
SHARED ?= ../shared
PIP    := $(BIN)/python -m pip --disable-pip-version-check --quiet

# An environment is made again when its lock, the project's description or the folder it lies in has changed.
KEY     = $$(cat $(1) pyproject.toml | cksum | tr ' ' -)$$(pwd | cksum | tr ' ' -)
RUNTIME = $(call KEY,requirements.lock)
DEV     = $(call KEY,requirements-dev.lock)
TRAIN   = $(call KEY,requirements-dev.lock train/encoders.txt)

.DEFAULT_GOAL := help
.PHONY: help env env-dev env-train demo test lint type imports cover eval bench train lock clean

help: ## list these targets
	@echo "warledger: make TARGET"
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  \1|\2/p' Makefile | awk -F'|' '{ printf "%-14s %s\n", $$1, $$2 }'

env: ## make .venv with what warledger needs to run; .venv/bin/warledger then works
	@test "$$(cat $(VENV)/dev.stamp 2>/dev/null)" = "$(DEV)" || test "$$(cat $(VENV)/runtime.stamp 2>/dev/null)" = "$(RUNTIME)" || \
	$(MAKE) --no-print-directory install LOCK=requirements.lock STAMP=runtime.stamp WANTED="$(RUNTIME)"

env-dev: ## make .venv with the tools for tests as well
	@test "$$(cat $(VENV)/dev.stamp 2>/dev/null)" = "$(DEV)" || \
	$(MAKE) --no-print-directory install LOCK=requirements-dev.lock STAMP=dev.stamp WANTED="$(DEV)"

.PHONY: install
install:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "warledger needs Python 3.11 or later; \"$(PYTHON)\" is $$($(PYTHON) --version 2>&1 || true)." >&2; \
	  echo "Name another one: make PYTHON=python3.12 ..." >&2; exit 1; }
	@$(BIN)/python -c 'import pip' 2>/dev/null || $(PYTHON) -m venv --clear $(VENV) || { \
	  echo "$(PYTHON) cannot make a virtual environment; on Debian and Ubuntu install python3-venv." >&2; exit 1; }
	@echo "Installing what $(LOCK) pins into $(VENV) ..." >&2
	@rm -f $(VENV)/$(STAMP)
	@$(PIP) install --require-hashes --only-binary :all: -r $(LOCK)
	@$(PIP) install --no-build-isolation --no-deps --editable .
	@$(BIN)/python -m compileall -q src
	@echo "$(WANTED)" > $(VENV)/$(STAMP)

env-train: env-dev
	@test "$$(cat $(VENV)/train.stamp 2>/dev/null)" = "$(TRAIN)" || { \
	  echo "Installing what training needs into $(VENV) ..." >&2; \
	  $(PIP) install --no-build-isolation --editable ".[train]" && \
	  $(PIP) install --require-hashes --only-binary :all: --no-deps -r train/encoders.txt && \
	  echo "$(TRAIN)" > $(VENV)/train.stamp; }

demo: env ## add the example dossier to a new ledger and show its briefing
	@mkdir -p demo && rm -f demo/ledger.db demo/ledger.db-wal demo/ledger.db-shm
	@$(BIN)/warledger --ledger demo/ledger.db add examples/dossier
	@$(BIN)/warledger --ledger demo/ledger.db brief --format html > demo/briefing.html
	@$(BIN)/warledger --ledger demo/ledger.db brief --format txt
	@echo
	@echo "The same briefing with its sources to open: file://$$(pwd | sed 's/ /%20/g')/demo/briefing.html"
	@echo "Ask the ledger itself: $(BIN)/warledger --ledger demo/ledger.db events"

test: lint type imports cover ## everything that must hold before a change goes in

lint: env-dev ## check form and style
	@$(BIN)/python -m ruff format --check .
	@$(BIN)/python -m ruff check .

type: env-dev ## check types
	@$(BIN)/python -m mypy

imports: env-dev ## check that imports point down the layers
	@$(BIN)/lint-imports

cover: env-dev ## run the tests on two cores; fails under 90 % of branches
	@rm -f .coverage .coverage.*
	@$(BIN)/python -m pytest -n 2 --cov --cov-report=term --cov-fail-under=90

eval: env ## score the extractor on the development corpus in SHARED; fails below a floor
	@$(BIN)/python eval/run.py --shared "$(SHARED)"

bench: env ## measure start-up, documents a second and peak memory on this machine
	@$(BIN)/python bench/run.py

train: env-train ## make the network and all fitted weights again from the corpora in SHARED: hours; QUICK=1 only tries every step
	@$(BIN)/python -m train.recipe --corpus "$(SHARED)/corpus" $(if $(QUICK),--quick)

lock: ## pin all dependencies anew, with hashes, for every system
	@$(PYTHON) -m venv build/uv && build/uv/bin/python -m pip install --quiet --disable-pip-version-check uv
	@build/uv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
	  --no-config --upgrade pyproject.toml --group dev --output-file requirements-dev.lock
	@build/uv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
	  --no-config --upgrade pyproject.toml --group build --constraint requirements-dev.lock --output-file requirements.lock

clean: ## remove what can be made again: environment, caches, demo
	rm -rf $(VENV) build dist demo htmlcov .coverage .coverage.* .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
