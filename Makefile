# Two commands do all the set-up: make demo, make test.
PYTHON ?= python3
VENV   ?= .venv
PORT   ?= 8000
BIN     = $(VENV)/bin

.PHONY: demo dev migrations test journeys test-long check bench lock messages screenshots clean

demo: $(VENV)/.run
	$(BIN)/commonweal demo --port $(PORT) $(if $(CHARTER),--charter $(CHARTER))

# What the tests and checks need, once.
dev: $(VENV)/.dev

# Write the migration that a change of the models of APP needs; it asks no server.
migrations: $(VENV)/.dev
	DJANGO_SETTINGS_MODULE=commonweal.site.settings $(BIN)/django-admin makemigrations $(APP)

# Everything but the slow checks. The browser stories come after the rest: their demo and Chromium need both cores.
test: $(VENV)/.dev
	$(BIN)/pytest -n auto --dist loadfile -m "not slow and not journey"
	sh scripts/chromium.sh
	$(BIN)/pytest -m "journey and not slow"

# Browser stories over a served demo, and axe on every page, alone.
journeys: $(VENV)/.dev
	sh scripts/chromium.sh
	$(BIN)/pytest -m "journey and not slow"

test-long: $(VENV)/.dev
	sh scripts/chromium.sh
	$(BIN)/pytest -n auto --dist loadfile

check: $(VENV)/.dev
	$(BIN)/ruff check src tests benchmarks scripts
	$(BIN)/ruff format --check src tests benchmarks scripts
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python scripts/messages.py --check
	DJANGO_SETTINGS_MODULE=commonweal.site.settings $(BIN)/django-admin makemigrations --check --dry-run

bench: $(VENV)/.dev
	$(BIN)/python -m benchmarks

messages: $(VENV)/.dev
	$(BIN)/python scripts/messages.py

screenshots: $(VENV)/.dev
	COMMONWEAL_SCREENSHOTS=docs/screenshots $(BIN)/pytest -q tests/journeys -k screenshots

# The locked sets: every file by its hash, no address of a registry.
lock:
	$(BIN)/python -m pip install -q uv
	$(BIN)/uv pip compile -q pyproject.toml --generate-hashes --no-emit-index-url --no-header -o requirements.txt
	$(BIN)/uv pip compile -q pyproject.toml --extra dev -c requirements.txt --generate-hashes --no-emit-index-url --no-header -o requirements-dev.txt

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: requirements.txt pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements.txt
	$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps -e .
	touch $@

$(VENV)/.dev: requirements-dev.txt $(VENV)/.run
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.txt
	touch $@

clean:
	-test ! -x $(BIN)/python || $(BIN)/python scripts/discard.py .home
	rm -rf $(VENV) .home .mypy_cache .ruff_cache .import_linter_cache build dist
