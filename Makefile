# On a fresh machine with python3, venv and make:
#   make demo    install into .venv and code the made-up sample news
#   make test    install with the test tools and run the tests
# Nothing is installed again until pyproject.toml changes.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
SAMPLE := src/rasid/demo/news.jsonl
# Folders that lint reads; a folder that does not exist yet is left out.
CODE   := $(wildcard src tests eval training docs)

.PHONY: demo test slow check lint types generated bench train eval robust corpus docs clean figures

demo: $(VENV)/.installed
	$(BIN)/rasid code $(SAMPLE) --format table

test: $(VENV)/.dev
	$(BIN)/python -m pytest -q -m "not slow"

# Tests that take long: killed processes, browsers, clusters, a hundred thousand rows.
slow: $(VENV)/.dev
	$(BIN)/python -m pytest -q -m slow

check: lint types test slow generated eval

lint: $(VENV)/.dev
	$(BIN)/ruff check $(CODE)

types: $(VENV)/.dev
	$(BIN)/mypy

# Makes the generated tables again from ../shared/data and compares. The examples of the docs are compared by the tests.
generated: $(VENV)/.dev
	$(BIN)/python eval/generated.py

# Fails below a floor, on a gold file other than the pinned one, and when nothing was scored.
eval: $(VENV)/.dev
	$(BIN)/python eval/gate.py
	$(BIN)/python eval/example.py

# The figures of docs/models.md.
figures: $(VENV)/.dev
	$(BIN)/python eval/ablation.py ../shared/data/events/dev.jsonl
	$(BIN)/python eval/gsr.py ../shared/data/gsr/assault_sentences.jsonl ../shared/data/gsr/protest_sentences.jsonl
	$(BIN)/python -m training.agreement training/labels/gold-again.jsonl --gold ../shared/data/events/train.jsonl
	$(BIN)/python -m training.agreement training/labels/gold-again-strict.jsonl --gold ../shared/data/events/train.jsonl
	$(BIN)/python -m training.agreement training/labels/gold-again-sources.jsonl --gold ../shared/data/events/train.jsonl
	$(BIN)/python eval/held.py ../shared/data/news
	$(BIN)/python -m training.agreement training/labels/second.jsonl --other training/labels/events.jsonl \
		--news ../shared/data/news

robust: $(VENV)/.dev
	$(BIN)/python eval/robust.py

# Reads and cleans the whole corpus: nothing lost, steady memory, speed.
corpus: $(VENV)/.dev
	$(BIN)/python eval/corpus.py

# Brings the examples and the figures in README.md up to date.
docs: $(VENV)/.dev
	$(BIN)/python docs/examples.py --write
	$(BIN)/python eval/scoreboard.py

bench: $(VENV)/.bench
	$(BIN)/python eval/bench.py

train: $(VENV)/.train
	$(BIN)/python -m training

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --editable .
	@touch $@

$(VENV)/.dev: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --editable '.[dev]'
	@touch $@ $(VENV)/.installed

$(VENV)/.bench: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --editable '.[dev,bench]'
	@touch $@ $(VENV)/.dev $(VENV)/.installed

$(VENV)/.train: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --editable '.[dev,train]'
	@touch $@ $(VENV)/.dev $(VENV)/.installed

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
