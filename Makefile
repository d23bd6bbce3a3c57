# Everything a newcomer needs: `make demo` to see the product, `make test` to check it.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

PY := .venv/bin/python
READY := .venv/.ready
HALF := .venv.half
PORT ?=
SERVE ?= 1

.PHONY: help demo demo-reset run test lint messages lock

help:  ## list these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' Makefile

demo: $(READY)  ## load the demo provinces, write var/demo, serve (PORT=8001, SERVE=0)
	@$(PY) -m sohoi demo $(if $(PORT),--port $(PORT)) $(if $(filter 0,$(SERVE)),--no-serve)

demo-reset: $(READY)  ## throw the demo's data away and begin anew
	@$(PY) -m sohoi.config.reset
	@$(MAKE) --no-print-directory demo

run: $(READY)  ## serve what is there
	@$(PY) -m sohoi serve $(if $(PORT),--port $(PORT))

test: $(READY)  ## every check, stopping at the first that fails (BROWSER=0, LONG=1)
	@$(PY) -m tests.gate

lint: $(READY)  ## format, style and layers only
	@$(PY) -m tests.gate --lint

messages: $(READY)  ## put new texts into the translation files
	@$(PY) -m sohoi manage messages --update

lock: $(READY)  ## resolve requirements.in and requirements-dev.in anew into requirements.lock
	@$(PY) -m venv --clear var/lock
	@var/lock/bin/pip install --quiet pip-tools
	@var/lock/bin/pip-compile --quiet --upgrade --generate-hashes --strip-extras \
	    --no-header --no-emit-options \
	    --output-file requirements.lock requirements.in requirements-dev.in

# An installation that was cut short leaves the mark $(HALF) and is made anew.
$(READY): requirements.lock
	@python=$$(for name in python3.11 python3 python3.12 python3.13; do \
	    $$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	      && echo $$name && break; done) \
	  || { echo "Cần Python 3.11 trở lên (Debian: apt install python3 python3-venv)." >&2; exit 1; }; \
	if [ -e $(HALF) ] || ! $(PY) -m pip --version >/dev/null 2>&1; then \
	  touch $(HALF); \
	  $$python -m venv --clear .venv >/dev/null \
	    || { echo "Cần mô-đun venv của Python (Debian: apt install python3-venv)." >&2; exit 1; }; \
	fi; \
	touch $(HALF)
	@echo "Cài các gói trong requirements.lock vào .venv (chỉ lần đầu, khoảng một phút)…"
	@$(PY) -m pip install --disable-pip-version-check --require-hashes -r requirements.lock \
	  | awk -v total=$$(grep -c == requirements.lock) -v person=$$([ -t 2 ] && echo 1 || echo 0) ' \
	      person && /^Collecting/ { printf "\r\033[K  %d/%d %s", ++n, total, $$2; fflush() } \
	      person && /^Installing collected/ { printf "\r\033[K  giải nén…"; fflush() } \
	      END { if (person) printf "\r\033[K" }'
	@$(PY) -m pip install --disable-pip-version-check --quiet --no-deps --no-build-isolation -e .
	@touch $@; rm -f $(HALF)
