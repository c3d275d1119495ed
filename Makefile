# The two commands of README.md and a few for developers. The build itself is meson.build.
#
#   make demo    set up what is missing, build, build the demonstration archive, show the answers
#   make test    set up, build, run all tests
#   make         build
#   make bench   measure, each figure beside a yardstick of the same run
#   make fuzz    fuzz every parser (SECONDS=60 each)
#   make lint    format, layers, clang-tidy, cppcheck
#   make sanitize  all tests under ASan and UBSan

BUILD   := build
SECONDS := 60
.DEFAULT_GOAL := build
.PHONY: setup build demo test bench fuzz lint sanitize install clean

setup:
	@tools/set-up

$(BUILD)/build.ninja: | setup
	@meson setup $(BUILD) >$(BUILD).log 2>&1 || { cat $(BUILD).log; exit 1; }
	@rm -f $(BUILD).log

build: setup $(BUILD)/build.ninja
	@ninja -C $(BUILD) --quiet

# The programs alone, without tests and benches: what a stranger waits for.
demo: setup $(BUILD)/build.ninja
	@ninja -C $(BUILD) --quiet bin/sillok bin/sillok-extract
	@demo/run $(BUILD)/bin/sillok demo-archive

test: build
	@tools/run-tests $(BUILD)

bench: build
	@bench/run $(BUILD)

fuzz: setup
	@tools/set-up --ci
	@tools/fuzz $(SECONDS)

lint: build
	@tools/set-up --ci
	@tools/lint $(BUILD)

sanitize: setup
	@tools/set-up --ci
	@[ -f $(BUILD)-san/build.ninja ] || meson setup $(BUILD)-san -Db_sanitize=address,undefined \
	    -Db_lundef=false -Dbuildtype=debug >/dev/null
	@ninja -C $(BUILD)-san --quiet
	@tools/run-tests $(BUILD)-san

install: build
	@meson install -C $(BUILD) --quiet

clean:
	rm -rf $(BUILD) $(BUILD)-* demo-archive
