#!/usr/bin/env bash
# Names by the command line: two spellings compared and why, tables of pairs, readings; people found
# under any spelling by search, show and ask.
. "$(dirname "$0")/lib.sh"

p_of() { "$SILLOK" name compare "$1" "$2" --json | python3 -c 'import json,sys; print(json.load(sys.stdin)["p"])'; }
above() { awk -v p="$(p_of "$1" "$2")" -v t="$3" 'BEGIN {exit !(p > t)}'; ok $? "$1 = $2"; }
below() { awk -v p="$(p_of "$1" "$2")" -v t="$3" 'BEGIN {exit !(p < t)}'; ok $? "$1 is not $2"; }

# ---- no archive is needed ----

unset SILLOK_ARCHIVE
for x in 김정은 金正恩 "Kim Jong Un" "Ким Чен Ын" "キム・ジョンウン"; do
    for y in 김정은 金正恩 "Kim Jong Un" "Ким Чен Ын" "キム・ジョンウン"; do above "$x" "$y" 0.8; done
    for y in 김정남 金正男 "Kim Jong Nam" 김정일 金正日 "Kim Jong Il" "Kim Jong Chol" "Kim Yong Un" 김용운; do
        below "$x" "$y" 0.5
    done
done
below "Daedong Credit Bank" "Daesong Bank" 0.5
check 0 "a pair is compared" name compare 김정욱 "Kim Jong-wook"
says "Korean" "and the account that won is told in words"
says "A name is not a person" "with what it does not say"
check 0 "a spelling is decoded" name decode "Kim Jong Sik"
says "김정식" "into what it can stand for"
says "김종식" "all of it"
printf 'name_a\tscript_a\tname_b\tscript_b\tnote\n김정욱\tko/Hang\tKim Jong-wook\tko/Latn\tone\n김정욱\tko/Hang\tKim Jong Un\tko/Latn\ttwo\nalone\t\t\t\tthree\n' >"$TMP/pairs.tsv"
check 0 "a table of pairs is compared" name compare --tsv "$TMP/pairs.tsv"
python3 - "$TMP/out" <<'P'; ok $? "each row stands as it was, in order, with p and the account behind it"
import sys
rows = [l.rstrip('\n').split('\t') for l in open(sys.argv[1], encoding='utf-8')]
assert rows[0][-2:] == ['p', 'hypothesis'] and len(rows) == 4, rows
assert [r[4] for r in rows] == ['note', 'one', 'two', 'three']
assert float(rows[1][5]) > .8 and float(rows[2][5]) < .5 and rows[3][5:] == ['', ''], rows
P
complains "row 4" "a row without two names is named"
check 3 "a file that is not there" name compare --tsv "$TMP/none.tsv"
complains "none.tsv" "is named"
check 7 "kinds are known by name" name compare a b --kind horse
complains "horse" "and a wrong one is named"

# ---- in an archive ----

export SILLOK_ARCHIVE="$TMP/a"
"$SILLOK" init "$TMP/a" --author desk >/dev/null
claim() { "$SILLOK" claim --entity "$1" --property Person:name --value "$2" --claimant "an invented list" >/dev/null; }
claim hong-1 "홍길서"; claim hong-2 "Pak Invented"; claim hong-3 "Hong Kil-tong the Elder"
check 0 "search finds a person under another spelling" search "Hong Gil-seo"
says "@hong-1" "by key"
says "홍길서" "with the name that matched"
check 0 "in Cyrillic" search "Хон Гиль Со"
says "@hong-1" "too"
check 0 "by first consonants" search ㅎㄱㅅ
says "@hong-1" "too"
check 0 "for programs" search "Hong Gil-seo" --json
says '"entity": "hong-1"' "with the reason"
check 0 "an operator is no name" search 'Hong OR "Gil seo"'
says_not "@hong-1" "and asks only for words"
check 0 "show takes a spelling that fits one" show "Hong Kil So"
says "@hong-1" "and shows who it is"
complains "found as" "and says how it was found"
check 0 "ask about too" ask about "Hong Kil So"
check 3 "a name that fits nobody" show "Zbigniew Nobody"
"$SILLOK" restrict entity hong-1 secret --reason "a test" >/dev/null
check 0 "who may see it finds it" search "Hong Gil-seo"
says "@hong-1" "still"
check 0 "who may not" --as guest search "Hong Gil-seo"
says_not "hong-1" "does not find it"
says_not "홍길서" "under any name"
check 3 "nor by showing it" --as guest show "Hong Kil So"
grep -qF "홍길서" "$TMP/err"; [ $? -ne 0 ]; ok $? "and no error tells of it"
check 0 "two readings of one character are proposed" name compare "Kume Yutaka" "Hiroshi Kume"
says "two readings of one character" "with the reason"
done_testing
