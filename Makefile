# Shouwen. `make help` lists what can be made.
SHELL := /bin/bash
UV_VERSION := 0.13.9
UV := .venv-uv/bin/uv
PYTHON := .venv/bin/python
CONSOLE := api/console
CONSOLE_SOURCES := $(shell find $(CONSOLE)/src $(CONSOLE)/index.html $(CONSOLE)/vite.config.ts $(CONSOLE)/tsconfig*.json -type f 2>/dev/null)

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev up test check bench bench-vision prove screenshots lock openapi clean

##@ Using it
up: setup setup-dev ## Start everything, with a demo building whose day takes 24 minutes, and print where to look
	@$(PYTHON) shouwen.py up --demo --speed 60 $(ARGS)

setup: .stamps/python .stamps/console ## Install what the product needs (nothing to do: under two seconds)

##@ Working on it
test: check ## Check, then run every test
	@$(PYTHON) -m pytest -n 3 -m "not prove" $(ARGS)
	@cd $(CONSOLE) && npm test --silent

check: setup setup-dev ## Format, lint, types, import directions, locks, the console's types
	@$(PYTHON) -m ruff format --check --quiet .
	@$(PYTHON) -m ruff check --quiet .
	@$(PYTHON) -m mypy
	@.venv/bin/lint-imports --no-logo
	@$(MAKE) --no-print-directory .stamps/locks
	@$(PYTHON) -m api.openapi > $(CONSOLE)/src/openapi.json
	@cd $(CONSOLE) && npm run --silent types:check && npm run --silent check

setup-dev: .stamps/python-dev ## Install what tests and checks need besides

##@ Proving it
bench: setup setup-dev ## Measure each figure beside its limit, in one run
	@$(PYTHON) -m bench $(ARGS)

bench-vision: setup setup-dev ## Measure what the machine sees beside others; ARGS="--data FOLDER" for another set
	@$(PYTHON) -m bench.vision $(ARGS)

prove: setup setup-dev ## Kill gateway, centre and broker in a storm, and count what was lost
	@$(PYTHON) -m tests.prove $(ARGS)

screenshots: setup setup-dev ## Take a picture of every page in both languages into var/screenshots
	@$(PYTHON) -m tests.screenshots $(ARGS)

##@ Keeping it
lock: .stamps/uv ## Resolve the dependencies again into the hashed lock files
	@$(UV) pip compile -q --generate-hashes --universal --no-header --no-annotate \
		pyproject.toml -o requirements.lock
	@$(UV) pip compile -q --generate-hashes --universal --no-header --no-annotate \
		pyproject.toml --group dev -c requirements.lock -o requirements-dev.lock

openapi: .stamps/python .stamps/node ## Write the API's description and the console's types from it
	@$(PYTHON) -m api.openapi > $(CONSOLE)/src/openapi.json
	@cd $(CONSOLE) && npm run --silent types

clean: ## Remove what was installed and built; data stays
	@rm -rf .venv .venv-uv .stamps $(CONSOLE)/node_modules $(CONSOLE)/dist

help: ## Show this
	@awk 'BEGIN {FS = ":.*## "} \
		/^##@/ {printf "\n%s\n", substr($$0, 5)} \
		/^[a-z-]+:.*## / {printf "  make %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# --- stamps: what is done is not done again -------------------------------------------------------

.stamps/uv: Makefile
	@mkdir -p .stamps
	@python3 -m venv .venv-uv && .venv-uv/bin/pip install -q --disable-pip-version-check uv==$(UV_VERSION)
	@touch $@

.stamps/python: requirements.lock pyproject.toml | .stamps/uv
	@test -x $(PYTHON) || $(UV) venv -q --python $$(command -v python3) .venv
	@$(UV) pip install -q -p $(PYTHON) --require-hashes -r requirements.lock
	@$(UV) pip install -q -p $(PYTHON) --no-deps -e .
	@touch $@

.stamps/python-dev: requirements-dev.lock | .stamps/python
	@$(UV) pip install -q -p $(PYTHON) --require-hashes -r requirements-dev.lock
	@touch $@

.stamps/node: $(CONSOLE)/package-lock.json
	@mkdir -p .stamps
	@cd $(CONSOLE) && npm ci --silent --no-audit --no-fund
	@touch $@

.stamps/console: $(CONSOLE_SOURCES) $(CONSOLE)/package-lock.json
	@mkdir -p .stamps
	@if command -v npm >/dev/null; then \
		$(MAKE) --no-print-directory .stamps/node && cd $(CONSOLE) && npm run --silent build && touch ../../$@; \
	else \
		echo "npm is missing: API and command line work, the console is not built"; \
	fi

.stamps/locks: pyproject.toml requirements.lock requirements-dev.lock | .stamps/uv
	@mkdir -p .stamps
	@cp requirements.lock .stamps/requirements.lock && cp requirements-dev.lock .stamps/requirements-dev.lock
	@$(UV) pip compile -q --generate-hashes --universal --no-header --no-annotate \
		pyproject.toml -o .stamps/requirements.lock
	@$(UV) pip compile -q --generate-hashes --universal --no-header --no-annotate \
		pyproject.toml --group dev -c requirements.lock -o .stamps/requirements-dev.lock
	@cmp -s requirements.lock .stamps/requirements.lock && cmp -s requirements-dev.lock .stamps/requirements-dev.lock \
		|| { echo "the lock files do not fit pyproject.toml: make lock"; exit 1; }
	@touch $@
