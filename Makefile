# make help says what can be made.

# Flags for go test, for example TESTFLAGS="-run Import -v".
TESTFLAGS ?=
# How long make fuzz runs each target.
FUZZTIME ?= 30s
# Arguments of the benchmarks, for example BENCHFLAGS="-suite landing".
BENCHFLAGS ?=

.DEFAULT_GOAL := help
.PHONY: help run build test check lint tools bench fuzz

help: ## say what can be made
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-7s %s\n", $$1, $$2 }' Makefile

run: ## serve the demonstration journal on http://127.0.0.1:8080
	go run ./cmd/offprint serve --demo

build: ## build ./offprint as it is released
	CGO_ENABLED=0 go build -trimpath -ldflags "-s -w -funcalign=16" -o offprint ./cmd/offprint

# The tests run without go vet, which lint has run in full; and they run even when a
# linter complains, so that one run tells everything.
test: tools ## everything: installs what the tests run, lints, tests
	@lint=0; scripts/lint || lint=1; \
	go test -vet=off -timeout 20m $(TESTFLAGS) ./... || { echo "make test: tests failed" >&2; exit 1; }; \
	if [ $$lint != 0 ]; then echo "make test: the tests passed, the linters complained (above)" >&2; exit 1; fi

check: lint ## the one command before a commit: lints and the short tests
	go test -vet=off -short -timeout 5m $(TESTFLAGS) ./...

lint: ## formatting, go vet, staticcheck
	@scripts/lint

tools: ## install what the tests run beside Go
	@scripts/install-test-tools

bench: ## measure on this machine, beside nginx and a plain copy
	@scripts/install-test-tools --bench
	go run ./bench $(BENCHFLAGS)

fuzz: ## run every fuzz target for FUZZTIME each
	@FUZZTIME=$(FUZZTIME) scripts/fuzz
