# Two commands matter: `make demo` and `make test`. `make help` lists the rest.
PORT ?= 8080
DATA ?= data
FRESH ?=
NAME ?=
KILLS ?= 100
PYTHON ?= python3

VENV := .venv
BIN := $(VENV)/bin
PIP_INSTALL := $(BIN)/python -m pip --disable-pip-version-check install -qq --no-compile --no-deps --require-hashes
LOCK := --quiet --strip-extras --generate-hashes --allow-unsafe --no-annotate \
	--no-emit-index-url --no-emit-trusted-host --no-emit-find-links

# What was compiled once is kept, also where the shell forbids it: every start of the bot takes half the time.
export PYTHONDONTWRITEBYTECODE :=

.DEFAULT_GOAL := help
.PHONY: help demo run sandbox test year chaos bench pictures lock

help: ## what there is to make
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1\t\2/p' Makefile | expand -t 16

demo: $(VENV)/.runtime ## the bot beside a local Telegram, in the browser (PORT=8080 DATA=data FRESH=1)
	@exec $(BIN)/python -m bot demo --port "$(PORT)" --data "$(DATA)" $(if $(filter-out 0 no,$(FRESH)),--fresh)

run: $(VENV)/.runtime ## the bot on the real Telegram (ARENABOT_TOKEN=, docs/settings.md)
	@exec $(BIN)/python -m bot run

sandbox: $(VENV)/.runtime ## the local Telegram alone, for a bot of your own (PORT=8080)
	@exec $(BIN)/python -m bot sandbox --port "$(PORT)" --people bot/data/demo_people.json

test: $(VENV)/.development $(VENV)/.peers/.installed $(VENV)/.strangers ## everything that must hold: ruff, mypy, import-linter, pytest on SQLite and PostgreSQL
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/python -m pytest -q

year: $(VENV)/.development ## a whole year played in chat on both databases; its report beside an independent count (two minutes)
	@$(BIN)/python -m pytest -q -m year tests/year

chaos: $(VENV)/.development ## the bot killed, starved and confused while it works; what it lost (KILLS=100: 25 minutes)
	@$(BIN)/python -m chaos --kills "$(KILLS)"

bench: $(VENV)/.runtime $(VENV)/.peers/.installed ## how fast it is, against its peers (NAME=: one bar alone; 15 minutes)
	@$(BIN)/python -m benchmarks $(NAME)

pictures: $(VENV)/.development ## the README's pictures anew, of the demo in chromium (half a minute)
	@command -v chromium > /dev/null || { echo "Pictures are taken by chromium: sudo apt install chromium"; exit 1; }
	@$(BIN)/python -m tests.page.pictures && echo "Taken: docs/pictures"

lock: $(VENV)/.tools/bin/pip-compile ## all locks anew from pyproject.toml, on the oldest Python there is to hold on
	@CUSTOM_COMPILE_COMMAND="make lock" $< $(LOCK) --output-file requirements.lock pyproject.toml
	@CUSTOM_COMPILE_COMMAND="make lock" $< $(LOCK) --extra dev --constraint requirements.lock \
		--output-file requirements-dev.lock pyproject.toml
	@CUSTOM_COMPILE_COMMAND="make lock" $< $(LOCK) --output-file requirements-bench.lock benchmarks/peers/requirements.in

# Whether anything is to be installed is told by a stamp older than its lock.
$(VENV)/.runtime: requirements.lock | $(BIN)/python
	@echo "Installing what the bot needs into $(VENV) (once) ..."
	@$(BIN)/python -c 'import pip' 2> /dev/null || $(PYTHON) -m venv --clear $(VENV) # a first try was cut short
	@$(PIP_INSTALL) -r requirements.lock
	@touch $@

$(VENV)/.development: requirements-dev.lock | $(BIN)/python
	@echo "Installing what the bot and its tests need into $(VENV) (once) ..."
	@$(BIN)/python -c 'import pip' 2> /dev/null || $(PYTHON) -m venv --clear $(VENV) # a first try was cut short
	@$(PIP_INSTALL) -r requirements-dev.lock
	@touch $@ $(VENV)/.runtime

# What the bot is measured against, apart from what it runs on.
$(VENV)/.peers/.installed: requirements-bench.lock
	@echo "Installing what the bot is measured against into $(VENV)/.peers (once) ..."
	@$(PYTHON) -m venv --clear $(VENV)/.peers
	@$(VENV)/.peers/bin/python -m pip --disable-pip-version-check install -qq --no-deps --require-hashes \
		-r requirements-bench.lock
	@touch $@

# Another's library of bots that the local Telegram is tried with, where there is node.
STRANGERS := tests/sandbox/strangers
$(VENV)/.strangers: $(STRANGERS)/package-lock.json | $(BIN)/python
	@if ! command -v npm > /dev/null; then echo "grammY is left out of the tests: there is no npm"; \
	elif (cd $(STRANGERS) && npm ci --silent --no-audit --no-fund); then touch $@; \
	else echo "grammY is left out of the tests: npm could not install it"; fi

$(BIN)/python:
	$(if $(shell $(PYTHON) -c 'import ensurepip, venv' 2>&1),$(error Python cannot make virtual environments here; run: sudo apt install python3-venv))
	@$(PYTHON) -m venv --clear $(VENV)

$(VENV)/.tools/bin/pip-compile: | $(BIN)/python
	@$(PYTHON) -m venv $(VENV)/.tools
	@$(VENV)/.tools/bin/python -m pip --disable-pip-version-check install -qq pip-tools
