# `make` alone prints the menu. Each target sets up what it needs first.
.DEFAULT_GOAL := menu
.PHONY: menu run test check fmt bench faults e2e clean
PY := .venv/bin/python
export PYTHONDONTWRITEBYTECODE :=

menu: ## this menu
	@grep -hE '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

run: ## the whole system with a demo shift, http://127.0.0.1:8000 (PORT=8100 for another port)
	@scripts/bootstrap.sh
	@exec .venv/bin/siponcega up

test: ## every test, browser tests too (ARGS="-k name" chooses)
	@scripts/bootstrap.sh --dev --browser
	@exec scripts/test.sh $(ARGS)

check: ## format, lint, types, import order, file sizes
	@scripts/bootstrap.sh --dev
	@scripts/check.sh

fmt: ## put the code in form
	@scripts/bootstrap.sh --dev
	@$(PY) -m ruff check --fix --quiet . ; $(PY) -m ruff format .

bench: ## how fast, beside the raw limits of this machine
	@scripts/bootstrap.sh --dev
	@exec $(PY) -m bench $(ARGS)

faults: ## only the tests that kill and freeze its parts
	@scripts/bootstrap.sh --dev
	@exec $(PY) -m pytest -m faults $(ARGS)

e2e: ## only the tests in a real browser
	@scripts/bootstrap.sh --dev --browser
	@exec $(PY) -m pytest -m browser $(ARGS)

clean: ## remove what was installed and every database of this folder (asks first)
	@scripts/clean.sh
