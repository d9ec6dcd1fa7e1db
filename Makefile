# What people run. Everything else is behind these words.
.PHONY: deps build demo test bench check install users

prefix = /usr/local
swift_flags = --explicit-target-dependency-import-check error

deps:
	scripts/deps

build: deps
	swift build $(swift_flags)

# A private instance under ./demo: a PPA, an upload, a build, an apt-get install.
demo: build
	scripts/demo

# Layout and warnings first: they are quick.
check:
	swift format lint --strict --recursive --parallel Package.swift Sources Tests

test: deps check
	swift build --build-tests $(swift_flags)
	swift test --skip-build

bench: deps
	swift build -c release $(swift_flags)
	Benchmarks/run

install:
	swift build -c release --static-swift-stdlib $(swift_flags)
	install -D -t $(DESTDIR)$(prefix)/bin .build/release/slipway .build/release/slipway-gateway
	install -D -m 644 -t $(DESTDIR)/etc/slipway etc/slipway.yaml
	install -D -m 644 -t $(DESTDIR)/etc/slipway/distributions.d etc/distributions.d/*.suites
	install -D -m 644 -t $(DESTDIR)/lib/systemd/system etc/systemd/slipway.service

users:
	scripts/users
