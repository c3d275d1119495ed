#!/usr/bin/env bash
# Adding a text proposes claims of it, tells how many await, and what was not read.
. "$(dirname "$0")/lib.sh"

"$SILLOK" init "$TMP/a" >/dev/null 2>&1; ok $? "an archive"
printf 'Guards beat Hwang Sun-ok in May 2023, Human Rights Watch said.\nThe torture chamber museum opened.\n' >"$TMP/a.txt"
"$SILLOK" -C "$TMP/a" add "$TMP/a.txt" >"$TMP/out" 2>"$TMP/err"; ok $? "a text is added"
says "suggestions await review: 1 act, 2 names" "and what awaits is told by kind"
says "have an act word and nothing is proposed" "and what is silent"
"$SILLOK" -C "$TMP/a" add "$TMP/a.txt" >"$TMP/out" 2>"$TMP/err"
grep -q "await" "$TMP/out" && bad=1 || bad=0; ok $bad "what was known already is not told as new"
printf 'Nothing happened on the market square.\n' >"$TMP/b.txt"
"$SILLOK" -C "$TMP/a" add "$TMP/b.txt" >"$TMP/out" 2>"$TMP/err"
grep -q "await" "$TMP/out" && bad=1 || bad=0; ok $bad "a text without anything says nothing"
"$SILLOK" -C "$TMP/a" reindex >"$TMP/one" 2>&1; "$SILLOK" -C "$TMP/a" reindex >"$TMP/two" 2>&1
cmp -s "$TMP/one" "$TMP/two"; ok $? "reindexing twice gives the same rows"
check 0 "asking who" ask who
says_not "Hwang" "answers nothing that is unconfirmed"
check 0 "exporting" export --as-csv "$TMP/x.csv"
grep -q "Hwang" "$TMP/x.csv" && bad=1 || bad=0; ok $bad "hands out nothing of it"
act=$("$SILLOK" review --list --kind act --json 2>/dev/null | grep -oE '[0-9a-f]{64}' | head -1)
name=$("$SILLOK" review --list --kind name --json 2>/dev/null | grep -oE '[0-9a-f]{64}' | head -1)
check 0 "an act is confirmed" review --confirm "$act"
check 0 "a name is rejected" review --reject "$name"
check 0 "asking who again" ask who
says "Hwang Sun-ok" "answers what was confirmed"
check 0 "exporting again" export --as-csv "$TMP/y.csv"
grep -q "Hwang" "$TMP/y.csv"; ok $? "hands it out"
check 0 "an exhibit with its proofs is handed out" export --exhibit a.txt --to "$TMP/package"
check 0 "the log lists the new kind" log
says "reject" "by its name"
"$SILLOK" reindex >"$TMP/one" 2>&1; rm -rf "$TMP/a/derived"; "$SILLOK" reindex >"$TMP/two" 2>&1
cmp -s "$TMP/one" "$TMP/two"; ok $? "decisions outlive the index"
check 0 "an archive of the export" init "$TMP/b"
SILLOK_ARCHIVE="$TMP/b" "$SILLOK" add "$TMP/a.txt" >/dev/null 2>&1
SILLOK_ARCHIVE="$TMP/b" "$SILLOK" claim --file "$TMP/y.csv" >"$TMP/out" 2>"$TMP/err"; ok $? "takes it in"
"$SILLOK" -C "$TMP/a" add --json "$TMP/a.txt" >"$TMP/out" 2>"$TMP/err"
python3 -c 'import json, sys; json.load(open(sys.argv[1]))' "$TMP/out"; ok $? "JSON stays JSON"
python3 -c "
line = 'Nobody is named here and nothing is said of anyone at all.\n'
open('$TMP/big.txt', 'w').write(line * (5 * 1024 * 1024 // len(line)))"
"$SILLOK" -C "$TMP/a" add "$TMP/big.txt" >"$TMP/out" 2>"$TMP/err"; ok $? "a text above the ceiling is added"
grep -q "big.txt: only the first" "$TMP/err"; ok $? "and what was not read is told"
"$SILLOK" -C "$TMP/a" verify >"$TMP/out" 2>&1; ok $? "the archive verifies"
done_testing
