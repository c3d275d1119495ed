#!/usr/bin/env bash
# Ships and their numbers: A3, A4 and A23 on the demonstration archive.
. "$(dirname "$0")/lib.sh"
"$SOURCE/demo/run" "$SILLOK" "$TMP/a" >/dev/null 2>"$TMP/err"; ok $? "the demonstration runs"

check 0 "A3: number 5571322" ask number 5571322
grep -qE '^IMO company number +check digit valid .*CHONMYONG SHIPPING CO \(KPe\.056\)' "$TMP/out"; ok $? "A3: is a company number of KPe.056"
grep -qE '^IMO ship number +check digit wrong .*nobody' "$TMP/out"; ok $? "A3: and not a ship's"
says "United Nations Security Council" "A3: says whom"
check 0 "A3: it is found however it is written" ask number "IMO 5571322"
says "CHONMYONG" "A3: with its prefix"
check 0 "A3: also in full width" ask number "５５７１３２２"
says "CHONMYONG" "A3: as a Korean spreadsheet may have it"

for number in 8528864 9870991; do
    check 0 "A4: number $number" ask number $number
    grep -qE '^IMO ship number +check digit valid .*used falsely, says' "$TMP/out"; ok $? "A4: valid, and reported as used falsely"
done
says "IIMS" "A4: by whom"

check 0 "A23: Subblic" show Subblic
says "timeline of Subblic: 2 hulls, 3 ship numbers" "A23: two hulls, three numbers"
says "1 name of another hull" "A23: one stolen name"
says "1 number of another hull, 1 number of no other hull here" "A23: and what became of the numbers"
grep -qE 'from 2019, open +other name +Hai Zhou 168 +used falsely; it is another hull' "$TMP/out"; ok $? "A23: the name is told with its dates"
says "Hai Zhou 168 (@hull-b), which is said to bear imo:8514045 too" "A23: and whose it is"
says "Panel of Experts" "A23: says whom"
says "05-vessels.csv row" "A23: resting on what"
python3 - "$TMP/out" <<'P'; ok $? "A23: the hulls and their steps stand in order of time"
import sys
t = open(sys.argv[1], encoding='utf-8').read()
at = [t.index(w) for w in ('Subblic (@hull-a)', '8126082', 'from 2019, open', 'Hai Zhou 168 (@hull-b)', 'until 2019, start open', 'Smooth Sea 28')]
assert at == sorted(at), at
P
check 0 "the timeline alone" show hull-b --timeline
says "timeline of Hai Zhou 168: 2 hulls, 3 ship numbers" "from the other end"
says_not "Property" "without the rest"
"$SILLOK" --json show Subblic >"$TMP/out"
python3 - "$TMP/out" <<'P'; ok $? "programs get it in the profile"
import json, sys
t = json.load(open(sys.argv[1]))['timeline']
assert (t['n_hulls'], t['n_numbers'], t['n_taken_names'], t['n_taken_numbers'], t['n_false_numbers']) == (2, 3, 1, 1, 1)
assert [h['key'] for h in t['hulls']] == ['hull-a', 'hull-b'] and t['hulls'][1]['why'] == 'same-number'
taken = [s for s in t['steps'] if s.get('taken_from_another_hull') and s['kind'] == 'name']
assert [s['value'] for s in taken] == ['Hai Zhou 168'] and taken[0]['when'] == '2019/..'
P
"$SILLOK" --json show Subblic --timeline | python3 -m json.tool >/dev/null; ok $? "or alone"
"$SILLOK" --csv show Subblic --timeline | head -n 1 | grep -q '^group,when,what,value'; ok $? "and as a table"
check 12 "a body has no timeline" show "UN Security Council" --timeline
check 0 "a number is found by search as well" search 8126082
says "Subblic" "in the ship's claim"

"$SILLOK" init "$TMP/b" >/dev/null
export SILLOK_ARCHIVE="$TMP/b"
check 0 "a wrong check digit is entered" claim --entity s --property Vessel:imoNumber --value "IMO 8126083" --claimant port
complains "the last digit would be 2" "with a warning"
check 0 "and shown as the source wrote it" show s
says "IMO 8126083" "word for word"
says "check digit: the last digit would be 2" "with what is odd about it"
check 0 "a company's number in a ship's place" claim --entity s2 --property Vessel:imoNumber --value 5571322 --claimant list
complains "fits the rule for companies" "is told apart"
check 0 "a country becomes a code" --json claim --entity s --property Vessel:flag --value "Democratic People's Republic of Korea" --claimant list
"$SILLOK" --json show s | python3 -c 'import json,sys; c=[x for x in json.load(sys.stdin)["claims"] if x["property"]=="flag"][0]; sys.exit(0 if (c["value"],c["words"])==("kp","Democratic People\x27s Republic of Korea") else 1)'
ok $? "and keeps its words"
check 0 "one that could be two" claim --entity s2 --property Vessel:flag --value Korea --claimant list
complains '"Korea"' "is kept with a warning"
check 7 "a number without digits" ask number " - "
check 0 "a number that nobody bears" ask number 9074729
says "no claim in this archive" "says so"

# the chains of identities in the table that the demonstration was typed from
facts=$SHARED/data/facts/vessel_identity_chain.csv
export SILLOK_ARCHIVE="$TMP/a"
if [ ! -f "$facts" ]; then skip "every ship number of the table is borne here" "$facts is not here"; else
    python3 - "$facts" "$SILLOK" <<'P' 2>"$TMP/err"; ok $? "every verified ship number of the table is borne here, and false where it says so"
import csv, json, subprocess, sys
for r in csv.DictReader(open(sys.argv[1], newline='')):
    if r['confidence'] != 'verified' or not r['imo']:
        continue
    a = json.loads(subprocess.run([sys.argv[2], '--json', 'ask', 'number', r['imo']], capture_output=True, check=True).stdout)
    ship = [v for v in a['verdicts'] if v['scheme'] == 'imo'][0]
    assert ship['verdict'] == 'valid', r
    assert a['claims'], r
    if 'fraudulent' in r['evidence_kind'] or 'laundered' in r['evidence_kind']:
        assert any(c.get('used_falsely') for c in a['claims']), r
P
fi

# A3 on the list itself: what it prints as "IMO number" of bodies are company numbers, all sixteen
list=$SHARED/data/lists/un-2026/consolidated.xml
numbers=$SHARED/data/facts/imo_company_number_checks.csv
if [ ! -f "$list" ] || [ ! -f "$numbers" ]; then skip "A3 on the UN list" "$list is not here"; else
    "$SILLOK" init "$TMP/un" >/dev/null
    export SILLOK_ARCHIVE="$TMP/un"
    check 0 "the UN list is imported" import "$list"
    check 0 "A3: number 5571322 on the list" ask number 5571322
    says "@un-" "A3: is of a body"
    says "KPe.056" "A3: namely KPe.056"
    python3 - "$numbers" "$SILLOK" <<'P' 2>"$TMP/err"; ok $? "A3: the sixteen numbers are of companies, and of the bodies that the list says"
import csv, json, subprocess, sys
n = 0
for r in csv.DictReader(open(sys.argv[1], newline='')):
    a = json.loads(subprocess.run([sys.argv[2], '--json', 'ask', 'number', r['number']], capture_output=True, check=True).stdout)
    v = {x['scheme']: x['verdict'] for x in a['verdicts']}
    assert v['imo-company'] == 'valid', r
    assert (v['imo'] == 'valid') == (r['passes_ship_formula'] == 'yes'), r
    bearers = {(c['entity'], c['property']) for c in a['claims']}
    assert ('un-' + r['ref'], 'imoCompanyNumber') in bearers, (r, bearers)
    n += 1
assert n == 16
P
fi
done_testing
