#!/usr/bin/env bash
# Reviewing without a terminal: what awaits, decisions by id, how rules fare, and what a view hides.
. "$(dirname "$0")/lib.sh"

cat >"$TMP/one.txt" <<'T'
Soldiers of Arnor killed 12 villagers in March 2014, witnesses said.

The police of Arnor beat two girls in the prison on 3 May 2015.

The workers could be tortured if they return, lawyers warned.
T
printf 'Guards of Arnor beat prisoners in 2011.\n' >"$TMP/two.txt"
"$SILLOK" init "$TMP/a" >/dev/null 2>&1
"$SILLOK" add "$TMP/one.txt" "$TMP/two.txt" >/dev/null 2>&1

check 0 "what awaits is listed without a terminal" review --list
says "killing" "with the act"
says "witnesses > the document" "and who says it, in a chain"
says "await review" "and how many"
check 0 "and as JSON" review --list --json
cp "$TMP/out" "$TMP/list.json"
python3 - "$TMP/list.json" "$TMP" <<'P'; ok $? "every slot has its span, and its words stand there"
import json, sys
rows = json.load(open(sys.argv[1]))
acts = [r for r in rows if r['kind'] == 'act']
assert len(acts) >= 3, rows
texts = [open(sys.argv[2] + '/' + n, 'rb').read() for n in ('one.txt', 'two.txt')]
for r in rows:
    assert r['state'] == 'waits' and len(r['id']) == 64 and r['proposals'], r
    assert any(t[r['passage_start']:r['passage_end']].decode() == r['text'] for t in texts), r
risk = [r for r in acts if r['modality'] in ('risk', 'possible')]
assert risk and all(r['position'] == 'predicts' for r in risk), 'a risk is no act that happened'
P
id() { # id WORD [N]: the N-th suggestion whose line holds WORD
    python3 -c 'import json,sys; print([r["id"] for r in json.load(open(sys.argv[1])) if sys.argv[2] in r["what"]][int(sys.argv[3])])' \
        "$TMP/list.json" "$1" "${2:-0}"
}
killing=$(id killing) beating=$(id beating)

check 0 "only acts" review --list --kind act
says_not "name of a" "no names among them"
check 0 "only sure ones" review --list --tier 1 --csv
says_not "act:" "no act is"
check 0 "only one exhibit" review --list two.txt
says_not "killing" "nothing of the other"

check 0 "a dry run of confirming changes nothing" review --confirm "$killing" -n
says "would be confirmed" "and says so"
check 0 "it still waits" review --list
says "${killing:0:12}" "in the list"
check 0 "a suggestion is confirmed by the beginning of its id" review --confirm "${killing:0:12}"
says "claims written" "with its claims"
check 0 "what is decided does not come again" review --list
says_not "${killing:0:12}" "it is gone from the list"
check 0 "the claim is found" ask who --act life.killing
says "witnesses" "with who says it"
check 0 "and leads to its passage" show one.txt
says "0-68" "by the bytes of the sentence"
check 0 "its claim" --json search killed
"$SILLOK" export --as-csv "$TMP/claims.csv" >/dev/null 2>&1
grep -q "life.killing" "$TMP/claims.csv"; ok $? "it is exported, for it is confirmed"
! grep -q "body.beating" "$TMP/claims.csv"; ok $? "what is not confirmed is not"
[ "$("$SILLOK" review --confirm "$killing" >/dev/null 2>"$TMP/err"; echo $?)" -ne 0 ]; ok $? "it cannot be confirmed twice"
complains "confirmed already" "and it says why"

check 0 "a suggestion is rejected, with a reason" review --reject "$beating" --reason "a headline"
check 0 "the last decision is taken back" review --undo
says "${beating:0:12}" "by name"
check 0 "it waits again" review --list
says "${beating:0:12}" "in the list"
check 0 "a decision is taken back by id" review --undo "$killing"
check 0 "the claim does not count any more" ask who --act life.killing
says_not "witnesses" "nobody says it now"

check 0 "how rules fare" review --stats
says "Offered" "is a table"
"$SILLOK" review --confirm "$killing" >/dev/null 2>&1
"$SILLOK" review --reject "$beating" >/dev/null 2>&1
check 0 "and JSON" review --stats --json
python3 - "$TMP/out" <<'P'; ok $? "offered, confirmed, rejected and the interval of the rate agree"
import json, sys
rows = json.load(open(sys.argv[1]))
assert sum(r['confirmed'] for r in rows) == 1 and sum(r['rejected'] for r in rows) == 1, rows
for r in rows:
    decided = r['confirmed'] + r['edited'] + r['rejected']
    assert r['offered'] >= decided
    assert (r['rate'] is None) == (decided == 0)
    if decided:
        assert 0 <= r['low'] <= r['rate'] <= r['high'] <= 1, r
P
cp "$TMP/out" "$TMP/stats"
rm -rf "$TMP/a/derived"
"$SILLOK" review --stats --json >"$TMP/again" 2>/dev/null
cmp -s "$TMP/stats" "$TMP/again"; ok $? "the index made again says the same"

check 0 "an exhibit is restricted" restrict exhibit one.txt secret --reason test
check 0 "who may not see an exhibit" review --list --as mina
says_not "one.txt" "sees no suggestion of it"
check 0 "nor counts of it" review --stats --json --as mina
python3 -c 'import json,sys; sys.exit(sum(r["confirmed"]+r["rejected"] for r in json.load(open(sys.argv[1]))) != 0)' "$TMP/out"; ok $? "in how rules fare"
"$SILLOK" review --confirm "$(id tortur)" --as mina >"$TMP/out" 2>"$TMP/err"; [ $? -ne 0 ]; ok $? "nor can they decide on one"

"$SILLOK" review </dev/null >"$TMP/out" 2>"$TMP/err"; [ $? -ne 0 ]; ok $? "without a terminal the screen is refused"
complains "--list" "naming what works without one"
"$SILLOK" review --list --confirm x >"$TMP/out" 2>"$TMP/err"; [ $? -ne 0 ]; ok $? "two modes do not go together"
complains "do not go together" "and it says so"
"$SILLOK" review --dry-run two.txt </dev/null >"$TMP/out" 2>"$TMP/err"; [ $? -ne 0 ]; ok $? "a dry run of the screen is refused"
complains "--dry-run belongs to" "before anything could be written in spite of it"
"$SILLOK" review --list --kind acts >"$TMP/out" 2>"$TMP/err"; [ $? -ne 0 ]; ok $? "an unknown kind is refused"
complains '"acts"' "with its value"
"$SILLOK" review --list --tier 5 >"$TMP/out" 2>"$TMP/err"; [ $? -ne 0 ]; ok $? "so is an unknown tier"
"$SILLOK" review --confirm >"$TMP/out" 2>"$TMP/err"; [ $? -ne 0 ]; ok $? "confirming needs an id"
"$SILLOK" review --reject 000000000000 >"$TMP/out" 2>"$TMP/err"; [ $? -ne 0 ]; ok $? "of a suggestion that is there"
done_testing
