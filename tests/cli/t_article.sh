#!/usr/bin/env bash
# The page this project began with: added, furniture marked, searchable, claimed, asked back.
. "$(dirname "$0")/lib.sh"
page=$SHARED/data/article/article.txt
if [ ! -f "$page" ]; then skip "the article" "$page is not here"; done_testing; exit 0; fi
"$SILLOK" init "$TMP/a" >/dev/null
check 0 "it is preserved" add "$page"
check 0 "its text is read" --json show article.txt
python3 - "$TMP/out" "$SHARED/data/article/gold.jsonl" <<'P' >"$TMP/marks"; ok $? "its furniture is marked, and nothing else"
import json, sys
doc = json.load(open(sys.argv[1]))
meta = json.loads(open(sys.argv[2], encoding='utf-8').readline())
bad = 0
for b in doc['blocks']:
    inside = any(s['b'][0] <= b['start'] and b['end'] <= s['b'][1] for s in meta['boilerplate'])
    if (b['kind'] == 'furniture') != inside:
        if b['text'].strip():
            bad += 1
            print(b['kind'], b['start'], b['end'], b['text'][:70])
sys.exit(1 if bad else 0)
P
[ -s "$TMP/marks" ] && sed 's/^/# /' "$TMP/marks"
check 0 "its words are found" search '"forced labor"'
says_not "0 matches" "in it"
check 0 "furniture is not searched" search '"Leave a Reply"'
says "0 matches" "unless asked"
check 0 "but kept" search '"Leave a Reply" furniture:yes'
says "1 match" "and found on request"
check 0 "15 or more of its statements are entered by file" claim --file "$SOURCE/tests/data/article-claims.csv"
claims=$(grep -oE 'make [0-9]+ claims' "$TMP/out" | tr -dc 0-9)
[ "${claims:-0}" -ge 15 ]; ok $? "with their passages ($claims claims)"
check 0 "they are asked back" ask who
says "article.txt" "with the place each stands"
says "Victor Cha" "and who says it"
check 0 "every claim leads to its words" --json show article.txt
python3 - "$TMP/out" "$page" <<'P'; ok $? "the span of each claim is its quote in the original file"
import json, sys
doc, raw = json.load(open(sys.argv[1])), open(sys.argv[2], 'rb').read()
norm = lambda s: ' '.join(s.replace('’', "'").replace('‘', "'").replace('“', '"').replace('”', '"').split())
spans = [(p, raw[p['start']:p['end']].decode()) for c in doc['claims'] for p in c['passages'] if 'start' in p]
bad = [(p['quote'], t) for p, t in spans if norm(p['quote']) != norm(t)]
print(bad)
sys.exit(0 if len(spans) >= 15 and not bad else 1)
P
check 0 "everything verifies" verify
done_testing
