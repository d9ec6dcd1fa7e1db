# What people run. Everything else is behind these words.
.PHONY: deps build demo test test-real fuzz bench check install install-files uninstall users

prefix = /usr/local
swift_flags = --explicit-target-dependency-import-check error

deps:
	scripts/deps

build: deps
	swift build $(swift_flags)

# A private instance under ./demo: a PPA, an upload, a build, an apt-get install.
demo: build
	scripts/run-demo

# Layout and warnings first: they are quick.
check:
	swift format lint --strict --recursive --parallel Package.swift Sources Tests

# Few unit tests at a time: were all begun at once, as they are by default, each would wait for the others within its own time
# limit. Those with a thousand connections or real clients come by themselves, those that start the service last and alone: they
# expect answers within the seconds that clients wait.
test: export DPUT_NG ?= $(CURDIR)/.build/dput-ng
test: export NGINX_PROGRAM ?= $(CURDIR)/.build/nginx/usr/sbin/nginx
test: export MAIL_SERVERS ?= $(CURDIR)/.build/mail
test: deps check
	swift build --build-tests $(swift_flags)
	SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH=4 scripts/run-tests --skip-build --skip 'GatewayTests|EndToEndTests|KillTests'
	scripts/run-tests --skip-build --filter GatewayTests
	scripts/run-tests --skip-build --no-parallel --filter 'EndToEndTests|KillTests'

# Some 40 real packages of the mirror are taken, and refused with faults in them.
test-real: build
	scripts/test-real

# The parsers of what strangers send, FUZZ_SECONDS (60) each.
fuzz: deps
	scripts/fuzz

bench: deps
	swift build -c release $(swift_flags)
	Benchmarks/run

# Programs and units; the configuration only where there is none. Then, once: make users; slipway init.
install:
	swift build -c release $(swift_flags)
	$(MAKE) install-files

programs = .build/release/slipway .build/release/slipway-gateway .build/release/slipway-unpack
settings = $(DESTDIR)/etc/slipway
units = $(DESTDIR)/lib/systemd/system
share = $(DESTDIR)$(prefix)/share/slipway

install-files:
	install -D -t $(DESTDIR)$(prefix)/bin $(programs)
	test -e $(settings)/slipway.yaml || { \
	    install -D -m 644 -t $(settings) etc/slipway.yaml && \
	    install -D -m 644 -t $(settings)/distributions.d etc/distributions.d/*.suites; }
	install -D -m 644 -t $(units) etc/systemd/slipway.service
	sed -i 's|/usr/local|$(prefix)|' $(units)/slipway.service
	install -D -m 644 -t $(DESTDIR)/usr/lib/sysusers.d etc/sysusers.d/slipway.conf
	install -D -m 644 -t $(DESTDIR)/usr/lib/tmpfiles.d etc/tmpfiles.d/slipway.conf
	install -D -m 644 -t $(share) etc/slipway.yaml etc/lintian.tags jail/MANIFEST
	install -D -m 644 -t $(share)/distributions.d etc/distributions.d/*.suites
	install -D -m 644 -t $(share)/clients etc/clients/dput.cf etc/clients/dupload.conf
	install -D -m 644 -t $(share)/clients/dput-ng etc/clients/dput-ng/*
	install -D -m 644 -t $(share)/commands etc/commands/*.commands
	install -D -m 644 -t $(share)/nginx etc/nginx/slipway.conf
	install -D -m 644 -t $(share)/ssh etc/ssh/slipway.conf
	install -D -m 644 -t $(share)/postfix etc/postfix/master.cf etc/postfix/aliases
	sed -i 's|/usr/local|$(prefix)|' $(share)/postfix/* $(share)/ssh/*
	install -D -m 644 -t $(share)/doc README.md docs/*.md

# Configuration, state and users stay: docs/operations.md, "Removing".
uninstall:
	rm -f $(DESTDIR)$(prefix)/bin/slipway $(DESTDIR)$(prefix)/bin/slipway-gateway
	rm -f $(DESTDIR)$(prefix)/bin/slipway-unpack $(units)/slipway.service
	rm -f $(DESTDIR)/usr/lib/sysusers.d/slipway.conf $(DESTDIR)/usr/lib/tmpfiles.d/slipway.conf
	rm -rf $(share)

users:
	scripts/users
