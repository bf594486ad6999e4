# make build   set up .venv from the lock and build the sample graph into output/
# make test    the same set-up plus test tools, then every check
# make lock    work the two lock files out again from pyproject.toml (uv comes into .venv by itself)
# make clean   remove .venv and what was generated

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
# A lock is complete, so pip has nothing to resolve; it would look for newer versions where a package asks for an extra.
LOCKED := install --no-deps --require-hashes
COMPILE := $(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --python-version 3.11 \
	--no-header --no-annotate --upgrade

.PHONY: build test lock clean

build: $(VENV)/.installed
	$(BIN)/kg build

test: $(VENV)/.tools
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest --cov --cov-report=term:skip-covered

lock: $(VENV)/.made
	$(PIP) install uv
	$(COMPILE) pyproject.toml --group build --output-file requirements.lock
	$(COMPILE) --group test --constraint requirements.lock --output-file requirements-test.lock
	@! grep -nE '://|file:|^-' requirements.lock requirements-test.lock || { echo "a lock file names a place"; exit 1; }

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
	find output -mindepth 1 ! -name .gitignore -delete

# One stamp a step, so that a second run only looks at times.
$(VENV)/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "GraftGraph needs Python 3.11 or newer; name one: make PYTHON=python3.12"; exit 2; }
	@$(PYTHON) -c 'import ensurepip, venv' || { echo "this Python cannot make a venv; on Debian: apt-get install python3-venv"; exit 2; }
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.locked: requirements.lock $(VENV)/.made
	$(PIP) $(LOCKED) -r requirements.lock
	@touch $@

$(VENV)/.installed: pyproject.toml $(VENV)/.locked
	$(PIP) install --no-deps --no-build-isolation --editable .
	$(PIP) check
	@touch $@

$(VENV)/.tools: requirements-test.lock $(VENV)/.installed
	$(PIP) $(LOCKED) -r requirements-test.lock
	@touch $@
