# 亲清通 Qinqing. `make` or `make help` lists what can be asked for.
# Needs python3 >= 3.11 with venv, git and make; node and npm are used where present and installed into the venv where not.

PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
UV_VERSION := 0.13.9
INSTALL = $(BIN)/uv pip install --quiet --python $(BIN)/python
COMPILE = $(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11
NODE := $(if $(shell command -v npm),,$(VENV)/.node)
STATIC := $(shell find src/qinqing -path '*/static/*' -type f)
CATALOGUE := src/qinqing/locale/en/LC_MESSAGES/django
BENCHES := $(shell grep -l __main__ bench/*.py)
TEMPLATES := $(shell find src/qinqing -path '*/templates/*' -name '*.html')

export PATH := $(CURDIR)/$(BIN):$(PATH)
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup demo dev test nightly check fix bench requirements messages lock

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# —— installing: each step leaves a stamp and is repeated only when what it was made from changes ——

setup: $(VENV)/.run build/static/.made $(CATALOGUE).mo ## install what it runs on: packages, static files, translations

$(VENV)/.uv-$(UV_VERSION):
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("Qinqing needs python3 3.11 or newer; this one is " + sys.version.split()[0])'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet uv==$(UV_VERSION)
	@touch $@

$(VENV)/.run: requirements.lock pyproject.toml $(VENV)/.uv-$(UV_VERSION)
	$(INSTALL) --require-hashes -r requirements.lock
	$(INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.run
	$(INSTALL) --require-hashes -r requirements-dev.lock
	@touch $@

$(VENV)/.node: requirements-node.lock $(VENV)/.uv-$(UV_VERSION)
	$(INSTALL) --require-hashes -r requirements-node.lock
	@touch $@

node_modules/.made: package.json package-lock.json .npmrc $(NODE)
	npm ci --silent
	@touch $@

build/static/.made: $(STATIC) node_modules/.made $(VENV)/.run
	$(BIN)/qinqing manage collectstatic --noinput --clear --verbosity 0
	@touch $@

$(CATALOGUE).mo: $(CATALOGUE).po $(VENV)/.run
	$(BIN)/pybabel --quiet compile --input-file $< --output-file $@
	@touch $@

# —— running ——

demo: export QINQING_DEMO := 1
demo: setup ## the simulated year Guangyuan 2020 on http://127.0.0.1:8000 (PORT=…)
	$(BIN)/qinqing demo load --size small
	$(BIN)/qinqing serve --port $(PORT)

dev: export QINQING_DEMO := 1
dev: export QINQING_DEBUG := 1
dev: setup ## the same data with a server that reloads changed code
	$(BIN)/qinqing migrate --verbosity 0
	$(BIN)/qinqing manage runserver $(PORT)

# —— proving ——

test: $(VENV)/.dev setup ## the whole suite: on SQLite, then what uses the database on PostgreSQL
	$(BIN)/python -m tests

nightly: $(VENV)/.dev setup ## what is too long for `make test`
	$(BIN)/python -m tests --nightly

check: $(VENV)/.dev setup ## lint, types, import contracts, templates
	$(BIN)/ruff check --quiet --output-format concise
	$(BIN)/lint-imports --no-cache
	@$(BIN)/djlint --quiet --lint $(TEMPLATES)
	@$(BIN)/djade --check $(TEMPLATES)
	$(BIN)/mypy

fix: $(VENV)/.dev ## apply the safe fixes
	$(BIN)/ruff check --quiet --fix
	@$(BIN)/djade $(TEMPLATES)

bench: $(VENV)/.dev setup ## the benchmarks, each in turn: ratios against a named peer
	for bench in $(BENCHES); do echo; echo "== $$bench"; $(BIN)/python $$bench || exit 1; done

requirements: $(VENV)/.dev ## write docs/requirements.md: requirement id, file, screen, test
	$(BIN)/qinqing manage requirements

messages: $(VENV)/.dev ## bring locale/en up to date with the source strings, and list what is not translated
	$(BIN)/qinqing manage messages

lock: $(VENV)/.uv-$(UV_VERSION) $(NODE) ## renew the lock files from requirements*.in and package.json
	$(COMPILE) requirements.in -o requirements.lock
	$(COMPILE) -c requirements.lock requirements-dev.in -o requirements-dev.lock
	$(COMPILE) requirements-node.in -o requirements-node.lock
	$(COMPILE) -c requirements.lock bench/peer.in -o bench/peer.lock
	$(COMPILE) -c requirements.lock bench/engines.in -o bench/engines.lock
	npm install --silent --package-lock-only
	@$(BIN)/python -c 'import json, pathlib; path = pathlib.Path("package-lock.json"); lock = json.loads(path.read_text()); [package.pop("funding", None) for package in lock["packages"].values()]; path.write_text(json.dumps(lock, indent=2) + "\n")'
