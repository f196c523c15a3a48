# The commands of this project. Each sets up what it needs first; `make setup` does only that.
# After set-up nothing here needs the network.
BIN := .venv/bin
READY := .venv/.ready
READY_TO_PACKAGE := .venv/.ready-to-package
export UV_PROJECT_ENVIRONMENT := .venv
# A test starts many processes: none shall compile again what one before has compiled.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: setup demo run test check package screenshots
.PHONY: bench bench-server bench-window bench-content bench-grounding bench-eta bench-fairness
.PHONY: proof-scorer proof-kill proof-models proof-documents proof-fuzz proof-team proof-api
.PHONY: proof-agent proof-sync proof-hybrid proof-wordpress proof-ghost proof-publish
.PHONY: proof-export proof-backup

setup: $(READY)

demo: setup
	@sh packaging/demo.sh

run: setup
	@sh packaging/system_packages.sh window
	$(BIN)/marketer-desktop

test: setup
	@sh packaging/system_packages.sh window
	@sh packaging/system_packages.sh test
	@$(BIN)/python -m compileall -q -j 0 marketer_desktop benchmarks # else each worker does it
	$(BIN)/pytest -m "not packaging" -n 4 --dist loadfile

check: setup
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/check-jsonschema --builtin-schema vendor.compose-spec resources/compose.yaml
	$(BIN)/pytest -q tests/architecture

screenshots: setup
	@sh packaging/system_packages.sh window
	@sh packaging/system_packages.sh test
	@sh packaging/screenshots.sh screenshots

bench: setup
	$(BIN)/python -m benchmarks.engine

bench-server: setup
	$(BIN)/python -m benchmarks.server

bench-eta: setup
	$(BIN)/python -m benchmarks.eta

bench-fairness: setup
	$(BIN)/python -m benchmarks.fairness

bench-window: setup
	@sh packaging/system_packages.sh window
	@sh packaging/system_packages.sh test
	$(BIN)/python -m benchmarks.window

bench-content: setup
	$(BIN)/python -m benchmarks.content

bench-grounding: setup
	$(BIN)/python -m benchmarks.grounding

proof-scorer: setup
	$(BIN)/python -m benchmarks.scorer

proof-kill: setup
	$(BIN)/python -m benchmarks.kill

proof-models: setup
	$(BIN)/python -m benchmarks.model_faults

proof-documents: setup
	@sh packaging/system_packages.sh documents
	$(BIN)/python -m benchmarks.documents

proof-fuzz: setup
	$(BIN)/python -m benchmarks.fuzz

proof-api: setup
	$(BIN)/python -m benchmarks.api_proof

proof-team: setup
	$(BIN)/python -m benchmarks.team

proof-agent: setup
	$(BIN)/python -m benchmarks.agent_faults

proof-sync: setup
	$(BIN)/python -m benchmarks.sync_faults

proof-wordpress: setup
	$(BIN)/python -m benchmarks.wordpress

proof-ghost: setup
	$(BIN)/python -m benchmarks.ghost

proof-hybrid: setup
	$(BIN)/python -m benchmarks.hybrid_walk

proof-publish: setup
	$(BIN)/python -m benchmarks.publishing

proof-export: setup
	@sh packaging/system_packages.sh export
	$(BIN)/python -m benchmarks.export

proof-backup: setup
	$(BIN)/python -m benchmarks.archives

package: $(READY_TO_PACKAGE)
	$(BIN)/pyinstaller --noconfirm --log-level WARN packaging/marketer.spec
	@sh packaging/system_packages.sh window
	@sh packaging/system_packages.sh test
	$(BIN)/pytest -m packaging

$(READY): pyproject.toml uv.lock
	@sh packaging/uv.sh sync --locked --extra cloud --compile-bytecode
	@sh packaging/system_packages.sh run
	@touch $@

$(READY_TO_PACKAGE): $(READY)
	@sh packaging/system_packages.sh package
	@sh packaging/uv.sh sync --locked --extra cloud --compile-bytecode --group package
	@touch $@
