# The one way to build, test and install; .ci/run calls only these targets.
SHELL := /bin/bash
PREFIX ?= /usr/local
SHEEP := .build/bin/sheep
SHEEP_DEBUG := .build/debug/sheep

.DEFAULT_GOAL := help
.PHONY: help build release demo test coverage test-gateway instructions bench lint format generate fuzz install uninstall clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

build: ## build for debugging, into .build/debug
	@scripts/install-packages build
	swift build --product sheep

release: ## build .build/bin/sheep, static and stripped
	@scripts/install-packages build run
	scripts/build-release sheep

demo: release ## build and show what sheep does; no key needed
	@scripts/demo $(SHEEP)

test: ## install what the tests need and run all of them
	@scripts/install-packages build run test
	swift build --build-tests
	swift test --skip-build --disable-xctest --parallel
	Tests/completions/run $(dir $(SHEEP_DEBUG))
	Tests/money/run $(SHEEP_DEBUG)
	Tests/compare/run $(SHEEP_DEBUG)
	Tests/compare/report $(SHEEP_DEBUG)

coverage: ## run the Swift tests and print how many lines of each module they ran
	@scripts/install-packages build run test
	scripts/coverage

test-gateway: release ## try every command against a LiteLLM proxy on loopback
	@scripts/install-packages gateway
	Tests/gateway/run $(SHEEP)

instructions: release ## compare instruction counts with bench/limits.json
	@scripts/install-packages instructions
	scripts/build-release sheep-bench
	bench/instructions

bench: release ## measure against curl and aiperf on loopback, write docs/performance.md
	@scripts/install-packages bench
	scripts/build-release sheep-bench
	bench/run
	bench/peers

lint: ## check formatting, scripts, and the words that users read
	scripts/lint

format: ## fix the formatting of Swift sources
	swift format --in-place --parallel --recursive Package.swift Sources Tests

generate: ## write the manual page, the reference and the completions from the option table
	@scripts/install-packages build
	swift build --product sheep-generate
	scripts/generate

fuzz: ## fuzz each parser for FUZZ_SECONDS (default 60)
	scripts/fuzz $(or $(FUZZ_SECONDS),60)

install: ## install to PREFIX (default /usr/local); build first with `make release`
	@test -x $(SHEEP) || { echo "make install: $(SHEEP) is not built; run 'make release' first" >&2; exit 1; }
	install -d "$(DESTDIR)$(PREFIX)/bin" "$(DESTDIR)$(PREFIX)/share/man/man1" \
	  "$(DESTDIR)$(PREFIX)/share/bash-completion/completions" \
	  "$(DESTDIR)$(PREFIX)/share/zsh/site-functions" "$(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d"
	install -m 755 $(SHEEP) "$(DESTDIR)$(PREFIX)/bin/sheep"
	install -m 644 docs/sheep.1 "$(DESTDIR)$(PREFIX)/share/man/man1/sheep.1"
	install -m 644 completions/sheep.bash "$(DESTDIR)$(PREFIX)/share/bash-completion/completions/sheep"
	install -m 644 completions/_sheep "$(DESTDIR)$(PREFIX)/share/zsh/site-functions/_sheep"
	install -m 644 completions/sheep.fish "$(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/sheep.fish"

uninstall: ## remove what `make install` installed
	rm -f "$(DESTDIR)$(PREFIX)/bin/sheep" "$(DESTDIR)$(PREFIX)/share/man/man1/sheep.1" \
	  "$(DESTDIR)$(PREFIX)/share/bash-completion/completions/sheep" \
	  "$(DESTDIR)$(PREFIX)/share/zsh/site-functions/_sheep" \
	  "$(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/sheep.fish"

clean: ## remove all build products
	rm -rf .build
