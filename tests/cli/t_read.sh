#!/usr/bin/env bash
# Reading from the command line, and the scorer that compares a reading with an annotation.
. "$(dirname "$0")/lib.sh"
data=$SOURCE/tests/data/reading

printf 'Soldiers killed 12 civilians in March 2014, witnesses said.\nLeave a Reply\n' >"$TMP/a.txt"
"$SILLOK" read "$TMP/a.txt" >"$TMP/out" 2>"$TMP/err"; ok $? "a text is read without an archive"
says "life.killing" "the act is named"
says "witnesses" "and who says it"
"$SILLOK" read - <"$TMP/a.txt" >"$TMP/out2" 2>&1; ok $? "standard input is read"
cmp -s "$TMP/out" "$TMP/out2"; ok $? "and gives the same"
"$SILLOK" read --json "$TMP/a.txt" >"$TMP/one.jsonl"; ok $? "JSON Lines are printed"
"$SILLOK" read --json "$TMP/a.txt" >"$TMP/two.jsonl"
cmp -s "$TMP/one.jsonl" "$TMP/two.jsonl"; ok $? "the same text gives the same bytes"
python3 - "$TMP/a.txt" "$TMP/one.jsonl" <<'P'; ok $? "every span quotes the text, and none lies in furniture"
import json, sys
data = open(sys.argv[1], 'rb').read()
rows = [json.loads(l) for l in open(sys.argv[2], encoding='utf-8')]
furniture = rows[0]['boilerplate']
assert furniture and furniture[0]['text'] == 'Leave a Reply'
def walk(x):
    if isinstance(x, dict):
        if 'b' in x and 'text' in x:
            assert data[x['b'][0]:x['b'][1]].decode() == x['text'], x
        for v in x.values():
            walk(v)
    elif isinstance(x, list):
        for v in x:
            walk(v)
walk(rows)
assert all(e['trigger']['b'][1] <= furniture[0]['b'][0] for e in rows if e['kind'] == 'event')
P
printf 'state | ARN | state | Arnor\n' >"$TMP/words"
printf 'Arnor killed civilians.\n' >"$TMP/b.txt"
"$SILLOK" read --words "$TMP/words" "$TMP/b.txt" >"$TMP/out" 2>"$TMP/err"; ok $? "words of one's own are added"
says "Arnor" "and name the actor"
printf 'nonsense\n' >"$TMP/words"
"$SILLOK" read --words "$TMP/words" "$TMP/b.txt" >"$TMP/out" 2>&1 && bad=1 || bad=0
ok $bad "a bad list is refused"
says "line 1" "with its line"

# The scorer, on a reading made by hand: one act right, one invented actor, one that never happened.
printf 'A killed B. C may be shot.\n' >"$TMP/s.txt"
cat >"$TMP/gold.jsonl" <<'G'
{"kind": "entity", "id": "E1", "mentions": [{"b": [0, 1]}]}
{"kind": "entity", "id": "E2", "mentions": [{"b": [9, 10]}]}
{"kind": "entity", "id": "E3", "mentions": [{"b": [12, 13]}]}
{"kind": "event", "id": "V1", "act": "life.killing", "trigger": {"b": [2, 8]}, "actor": ["E1"], "target": ["E2"], "modality": "asserted"}
{"kind": "event", "id": "V2", "act": "injury", "also": "body.injury", "trigger": {"b": [21, 25]}, "target": ["E3"], "modality": "risk", "actor_stated": false}
G
cat >"$TMP/read.jsonl" <<'R'
{"kind": "entity", "id": "N1", "mentions": [{"b": [0, 1]}]}
{"kind": "entity", "id": "N2", "mentions": [{"b": [9, 10]}]}
{"kind": "entity", "id": "N3", "mentions": [{"b": [12, 13]}]}
{"kind": "event", "id": "X1", "act": "life.killing", "trigger": {"b": [2, 8]}, "actor_spans": [{"b": [0, 1], "entity": "N1"}], "target_spans": [{"b": [9, 10], "entity": "N2"}], "modality": "asserted"}
{"kind": "event", "id": "X2", "act": "body.injury", "trigger": {"b": [21, 25]}, "actor_spans": [{"b": [0, 1], "entity": "N1"}], "target_spans": [{"b": [12, 13], "entity": "N3"}], "modality": "reported"}
{"kind": "event", "id": "X3", "act": "body.torture", "trigger": {"b": [14, 17]}, "modality": "asserted"}
R
"$SOURCE/tools/score-reading" "$TMP/s.txt" "$TMP/gold.jsonl" --reading "$TMP/read.jsonl" --json >"$TMP/score"; ok $? "a reading is scored"
python3 - "$TMP/score" <<'P'; ok $? "precision, recall and the two never rules are counted as the rules say"
import json, sys
s = json.load(open(sys.argv[1]))
assert (s['act']['right'], s['act']['said'], s['act']['wanted']) == (2, 3, 2), s['act']
assert s['act+actor']['right'] == 1 and s['act+target']['right'] == 2, s
assert s['act+actor+target']['right'] == 1, s
assert s['never'] == 1 and s['actors filled where empty'] == 1, s
P
for t in testimony-en-1 testimony-en-2 testimony-ko-1 testimony-ko-2 news-en-1 news-en-2 news-en-3 news-en-4; do
    "$SOURCE/tools/score-reading" "$data/$t.txt" "$data/$t.gold.jsonl" --sillok "$SILLOK" --json >"$TMP/score"
    ok $? "$t is scored"
    python3 - "$TMP/score" <<'P'; ok $? "$t: nothing that did not happen is offered as if it had, no actor invented; every span quotes"
import json, sys
s = json.load(open(sys.argv[1]))
print('# act P %.2f R %.2f, act+target P %.2f R %.2f' % (s['act']['precision'], s['act']['recall'], s['act+target']['precision'], s['act+target']['recall']))
assert s['never'] == 0 and s['actors filled where empty'] == 0 and s['spans that do not quote'] == 0 and s['act']['precision'] >= .8 and s['act']['recall'] >= .7, s
P
done
article=${SILLOK_SHARED:-$SOURCE/../shared}/data/article
if [ -r "$article/gold.jsonl" ]; then
    "$SOURCE/tools/score-reading" "$article/article.txt" "$article/gold.jsonl" --sillok "$SILLOK" --json >"$TMP/score"
    python3 - "$TMP/score" <<'P'; ok $? "the article: acts, targets, slots and sources as good as they must be"
import json, sys
s = json.load(open(sys.argv[1]))
for name, p, r in (('act', .88, .80), ('act+target', .80, .60), ('act+actor+target', .75, .45), ('attribution', .90, .75)):
    assert s[name]['precision'] >= p and s[name]['recall'] >= r, (name, s[name])
assert s['never'] == 0 and s['actors filled where empty'] == 0, s
assert s['quantity hedge']['precision'] == 1 and s['quantity number']['precision'] == 1, s
P
else
    echo "# SKIP the article: no $article/gold.jsonl"
fi
done_testing
