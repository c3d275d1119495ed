#!/usr/bin/env bash
# Nothing acknowledged is lost: killed at random moments, two writers at once, a full disk.
. "$(dirname "$0")/lib.sh"
"$SILLOK" init "$TMP/a" >/dev/null

# 200 times: enter claims one after another, kill -9 at a random moment, compare with what was
# acknowledged by a printed id.
acked=$TMP/acked; : >"$acked"
bad=0
began=$(date +%s%N)
"$SILLOK" claim --entity first --property Thing:name --value x --claimant tester >/dev/null 2>&1
one_ms=$((($(date +%s%N) - began) / 1000000 + 2)) # how long one claim takes here: slow under sanitizers
for round in $(seq 1 200); do
    (
        for i in 1 2 3 4 5 6; do
            "$SILLOK" --json claim --entity "e-$round-$i" --property Thing:name --value "n $round $i" \
                --claimant tester 2>/dev/null
        done
    ) >>"$acked" &
    pid=$!
    sleep "$(awk -v ms="$one_ms" -v r=$RANDOM 'BEGIN {print ms * (0.3 + 3 * r / 32768) / 1000}')"
    kill -STOP $pid 2>/dev/null; pkill -9 -P $pid 2>/dev/null; kill -9 $pid 2>/dev/null
    wait $pid 2>/dev/null
done 2>/dev/null
sillok claim --entity last --property Thing:name --value last --claimant tester
ok $? "after 200 kills the archive is written to again"
check 0 "and verifies" verify
says "all intact" "without damage"
"$SILLOK" export --as-csv "$TMP/all.csv" 2>/dev/null
total=$(grep -oE '[0-9a-f]{64}' "$acked" | sort -u | wc -l)
lost=$(grep -oE '[0-9a-f]{64}' "$acked" | sort -u | while read -r id; do grep -q "$id" "$TMP/all.csv" || echo "$id"; done | wc -l)
[ "$total" -gt 20 ]; ok $? "some hundred claims were acknowledged in between ($total)"
[ "$lost" -eq 0 ]; ok $? "and none of them was lost ($lost)"

# Two writers at once: one waits for nothing, it is refused, and both results are sound.
for i in $(seq 1 20); do
    "$SILLOK" claim --entity "w1-$i" --property Thing:name --value a --claimant t >/dev/null 2>>"$TMP/w1" & a=$!
    "$SILLOK" claim --entity "w2-$i" --property Thing:name --value a --claimant t >/dev/null 2>>"$TMP/w2" & b=$!
    wait $a; ca=$?; wait $b; cb=$?
    { [ $ca -eq 0 ] || [ $ca -eq 6 ]; } && { [ $cb -eq 0 ] || [ $cb -eq 6 ]; } || bad=$((bad + 1))
done
[ $bad -eq 0 ]; ok $? "two writers at once: each succeeds or is told of the other"
check 0 "and the archive verifies" verify

# A full disk: a file system of 6 MB.
if mkdir "$TMP/small" && mount -t tmpfs -o size=6m none "$TMP/small" 2>/dev/null; then
    "$SILLOK" init "$TMP/small/a" >/dev/null
    export SILLOK_ARCHIVE="$TMP/small/a"
    check 0 "a claim fits" claim --entity x --property Thing:name --value before --claimant t
    head -c 20000000 /dev/zero >"$TMP/big"
    check 9 "a file that does not fit is refused" add "$TMP/big"
    complains "big" "by name"
    rm -f "$TMP/small/a/derived/"*
    check 0 "what was acknowledged is still there" ask about x
    says before "every word"
    check 0 "and verifies" verify
    umount "$TMP/small"
else
    skip "a full disk" "no right to mount a file system here"
fi
done_testing
