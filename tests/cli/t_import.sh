#!/usr/bin/env bash
# Lists and spreadsheets in: dry run, account of every row, difference, undo; and hostile files.
. "$(dirname "$0")/lib.sh"
"$SILLOK" init "$TMP/a" >/dev/null

# ---- a table of one's own ----

cat >"$TMP/people.csv" <<'C'
Case ID,Name,Born,Nationality,Note
1,Hong Invented,12 June 1960,North Korea,"said to be ""alive"""
2,Kim Invented,about 1955,North Korea,=1+1

3,Lee Invented,31/02/1960,Nowhereland,
C
check 0 "a mapping is drafted for a table" import --draft-mapping "$TMP/people.csv"
cp "$TMP/out" "$TMP/people.map"
says "entity" "it says what a row is about"
says "Nationality" "every column is spoken of"
check 0 "a dry run accounts for every row" import -n "$TMP/people.csv" --mapping "$TMP/people.map" --claimant "an invented list" --name people --as-of 2020
says "dry run" "and says that it changed nothing"
says "31/02/1960" "a day that does not exist is named"
check 0 "nothing was imported by it" import --list
says_not "people.csv" "there is no import"
check 0 "the table is imported" import "$TMP/people.csv" --mapping "$TMP/people.map" --claimant "an invented list" --name people --as-of 2020 --report "$TMP/report.csv"
says "undo with" "and says how to undo it"
python3 - "$TMP/report.csv" <<'P'; ok $? "the report as CSV has a line for every row, beside its cells"
import csv, sys
rows = list(csv.reader(open(sys.argv[1], encoding='utf-8')))
body = rows[1:]
places = {r[1] for r in body}
assert rows[0][:8] == ['file', 'row', 'state', 'record', 'finding', 'column', 'value', 'what to do'], rows[0]
assert {'row 2', 'row 3', 'row 5'} <= places, places
assert all(r[2] in ('added', 'changed', 'unchanged', 'skipped') for r in body), body
assert any('Hong Invented' in r for r in body), body
assert not any(c.startswith('=') for r in body for c in r), body
P
check 0 "what it says is asked like anything else" ask about "Hong Invented"
says "an invented list" "with who says it"
says "people.csv row 2" "and the row it stands in"
check 0 "its words are found" search Hong
claim=$("$SILLOK" ask about "Hong Invented" --json | grep -oE '"[0-9a-f]{64}"' | head -n 1 | tr -d '"')
check 0 "a claim leads to its row" show "${claim:-missing}"
says "Hong Invented" "whose cells are shown"
check 0 "importing it again changes nothing" import "$TMP/people.csv" --mapping "$TMP/people.map" --claimant "an invented list" --name people --as-of 2020
says "imported already" "and says so"

# ---- a newer copy is a difference ----

sed 's/about 1955/about 1956/; /^1,/d' "$TMP/people.csv" >"$TMP/people-2.csv"
echo '4,Park Invented,1970,South Korea,' >>"$TMP/people-2.csv"
check 0 "a newer copy is compared with the one before" import "$TMP/people-2.csv" --mapping "$TMP/people.map" --claimant "an invented list" --name people --as-of 2024
says "1 added, 1 changed, 1 unchanged" "row by row"
says "1 of the copy before are gone" "and says what is gone"
check 0 "the difference is shown" diff people
says "Park Invented" "what was added"
says "Hong Invented" "what was removed"
says "1956" "what changed, new"
says "1955" "beside old"
check 0 "the claims of the older copy stay, dated" ask about "Kim Invented"
says "1955" "old"
says "1956" "and new"
says "and 1 earlier time" "what both copies say is one line"

# ---- undo ----

before=$("$SILLOK" reindex --check --json | grep -o '"meaning_hash": "[0-9a-f]*"')
check 0 "a third copy" import "$TMP/people.csv" --mapping "$TMP/people.map" --claimant "another list" --name others
check 0 "a person judges about it" judge "Hong Invented" "Kim Invented" different --reason "two people"
check 7 "an undo without a reason is refused" import --undo others
[ $? -eq 0 ] && complains "reason" "and says why"
check 0 "an import is undone" import --undo others --reason "wrong list"
check 0 "the judgement stays" judge --list
says "two people" "with its reason"
check 0 "an undone import is listed as undone" import --list
says "undone" "so that nothing is lost"
check 0 "the other imports stand" ask about "Hong Invented"
says "an invented list" "with their claims"
hash=$("$SILLOK" reindex --check --json | grep -o '"dump_hash": "[0-9a-f]*"')
rm -rf "$TMP/a/derived"
check 0 "the index is made again" reindex --json
[ "$hash" = "$(grep -o '"dump_hash": "[0-9a-f]*"' "$TMP/out")" ]; ok $? "to the same hash, imports read again"
check 0 "everything verifies" verify

# ---- restricted ----

check 0 "a restricted import" import "$TMP/people.csv" --mapping "$TMP/people.map" --claimant "a third list" --name secret --restrict identity --prefix s-
check 0 "shows to its owner" import --list
says "secret" "in the list of imports"
check 0 "and not to others" --as guest import --list
says_not "secret" "who do not see that it is there"

# ---- the real lists ----

un=$SHARED/data/lists
if [ -d "$un/un-2018" ]; then
    "$SILLOK" init "$TMP/un" >/dev/null; export SILLOK_ARCHIVE="$TMP/un"
    check 0 "the UN list of 2018" import "$un/un-2018/consolidated.xml"
    check 0 "the UN list of 2026" import "$un/un-2026/consolidated.xml"
    rows=$(grep -cE '<(INDIVIDUAL|ENTITY)>' "$un/un-2026/consolidated.xml")
    "$SILLOK" import --list --json >"$TMP/out"
    says '"asof": "2026-02-27' "dates itself"
    check 0 "its difference" diff un-sc --json
    python3 - "$TMP/out" <<'P'; ok $? "A5: nobody of the DPRK regime was added or removed, KPe.068 is the same body"
import json, sys
rows = json.load(open(sys.argv[1]))
kp = [r for r in rows if r['record'].startswith('un-KP')]
assert kp and all(r['change'] == 'changed' for r in kp), [r for r in kp if r['change'] != 'changed'][:3]
P
    check 0 "A3: 5571322" ask number 5571322
    says "company" "is a company's number"
    check 0 "A25: Daedong Credit Bank" ask about un-KPe.023 --json
    check 0 "a list as exhibit" show "$(sha256sum "$un/un-2026/consolidated.xml" | cut -c1-12)"
    says "of " "says how many claims rest on it"
    [ "$(wc -l <"$TMP/out")" -lt 300 ]; ok $? "and shows a page of them"
    check 0 "the lists verify" verify
    echo "# rows in the newer list: $rows"
else
    skip "the UN lists" "$un is not here"
fi

# ---- a mapping beside a file that its reader knows; languages of values ----

export SILLOK_ARCHIVE="$TMP/geo"; "$SILLOK" init "$TMP/geo" >/dev/null
cat >"$TMP/camps.json" <<'J'
{"type": "FeatureCollection", "features": [
 {"type": "Feature", "geometry": {"type": "Point", "coordinates": [127.1, 40.2]},
  "properties": {"no": "p1", "title": "수용소 하나", "opened": "1971"}}]}
J
cat >"$TMP/camps.map" <<'M'
sillok-mapping 1
list      camps
claimant  "desk"
entity this Organization
  key "no"
  name "title"
  incorporationDate "opened"
M
check 0 "GeoJSON is recognised although a mapping is given" import "$TMP/camps.json" \
    --mapping "$TMP/camps.map" --claimant "desk" --name camps --lang ko
"$SILLOK" import --list --json >"$TMP/out"; says '"geojson"' "and read as GeoJSON"
"$SILLOK" ask about "수용소 하나" --json >"$TMP/out"
python3 - "$TMP/out" <<'P'; ok $? "the language of the import is that of its words, not of its dates"
import json, sys
claims = []
def walk(x):
    if isinstance(x, dict):
        if 'property' in x: claims.append(x)
        for v in x.values(): walk(v)
    if isinstance(x, list):
        for v in x: walk(v)
walk(json.load(open(sys.argv[1])))
lang = {c['property'].split(':')[-1]: c.get('lang') for c in claims}
assert lang["name"] == "ko" and not lang["incorporationDate"], (lang, claims)
P

# ---- hostile files ----

export SILLOK_ARCHIVE="$TMP/a"
bad() { # bad NAME WORDS: the file $TMP/bad is refused with words, and nothing is imported
    "$SILLOK" import --list --json >"$TMP/list-before"
    sillok import "$TMP/$1" --mapping "$TMP/people.map" --claimant x --name bad
    [ $? -ne 0 ]; ok $? "refused: $1"
    complains "$2" "and says: $2"
    "$SILLOK" import --list --json >"$TMP/list-after"
    cmp -s "$TMP/list-before" "$TMP/list-after"; ok $? "nothing of it is in the archive"
}
printf 'No,Name,Born,Nationality,Note\n1,"Hong,1960,kp,\n' >"$TMP/open-quote.csv"
bad open-quote.csv "quote"
printf 'No,Name,Born,Nationality,Note\n1,Ho\0ng,1960,kp,\n' >"$TMP/nul.csv"
bad nul.csv "row 2"
printf 'PK\003\004 this is no workbook' >"$TMP/broken.xlsx"
bad broken.xlsx "broken.xlsx"
python3 -c "print(','.join(['x'] * 1000000))" >"$TMP/wide.csv"
bad wide.csv "cells"
head -c 3000000 /dev/zero | tr '\0' 'a' >"$TMP/line.csv"
bad line.csv "line.csv"
cat >"$TMP/laughs.xml" <<'X'
<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;">]>
<CONSOLIDATED_LIST dateGenerated="2020-01-01"><INDIVIDUALS><INDIVIDUAL><FIRST_NAME>&d;</FIRST_NAME></INDIVIDUAL></INDIVIDUALS></CONSOLIDATED_LIST>
X
sillok import "$TMP/laughs.xml" --format un-consolidated; [ $? -ne 0 ]; ok $? "refused: entities that grow"
check 0 "the archive still verifies" verify
done_testing
