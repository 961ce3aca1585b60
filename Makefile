# Two commands matter: `make demo` and `make test`. Everything else is part of them.
PYTHON ?= python3
PORT ?= 8000
PROOF ?= var/proof
PART ?= 1/1
SETUP = $(PYTHON) src/dichterbij/bootstrap/setup.py
BIN = .venv/bin

.PHONY: help setup demo test test-long bench proof mutants check browser lock clean
help:          ## what there is
	@grep -E '^[a-z-]+: .*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 20

setup:         ## the environment for development, in .venv
	@$(SETUP) dev

demo:          ## set everything up and show the site on this machine (PORT=8000)
	@$(SETUP) run
	@$(BIN)/dichterbij demo --port $(PORT)

test: setup browser      ## everything a change needs (under 10 minutes)
	$(BIN)/pytest -m "not long" -n 2 --dist loadfile --no-loadscope-reorder

test-long: setup browser ## what takes longer (at most 60 minutes)
	$(BIN)/pytest -m long --timeout=3000

bench:         ## the engine measured against others, over the whole country (half an hour)
	@$(SETUP) bench
	$(BIN)/python -m benchmarks

proof: setup   ## a rush of 300,000 applications and a thousand crashes; in parts of an hour, goes on where it stopped
	$(BIN)/python benchmarks/proof.py rush --home $(PROOF)
	$(BIN)/python benchmarks/proof.py crash --home $(PROOF)
	$(BIN)/python benchmarks/proof.py report --home $(PROOF) --docs

mutants: setup ## small mistakes put into the scheme rules, one by one: do the tests notice? (an hour; PART=1/8 for an eighth)
	nice $(BIN)/python -m benchmarks.scheme_mutations --part $(PART)

check: setup   ## style, types, arrows, templates, security
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint --lint src/dichterbij --quiet
	$(BIN)/bandit -q -c pyproject.toml -r src

browser:       # Debian's chromium for the browser tests, where we may install it
	@$(PYTHON) src/dichterbij/bootstrap/browser.py

clean:         ## remove what set-up, demo and tests made
	rm -rf .venv var .setup.lock .mypy_cache .ruff_cache .pytest_cache .hypothesis

lock: setup    # pinned, hashed requirement files, without any download address
	@cd requirements && for set in tools run dev bench; do ../$(BIN)/uv pip compile --universal --python-version 3.11 \
		--generate-hashes --no-header --no-emit-index-url --no-annotate -q $$set.in -o $$set.txt; done
