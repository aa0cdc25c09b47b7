# Everything a user, a scheduled job or CI does, in one word each.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
JOBS ?= 2
BENCH ?= full

# Compiled once and kept: builds and tests start many processes
export PYTHONDONTWRITEBYTECODE :=

.PHONY: reports test check lab lock verify codebook gallery bench mutation clean

reports: $(READY)  ## build the site and the figures of the README; ends by printing the path of index.html
	$(BIN)/python -m psanalysis.site.gallery
	$(BIN)/psanalysis build

test: $(READY)  ## all tests: browser, reports, notebooks, units, data, doctests
	$(BIN)/python -m pytest -n $(JOBS) --dist loadfile --no-loadscope-reorder

check: $(READY)  ## what a commit has to pass: style, types, data
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/psanalysis check

lab: $(READY)  ## JupyterLab on the notebooks
	$(BIN)/jupyter lab --notebook-dir=notebooks

verify: $(READY)  ## every span against the source texts: make verify SOURCES=folder
	$(BIN)/psanalysis verify --sources $(SOURCES)

codebook: $(READY)  ## write the generated part of data/README.md
	$(BIN)/python -m psanalysis.curation.codebook

gallery: $(READY)  ## the figures of the README, from reports executed as the build executes them
	$(BIN)/python -m psanalysis.site.gallery

bench: $(READY)  ## measure speed and memory, write reports/benchmarks.md (about 25 minutes; BENCH=quick: about 6, on a part of it all)
	PSANALYSIS_BENCH=$(BENCH) $(BIN)/python -m pytest tests/benchmarks -p no:cacheprovider -o testpaths=tests/benchmarks -o python_files="bench_*.py"

mutation: $(READY)  ## change every operator of the measures and see that a test fails, write reports/mutation.md (about 20 minutes)
	$(BIN)/python tests/mutation/run.py

lock: $(READY)  ## resolve the dependencies anew (needs uv)
	uv pip compile --universal --generate-hashes --no-emit-index-url --no-header -p 3.11 pyproject.toml --group dev -o requirements.lock

$(READY): requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; assert sys.version_info >= (3, 11), "Python 3.11 or newer is needed: make PYTHON=python3.11 ..."'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

clean:
	rm -rf $(VENV) reports/site reports/.builds reports/.cache
