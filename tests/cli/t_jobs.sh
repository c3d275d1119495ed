#!/usr/bin/env bash
# Whole jobs of the program: make an archive, preserve, claim, ask, judge, retract, restrict, verify.
. "$(dirname "$0")/lib.sh"

check 0 "an archive is made" init "$TMP/a" --author tester
check 6 "and not made twice" init "$TMP/a"
check 3 "no archive is a clear error" -C "$TMP/nowhere" verify
complains "is not an archive" "which names the folder"
check 7 "an unknown command is an error" frobnicate
check 7 "an unknown option too" search --frob x

printf '김영호는 수용소에서 구타를 당했다고 말했다.\n강제송환 뒤의 일이다.\n' >"$TMP/ko.txt"
printf 'He said the guards kept the wages.\nMore than 500 people were returned in October 2023.\n' >"$TMP/en.txt"
mkdir -p "$TMP/dir/sub"; cp "$TMP/en.txt" "$TMP/dir/sub/copy.txt"; : >"$TMP/dir/.hidden"
check 0 "files are preserved" add "$TMP/ko.txt" "$TMP/en.txt" --url https://example.org/x --captured "30 November 2023"
says "added" "and reported as added"
check 0 "a dry run changes nothing" add --dry-run "$TMP/dir"
check 0 "a folder is gone through" add "$TMP/dir"
says "captured again" "the same bytes are stored once and captured again"
complains "left out" "hidden files are counted, not swallowed"
check 0 "known captures are not logged twice" add "$TMP/dir"
says "known" "and said to be known"
printf 'from a pipe\n' | "$SILLOK" add - --by desk >"$TMP/out" 2>"$TMP/err"; ok $? "standard input is preserved"
check 3 "a missing file is named" add "$TMP/absent.txt"
complains "absent.txt" "with its path"

check 0 "수용소 is found inside 수용소에서" search 수용소
says "[수용소]에서" "and marked"
check 0 "영호 is found inside 김영호" search 영호
says "[영호]" "and marked"
check 0 "words of two paragraphs are found in one document" search 수용소 강제송환
says "2 matches" "in both of its blocks"
check 0 "NOT excludes documents" search '수용소 NOT 강제송환'
says "0 matches" "all of them"
check 7 "an unbalanced quote is an error" search '"수용소'

check 0 "a claim is entered" claim --entity return-1 --property Event:count --value "More than 500" \
    --claimant "two girls" --claimant "Human Rights Watch" --exhibit en.txt --quote "More than 500 people"
check 0 "a claim shows its passage" show "$(grep -oE '[0-9a-f]{64}' "$TMP/out" | head -n 1)"
says "⟦More than 500 people⟧" "marked in its text"
says "two girls, as told by Human Rights Watch" "with the chain of claimants, origin first"
check 3 "a quote that does not stand there is refused" claim --entity x --property Thing:name --value y \
    --claimant z --exhibit en.txt --quote "never said"
check 7 "a claim without a claimant is refused" claim --entity x --property Thing:name --value y
complains "claimant" "and says what is missing"
check 7 "low above high is refused" claim --entity x --property Population:count --low 30023 --high 11490 --claimant z
complains "change" "with the way out"
check 0 "around June 1978 is understood" claim --entity p1 --property Act:date --value "around June 1978" --claimant Japan
check 0 "and found by June 1978" search date:1978-06 kind:claim
says "around June 1978" "though a date has no words of its own"
check 0 "the act is listed" ask who --when "June 1978"
says "around June 1978" "as written"
check 0 "a wrong weekday is entered with a warning" claim --entity m1 --property Event:date \
    --value "Tuesday, 12 June 2024" --claimant Reuters
complains "Wednesday" "that names the right one"

"$SILLOK" claim --entity d1 --property Person:name --value "Kim Jung-wook" --claimant Yonhap >/dev/null 2>&1
"$SILLOK" claim --entity d2 --property Person:name --value "Kim Jong-wook" --claimant Herald >/dev/null 2>&1
check 0 "two entities are judged the same" judge d1 "Kim Jong-wook" same --reason "one detainee"
id=$(grep -oE 'entry [0-9a-f]{12}' "$TMP/out" | head -n 1 | cut -d' ' -f2)
check 0 "they show as one" ask about d2
says "Yonhap" "with the claims of both"
check 0 "the judgement is undone" judge --undo "$id" --reason "mistake"
check 0 "and they show apart" ask about d2
says_not "Yonhap" "without loss and without leak"
check 7 "a judgement needs a reason" judge d1 d2 different

id=$("$SILLOK" --json claim --entity d1 --property Person:birthDate --value 1964 --claimant Yonhap 2>/dev/null | grep -oE '[0-9a-f]{64}')
check 0 "a claim is retracted" retract "$id" --reason "mistyped"
check 0 "and no longer asked" ask about d1
says_not "1964" "but gone from the answer only"
check 0 "history keeps it" ask about d1 --history
says "retracted" "marked as such"

check 0 "an entity is restricted" restrict entity d1 identity --reason "asked for"
check 3 "and absent for a guest" --as guest ask about d1
check 0 "not for the owner" ask about d1
check 0 "a permit opens it" permit anna identity --reason "case officer"
check 0 "for whom it names" --as anna ask about d1
check 0 "the owner's export leaves it out" export --as-csv -
says_not "Jung-wook" "by name"
says "return-1" "and keeps the rest"

cat >"$TMP/claims.csv" <<'CSV'
entity,type,name,count,claimant,restrict
w1,Person,Open Witness,,desk,
w2,Person,Hidden Witness,,desk,identity
CSV
check 0 "a table of claims is checked" claim --file "$TMP/claims.csv" --dry-run
check 0 "and entered" claim --file "$TMP/claims.csv"
says "2 claims" "as two claims"
check 6 "once only" claim --file "$TMP/claims.csv"
check 0 "the owner finds its rows" search 'hidden witness'
says "Hidden Witness" "all of them"
check 0 "a guest searches" --as guest search witness
says "Open" "and finds what is open"
says_not "Hidden" "and neither the restricted claim nor the row it came from"
check 5 "the table does not leave as a whole" export --exhibit claims.csv --to "$TMP/p1"
printf 'entity,type,count,claimant\nx,Population,12 or so maybe 30,desk\ny,Populatoin,3,desk\nz z,Person,,\n' >"$TMP/bad.csv"
check 7 "a table with faults is refused" claim --file "$TMP/bad.csv"
says "Populatoin" "with the value"
complains "nothing was entered" "and nothing is entered"

check 0 "the log lists entries" log --kind judge
says "judge" "by kind"
check 0 "the checkpoint is a signed note" log --checkpoint
says "— " "with its signature line"
check 0 "an entry's proof is printed" log --prove "$id"
says "c2sp.org/tlog-proof@v1" "as a tlog-proof"
check 0 "everything verifies" verify
says "all intact" "and says so"

h1=$("$SILLOK" reindex --check); rm -rf "$TMP/a/derived"; h2=$("$SILLOK" reindex --check 2>/dev/null); h3=$("$SILLOK" reindex)
[ "$h1" = "$h2" ] && [ "$h2" = "$h3" ]; ok $? "delete derived/, reindex, same answers"
check 0 "the index is compared with the log" verify --index
says_not "index-differed" "and equal"

cp -r "$TMP/a" "$TMP/t"
for f in SILLOK keys/known "$(cd "$TMP/t" && ls logs/*/leaves)" "$(cd "$TMP/t" && ls logs/*/checkpoint)" \
    entries/00000001.seg "$(cd "$TMP/t" && ls blobs/??/* | head -n 1)"; do
    cp "$TMP/t/$f" "$TMP/whole"
    at=$(($(stat -c %s "$TMP/t/$f") / 2)) other=A # another byte than stands there
    [ "$(dd if="$TMP/t/$f" bs=1 skip=$at count=1 2>/dev/null | tr -d '\0')" = A ] && other=B
    printf %s "$other" | dd of="$TMP/t/$f" bs=1 seek=$at conv=notrunc 2>/dev/null
    check 1 "verify exits 1 when ${f%%/*} is altered" -C "$TMP/t" verify
    says "$f" "and names the file"
    cat "$TMP/whole" >"$TMP/t/$f"
done
check 0 "put back, it is intact" -C "$TMP/t" verify

for c in add claim search ask show judge retract restrict permit verify log reindex export init help; do
    sillok help $c; [ $? -eq 0 ] && [ "$(wc -l <"$TMP/out")" -gt 5 ]; ok $? "help explains $c"
done
check 0 "completion is shell code" help completion
bash -n "$TMP/out"; ok $? "that bash reads"
"$SILLOK" --json ask about d2 | python3 -m json.tool >/dev/null; ok $? "ask about gives JSON"
"$SILLOK" --json ask who | python3 -m json.tool >/dev/null; ok $? "ask who gives JSON"
"$SILLOK" --json ask how-many return-1 | python3 -m json.tool >/dev/null; ok $? "ask how-many gives JSON"
"$SILLOK" --json search 수용소 | python3 -m json.tool >/dev/null; ok $? "search gives JSON"
"$SILLOK" --json show en.txt | python3 -m json.tool >/dev/null; ok $? "show gives JSON"
"$SILLOK" --json verify | python3 -m json.tool >/dev/null; ok $? "verify gives JSON"
"$SILLOK" --json search '"x' 2>/dev/null | python3 -m json.tool >/dev/null; ok $? "errors give JSON"
done_testing
