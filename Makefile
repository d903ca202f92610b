# Amends: everything a checkout can do. `make help` lists it.
#
# The environment is built from the hashed lock files in locks/ into .venv by uv, which is itself
# fetched into .tools by the system's pip (a bare Debian can neither make a venv nor install with pip
# outside one). Stamp files inside .venv make every later call immediate.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PYTHON  ?= python3
WORKERS ?= 2
PYTEST  ?=
SOAK    ?=

BIN := .venv/bin
# Whoever has told pip about a mirror need not tell uv again.
UV  := { mirror=; [ -n "$$UV_DEFAULT_INDEX$$UV_INDEX_URL" ] || mirror=$${PIP_INDEX_URL:-$$($(PYTHON) -m pip config get global.index-url 2>/dev/null)}; \
    [ -z "$$mirror" ] || export UV_DEFAULT_INDEX="$$mirror"; } ; .tools/bin/uv --no-progress
# uv looks for a writable home for its cache; an empty or missing HOME must do as well.
export UV_CACHE_DIR ?= $(if $(and $(HOME),$(shell [ -w "$(HOME)" ] && echo yes)),$(HOME)/.cache/uv,$(CURDIR)/.tools/cache)
export UV_PYTHON_PREFERENCE := only-system
export UV_PYTHON_DOWNLOADS := never
export UV_LINK_MODE ?= copy
# Trust whom the machine trusts: behind a company's proxy that is more than the public authorities.
export UV_SYSTEM_CERTS ?= true

# The environment for development holds everything that the one for running does:
# once it is there, running needs nothing more, so the two never replace each other.
RUN_ENV := $(if $(wildcard .venv/.for-development),.venv/.for-development,.venv/.for-running)
DEV_ENV := .venv/.for-development

.PHONY: help setup setup-dev run test check format types doors bench soak spark-proof e2e-medusa lock debian schema clean

help: ## list what can be done
	@grep -hE '^[a-z0-9-]+:.*##' Makefile | sed -E 's/^([a-z0-9-]+):[^#]*## */  make \1\t/' | expand -t 20

setup: $(RUN_ENV) ## build .venv with .venv/bin/amends, from the lock files

setup-dev: $(DEV_ENV) ## the same with the tools for tests, checks and benchmarks

run: $(RUN_ENV) ## start everything on http://127.0.0.1:8000 with the sample shops
	@exec $(BIN)/amends up

test: $(DEV_ENV) debian schema ## every check and every test; the last line is the runner's
	@.ci/checks $(BIN); checks=$$?; \
	[ $$checks -eq 0 ] || printf '\nChecks failed (see above); running the tests all the same.\n\n'; \
	$(BIN)/python -m pytest -n $(WORKERS) $(PYTEST); tests=$$?; \
	[ $$tests -eq 0 ] && exit $$checks || exit $$tests

check: $(DEV_ENV) ## format, lint, types, doors, sizes: the fast half of `make test`
	@.ci/checks $(BIN)

format: $(DEV_ENV) ## put the sources into shape
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

types: $(DEV_ENV) ## mypy alone
	$(BIN)/mypy

doors: $(DEV_ENV) ## the import contracts alone
	$(BIN)/lint-imports

bench: $(DEV_ENV) ## run the benchmarks, print tables
	@for file in bench/bench_*.py; do \
	    [ -e "$$file" ] || { echo 'No benchmarks in bench/ yet.'; exit 0; }; \
	    name=$$(basename "$$file" .py); printf '\n== %s\n' "$$name"; \
	    $(BIN)/python -m "bench.$$name" || exit 1; \
	done

soak: $(DEV_ENV) debian ## the long run: 20,000 refunds under faults and kills, on both databases (takes about an hour)
	$(BIN)/python -m tests.soak.soak $(SOAK)
	$(BIN)/python -m tests.soak.soak --database postgresql $(SOAK)

e2e-medusa: $(DEV_ENV) debian ## a real Medusa shop end to end: npm and PostgreSQL, 680 MB fetched once, minutes
	$(BIN)/python -m tests.e2e_medusa

spark-proof: $(DEV_ENV) .tools/spark/.ready ## rehearse on Apache Spark and on DuckDB and compare: 480 MB fetched once, Java from Debian
	@.ci/java
	$(BIN)/python -m bench.spark_proof

lock: .tools/.ready ## renew the lock files from pyproject.toml and locks/*.in
	$(UV) pip compile -q locks/uv.in --generate-hashes --no-annotate --no-header --upgrade -o locks/uv.txt
	$(UV) pip compile -q locks/build.in --generate-hashes --no-annotate --no-header --upgrade -o locks/build.txt
	$(UV) pip compile -q locks/spark.in --python-version 3.11 --generate-hashes --no-annotate --no-header --upgrade -o locks/spark.txt
	$(UV) pip compile -q pyproject.toml --python-version 3.11 --generate-hashes --no-annotate --no-header --upgrade -o locks/run.txt
	$(UV) pip compile -q pyproject.toml --python-version 3.11 --group dev --group bench -c locks/run.txt \
	    --generate-hashes --no-annotate --no-header --upgrade -o locks/dev.txt

.tools/spark/.ready: locks/spark.txt | .tools/.ready $(DEV_ENV)
	@echo 'Fetching Spark into .tools/spark ...'
	@rm -rf .tools/spark
	@$(UV) pip install --quiet --python .venv --target .tools/spark --require-hashes -r locks/spark.txt
	@touch $@

debian:
	@.ci/debian-packages

schema: $(DEV_ENV)
	@.ci/shopify-schema $(BIN)/python

clean: ## remove what was built here; the data folder stays
	rm -rf .venv .tools dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find src tests bench -name __pycache__ -type d -prune -exec rm -rf {} +

.tools/.ready: locks/uv.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	    echo 'Unable to set up: Python 3.11 or newer is needed as `$(PYTHON)` (or: make PYTHON=/path/to/python3).' >&2; exit 1; }
	@$(PYTHON) -m pip --version >/dev/null 2>&1 || { \
	    echo 'Unable to set up: pip is missing. On Debian: apt-get install python3-pip' >&2; exit 1; }
	@echo 'Fetching uv into .tools ...'
	@rm -rf .tools/bin .tools/uv*
	@$(PYTHON) -m pip install --quiet --disable-pip-version-check --no-warn-script-location --root-user-action=ignore \
	    --target .tools --require-hashes --no-deps -r locks/uv.txt
	@touch $@

.venv/bin/python: | .tools/.ready
	@echo 'Creating .venv ...'
	@$(UV) venv --quiet --allow-existing --python "$$(command -v $(PYTHON))" .venv

.venv/.for-running: locks/run.txt locks/build.txt pyproject.toml .tools/.ready | .venv/bin/python
	@echo 'Installing what Amends needs to run ...'
	@$(UV) pip sync --quiet --python .venv --require-hashes --compile-bytecode locks/run.txt
	@$(UV) pip install --quiet --python .venv --no-deps --build-constraints locks/build.txt --editable .
	@touch $@

.venv/.for-development: locks/dev.txt locks/build.txt pyproject.toml .tools/.ready | .venv/bin/python
	@echo 'Installing what tests and checks need ...'
	@$(UV) pip sync --quiet --python .venv --require-hashes --compile-bytecode locks/dev.txt
	@$(UV) pip install --quiet --python .venv --no-deps --build-constraints locks/build.txt --editable .
	@touch $@
