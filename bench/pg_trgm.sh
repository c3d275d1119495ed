#!/usr/bin/env bash
# PostgreSQL's pg_trgm as a living yardstick for candidate queries: the same names, similarity by a GIN
# index, best 50. Needs the packages postgresql and postgresql-contrib, which only this bench uses; where they are
# not installed it says so and ends well.
#
#   bench/pg_trgm.sh NAMES [QUERIES]      one name a line; 200 of them are asked again
set -u
names=$1 queries=${2:-200}
bin=$(find /usr/lib/postgresql -maxdepth 3 -name initdb 2>/dev/null | sort | tail -n 1 | xargs -r dirname)
[ -n "$bin" ] || { echo "SKIP: PostgreSQL is not installed (apt-get install postgresql postgresql-contrib)"; exit 0; }
tmp=$(mktemp -d "${TMPDIR:-/tmp}/sillok-pg-XXXXXX")
as=()
if [ "$(id -u)" -eq 0 ]; then # it does not run as root
    chown nobody "$tmp"
    as=(setpriv --reuid nobody --regid nogroup --clear-groups)
fi
trap '"${as[@]}" "$bin/pg_ctl" -D "$tmp/db" -m immediate stop >/dev/null 2>&1; rm -rf "$tmp"' EXIT
cp "$names" "$tmp/names" && chmod 644 "$tmp/names"
"${as[@]}" "$bin/initdb" -D "$tmp/db" -A trust -U bench -E UTF8 --locale=C.UTF-8 >/dev/null || exit 1
"${as[@]}" "$bin/pg_ctl" -D "$tmp/db" -w -o "-k $tmp -c listen_addresses=''" -l "$tmp/log" start >/dev/null || exit 1
sql() { psql -h "$tmp" -U bench -d postgres -qAt "$@"; }
sql <<S || exit 1
CREATE EXTENSION pg_trgm;
CREATE TABLE n(id serial, name text);
\\copy n(name) FROM '$tmp/names' WITH (FORMAT csv, DELIMITER E'\\x01', QUOTE E'\\x02')
\\timing on
CREATE INDEX ON n USING gin(name gin_trgm_ops);
\\timing off
ANALYZE n;
SET pg_trgm.similarity_threshold = 0.5;
CREATE TABLE q AS SELECT name FROM n WHERE id % ((SELECT count(*) FROM n) / $queries + 1) = 0;
SELECT count(*) || ' queries over ' || (SELECT count(*) FROM n) || ' names' FROM q;
\\timing on
SELECT count(*) FROM q, LATERAL (SELECT 1 FROM n WHERE n.name % q.name ORDER BY similarity(n.name, q.name) DESC LIMIT 50) x;
S
