# One command per job. `make demo` and `make test` need only Python 3.11+ and make.

PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' && echo $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin
INPUTS := pyproject.toml hatch_build.py $(wildcard build_assets/package*.json build_assets/asset_bundle/*.py)

.PHONY: demo test check conformance budget format bench mcpb clean help

help:
	@echo "make demo    a real video from examples/hydration.txt at out/hydration.mp4"
	@echo "make test    every test"
	@echo "make check   lint, types, layer rules, module length"
	@echo "make conformance  outside programs judge the MCP server and the tools, and make a film with them"
	@echo "make budget  measure what the tools cost a model's context, and write it down"
	@echo "make bench   speed and memory, as ratios measured in one run"
	@echo "make format  rewrite the code in the house style, and what is derived from the tool table and the guides"
	@echo "make mcpb    the bundle that Claude Desktop installs by a click, in dist/"

$(VENV)/bin/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed; set PYTHON=/path/to/python" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip

$(VENV)/.engine: $(INPUTS) | $(VENV)/bin/python
	@test -e $(VENV)/.dev && test ! $(VENV)/.dev -ot pyproject.toml || \
		$(BIN)/python -m pip install --quiet --editable '.[mcp,engine]'
	@touch $@

$(VENV)/.dev: $(INPUTS) | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --editable '.[all]' --group dev
	@touch $@

demo: $(VENV)/.engine
	$(BIN)/videogen-agents make examples/hydration.txt --new -o out/hydration.mp4

test: $(VENV)/.dev
	$(BIN)/python -m pytest -n 2 --dist loadgroup

check: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/basedpyright
	$(BIN)/lint-imports
	$(BIN)/python tools/check_module_length.py

conformance: $(VENV)/.dev
	$(BIN)/python -m conformance

budget: $(VENV)/.dev
	$(BIN)/python tools/measure_tool_tokens.py --write

format: $(VENV)/.dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/python tools/write_tool_listing.py
	$(BIN)/python tools/write_skill.py
	$(BIN)/python tools/write_manifests.py

mcpb: $(VENV)/.dev
	$(BIN)/python tools/build_mcpb.py

bench: $(VENV)/.dev
	$(BIN)/python -m benchmarks

clean:
	rm -rf out build dist .pytest_cache .ruff_cache .hypothesis
