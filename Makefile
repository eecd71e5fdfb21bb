# Two commands set everything up: `make run` and `make test`. `make` alone lists the rest.
# Both check the system libraries first, then create `.venv` from requirements.lock.

ifeq ($(origin PYTHON),undefined)
PYTHON := $(shell for python in python3.11 python3.12 python3.13 python3; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& echo $$python && break; done)
endif
export PYTHON

BIN := .venv/$(if $(filter Windows_NT,$(OS)),Scripts,bin)
# The name has a checksum of the folder, so that a moved virtual environment is rebuilt.
STAMP := .venv/made-$(shell pwd | cksum | cut -d ' ' -f 1)
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input

.NOTPARALLEL:
.PHONY: help run run-window run-tour test bench lint types contracts pictures lock clean libraries

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

run: ## open the editor on the sample project; without a display, do the same job and print it
	@if sh .ci/display; then $(MAKE) --no-print-directory run-window; \
	else $(MAKE) --no-print-directory run-tour; fi

run-window:
	@sh .ci/system-libraries window
	@$(MAKE) --silent --no-print-directory $(STAMP)
	@$(BIN)/python -m mideditor --sample

run-tour:
	@echo "There is no display here: doing the same job without a window."
	@sh .ci/system-libraries offscreen
	@$(MAKE) --silent --no-print-directory $(STAMP)
	@QT_QPA_PLATFORM=offscreen $(BIN)/python -m mideditor tour --to build

test: lint types contracts ## every check, then every test; ARGS="tests/text -x" goes to pytest
	$(BIN)/python -m pytest --numprocesses auto $(ARGS)

lint: libraries $(STAMP) ## style and format
	$(BIN)/python -m ruff check .
	$(BIN)/python -m ruff format --check .

types: libraries $(STAMP) ## mypy, strict
	$(BIN)/python -m mypy

contracts: libraries $(STAMP) ## which room may import which
	$(BIN)/lint-imports

bench: libraries $(STAMP) ## measure all anew (some 10 minutes), write docs/benchmarks.md; AGAINST=HEAD~1 compares with a revision
	$(BIN)/python -m tests.benchmarks$(if $(AGAINST),.against $(AGAINST)) $(ARGS)

pictures: libraries $(STAMP) ## draw the pictures of the README and the guide again
	QT_QPA_PLATFORM=offscreen $(BIN)/python docs/draw_pictures.py docs/pictures resources/help/pictures

lock: ## make requirements.lock again from pyproject.toml; UPGRADE=--upgrade takes newer versions
	@test -x $(BIN)/python || "$(PYTHON)" -m venv .venv
	$(PIP) install --quiet uv
	$(BIN)/uv pip compile --quiet pyproject.toml --extra dev --universal --python-version 3.11 \
		--fork-strategy fewest --generate-hashes --custom-compile-command "make lock" \
		$(UPGRADE) --output-file requirements.lock

clean: ## remove .venv and the caches; build/ holds projects of the tour and stays
	rm -rf .venv dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find mideditor tests -name __pycache__ -prune -exec rm -rf {} +

libraries:
	@sh .ci/system-libraries test

# The program runs from the checkout; the .pth file makes it importable from any folder.
$(STAMP): requirements.lock
	@echo "Installing what requirements.lock names into .venv (a minute or less)."
	@test -e $@ || "$(PYTHON)" -m venv --clear .venv
	@$(PIP) install --quiet --require-hashes --only-binary :all: -r requirements.lock
	@$(BIN)/python -c 'import pathlib, sysconfig; pathlib.Path(sysconfig.get_path("purelib"), \
		"mideditor-checkout.pth").write_text(f"{pathlib.Path.cwd()}\n", encoding="utf-8")'
	@touch $@
