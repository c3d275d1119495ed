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

# ---- the index: what it is made from, where, and when it is thrown away ----

printf 'entity,type,property,value,claimant\nlatest,Person,name,Latest Addedperson,an invented witness\n' >"$TMP/latest.csv"
"$SILLOK" claim --file "$TMP/latest.csv" >/dev/null 2>&1
TMPDIR=/no/such/folder "$SILLOK" screen "Latest Addedperson" --no-log >"$TMP/out" 2>"$TMP/err"
ok $? "what changed is indexed in the archive's folder, not in one of everybody's"
says "latest" "and is found"
"$SILLOK" screen "Karim Inventedzai" --json --no-log >"$TMP/one"
check 0 "the archive is indexed anew" reindex
[ ! -f "$TMP/a/derived/screen.index" ]; ok $? "and its screening index is thrown away too"
"$SILLOK" screen "Karim Inventedzai" --json --no-log >"$TMP/two"
cmp -s "$TMP/one" "$TMP/two"; ok $? "made again, it answers the same"
python3 - "$TMP/a/derived" <<'P'; ok $? "a claim is taken out of the middle of the tables"
import pathlib, sqlite3, sys
for path in pathlib.Path(sys.argv[1]).iterdir():
    if path.is_file() and path.open('rb').read(15) == b'SQLite format 3':
        db = sqlite3.connect(path)
        if not db.execute("SELECT 1 FROM sqlite_master WHERE name = 'claim'").fetchone():
            continue
        gone = db.execute("DELETE FROM claim WHERE value = 'Jonathan Openperson' AND id < (SELECT max(id) FROM claim)")
        assert gone.rowcount == 1, gone.rowcount
        db.commit()
        break
else:
    raise SystemExit('no tables')
P
check 0 "the screening index" screen "Jonathan Openperson" --no-log --against archive
says "no alert" "does not go on with what is no longer there"
"$SILLOK" reindex >/dev/null 2>&1
check 0 "from the log it comes back" screen "Jonathan Openperson" --no-log --against archive
says "1 alert" "with the tables"

# ---- numbers borne falsely ----

cat >"$TMP/falsely.jsonl" <<'J'
{"id":"fal-1","schema":"Person","properties":{"name":["Numbered Inventedman"],"passportNumber":["ZX 771 used-falsely yes"]}}
J
"$SILLOK" import "$TMP/falsely.jsonl" --format ftm-entities --name fal --as-of 2026-01-01 --claimant "an invented list" >/dev/null 2>&1
check 0 "a number whose own words look like a mark of the log" screen --id "ZX 771 used-falsely yes" --no-log --against fal
says "1 alert" "is not taken for one that is borne falsely"

# ---- parts of names, and what is passed over ----

cat >"$TMP/parts.csv" <<'C'
Last name,First name,Alias,Gender,Sex,Passport number
Inventedzai,Karim,Some Otheralias,M,,12
Inventedzai,Karim,,M,F,AB1234567,stray
C
check 0 "a name in parts beside an alias" screen --in "$TMP/parts.csv" --json --no-log
python3 - "$TMP/out" <<'P'; ok $? "is kept and stands first; every value that says nothing is warned of, once"
import json, sys
a, b = (json.loads(l) for l in open(sys.argv[1], encoding='utf-8'))
assert a['query']['name'] == 'Inventedzai, Karim' and a['query']['other_names'] == ['Some Otheralias'], a['query']
assert a['alerts'] == 1 and a['results'][0]['id'] == 'inv-1'
assert len(a['warnings']) == 1 and '"12"' in a['warnings'][0], a['warnings']
assert len(b['warnings']) == 2 and b['query']['gender'] == 'male', b
assert any('passed over' in w and 'female' in w for w in b['warnings']), b['warnings']
assert any('1 cell' in w for w in b['warnings']), b['warnings']
P
complains "2 rows have values that say nothing" "and the run says how many rows have such"
python3 - "$TMP/wide.csv" <<'P'
import sys
open(sys.argv[1], 'w', encoding='utf-8').write('name\n' + ';'.join(f'Invented Name{i}' for i in range(70)) + '\n')
P
check 0 "more names than a row may have" screen --in "$TMP/wide.csv" --json --no-log
says "6 names are passed over" "are counted in a warning"
check 7 "a number too short to be compared is refused" screen Anybody --id 12 --no-log
complains '"12"' "with its value"

# ---- JSON lines ----

printf '%s\n' '{"wer":"Karim Inventedzai","name":"Nobody Atall"}' '{"wer": broken' '["no object"]' '{"wer":"Olga Vydumannaya"}' >"$TMP/told.jsonl"
check 0 "members of JSON lines can be told, and a bad line" screen --in "$TMP/told.jsonl" --column name=wer --json --no-log
python3 - "$TMP/out" <<'P'; ok $? "is an error of its row: the run goes on behind it"
import json, sys
rows = [json.loads(l) for l in open(sys.argv[1], encoding='utf-8')]
assert [r['row'] for r in rows] == [1, 2, 3, 4]
assert rows[0]['query'] == {'name': 'Karim Inventedzai'} and rows[0]['results'][0]['id'] == 'inv-1'
assert 'error' in rows[1] and 'object' in rows[2]['error'], rows[1:3]
assert rows[3]['results'][0]['id'] == 'inv-2'
P
check 0 "the sums count them" screen --in "$TMP/told.jsonl" --column name=wer --no-log
says "4 rows: 2 with alerts, 0 without, 0 blank, 2 could not be screened" "as rows that could not be screened"
check 0 "a member that no line has" screen --in "$TMP/told.jsonl" --column name=wer --column born=geboren --no-log
complains '"geboren"' "is said"
check 7 "JSON lines have no heading to leave out" screen --in "$TMP/told.jsonl" --no-heading
complains "--no-heading" "and that is said"

# ---- alerts are counted before they are cut ----

cat >"$TMP/same.jsonl" <<'J'
{"id":"sam-1","schema":"Person","properties":{"name":["Manyfold Inventedname"]}}
{"id":"sam-2","schema":"Person","properties":{"name":["Manyfold Inventedname"]}}
{"id":"sam-3","schema":"Person","properties":{"name":["Manyfold Inventedname"]}}
J
head -n 2 "$TMP/same.jsonl" >"$TMP/fewer.jsonl"
"$SILLOK" import "$TMP/fewer.jsonl" --format ftm-entities --name sam --as-of 2020-01-01 --claimant "an invented list" >/dev/null 2>&1
"$SILLOK" import "$TMP/same.jsonl" --format ftm-entities --name sam --as-of 2026-01-01 --claimant "an invented list" >/dev/null 2>&1
printf 'name\nManyfold Inventedname\n' >"$TMP/manyfold.csv"
check 0 "a limit cuts what is told" screen "Manyfold Inventedname" --limit 1
says "3 alerts, the first 1 are shown" "not what is counted"
"$SILLOK" log --json | tail -n 1 >"$TMP/out"
grep -rhaE "^query 0*[01] [0-9a-f]{64} 3$" "$TMP/a/entries" >/dev/null; ok $? "nor what is logged"
check 0 "in a table too" screen --in "$TMP/manyfold.csv" --limit 1 --json --no-log
python3 - "$TMP/out" <<'P'; ok $? "one result, three alerts"
import json, sys
r = json.loads(open(sys.argv[1], encoding='utf-8').read())
assert r['alerts'] == 3 and len(r['results']) == 1, (r['alerts'], len(r['results']))
P
check 0 "what changed is found behind the limit too" screen --diff 2021 2026-06 --against sam --in "$TMP/manyfold.csv" --limit 1 --no-log
says "1 alerts appeared, 0 vanished" "the third of three"

# ---- options that would say nothing are refused ----

for option in "--born 1963" "--alias X" "--country kp" "--gender male" "--id AB1234567"; do
    # shellcheck disable=SC2086
    check 7 "with --in: $option" screen --in "$TMP/customers.csv" $option --no-log
    complains "${option%% *}" "and the message names it"
done
check 7 "with --diff: --as-of" screen --diff 2019 2026-06 --against inv --in "$TMP/customers.csv" --as-of 2020 --no-log
complains "--as-of" "and the message names it"
check 7 "with two imports: --against" screen --diff old.jsonl new.jsonl --against inv --in "$TMP/customers.csv" --no-log
complains "--against" "and the message names it"
( cd "$TMP" && "$SILLOK" screen --list new.jsonl Anybody --log-query >"$TMP/out" 2>"$TMP/err" ); [ $? -eq 7 ]; ok $? "with --list: --log-query"
complains "--log-query" "and the message names it"
check 7 "a type that is not known is refused" screen Anybody --type Persn --no-log
check 7 "of a table too" screen --in "$TMP/customers.csv" --type Persn --no-log
complains '"Persn"' "with what to write"
complains "Person, Organization, Vessel" "instead"

# ---- a part that is another screening's ----

part() { # part: leave the part of a broken-off run of $TMP/many.csv
    rm -f "$TMP"/many.jsonl*
    ( ulimit -f 100; "$SILLOK" screen --in "$TMP/many.csv" --out "$TMP/many.jsonl" --no-log "$@" ) >/dev/null 2>&1
}
part --against inv
check 6 "a part is not gone on with by another user" screen --in "$TMP/many.csv" --out "$TMP/many.jsonl" --no-log --against inv --as guest
check 6 "nor for another purpose" screen --in "$TMP/many.csv" --out "$TMP/many.jsonl" --no-log --against inv --purpose audit
part
printf 'entity,type,property,value,claimant\nopen,Person,alias,More Addedalias,an invented witness\n' >"$TMP/more.csv"
"$SILLOK" claim --file "$TMP/more.csv" >/dev/null 2>&1
check 6 "nor when the archive says more than then" screen --in "$TMP/many.csv" --out "$TMP/many.jsonl" --no-log
part --column name=A
check 6 "nor with the heading as a row" screen --in "$TMP/many.csv" --out "$TMP/many.jsonl" --no-log --column name=A --no-heading
part
sed -i 2d "$TMP/many.jsonl.part"
check 7 "a line that is of another row is not counted as done" screen --in "$TMP/many.csv" --out "$TMP/many.jsonl" --no-log
complains "row 3" "and the row is named"
( cd "$TMP" && cp new.jsonl named.jsonl && ulimit -f 100 && "$SILLOK" screen --list named.jsonl --in many.csv --out listed.jsonl ) >/dev/null 2>&1
sed 's/Karim/Kahrim/' "$TMP/new.jsonl" >"$TMP/named.jsonl"
[ -s "$TMP/listed.jsonl.part" ] && ( cd "$TMP" && "$SILLOK" screen --list named.jsonl --in many.csv --out listed.jsonl >"$TMP/out" 2>"$TMP/err" ); [ $? -eq 6 ]; ok $? "nor with a list file of other bytes"

# ---- what was asked is logged, whatever the end ----

asked() { grep -rhaE "^query " "$TMP/a/entries" | wc -l; }
{ echo "name,born"; echo "Karim Inventedzai,1963"; echo "Somebody Else,1950"; printf '"never closed,1951\n'; } >"$TMP/cut.csv"
before=$(asked)
"$SILLOK" screen --in "$TMP/cut.csv" >"$TMP/out" 2>"$TMP/err"; [ $? -ne 0 ]; ok $? "a table that is cut short ends the run"
[ "$(asked)" -eq $((before + 2)) ]; ok $? "and the two that were asked are in the log"
rm -f "$TMP"/many.jsonl*
before=$(asked)
check 0 "a long table" screen --in "$TMP/many.csv" --out "$TMP/many.jsonl"
[ "$(asked)" -eq $((before + 900)) ]; ok $? "is logged once, row for row"
rm -f "$TMP"/many.jsonl*
before=$(asked)
python3 - "$SILLOK" "$TMP/many.csv" "$TMP/many.jsonl" <<'P'; ok $? "a run that is killed while it writes"
import os, pathlib, signal, subprocess, sys, time
p = subprocess.Popen([sys.argv[1], 'screen', '--in', sys.argv[2], '--out', sys.argv[3], '--cutoff', '0', '--limit', '500'],
                     stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
part = pathlib.Path(sys.argv[3] + '.part')
end = time.monotonic() + 60
while p.poll() is None and time.monotonic() < end and not (part.exists() and part.stat().st_size):
    time.sleep(.001)
p.send_signal(signal.SIGKILL)
p.wait()
assert part.stat().st_size
P
[ "$(asked)" -ge $((before + $(wc -l <"$TMP/many.jsonl.part"))) ]; ok $? "has logged what it wrote"
check 0 "the same run goes on" screen --in "$TMP/many.csv" --out "$TMP/many.jsonl" --cutoff 0 --limit 500
[ "$(asked)" -ge $((before + 900)) ]; ok $? "to the last row of the log"

# ---- by name, for search and show ----

"$SILLOK" -C "$TMP/ini" init >/dev/null 2>&1 || "$SILLOK" init "$TMP/ini" >/dev/null 2>&1
{
    echo "entity,type,property,value,claimant"
    i=0
    for name in 김정욱 김재원 강지은 고준영 구자영 권주영 김지원; do
        i=$((i + 1)); echo "inv-p$i,Person,name,$name,an invented witness"
    done
} >"$TMP/ini1.csv"
printf 'entity,type,property,value,claimant\ninv-a0,Person,name,강주영,an invented witness\n' >"$TMP/ini2.csv"
export SILLOK_ARCHIVE="$TMP/ini"
"$SILLOK" claim --file "$TMP/ini1.csv" >/dev/null 2>&1
"$SILLOK" search ㄱㅈㅇ >/dev/null 2>&1
"$SILLOK" claim --file "$TMP/ini2.csv" >/dev/null 2>&1
check 0 "initials find who was entered later too" search ㄱㅈㅇ --json
cp "$TMP/out" "$TMP/grown"
says "inv-a0" "in the order of keys, whichever segment they stand in"
rm -f "$TMP/ini/derived/screen.index"
"$SILLOK" search ㄱㅈㅇ --json >"$TMP/out" 2>/dev/null
cmp -s "$TMP/grown" "$TMP/out"; ok $? "as in an index made anew"
python3 -c '
print("entity,type,property,value,claimant")
for i in range(400):
    print(f"inv-many{i},Person,name,Invented Number{i}man Of Many,an invented witness")' >"$TMP/ini3.csv"
"$SILLOK" claim --file "$TMP/ini3.csv" >/dev/null 2>&1
"$SILLOK" show inv-a0 >/dev/null 2>&1
rm -f "$TMP/ini/derived/screen.index"
( trap '' XFSZ; ulimit -f 64; "$SILLOK" show "Nobody Atall" >"$TMP/out" 2>"$TMP/err" ); [ $? -eq 3 ]; ok $? "where spellings cannot be looked up, who is not there is still not there"
complains "were not looked up" "and that is said"
export SILLOK_ARCHIVE="$TMP/a"

check 7 "options that do not go together are refused" screen Anybody --log-query --no-log
check 7 "a date nobody understands is refused" screen Anybody --born "last Tuesday or so"
done_testing
