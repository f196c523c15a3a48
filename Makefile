# The commands of this project. Each sets up what it needs first; `make setup` does only that.
# After set-up nothing here needs the network.
BIN := .venv/bin
export UV_PROJECT_ENVIRONMENT := .venv
READY := .venv/.ready
READY_TO_PACKAGE := .venv/.ready-to-package
# An uv that is there is used if pyproject.toml accepts its version, else one in a folder of its own.
UV := $(shell uv cache dir >/dev/null 2>&1 && command -v uv || echo .uv/bin/uv)

.PHONY: setup demo test check package

setup: $(READY)

demo: setup
	@sh packaging/demo.sh

test: setup
	@sh packaging/system_packages.sh test
	$(BIN)/pytest -m "not packaging"

check: setup
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/pytest -q tests/architecture

package: $(READY_TO_PACKAGE)
	$(BIN)/pyinstaller --noconfirm --log-level WARN packaging/marketer.spec
	@sh packaging/system_packages.sh test
	$(BIN)/pytest -m packaging

.uv/bin/uv:
	@sh packaging/bootstrap_uv.sh

$(READY): pyproject.toml uv.lock | $(UV)
	@sh packaging/system_packages.sh run
	$(UV) sync --locked --compile-bytecode
	@touch $@

$(READY_TO_PACKAGE): $(READY)
	@sh packaging/system_packages.sh package
	$(UV) sync --locked --compile-bytecode --group package
	@touch $@
