#!/usr/bin/env bash
# Rules in force: A2 on the demonstration archive, and what the question does with open dates.
. "$(dirname "$0")/lib.sh"
"$SOURCE/demo/run" "$SILLOK" "$TMP/a" >"$TMP/out" 2>"$TMP/err"; ok $? "the demonstration runs"
says "cap in force: S/RES/2321 (2016)" "A2: and shows the cap"
says "full ban in force: S/RES/2371 (2017)" "A2: and the full ban"

check 0 "A2: HAO FAN 2 loads coal" ask rules "HAO FAN 2"
says "coal, 3 June 2017" "A2: on 3 June 2017"
says "says United Nations Security Council" "A2: says whom"
says "cap in force: S/RES/2321 (2016), paragraph 26 (b)" "A2: cap in force, naming the rule"
says_not "full ban in force" "A2: the full ban is not"
says "not yet in force" "A2: for it is not yet in force"
says "7,500,000 t" "A2: the limit of the cap is told"
check 0 "A2: HAO FAN 6 loads coal" ask rules "HAO FAN 6"
says "coal, 27 August 2017" "A2: on 27 August 2017"
says "full ban in force: S/RES/2371 (2017)" "A2: full ban in force, naming the rule"
says_not "cap in force" "A2: the cap is not"
says "replaced by S/RES/2371 (2017) since 2017-08-05, says" "A2: for it was replaced, says whom"
says "run-off until 2017-09-04; the day asked for lies in" "A2: the run-off in China is shown"
says "exception: foreign coal through Rajin" "A2: and the exception"
says "whether a cargo fell under one is for people to find" "A2: never a verdict"
for word in guilt violat illegal breach; do says_not "$word" "A2: no word of \"$word\""; done

check 0 "the question in its own words" ask rules --goods coal --on 2017-08-27
cp "$TMP/out" "$TMP/one"
check 0 "an option asks the same" ask --rules --goods coal --on 2017-08-27
cmp -s "$TMP/one" "$TMP/out"; ok $? "with the same answer"
check 0 "in Korean" ask rules --goods 석탄 --on "2017년 8월 27일"
says "full ban in force: S/RES/2371 (2017)" "too"
check 0 "by HS code" ask rules --goods 2701.12 --on 2017-08-27
says "full ban in force: S/RES/2371 (2017)" "too"
says "cannot be compared" "and says which rules have no codes"
check 0 "a month is vague" ask rules --goods coal --on "August 2017"
says "full ban: depends: S/RES/2371 (2017)" "so the answer depends"
says_not "full ban in force" "and says no more"
check 0 "iron is not iron ore" ask rules --goods iron --on 2018-01-01
says "full ban in force: S/RES/2371 (2017)" "the rule on iron counts"
says 'it speaks of "iron ore"; whether "iron" is that is' "whether the one on iron ore does is open"
check 0 "trade the other way" ask rules --goods coal --on 2018-01-01 --to "North Korea"
says "no rule about it that this archive holds was in force" "has no rule here"
says "another direction" "and says why"
check 0 "copper" ask rules --goods copper --on 2017-01-01
says "full ban in force: S/RES/2321 (2016)" "is barred by 2321"
for q in "seafood 2018-01-01" "textiles 2018-01-01" "vessels 2018-01-01"; do
    check 0 "${q% *} are asked" ask rules --goods "${q% *}" --on "${q#* }"
    says "full ban in force" "and were barred then"
done
check 0 "labour" ask rules --goods labour --on 2020-01-01
says "return of workers in force: S/RES/2397 (2017), paragraph 8" "has the return of workers"
says "run-off until 2019-12-22; the day asked for is later" "whose time has run out"
says "refugee and human rights law" "with the exception for refugees"
check 0 "goods of which nothing is known" ask rules --goods umbrellas --on 2018-01-01
says "no rule about it that this archive holds was in force" "get an answer all the same"
export SILLOK_NOW=2017-08-27T00:00:00Z
check 0 "without a day it is today" ask rules --goods coal
says "coal, 27 August 2017" "by the clock"
unset SILLOK_NOW

"$SILLOK" --json ask rules "HAO FAN 6" >"$TMP/out" 2>"$TMP/err"
python3 - "$TMP/out" <<'P'; ok $? "programs get the same"
import json, sys
a, = json.load(open(sys.argv[1]))
r = {x['rule']: x for x in a['rules']}
assert a['goods'] == 'coal' and a['on'] == '2017-08-27' and a['event'] == 'vessel-event-03'
assert r['rule-2371-coal']['status'] == 'in-force' and r['rule-2371-coal']['words'] == 'full ban in force'
assert r['rule-2321-coal']['status'] == 'replaced' and r['rule-cn-75-2016']['status'] == 'ended'
assert a['in_force'] == 2 and all(x['claims'] for x in a['rules'])
P
"$SILLOK" --csv ask rules "HAO FAN 6" >"$TMP/out"
python3 - "$TMP/out" <<'P'; ok $? "and a table"
import csv, sys
rows = list(csv.DictReader(open(sys.argv[1], newline='')))
assert len(rows) == 4 and {r['event'] for r in rows} == {'vessel-event-03'}
assert [r['status'] for r in rows] == ['in-force', 'in-force', 'replaced', 'ended']
P
"$SILLOK" ask rules "HAO FAN 6" >"$TMP/1"; "$SILLOK" reindex >/dev/null 2>&1; "$SILLOK" ask rules "HAO FAN 6" >"$TMP/2"
cmp -s "$TMP/1" "$TMP/2"; ok $? "and the same bytes from an index made anew"

check 7 "goods are needed" ask rules --on 2017-08-27
complains "which goods" "and asked for"
check 7 "a day that is none" ask rules --goods coal --on "some day"
check 7 "a country that is none" ask rules --goods coal --from Atlantis
complains "Atlantis" "is named"
check 7 "an event has its own day" ask rules "HAO FAN 6" --on 2017-01-01
check 3 "a ship without a cargo" ask rules Subblic
complains "--goods" "says how to ask instead"

# every row that says so itself is retyped: dates and resolutions against the table it came from
facts=$SHARED/data/facts/sanctioned_goods_hs.csv
if [ ! -f "$facts" ]; then skip "the provisions are those of the table" "$facts is not here"; else
    python3 - "$facts" "$SOURCE/demo/claims/10-rules.csv" <<'P' 2>"$TMP/err"; ok $? "the provisions are those of the table"
import csv, sys
facts = [r for r in csv.DictReader(open(sys.argv[1], newline='')) if r['confidence'] == 'verified']
ours = {}
for r in csv.DictReader(open(sys.argv[2], newline='')):
    e = ours.setdefault(r['entity'], {'goods': set(), 'hs': set(), 'start': set(), 'instrument': set()})
    e['goods'] |= {g.strip() for g in r['goods'].split('|')}
    e['hs'] |= {h.strip() for h in r['hsCode'].split('|')}
    e['start'].add(r['startDate']); e['instrument'].add(r['instrument'])
assert len(facts) == 5
for f in facts:
    name = f['resolution'] if f['resolution'].startswith('China') else 'S/RES/' + f['resolution']
    hit = [k for k, e in ours.items() if any(i.startswith(name) for i in e['instrument'])
           and f['goods'] in e['goods'] and f['in_force_from'] in e['start']
           and set(f['hs_prefixes'].split(';')) <= e['hs']]
    assert hit, f
P
fi
done_testing
