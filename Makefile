# Everything a user, a scheduled job or CI does, in one word each.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
JOBS ?= 2
BENCH ?= full
CAMPAIGN ?= 1

# Compiled once and kept: builds and tests start many processes
export PYTHONDONTWRITEBYTECODE :=

.PHONY: reports test check docs lab lock lowest verify codebook gallery bench mutation campaign clean environment-%

reports: environment-reports  ## build the site; ends by printing the path of index.html
	@$(BIN)/psanalysis build

test: environment-dev  ## all tests: browser, reports, notebooks, units, data, doctests
	@PSANALYSIS_CHROMIUM=$$($(BIN)/python tests/chromium.py) $(BIN)/python -m pytest -n $(JOBS) --dist loadfile --no-loadscope-reorder

check: environment-dev  ## what a commit has to pass: style, types, data
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/psanalysis check

docs: environment-dev  ## the API reference from the docstrings, published with the site
	@$(BIN)/python -m psanalysis.site.reference
	@$(BIN)/psanalysis build

lab: environment-lab  ## JupyterLab on the notebooks, which are trusted
	@$(BIN)/python -m psanalysis.site.lab

verify: environment-reports  ## every span against the source texts: make verify SOURCES=folder
	$(BIN)/psanalysis verify --sources $(SOURCES)

codebook: environment-dev  ## write the generated part of data/README.md
	$(BIN)/python -m psanalysis.curation.codebook

gallery: environment-reports  ## the figures of the README, from reports executed as the build executes them
	$(BIN)/python -m psanalysis.site.gallery

bench: environment-dev  ## measure speed and memory, write reports/benchmarks.md (about 35 minutes; BENCH=quick: about 6, on a part of it all)
	PSANALYSIS_BENCH=$(BENCH) $(BIN)/python -m pytest tests/benchmarks -p no:cacheprovider -o testpaths=tests/benchmarks -o python_files="bench_*.py"

mutation: environment-dev  ## change every operator of the measures and see that a test fails, write reports/mutation.md (an hour and more)
	$(BIN)/python tests/mutation/run.py

campaign: environment-dev  ## attacks on builds, inputs and documents, write reports/reliability.md (an hour and more; CAMPAIGN=0.1: a tenth of it)
	PSANALYSIS_CAMPAIGN=$(CAMPAIGN) $(BIN)/python -m pytest tests/campaign -p no:cacheprovider

COMPILE := $(BIN)/uv pip compile --universal --generate-hashes --no-emit-index-url --no-header --quiet -p 3.11 pyproject.toml
lock: environment-dev  ## resolve the dependencies anew; the smaller locks take the versions of the largest
	$(COMPILE) --upgrade --extra all --group dev --no-annotate -o requirements-dev.lock
	$(COMPILE) --extra reports --extra draft --extra lab --extra tables --group build -c requirements-dev.lock --no-annotate -o requirements-lab.lock
	$(COMPILE) --extra reports --group build -c requirements-dev.lock --no-annotate -o requirements.lock

lowest: environment-dev  ## the tests of the core on the lowest versions that pyproject.toml allows
	$(BIN)/uv venv --quiet --clear --python $(BIN)/python $(VENV)-lowest
	$(BIN)/uv pip compile --quiet --resolution lowest-direct pyproject.toml -o $(VENV)-lowest/core.txt
	$(BIN)/uv pip install --quiet --python $(VENV)-lowest/bin/python -r $(VENV)-lowest/core.txt pytest hypothesis colorspacious filelock lxml pypdfium2
	PYTHONPATH=lib $(VENV)-lowest/bin/python -m pytest -o addopts="--import-mode=importlib -p no:cacheprovider" \
		tests/unit/datapackage tests/unit/measures tests/unit/plot

environment-%:
	@$(PYTHON) lib/environment.py $* --venv $(VENV)

clean:
	rm -rf $(VENV) $(VENV)-lowest $(VENV).log reports/site reports/.builds reports/.cache
