# Only `make`, a Python and a package registry are needed: everything else is installed into the checkout.
# Written for GNU Make 3.81, which macOS ships.

SHELL = /bin/sh
.DEFAULT_GOAL = help
# Each is a target. Together they are `make check`; the tests and the hooks of pre-commit run them too.
CHECKS = format lint types imports migrations schema
.PHONY: help run test check $(CHECKS) bench chaos soak validate pictures found venv uv

export UV_PYTHON_DOWNLOADS = never
# Compiling what is imported anew at each start costs seconds.
unexport PYTHONDONTWRITEBYTECODE
unexport VIRTUAL_ENV

# Another Python beside the usual one: make test VENV=.venv-3.12 MINORS=12
VENV = .venv
MINORS = 13 12
PYTHON = $(VENV)/bin/python
export UV_PROJECT_ENVIRONMENT = $(VENV)
PROCESSES = $(shell $(PYTHON) -c "import os; print(min(os.cpu_count(), 7) + 1)" 2>/dev/null || echo 3)
# Taken from PATH if it runs there (the shim of a version manager may not), else from the checkout.
UV = $(shell if uv --version >/dev/null 2>&1; then echo uv; else echo .uv/bin/uv; fi)
# --inexact leaves alone what another target has installed.
SYNC = $(UV) sync --quiet --locked --inexact --python "$(FOUND_PYTHON)"
# Newest first. Each is asked whether it runs and what it is. pyenv has versions that are not in PATH.
FOUND_PYTHON = $(shell for minor in $(MINORS); do \
	for python in python3.$$minor python3 python "$${PYENV_ROOT:-$$HOME/.pyenv}"/versions/3.$$minor.*/bin/python3; do \
	"$$python" -c "import sys; sys.exit(sys.version_info[:2] != (3, $$minor))" >/dev/null 2>&1 && \
	exec "$$python" -c "import sys; print(sys.executable)"; done; done)
# An environment whose Python has been removed is made again.
CLEARED := $(shell $(PYTHON) --version >/dev/null 2>&1 || rm -rf $(VENV))

help: ## Say what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' Makefile

run: $(VENV)/run ## Set up and run everything on http://127.0.0.1:8000/ (another port: PORT=8001 make run)
	@exec $(PYTHON) manage.py up

# More processes than processors, because some tests wait. What failed last time begins.
test: $(VENV)/test ## Set up, then run the checks and the tests (some of them: make test PYTEST="tests/core -x")
	@$(PYTHON) -m pytest --numprocesses $(PROCESSES) --dist loadfile --no-loadscope-reorder $(PYTEST)

check: $(CHECKS) ## Format, lint, types, imports, migrations, API schema

format: $(VENV)/test
	@$(PYTHON) -m ruff format --check .

lint: $(VENV)/test
	@$(PYTHON) -m ruff check .

types: $(VENV)/test
	@$(PYTHON) -m mypy .

imports: $(VENV)/test
	@$(VENV)/bin/lint-imports

migrations: $(VENV)/test
	@$(PYTHON) manage.py makemigrations --check --dry-run

schema: $(VENV)/test
	@$(PYTHON) manage.py spectacular --validate --fail-on-warn --file /dev/null

bench: $(VENV)/test ## Measure what must stay fast
	@$(PYTHON) -m tests.benchmarks

chaos: $(VENV)/test ## Kill processes in the middle of their work and count what is lost
	@$(PYTHON) -m tests.chaos

soak: $(VENV)/test ## All faults at once for half an hour: kills, slow mail, wrong clocks, full disks, no writes
	@$(PYTHON) -m tests.chaos.soak

validate: $(VENV)/test ## The full forms of what the tests hold in short form
	@$(PYTHON) -m pytest -m validate $(PYTEST)

pictures: $(VENV)/test ## Take the pictures in docs/pictures/ anew
	@PICTURES=1 $(PYTHON) -m pytest -m pictures $(PYTEST)

# Installed anew when the lock changes; the marks are gone with the environment.
$(VENV)/run: uv.lock pyproject.toml | uv
	@echo "Installing what Reckoner needs into $(VENV)/ (once)" && $(SYNC) --no-default-groups --group local && touch $@

$(VENV)/test: uv.lock pyproject.toml | uv
	@echo "Installing what its tests need into $(VENV)/ (once)" && $(SYNC) --all-groups && touch $@ $(VENV)/run

uv: venv
	@$(UV) --version >/dev/null 2>&1 || { \
	echo "Installing uv into .uv/ (once)" && rm -rf .uv && "$(FOUND_PYTHON)" -m venv .uv >/dev/null 2>&1 || \
	{ echo "Python's venv is missing: install python3-venv with the package manager, or uv (https://docs.astral.sh/uv/)" >&2; exit 1; }; \
	.uv/bin/python -m pip install --quiet --disable-pip-version-check uv || \
	{ echo "uv cannot be installed: is the package registry reachable?" >&2; exit 1; }; }

found: # Succeeds where a Python of MINORS is found
	@test -n "$(FOUND_PYTHON)"

venv:
	@test -n "$(FOUND_PYTHON)" || { \
	echo "Python 3.12 or later is missing: install python3.13 with the package manager, or see https://www.python.org/downloads/" >&2; exit 1; }
