#!/usr/bin/env bash
# Answers as workbooks, as CSV for Korean Excel, with HXL tags, and places as GeoJSON.
. "$(dirname "$0")/lib.sh"
xlsx_says() { # xlsx_says FILE WORDS NAME: what sillok itself, as a stranger's file, reads in a workbook
    rm -rf "$TMP/r"; "$SILLOK" init "$TMP/r" >/dev/null
    "$SILLOK" -C "$TMP/r" add "$1" >/dev/null 2>"$TMP/err"
    "$SILLOK" -C "$TMP/r" show "$(basename "$1")" --text >"$TMP/out" 2>>"$TMP/err"
    says "$2" "$3"
}
part() { # part FILE NAME: one part of a zip
    python3 -c 'import sys, zipfile; sys.stdout.buffer.write(zipfile.ZipFile(sys.argv[1]).read(sys.argv[2]))' "$1" "$2"
}
sheets() { part "$1" xl/workbook.xml | grep -oE 'sheet name="[^"]*"' | cut -d'"' -f2 | paste -sd' '; }
kept() { [ "$(cat "$1")" = "$2" ]; ok $? "$3"; }

"$SILLOK" init "$TMP/a" >/dev/null
cat >"$TMP/claims.csv" <<'C'
entity,type,property,value,low,high,qualifier,unit,measure,position,claimant,exhibit
p1,Population,name,forced returns one,,,,,,,desk,(none)
p2,Population,name,forced returns two,,,,,,,desk,(none)
p1,Population,count,,500,600,between,people,returned,,북한정의연대,(none)
p2,Population,count,,80,80,exact,people,returned,,김 & <Co>,(none)
p2,Population,summary,nobody was returned,,,,,,denies,a ministry,(none)
a1,Act,act,liberty.abduction,,,,,,,목격자,(none)
a1,Act,date,1978-06~,,,,,,,목격자,(none)
a1,Act,victim,v1,,,,,,,목격자,(none)
v1,Person,name,"=cmd|' /C calc'!A0",,,,,,,x,(none)
v1,Person,alias,+82-2-000,,,,,,,x,(none)
v1,Person,alias,-1,,,,,,,x,(none)
v1,Person,alias,@x,,,,,,,x,(none)
v1,Person,alias,＝1+1,,,,,,,x,(none)
v1,Person,notes,"수용소 뷁 금정남 金正男",,,,,,,x,(none)
v2,Person,name,René,,,,,,,y,(none)
camp,Place,name,an invented camp,,,,,,,survivors,(none)
camp,Place,latitude,39.678912,,,,,,,survivors,(none)
camp,Place,longitude,126.851234,,,,,,,survivors,(none)
hut,Place,name,an invented hut,,,,,,,survivors,(none)
a1,Act,place,camp,,,,,,,목격자,(none)
C
check 0 "claims that try to be formulas are entered" claim --file "$TMP/claims.csv"

# ---- workbooks ----
check 0 "ask who as a workbook" ask who --xlsx "$TMP/who.xlsx"
complains "1 rows in 1 sheet" "and it says how many rows"
[ ! -s "$TMP/out" ]; ok $? "and prints nothing else"
xlsx_says "$TMP/who.xlsx" "liberty.abduction" "it can be read again"
says "around June 1978" "with the date in words, as ask prints it"
says "목격자" "and who says it"
part "$TMP/who.xlsx" xl/worksheets/sheet1.xml >"$TMP/out"
says '<t>around June 1978<' "a date is text, not a number of days"
check 0 "ask about as a workbook" ask about v1 --xlsx "$TMP/v1.xlsx"
[ "$(sheets "$TMP/v1.xlsx")" = "claims links" ]; ok $? "with a sheet of claims and one of links"
part "$TMP/v1.xlsx" xl/worksheets/sheet1.xml >"$TMP/out"
says "=cmd|' /C calc'!A0" "text that begins like a formula is there"
says_not "<f" "and no cell is a formula"
[ "$(grep -o '<c ' "$TMP/out" | wc -l)" = "$(grep -o 't="inlineStr"' "$TMP/out" | wc -l)" ]
ok $? "every cell of it is text, +82, -1 and @x too"
xlsx_says "$TMP/v1.xlsx" "＝1+1" "the full-width sign too"
check 0 "how-many as a workbook" ask how-many "forced returns" --xlsx "$TMP/many.xlsx"
[ "$(sheets "$TMP/many.xlsx")" = "figures sums denials" ]; ok $? "with figures, sums and denials"
xlsx_says "$TMP/many.xlsx" "nobody was returned" "the denial stands in it"
says "500–600 people" "beside the figures of one ledger"
says "80 people" "and of the other"
check 0 "search as a workbook" search 수용소 --xlsx "$TMP/search.xlsx"
xlsx_says "$TMP/search.xlsx" "수용소" "has the words"
check 0 "show as a workbook" show claims.csv --xlsx "$TMP/show.xlsx"
xlsx_says "$TMP/show.xlsx" "property" "has its heading"
check 0 "log as a workbook" log --xlsx "$TMP/log.xlsx"
part "$TMP/log.xlsx" xl/worksheets/sheet1.xml >"$TMP/out"
grep -qE '<c r="B2"><v>[0-9]+</v>' "$TMP/out"; ok $? "numbers are numbers"
check 0 "help acts as a workbook" help acts --xlsx "$TMP/acts.xlsx"
xlsx_says "$TMP/acts.xlsx" "liberty.abduction" "has the thesaurus"
check 0 "the same question again" ask about v1 --xlsx "$TMP/v1-again.xlsx"
cmp -s "$TMP/v1.xlsx" "$TMP/v1-again.xlsx"; ok $? "gives the same bytes"
for p in docProps/core.xml docProps/app.xml; do part "$TMP/v1.xlsx" $p; done >"$TMP/out"
says_not "$(id -un)<" "no name of a user in it"
says "1980-01-01" "and no time at which it was made"
[ "$(stat -c %a "$TMP/v1.xlsx")" = 600 ]; ok $? "the file is its owner's alone"

# ---- what is there is kept ----
echo precious >"$TMP/old.xlsx"
check 6 "a file that is there is not replaced" ask who --xlsx "$TMP/old.xlsx"
complains "is there already" "and the message says so"
kept "$TMP/old.xlsx" precious "it is as it was"
check 0 "but on request" ask who --xlsx "$TMP/old.xlsx" --force
part "$TMP/old.xlsx" xl/workbook.xml >/dev/null; ok $? "then it is the workbook"
check 3 "a folder that is not there is an error" ask who --xlsx "$TMP/none/x.xlsx"
check 3 "an entity that is not there" ask about nobody --xlsx "$TMP/never.xlsx"
[ ! -e "$TMP/never.xlsx" ]; ok $? "leaves no workbook"
check 12 "what prints no table" log --checkpoint --xlsx "$TMP/never.xlsx"
complains "prints no table" "says so"
check 7 "--xlsx needs a file" ask who --xlsx -
check 7 "one form at a time" --csv ask who --xlsx "$TMP/never.xlsx"
[ -z "$(find "$TMP" -maxdepth 1 -name '.*.xlsx*')" ]; ok $? "no unfinished file is left anywhere"
(ulimit -f 1; trap "" XFSZ; "$SILLOK" help acts --xlsx "$TMP/never.xlsx" >"$TMP/out" 2>"$TMP/err"); [ $? -ne 0 ]
ok $? "a disk without room is an error"
[ ! -e "$TMP/never.xlsx" ] && [ -z "$(find "$TMP" -maxdepth 1 -name '.*.xlsx*')" ]; ok $? "and leaves nothing"

# ---- CSV ----
check 0 "plain CSV" --csv ask about v1
cp "$TMP/out" "$TMP/plain.csv"
says "'=cmd" "guards formulas"
check 0 "CSV in CP949" --csv ask about v1 --charset cp949
iconv -f cp949 -t utf-8 "$TMP/out" | cmp -s - "$TMP/plain.csv"; ok $? "is the same text, by iconv"
check 0 "with a byte order mark" --csv ask about v1 --charset utf-8-bom
{ printf '\357\273\277'; cat "$TMP/plain.csv"; } | cmp -s - "$TMP/out"; ok $? "the mark stands before the same bytes"
check 7 "a character that CP949 lacks" --csv ask about v2 --charset cp949
complains "row 2, column value: cp949 lacks the character \"é\" (U+00E9)" "is named with its place"
[ ! -s "$TMP/out" ]; ok $? "and nothing is printed"
check 0 "stand-ins on request" --csv ask about v2 --charset cp949 --charset-replace
says "Ren[U+00E9]" "say which character it was"
complains "1 characters that cp949 lacks were replaced: U+00E9" "and are counted"
check 7 "an unknown charset" --csv ask about v1 --charset latin-1
check 7 "a charset without CSV" ask about v1 --charset cp949
check 0 "one heading for several ledgers" --csv ask how-many "forced returns"
[ "$(grep -c population "$TMP/out")" = 1 ]; ok $? "whatever their number"
says ",p1," "each row names its population"
says ",p2," "the other too"
check 0 "HXL tags" --csv --hxl ask who
[ "$(sed -n 2p "$TMP/out" | cut -d, -f1,7)" = "#date,#meta+source+name" ]; ok $? "stand under the heading"
check 7 "HXL needs a table" --hxl ask who

# ---- GeoJSON ----
check 0 "places and events as GeoJSON" export --as-geojson "$TMP/map.geojson"
complains "2 points written: 1 places, 1 events" "says what it wrote"
complains "1 places without coordinates" "and what is not on the map"
complains "rounded to 2 decimals" "and that it rounded"
python3 - "$TMP/map.geojson" <<'P'; ok $? "longitude first, coarse, with who says it and claim ids"
import json, sys
m = json.load(open(sys.argv[1]))
f = {x['properties']['key']: x for x in m['features']}
p = f['camp']['properties']
good = (f['camp']['geometry'] == {'type': 'Point', 'coordinates': [126.85, 39.68]}
        and p['name'] == 'an invented camp' and p['says'] == 'survivors' and p['decimals'] == 2
        and all(len(c['id']) == 64 for c in p['claims'])
        and f['a1']['properties']['date'] == '1978-06~' and f['a1']['properties']['place'] == 'camp'
        and '678912' not in open(sys.argv[1]).read())
sys.exit(0 if good else 1)
P
check 6 "it is not written over" export --as-geojson "$TMP/map.geojson"
check 0 "exact coordinates on request" export --as-geojson - --exact
says "[126.851234,39.678912]" "stand as claimed"
check 0 "a restriction" restrict entity camp sealed --reason test
check 0 "takes the place off the map" --as desk-2 export --as-geojson -
says_not "126.8" "and the event with it"
check 0 "exports of claims also keep what is there" export --as-csv "$TMP/out.csv"
check 6 "whatever the form" export --as-csv "$TMP/out.csv"
check 0 "and replace it on request" export --as-csv "$TMP/out.csv" --force
done_testing
