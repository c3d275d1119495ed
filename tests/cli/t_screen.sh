#!/usr/bin/env bash
# Screening: one name, tables, lists with and without an archive, what changed, what is logged, and that
# a guest sees nothing of what is restricted. All persons but office-holders are invented.
. "$(dirname "$0")/lib.sh"
"$SILLOK" init "$TMP/a" >/dev/null

# ---- an archive with two copies of a list, people of its own, and one who is restricted ----

cat >"$TMP/old.jsonl" <<'J'
{"id":"inv-1","schema":"Person","properties":{"name":["Karim Inventedzai"],"birthDate":["1963"]}}
{"id":"inv-2","schema":"Person","properties":{"name":["Olga Vydumannaya"],"alias":["Ольга Выдуманная"]}}
{"id":"inv-3","schema":"Person","properties":{"name":["Former Listedman"]}}
J
cat >"$TMP/new.jsonl" <<'J'
{"id":"inv-1","schema":"Person","properties":{"name":["Karim Inventedzai"],"birthDate":["1963"],"passportNumber":["AB1234567"]}}
{"id":"inv-2","schema":"Person","properties":{"name":["Olga Vydumannaya"],"alias":["Ольга Выдуманная"]}}
{"id":"inv-4","schema":"Person","properties":{"name":["Newcomer Inventedson"]}}
J
"$SILLOK" import "$TMP/old.jsonl" --format ftm-entities --name inv --as-of 2018-01-01 --claimant "an invented list" >/dev/null || echo "# import failed"
"$SILLOK" import "$TMP/new.jsonl" --format ftm-entities --name inv --as-of 2026-01-01 --claimant "an invented list" >/dev/null || echo "# import failed"
cat >"$TMP/own.csv" <<'C'
entity,type,property,value,claimant
canary,Person,name,Canaryname Hiddenperson,an invented witness
canary,Person,alias,Kanarienvogel Versteckt,an invented witness
open,Person,name,Jonathan Openperson,an invented witness
C
"$SILLOK" claim --file "$TMP/own.csv" >"$TMP/out" 2>"$TMP/err"; ok $? "people of the archive's own are entered"
check 0 "one of them is restricted" restrict entity canary witness --reason "at risk"

check 0 "a name is screened against all of it" screen "Karim Inventedzai" --born 1963
says "inv-1" "its entry is found"
says "Odds" "with odds beside the score"
says "as of 2026-01-01" "against the newest copy"
check 0 "in another script" screen "Ольга Выдуманная"
says "inv-2" "it is found too"
check 0 "the archive's own people are found" screen "Jonathan Openperson" --against archive
says "archive" "and said to be of the archive"
check 0 "a number finds its bearer" screen --id "AB 1234567"
says "inv-1" "however it is written"
check 0 "who is gone from the newest copy is no alert" screen "Former Listedman"
says "no alert" "and that is said"
check 0 "but was there before" screen "Former Listedman" --as-of 2019
says "inv-3" "in the copy of that time"
check 0 "one list alone" screen "Jonathan Openperson" --against inv
says "no alert" "does not see the archive's own"
check 3 "a list that is not there is said" screen Anybody --against no-such
complains "no-such" "by its name"
check 3 "and a day before all copies" screen Anybody --against inv --as-of 2001
check 0 "JSON is one object" screen "Karim Inventedzai" --json
python3 - "$TMP/out" <<'P'; ok $? "with list, id, name, score, odds and the explanation"
import json, sys
lines = open(sys.argv[1], encoding='utf-8').read().splitlines()
assert len(lines) == 1
r = json.loads(lines[0])['results'][0]
assert r['list'] == 'inv' and r['id'] == 'inv-1' and r['name'] == 'Karim Inventedzai', r
assert r['score'] >= .7 and r['alert'] is True and r['odds'] > 0
assert r['explanation'][0]['feature'] == 'name' and r['explanation'][0]['candidate'] == r['name']
P

# ---- what is restricted is not there ----

check 0 "the owner finds the restricted person" screen "Canaryname Hiddenperson" --json
says "canary" "by name"
for q in "Canaryname Hiddenperson" "Kanarienvogel Versteckt" "Kanarienvogel" "Canaryname"; do
    for form in "" --json --csv; do
        # shellcheck disable=SC2086
        "$SILLOK" screen "$q" --as guest --no-log --cutoff 0 --limit 100 $form >"$TMP/guest" 2>&1
        sed "s/$q//g" "$TMP/guest" >"$TMP/out"
        ! grep -qiE 'canary|hiddenperson|kanarien|versteckt' "$TMP/out"
        ok $? "a guest does not see them: $q $form"
    done
done
"$SILLOK" screen Nobody --as guest --no-log >"$TMP/with" 2>&1
"$SILLOK" screen Nobody --no-log >"$TMP/all" 2>&1
! cmp -s "$TMP/with" "$TMP/all"; ok $? "and is told of fewer entries than the owner"
printf 'name\nCanaryname Hiddenperson\n' >"$TMP/q.csv"
"$SILLOK" screen --in "$TMP/q.csv" --as guest --no-log --json --cutoff 0 --limit 100 >"$TMP/guest" 2>&1
sed 's/Canaryname Hiddenperson//g' "$TMP/guest" >"$TMP/out"
says_not "anary" "nor in a table"

# ---- tables ----

cat >"$TMP/customers.csv" <<'C'
No,Full name,Date of birth,Nationality
1,Karim Inventedzai,1963,
2,Harmless Customer,12 June 1980,South Korea

4,,,
5,Olga Vydumannaya,31/02/1960,Nowhereland
6,Newcomer Inventedson,,
7,Former Listedman,,
C
check 0 "a table is screened, its columns found by their headings" screen --in "$TMP/customers.csv" --json
python3 - "$TMP/out" <<'P'; ok $? "every row is accounted for, in order"
import json, sys
rows = [json.loads(l) for l in open(sys.argv[1], encoding='utf-8')]
assert [r['row'] for r in rows] == [2, 3, 4, 5, 6, 7, 8], [r['row'] for r in rows]
by = {r['row']: r for r in rows}
assert by[2]['results'][0]['id'] == 'inv-1' and by[2]['alerts'] == 1
assert by[3]['alerts'] == 0
assert 'blank' in by[4]['error']
assert 'no name' in by[5]['error']
assert len(by[6]['warnings']) == 2 and by[6]['results'][0]['id'] == 'inv-2'
assert by[7]['alerts'] == 1 and by[8]['alerts'] == 0
P
check 0 "for people it is a table of alerts" screen --in "$TMP/customers.csv"
says "7 rows: 3 with alerts, 2 without, 1 blank, 1 could not be screened" "with its sums"
says "no name and no number" "and the rows that were not screened, with the reason"
printf '%s\n' 'x;Karim Inventedzai;1963' 'y;Nobody Atall;' >"$TMP/bare.csv"
check 0 "columns can be told" screen --in "$TMP/bare.csv" --no-heading --column name=2 --column born=C --json
says '"inv-1"' "and are used"
check 7 "a table without names is refused" screen --in "$TMP/bare.csv"
complains "--column name=" "with what to do"
printf '%s\n' '{"name":"Karim Inventedzai","born":"1963"}' '' '{"schema":"Person","properties":{"name":["Olga Vydumannaya"]}}' >"$TMP/q.jsonl"
check 0 "JSON lines are screened" screen --in "$TMP/q.jsonl" --json
[ "$(wc -l <"$TMP/out")" -eq 3 ]; ok $? "a line each"
says '"inv-2"' "and properties are understood"

# ---- a long run is gone on with ----

check 0 "results go to a file" screen --in "$TMP/customers.csv" --out "$TMP/result.jsonl" --no-log
"$SILLOK" screen --in "$TMP/customers.csv" --json --no-log >"$TMP/whole"
cmp -s "$TMP/whole" "$TMP/result.jsonl"; ok $? "the same as on the screen"
check 6 "which is not written over" screen --in "$TMP/customers.csv" --out "$TMP/result.jsonl" --no-log
rm -f "$TMP/result.jsonl"
"$SILLOK" screen --in "$TMP/customers.csv" --out "$TMP/result.jsonl" --no-log >/dev/null 2>&1
mv "$TMP/result.jsonl" "$TMP/result.jsonl.part"
truncate -s 700 "$TMP/result.jsonl.part"
check 6 "a part that nothing is known of is not gone on with" screen --in "$TMP/customers.csv" --out "$TMP/result.jsonl" --no-log
rm -f "$TMP/result.jsonl.part"
"$SILLOK" screen --in "$TMP/customers.csv" --out /dev/null/x --no-log >/dev/null 2>"$TMP/err"; [ $? -ne 0 ]; ok $? "a place that cannot be written is said"

{ echo "name"; for i in $(seq 1 900); do echo "Karim Inventedzai the ${i}th"; done; } >"$TMP/many.csv"
"$SILLOK" screen --in "$TMP/many.csv" --json --no-log >"$TMP/whole"
( ulimit -f 100; "$SILLOK" screen --in "$TMP/many.csv" --out "$TMP/many.jsonl" --no-log ) >/dev/null 2>&1
[ ! -f "$TMP/many.jsonl" ] && [ -s "$TMP/many.jsonl.part" ]; ok $? "a run that is broken off leaves its part"
check 6 "which a screening with other options does not go on with" screen --in "$TMP/many.csv" --out "$TMP/many.jsonl" --no-log --limit 2
check 0 "the same screening goes on with it" screen --in "$TMP/many.csv" --out "$TMP/many.jsonl" --no-log
complains "rows were done by an earlier run" "and says so"
cmp -s "$TMP/whole" "$TMP/many.jsonl"; ok $? "to the same bytes as in one go"

# ---- without an archive ----

( cd "$TMP" && env -u SILLOK_ARCHIVE "$SILLOK" screen --list new.jsonl "Newcomer Inventedson" >"$TMP/out" 2>"$TMP/err" )
ok $? "a list file is screened against without an archive"
says "inv-4" "and its entries are found"

# ---- what changed ----

check 0 "what changed between two days is told" screen --diff 2019-01-01 2026-06-01 --against inv --in "$TMP/customers.csv"
says "appeared" "who appeared"
says "Newcomer Inventedson" "by name"
says "vanished" "who vanished"
says "1 alerts appeared, 1 vanished" "and how many"
check 0 "in JSON, the changes alone" screen --diff 2019-01-01 2026-06-01 --against inv --in "$TMP/customers.csv" --json
[ "$(grep -cE '"(change|error)":' "$TMP/out")" -eq "$(wc -l <"$TMP/out")" ]; ok $? "each with what happened"
check 0 "between two imports by name" screen --diff old.jsonl new.jsonl --in "$TMP/customers.csv"
says "1 alerts appeared, 1 vanished" "the same"

# ---- the log ----

before=$("$SILLOK" log --json | grep -c '"screen"')
check 0 "a screening is logged" screen "Sensitive Askedname"
after=$("$SILLOK" log --json | grep -c '"screen"')
[ "$after" -eq $((before + 1)) ]; ok $? "as one entry"
! grep -rqa "Sensitive Askedname" "$TMP/a/entries"; ok $? "without the words"
check 0 "without it, nothing" screen "Other Askedname" --no-log
[ "$("$SILLOK" log --json | grep -c '"screen"')" -eq "$after" ]; ok $? "is written"
check 0 "with the words when asked" screen "Loud Askedname" --log-query
grep -rqa "Loud Askedname" "$TMP/a/entries"; ok $? "they are there"
check 0 "the archive verifies" verify

# ---- the index is a cache ----

"$SILLOK" screen "Karim Inventedzai" --json --no-log >"$TMP/one"
printf 'junk' | dd of="$TMP/a/derived/screen.index" bs=1 seek=10 conv=notrunc 2>/dev/null
"$SILLOK" screen "Karim Inventedzai" --json --no-log >"$TMP/two"
cmp -s "$TMP/one" "$TMP/two"; ok $? "a damaged index is made again"
rm -f "$TMP/a/derived/screen.index"
"$SILLOK" screen "Karim Inventedzai" --json --no-log >"$TMP/two"
cmp -s "$TMP/one" "$TMP/two"; ok $? "and a missing one"
printf 'entity,type,property,value,claimant\nlater,Person,name,Later Addedperson,an invented witness\n' >"$TMP/later.csv"
"$SILLOK" claim --file "$TMP/later.csv" >/dev/null 2>&1
check 0 "what is entered later" screen "Later Addedperson"
says "later" "is found"
"$SILLOK" screen "Later Addedperson" --json --no-log >"$TMP/one"
rm -f "$TMP/a/derived/screen.index"
"$SILLOK" screen "Later Addedperson" --json --no-log >"$TMP/two"
cmp -s "$TMP/one" "$TMP/two"; ok $? "a grown index answers like one made anew"
check 7 "options that do not go together are refused" screen Anybody --log-query --no-log
check 7 "a date nobody understands is refused" screen Anybody --born "last Tuesday or so"
done_testing
