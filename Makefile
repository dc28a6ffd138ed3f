# The whole life of the project in a few words: `make site` and `make test` are all that most people need.
# Needs Python 3.11 or newer and make. Without make, see README.md: every recipe is a few plain commands.

PYTHON ?= python3
VENV ?= .venv
SITE ?= site
UV ?= uv
# How many processes run the tests; each file of tests stays in one.
PROCESSES ?= auto

# What the browser tests load besides Python's packages (axe-core, bpmn-js, yaml-language-server): test only, never shipped.
NODE := tests/browser
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet --quiet
# Exact versions with their hashes, and nothing fetched behind our back to build with: what a package is
# built by is locked too and installed first.
LOCKED := $(PIP) install --require-hashes --no-build-isolation

.DEFAULT_GOAL := help
.PHONY: help site serve check test coverage mutation lint format bench audit sbom spark lock wheel clean distclean

help: ## list these commands
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | sort | while IFS='	' read -r name text; \
		do printf '  make %-10s %s\n' "$$name" "$$text"; done

site: $(VENV)/.installed ## build the sample handbook into site/
	$(BIN)/handbook build --out $(SITE)
	@echo
	@echo "Built. Open $(SITE)/index.html in a browser."

serve: $(VENV)/.installed ## show the sample handbook while it is being written
	$(BIN)/handbook serve

check: $(VENV)/.installed ## hold the sample's data against the format and the method's rules
	$(BIN)/handbook check

test: lint $(NODE)/node_modules/.installed ## run every check: style, types, architecture, tests
	$(BIN)/python -m pytest --numprocesses $(PROCESSES) --maxprocesses 4 --dist loadfile --no-loadscope-reorder

coverage: $(NODE)/node_modules/.installed $(VENV)/.installed-test ## measure which lines and branches the tests run (TESTS=tests/unit for a part)
	$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest $(TESTS)
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report

# Not part of `make test`: the server is 450 MB to fetch and 700 installed, and takes minutes. Needs Java 17 or newer.
spark: $(VENV)/.installed-spark ## hold what Spark Connect collects and measures against DuckDB, byte for byte
	$(BIN)/python -m bench.spark

mutation: $(VENV)/.installed-test ## change the arithmetic and see whether a test notices (MUTATION="spc --sample 0")
	@$(LOCKED) -r requirements-mutation.lock
	$(BIN)/python bench/mutation.py $(MUTATION)

lint: $(VENV)/.installed-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports & imports=$$!; $(BIN)/mypy && wait $$imports

format: $(VENV)/.installed-test ## bring the code into the house's style
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(VENV)/.installed ## measure build time, memory and size against plain Material for MkDocs
	$(BIN)/python bench/run.py $(BENCH)
	$(BIN)/python bench/maps.py

audit: $(VENV)/.installed-test ## ask a public list whether a locked package has a known fault (needs the network)
	@$(LOCKED) -r requirements-audit.lock
	$(BIN)/pip-audit --disable-pip --require-hashes --strict --requirement requirements.lock
	$(BIN)/pip-audit --disable-pip --require-hashes --strict --requirement requirements-test.lock

sbom: $(VENV)/.installed-test ## write what the wheel needs as CycloneDX into dist/sbom.json (needs the network, to install)
	@$(LOCKED) -r requirements-audit.lock
	@mkdir -p dist
	$(BIN)/python docs/released_project.py > dist/pyproject.toml
	$(BIN)/cyclonedx-py requirements --pyproject dist/pyproject.toml --output-reproducible \
		--output-file dist/sbom.json requirements.lock
	@rm dist/pyproject.toml

# The documents in it are a site whose search needs Chinese cut into words, which no handbook does.
wheel: $(VENV)/.installed-test ## build the wheel into dist/, without any download
	$(PIP) wheel --no-deps --no-build-isolation --wheel-dir dist .

lock: ## write the requirements locks anew from pyproject.toml (UPGRADE=--upgrade takes newer versions)
	@command -v $(UV) >/dev/null || { echo "make lock needs uv (python -m pip install uv)" >&2; exit 1; }
	$(UV) pip compile --quiet $(UPGRADE) --universal --generate-hashes pyproject.toml --group build \
		--extra collect --output-file requirements.lock >/dev/null
	$(UV) pip compile --quiet --universal --generate-hashes --group build \
		--constraints requirements.lock --output-file requirements-build.lock >/dev/null
	$(UV) pip compile --quiet $(UPGRADE) --universal --generate-hashes pyproject.toml --group build --group test \
		--extra collect --extra databases \
		--constraints requirements.lock --output-file requirements-test.lock >/dev/null
	$(UV) pip compile --quiet $(UPGRADE) --universal --generate-hashes --group audit \
		--constraints requirements-test.lock --output-file requirements-audit.lock >/dev/null
	$(UV) pip compile --quiet $(UPGRADE) --universal --generate-hashes --group mutation \
		--constraints requirements-test.lock --output-file requirements-mutation.lock >/dev/null
	$(UV) pip compile --quiet $(UPGRADE) --universal --generate-hashes --group spark-server \
		--constraints requirements-test.lock --output-file requirements-spark.lock >/dev/null

clean: ## remove what was built
	rm -rf $(SITE) dist .handbook-cache .mypy_cache .pytest_cache .ruff_cache .import_linter_cache \
		.coverage .coverage.*

distclean: clean ## remove the virtual environment as well
	rm -rf $(VENV) $(NODE)/node_modules

# The stamps keep a second `make site` from installing again; a changed lock or project file makes them stale.
$(VENV)/.installed: requirements-build.lock requirements.lock pyproject.toml
	@command -v $(PYTHON) >/dev/null || { echo "$(PYTHON) was not found. Install Python 3.11 or newer," \
		"or say which one to use: make PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("Python 3.11 or newer is needed, but $(PYTHON) is " + sys.version.split()[0] + ". Say which one to use: make PYTHON=python3.12")'
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { echo "This Python cannot make virtual environments." \
		"On Debian and Ubuntu: apt install python3-venv" >&2; exit 1; }
	@echo "Installing the locked packages into $(VENV) (a minute or two, once) ..."
	@$(PYTHON) -m venv $(VENV)
	@$(LOCKED) -r requirements-build.lock
	@$(LOCKED) -r requirements.lock
	@$(PIP) install --no-build-isolation --no-deps --editable .
	@touch $@

$(VENV)/.installed-test: $(VENV)/.installed requirements-test.lock
	@echo "Installing what the tests need into $(VENV) ..."
	@$(LOCKED) -r requirements-test.lock
	@touch $@

$(VENV)/.installed-spark: $(VENV)/.installed-test requirements-spark.lock
	@echo "Installing Spark's server into $(VENV) ..."
	@sed -n '/^setuptools==/,/# via/p' requirements-spark.lock > $(VENV)/setuptools.lock
	@$(LOCKED) -r $(VENV)/setuptools.lock
	@$(LOCKED) -r requirements-spark.lock
	@touch $@

# Without npm the tests that need these say so; where CI is set they fail, for there nothing is skipped.
$(NODE)/node_modules/.installed: $(NODE)/package-lock.json $(NODE)/package.json
	@if command -v npm >/dev/null && npm ci --prefix $(NODE) --loglevel=error >/dev/null; then touch $@; \
		else echo "Node packages of the browser tests are not installed: npm is missing or failed." >&2; fi
