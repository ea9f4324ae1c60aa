# `make serve` and `make test` are all that a fresh machine with Python 3.11+, git and make needs.
PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
UV := $(shell command -v uv 2>/dev/null)
export BASE_URL ?= http://127.0.0.1:$(PORT)
export DJANGO_SETTINGS_MODULE ?= site_core.settings.development

.PHONY: serve test lint format requirements extract messages clean

serve: $(VENV)/.base
	@LOAD_DEMO=1 $(BIN)/python manage.py prepare --local-admin --verbosity 0
	@exec $(BIN)/python manage.py serve 127.0.0.1:$(PORT)

test: $(VENV)/.dev
	@$(BIN)/python -m tests.run $(if $(ALL),--all) $(ARGS)

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/djlint --lint templates
	$(BIN)/mypy .

format: $(VENV)/.dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

extract: $(VENV)/.dev
	@$(BIN)/python manage.py makemessages --locale sv --no-location --no-obsolete --ignore tests --ignore benchmarks \
	  --ignore $(VENV) --ignore var --ignore static_root --verbosity 0

messages: extract
	$(BIN)/python manage.py compilemessages --ignore $(VENV) --ignore var

requirements:
	for name in base production dev; do uv pip compile requirements/$$name.in --output-file requirements/$$name.txt --universal \
	  --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --upgrade \
	  --custom-compile-command "make requirements"; done

# uv where there is one: it installs in seconds. pip otherwise, which every Python has.
$(VENV)/bin/python:
ifdef UV
	@uv venv --quiet --python $(PYTHON) $(VENV)
else
	@$(PYTHON) -m venv $(VENV)
endif

define install
	@echo "Installing requirements/$(1).txt"
	@$(if $(UV),uv pip install --quiet --python $(BIN)/python,$(BIN)/python -m pip install --quiet --disable-pip-version-check) \
	  --require-hashes --requirement requirements/$(1).txt
	@touch $@
endef

$(VENV)/.base: requirements/base.txt | $(VENV)/bin/python
	$(call install,base)

$(VENV)/.dev: requirements/dev.txt | $(VENV)/bin/python
	$(call install,dev)
	@touch $(VENV)/.base

clean:
	rm -rf $(VENV) var static_root
