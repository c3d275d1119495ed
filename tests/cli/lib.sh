# Shared by the command-line tests: TAP with a handful of checks. Source it, use check_*, call done_testing.
# Runs the program as its users do, on a fresh archive in a temporary folder.
set -u
SILLOK=${SILLOK_BUILD:?}/bin/sillok
SOURCE=${SILLOK_SOURCE:?}
SHARED=${SILLOK_SHARED:-$SOURCE/../shared}
TMP=$(mktemp -d "${TMPDIR:-/tmp}/sillok-cli-XXXXXX")
trap 'rm -rf "$TMP"' EXIT
export SILLOK_ARCHIVE="$TMP/a" COLUMNS=200 NO_COLOR=1 LC_ALL=C.UTF-8
unset SILLOK_USER SILLOK_NOW
n=0

ok() { # ok CODE NAME
    n=$((n + 1))
    if [ "$1" -eq 0 ]; then echo "ok $n - $2"; else
        echo "not ok $n - $2"
        [ -f "$TMP/out" ] && sed 's/^/# /' "$TMP/out" | head -n 40
        [ -f "$TMP/err" ] && sed 's/^/# stderr: /' "$TMP/err" | head -n 10
    fi
}

sillok() { "$SILLOK" "$@" >"$TMP/out" 2>"$TMP/err"; }

# check EXIT NAME ARGS...: run and compare the exit code
check() {
    local want=$1 name=$2; shift 2
    sillok "$@"; local code=$?
    [ $code -eq "$want" ]; local good=$?
    [ $good -eq 0 ] || echo "# exit code $code, wanted $want: sillok $*"
    ok $good "$name"
}

says() { grep -qF -- "$1" "$TMP/out"; ok $? "$2"; }           # standard output contains
says_not() { ! grep -qF -- "$1" "$TMP/out"; ok $? "$2"; }
complains() { grep -qF -- "$1" "$TMP/err"; ok $? "$2"; }      # standard error contains
skip() { n=$((n + 1)); echo "ok $n - $1 # SKIP $2"; }
done_testing() { echo "1..$n"; }
