SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help run serve demo test lint format bench messages lock
MAKEFLAGS += --no-print-directory

PORT ?= 8000
BIN := .venv/bin
PYTHON := $(BIN)/python

# Pinned packages with hashes: by uv where it is, else by pip, which takes about a minute.
define install
	@echo "installing $(1)"
	@uv pip install --quiet --python $(PYTHON) --require-hashes -r $(1) 2>/dev/null \
	|| { $(PYTHON) -m pip --version >/dev/null 2>&1 || $(PYTHON) -m ensurepip >/dev/null; \
	     $(PYTHON) -m pip install --quiet --disable-pip-version-check --require-hashes -r $(1); }
endef

help: ## say what there is
	@sed -n 's/^\([a-z]*\):[^#]*## /make \1\t/p' Makefile | expand -t 16

run: $(BIN)/.installed ## serve on 127.0.0.1:8000 (PORT=…), with a demonstration on first start
	@$(PYTHON) manage.py compile_translations
	@$(PYTHON) manage.py migrate --verbosity 0
	@$(PYTHON) manage.py demo --if-empty
	@echo
	@echo "crmsetup is on  http://127.0.0.1:$(PORT)/"
	@echo "sign in as      ingrid.haugen@fjordlys.example, password fjordlys-demo  (more people: README.md)"
	@echo "stop it with    Ctrl-C"
	@echo
	@exec $(PYTHON) manage.py runserver --noreload 127.0.0.1:$(PORT)

serve: export CRMSETUP_MODE := production
serve: export SECRET_KEY_FILE := build/secret-key
serve: export ALLOWED_HOSTS := localhost,127.0.0.1
serve: export DEBUG := false
serve: export SECURE_SSL_REDIRECT := false
serve: export SECURE_COOKIES := false
serve: export PORT := $(PORT)
serve: $(BIN)/.installed build/secret-key build/static/staticfiles.json ## serve as in production, but over http and for this machine alone (PORT=…)
	@$(PYTHON) manage.py compile_translations
	@$(PYTHON) manage.py migrate --verbosity 0
	@echo
	@echo "crmsetup is on  http://127.0.0.1:$(PORT)/  as in production, over http for this machine alone"
	@echo "sign in as      whoever is in the database; make demo puts the demonstration company there"
	@echo "stop it with    Ctrl-C"
	@echo
	@exec $(BIN)/gunicorn --config python:crmsetup.gunicorn

build/secret-key:
	@mkdir -p build
	@umask 077; $(PYTHON) -c 'import secrets; print(secrets.token_urlsafe(60))' > $@

build/static/staticfiles.json: $(shell find static) requirements.txt crmsetup/finders.py crmsetup/fonts.py | $(BIN)/.installed build/secret-key
	@echo "collecting static files"
	@$(PYTHON) manage.py collectstatic --clear --no-input --verbosity 0

demo: $(BIN)/.installed ## put the demonstration company back to its beginning
	@$(PYTHON) manage.py compile_translations
	@$(PYTHON) manage.py migrate --verbosity 0
	@$(PYTHON) manage.py demo

test: $(BIN)/.installed-dev ## run every check and every test, on both databases and in a browser
	@$(PYTHON) -m tests.gates

lint: $(BIN)/.installed-dev ## run the checks alone
	@$(PYTHON) -m tests.gates static

format: $(BIN)/.installed-dev ## put the code into shape
	@$(PYTHON) -m ruff check --fix-only --quiet .
	@$(PYTHON) -m ruff format .

bench: $(BIN)/.installed-dev ## measure the main pages beside plain Django admin (DATABASE_URL=…: on that PostgreSQL)
	@$(PYTHON) manage.py compile_translations
	@$(PYTHON) -m tests.bench

messages: $(BIN)/.installed-dev ## bring the catalogues of translations up to date with code and templates
	@$(PYTHON) -m tests.gates.messages --write

LOCK = $(BIN)/uv pip compile --quiet --no-config --universal --python-version 3.11 --generate-hashes \
	--no-header --no-emit-index-url --no-emit-find-links pyproject.toml
lock: $(BIN)/.installed-dev ## pin what pyproject.toml asks for (UPGRADE=--upgrade: the newest that fits)
	@$(LOCK) $(UPGRADE) -o requirements.txt
	@$(LOCK) $(UPGRADE) --group dev -c requirements.txt -o requirements-dev.txt

$(BIN)/python:
	@echo "making .venv"
	@for python in python3.11 python3.12 python3.13 python3; do \
	  if $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then break; fi; \
	done; \
	$$python -c 'import sys; sys.exit("crmsetup needs Python 3.11 or newer." if sys.version_info < (3, 11) else 0)'; \
	$$python -m venv .venv >/dev/null 2>&1 || uv venv --quiet --clear --python $$python .venv 2>/dev/null \
	|| { [ "$$(id -u)" = 0 ] && apt-get -qq update && apt-get -qq install -y python3-venv && $$python -m venv .venv; } \
	|| { rm -rf .venv; echo "Python's venv module is missing. Get it: apt-get install python3-venv"; exit 1; }

$(BIN)/.installed: requirements.txt | $(BIN)/python
	$(call install,requirements.txt)
	@touch $@

$(BIN)/.installed-dev: requirements-dev.txt $(BIN)/.installed
	$(call install,requirements-dev.txt)
	@touch $@
