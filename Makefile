# make run    sets everything up on a fresh machine and opens the window
# make test   sets everything up and runs the tests
# make lint   style, types and the import contract
# make pictures  every page and dialog, light and dark, into build/screens/
# make bench  timings, as ratios within one run, and Roadbook beside other solvers
# make campaign  the long tests in full: hundreds of small weeks against every plan there is, builds and every verb of the store killed at any moment,
#                10,000 mangled files, a quarter of weeks lived and recounted

PYTHON ?= $(shell command -v python3 || command -v python)
BIN := .venv/bin

.PHONY: run test test-planner test-window test-pictures lint bench pictures campaign setup setup-tests lock

run: setup
	$(BIN)/roadbook-desktop --sample

# Two halves side by side, as there are two cores almost everywhere; what both need compiled is compiled before. The pictures are taken when it is
# quiet, two themes at a time.
test: setup-tests
	$(BIN)/python -c "from planner.usecases.plan_week import warm_up; warm_up()"
	$(MAKE) -j2 test-planner test-window
	$(MAKE) test-pictures

test-planner test-window test-pictures: export QT_QPA_PLATFORM = offscreen

test-planner:
	$(BIN)/python -m pytest -q tests/planner

test-window:
	$(BIN)/python -m pytest -q tests/ui tests/walk

test-pictures:
	$(BIN)/python -m pytest -q tests/screens

lint: setup-tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: setup-tests
	$(BIN)/python -m pip --disable-pip-version-check install -q --no-deps --require-hashes -r tests/bench/peers.lock
	$(BIN)/python tests/bench/run.py

pictures: setup-tests
	$(BIN)/python tests/screens/render.py

campaign: setup-tests
	ROADBOOK_EXAMPLES=600 ROADBOOK_KILLS=20 $(BIN)/python -m pytest -q --timeout 3600 tests/planner/planning/test_every_plan.py \
		tests/planner/roads/pack/test_power_cut.py
	ROADBOOK_KILLS=200 ROADBOOK_FILES=10000 $(BIN)/python -m pytest -q --timeout 3600 tests/planner/store/test_power_cut.py \
		tests/planner/imports/test_mangled.py
	ROADBOOK_WEEKS=13 $(BIN)/python -m pytest -q --timeout 3600 tests/planner/usecases/test_quarter.py

setup:
	@$(PYTHON) resources/setup/install.py

setup-tests:
	@$(PYTHON) resources/setup/install.py --tests

# After a change of dependencies in pyproject.toml; needs uv. What the peers of the benchmarks need beyond the rest has a lock of its own.
LOCK := uv pip compile --universal --generate-hashes --python-version 3.12 --no-header --no-annotate -q

lock:
	$(LOCK) --extra test -o requirements.lock pyproject.toml
	$(LOCK) --extra bench -c requirements.lock $$(sed -n 's/^\([a-z0-9-]*\)==.*/--no-emit-package \1/p' requirements.lock) \
		-o tests/bench/peers.lock pyproject.toml
