# make run    sets everything up on a fresh machine and opens the window
# make test   sets everything up and runs the tests
# make lint   style, types and the import contract
# make bench  timings, as ratios within one run

PYTHON ?= $(shell command -v python3 || command -v python)
BIN := .venv/bin

.PHONY: run test lint bench setup setup-tests lock

run: setup
	$(BIN)/roadbook-desktop --sample

test: setup-tests
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest -q

lint: setup-tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: setup-tests
	$(BIN)/python tests/bench/run.py

setup:
	@$(PYTHON) resources/setup/install.py

setup-tests:
	@$(PYTHON) resources/setup/install.py --tests

# After a change of dependencies in pyproject.toml; needs uv.
lock:
	uv pip compile --universal --generate-hashes --python-version 3.12 --extra test --no-header --no-annotate -q -o requirements.lock pyproject.toml
