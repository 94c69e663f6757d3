# Everything sets itself up: a virtual environment in .venv, the package, its shipped model. Needs git, make, Python >= 3.11.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
OUT    ?= out/iran
TOPIC  ?= Iran
REPORTS ?= examples/iran

.PHONY: brief test lint types check bench setup dev clean help
.DEFAULT_GOAL := help

help:  ## this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*##/\t/' | expand -t 12

setup: $(VENV)/.brief  ## virtual environment with the package and the editions
dev: $(VENV)/.dev  ## the same with the tools of developers

brief: setup  ## read examples/iran and publish the brief on Iran
	@mkdir -p $(OUT)
	@$(BIN)/dragoman brief $(TOPIC) $(REPORTS) --ledger $(OUT)/ledger.db --out $(OUT)

test: dev  ## the tests
	@$(BIN)/python -m pytest -q

lint: dev  ## ruff and its formatter
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .

types: dev  ## mypy --strict
	@$(BIN)/mypy

check: lint types test  ## all of it, as .ci/run does

bench: dev  ## the quick benchmark floors
	@$(BIN)/python -m benchmarks.floors

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Dragoman needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Name another with: make PYTHON=python3.12 …")'
	@$(PYTHON) -m venv $(VENV) || { echo "Python's venv module is missing (on Debian and Ubuntu: apt install python3-venv)"; exit 1; }

$(VENV)/.brief: pyproject.toml | $(VENV)/bin/python
	@echo "installing Dragoman into $(VENV) (once)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[brief]'
	@touch $@

$(VENV)/.dev: pyproject.toml $(VENV)/.brief
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[brief,dev]'
	@touch $@

clean:  ## remove what was made (the virtual environment, too)
	rm -rf $(VENV) out .pytest_cache .mypy_cache .ruff_cache
