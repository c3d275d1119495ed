#!/usr/bin/env bash
# The demonstration: the acceptance examples as a newcomer sees them.
. "$(dirname "$0")/lib.sh"
"$SOURCE/demo/run" "$SILLOK" "$TMP/a" >"$TMP/demo" 2>"$TMP/err"; ok $? "the demonstration runs"
cp "$TMP/demo" "$TMP/out"
says "620–720" "A1: three dated events make 620 to 720"
says "or more" "A1: with an open upper end"
says "reaches beyond the period" "A1: 670 is left out, with the reason"
says "counts another thing" "A1: a stock of 2,000 is left out, with the reason"
says "denied:" "A1: the denial is shown"
says "all intact" "the archive verifies"
says "@kim-jung-wook" "A6: a person is found under a Cyrillic spelling"
says "one Korean name" "A6: and why"
says "수용소]에서" "수용소 is found inside 수용소에서"
check 0 "A8: two populations" ask how-many "abducted from Japan"
says "17" "17"
says "19" "and 19, side by side"
check 0 "A14: votes of 2014" --json ask how-many votes-2014-12-22
python3 - "$TMP/out" <<'P'; ok $? "A14: 11 + 2 + 2 make 15"
import json, sys
l = json.load(open(sys.argv[1]))[0]
sys.exit(0 if l['sum'] and l['sum']['low'] == 15 and l['sum']['high'] == 15 and not l['sum']['open_above'] else 1)
P
for v in votes-2015-12-10 votes-2024-06-12; do
    "$SILLOK" --json ask how-many $v | python3 -c 'import json,sys; s=json.load(sys.stdin)[0]["sum"]; sys.exit(0 if s["low"]==15==s["high"] else 1)'
    ok $? "A14: $v makes 15"
done
check 0 "A18: a change over time" search '30,023'
"$SILLOK" export --as-csv - 2>/dev/null | grep -F '30023' | grep -qF change; ok $? "A18: stays a change, not a range"
check 0 "A20: around June 1978" ask who --act liberty.abduction --when "June 1978"
says "around June 1978" "A20: is found by June 1978 and printed as written"
check 0 "A20: sorts before 7 July 1978" ask who --act liberty.abduction
a=$(grep -n "around June 1978" "$TMP/out" | head -n 1 | cut -d: -f1); b=$(grep -n "7 July 1978" "$TMP/out" | head -n 1 | cut -d: -f1)
[ -n "$a" ] && { [ -z "$b" ] || [ "$a" -lt "$b" ]; }; ok $? "A20: in the order of the list"
check 0 "a package is exported" export --exhibit article.html --to "$TMP/package"
(cd "$TMP/package" && sha256sum -c --quiet manifest-sha256.txt) >/dev/null 2>&1; ok $? "sha256sum accepts it"
bash "$TMP/package/verify.sh" >"$TMP/out" 2>&1; ok $? "its own script verifies it with openssl"
check 0 "the second run only asks" search 수용소
done_testing
