#!/usr/bin/env bash
# Checks a package of sillok without sillok. Needs bash 4.4, GNU coreutils and OpenSSL 3.
#
#   bash verify.sh [KEYS]
#
# KEYS is a file of public keys that reached you by another way than this package; without it the
# package is checked against its own keys, which shows that it is whole, not whose it is.
#
# Prints one line for each thing found right. Ends at the first thing wrong: the line that begins
# with FAILED names it, and the exit status is 1. Status 2: the check itself cannot be made here.
#
# Nothing relies on "set -e": every check that can fail says what happens then.
set -uf
export LC_ALL=C
unset POSIXLY_CORRECT

bad() { printf 'FAILED  %s\n' "$*" >&2; exit 1; }
cannot() { printf 'CANNOT CHECK  %s\n' "$*" >&2; exit 2; }
good() { printf 'OK  %s\n' "$*"; }

for tool in sha256sum wc mktemp rm realpath dirname openssl; do
    command -v "$tool" > /dev/null || cannot "there is no $tool on this machine"
done
[ $((BASH_VERSINFO[0] * 100 + BASH_VERSINFO[1])) -ge 404 ] ||
    cannot "bash $BASH_VERSION is older than 4.4"
own_keys=data/keys.txt trusted=
if [ $# -gt 1 ]; then cannot "usage: bash verify.sh [KEYS]"; fi
if [ $# -eq 1 ]; then trusted=$(realpath -- "$1") || cannot "there is no file $1"; fi
cd -- "$(dirname -- "${BASH_SOURCE[0]}")" || cannot "the package cannot be entered"
tmp=$(mktemp -d) || cannot "no temporary folder can be made"
trap 'rm -rf -- "$tmp"' EXIT

# ---- small tools; results in the variable that is named. Few start a program, so that a package of
# a thousand claims is checked in a minute. ----

put_bytes() { # HEX FILE
    local bytes= i
    for ((i = 0; i < ${#1}; i += 2)); do bytes+="\\x${1:i:2}"; done
    printf '%b' "$bytes" > "$2"
}

sha_of_hex() { # HEX -> sha
    put_bytes "$1" "$tmp/bytes"
    sha=$(sha256sum < "$tmp/bytes") || cannot "sha256sum failed"
    sha=${sha:0:64}
}

alphabet=ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/
declare -A digit=([=]=0)
for ((i = 0; i < 64; i++)); do digit[${alphabet:i:1}]=$i; done

# Canonical base64 of so many bytes, or the thing in question is wrong. -> hex
decode() { # BASE64 BYTES WHAT
    local text=$1 i v six
    [[ $text =~ ^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$ ]] ||
        bad "$3: not base64"
    hex=
    for ((i = 0; i < ${#text}; i += 4)); do
        v=$((${digit[${text:i:1}]} << 18 | ${digit[${text:i+1:1}]} << 12))
        v=$((v | ${digit[${text:i+2:1}]} << 6 | ${digit[${text:i+3:1}]}))
        printf -v six '%06x' "$v"
        hex+=$six
    done
    local pad=${text//[^=]/}
    if [[ ${#pad} -gt 0 && ${hex: -2*${#pad}} != ${pad//=/00} ]]; then
        bad "$3: not canonical base64"
    fi
    hex=${hex:0:${#hex}-2*${#pad}}
    [ ${#hex} -eq $(($2 * 2)) ] || bad "$3: $((${#hex} / 2)) bytes instead of $2"
}

# A text file with whole lines. -> lines
read_lines() { # FILE
    [ -f "$1" ] && [ ! -L "$1" ] || bad "$1: is not there, or no plain file"
    mapfile lines < "$1"
    [ ${#lines[@]} -gt 0 ] && [[ ${lines[-1]} == *$'\n' ]] || bad "$1: does not end in a line feed"
    lines=("${lines[@]%$'\n'}")
}

write_key() { # HEX of 32 bytes: DER of an Ed25519 public key to $tmp/key
    put_bytes "302a300506032b6570032100$1" "$tmp/key"
}

is_signed() { # TEXT SIGNATURE, with $tmp/key
    openssl pkeyutl -verify -pubin -keyform DER -inkey "$tmp/key" -rawin -in "$1" -sigfile "$2" \
        > /dev/null 2>&1
}

# This openssl must know a good signature from a bad one (RFC 8032, 7.1, test 2).
self_test() {
    local sig=92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da
    sig+=085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00
    put_bytes "$sig" "$tmp/sig"
    printf 'r' > "$tmp/text"
    printf 's' > "$tmp/other"
    write_key 3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c
    is_signed "$tmp/text" "$tmp/sig" || cannot "this openssl has no Ed25519; OpenSSL 3 has"
    if is_signed "$tmp/other" "$tmp/sig"; then cannot "this openssl accepts bad signatures"; fi
}

# ---- the bag: every file is listed, and is what the list says ----

declare -A listed sums

# Hash files, a few hundred at a time. -> sums
hash_files() { # FILES...
    local got i
    while [ $# -gt 0 ]; do
        mapfile -t got < <(sha256sum -- "${@:1:500}")
        for ((i = 0; i < ${#got[@]}; i++)); do sums[${got[i]:66}]=${got[i]:0:64}; done
        shift $(($# < 500 ? $# : 500))
    done
}

check_manifest() { # MANIFEST
    local line path paths=()
    local -A want=()
    read_lines "$1"
    for line in "${lines[@]}"; do
        [[ $line =~ ^([0-9a-f]{64})\ \ ([A-Za-z0-9._/-]+)$ ]] || bad "$1: odd line: $line"
        path=${BASH_REMATCH[2]}
        [[ /$path/ != */../* && $path != /* ]] || bad "$1: odd path: $path"
        [ -z "${want[$path]-}" ] || bad "$1: lists $path twice"
        [ -f "$path" ] && [ ! -L "$path" ] || bad "$path: is listed and not there"
        want[$path]=${BASH_REMATCH[1]} listed[$path]=1
        paths+=("$path")
    done
    hash_files "${paths[@]}"
    for path in "${paths[@]}"; do
        [ "${sums[$path]-}" = "${want[$path]}" ] ||
            bad "$path: its bytes are not those that $1 lists"
    done
    good "$1: ${#paths[@]} files are as listed"
}

check_nothing_else() { # FILES...
    local path
    for path in "$@"; do
        [ ! -L "$path" ] || bad "$path: is a link"
        [ -d "$path" ] || [ -n "${listed[$path]-}" ] || [ "$path" = tagmanifest-sha256.txt ] ||
            bad "$path: is in no manifest"
    done
}

check_bag() {
    read_lines bagit.txt
    [ "${#lines[@]}" -eq 2 ] && [ "${lines[0]}" = "BagIt-Version: 1.0" ] &&
        [ "${lines[1]}" = "Tag-File-Character-Encoding: UTF-8" ] || bad "bagit.txt: not BagIt 1.0"
    check_manifest tagmanifest-sha256.txt
    [ -n "${listed[manifest-sha256.txt]-}" ] ||
        bad "tagmanifest-sha256.txt: does not list the manifest"
    check_manifest manifest-sha256.txt
    set +f
    shopt -s nullglob globstar dotglob
    check_nothing_else **
    set -f
}

# ---- keys ----

declare -A key_bytes key_ids key_texts introduced

# A name ends in the hash of its key, and the key id is the hash of both.
read_keys() { # FILE
    local line name id
    read_lines "$1"
    for line in "${lines[@]}"; do
        [[ $line =~ ^([0-9a-f]{8}/(author|device)/[0-9a-f]{8})\+([0-9a-f]{8})\+(.+)$ ]] ||
            bad "$1: not a key: $line"
        name=${BASH_REMATCH[1]} id=${BASH_REMATCH[3]}
        decode "${BASH_REMATCH[4]}" 33 "$1: key $name"
        [ "${hex:0:2}" = 01 ] || bad "$1: key $name: not of type Ed25519"
        hex=${hex:2}
        sha_of_hex "$hex"
        [ "${sha:0:8}" = "${name##*/}" ] || bad "$1: key $name: the name does not end in its hash"
        local named= i
        for ((i = 0; i < ${#name}; i++)); do printf -v named '%s%02x' "$named" "'${name:i:1}"; done
        sha_of_hex "${named}0a01$hex"
        [ "${sha:0:8}" = "$id" ] || bad "$1: key $name: its id is not $id"
        [ -z "${key_bytes[$name]-}" ] || bad "$1: key $name: stands twice"
        key_bytes[$name]=$hex key_ids[$name]=$id key_texts[$name]=$line
    done
}

# Check one signature line against the text in a file.
check_signature() { # LINE NAME TEXTFILE WHAT
    local line=$1 name=$2
    local rest=${line#$'\xe2\x80\x94 '"$name "}
    [ "$rest" != "$line" ] || bad "$4: signature line is not by $name"
    [ -n "${key_bytes[$name]-}" ] || bad "$4: no key $name is known"
    decode "$rest" 68 "$4: signature"
    [ "${hex:0:8}" = "${key_ids[$name]}" ] || bad "$4: the signature names another key id"
    put_bytes "${hex:8}" "$tmp/sig"
    write_key "${key_bytes[$name]}"
    is_signed "$3" "$tmp/sig" || bad "$4: the signature of $name is wrong"
}

# ---- entries ----

declare -A kinds
archive=

check_entry() { # ID -> kinds[ID], lines
    local id=$1 file=data/entries/$1.note n i name
    [ "${sums[$file]-}" = "$id" ] || bad "entry $id: its bytes have another SHA-256"
    read_lines "$file"
    n=${#lines[@]}
    [ "$n" -ge 7 ] || bad "entry $id: too few lines"
    for ((i = 0; i < n; i++)); do
        if [ -z "${lines[i]}" ] && [ $i -ne $((n - 2)) ]; then
            bad "entry $id: line $((i + 1)) is empty"
        fi
    done
    [ -z "${lines[n - 2]}" ] || bad "entry $id: no empty line before the signature"
    [[ ${lines[0]} =~ ^sillok/1\ ([a-z0-9-]{1,32})$ ]] || bad "entry $id: not an entry of sillok/1"
    kinds[$id]=${BASH_REMATCH[1]}
    [[ ${lines[1]} =~ ^archive\ [0-9a-f]{32}$ ]] || bad "entry $id: no archive"
    [ -n "$archive" ] || archive=${lines[1]#archive }
    [ "${lines[1]}" = "archive $archive" ] || bad "entry $id: is of another archive"
    [[ ${lines[2]} =~ ^nonce\ [0-9a-f]{32}$ ]] || bad "entry $id: no nonce"
    [[ ${lines[3]} =~ ^at\ [0-9TZ:-]{20}$ ]] || bad "entry $id: no time"
    [[ ${lines[4]} =~ ^by\ ([0-9a-f]{8})/author/[0-9a-f]{8}$ ]] || bad "entry $id: not by an author"
    [ "${BASH_REMATCH[1]}" = "${archive:0:8}" ] || bad "entry $id: its author is of another archive"
    name=${lines[4]#by }
    printf '%s\n' "${lines[@]:0:n-2}" > "$tmp/text"
    check_signature "${lines[n - 1]}" "$name" "$tmp/text" "entry $id"
    signers[$name]=1
}

# ---- proofs: the entry's place in the log that the device signed ----

declare -A signers tree_sizes
checkpoint_ok= # the last one found good

# The lines of a checkpoint. -> origin, size, root
check_checkpoint() { # ID LINES...
    local what="proof of $1: checkpoint" line found=0
    local text=("${@:2}")
    [ ${#text[@]} -ge 5 ] && [ -z "${text[3]}" ] || bad "$what: not of three lines and signatures"
    origin=${text[0]} size=${text[1]}
    [[ $origin =~ ^[0-9a-f]{8}/device/[0-9a-f]{8}$ ]] || bad "$what: not of a device"
    [ "${origin:0:8}" = "${archive:0:8}" ] || bad "$what: of another archive"
    [[ $size =~ ^(0|[1-9][0-9]{0,17})$ ]] || bad "$what: \"$size\" is no size"
    decode "${text[2]}" 32 "$what: root"
    root=$hex
    printf -v line '%s\n' "${text[@]}"
    if [ "$line" = "$checkpoint_ok" ]; then return 0; fi
    printf '%s\n' "${text[@]:0:3}" > "$tmp/text"
    local this=$line
    for line in "${text[@]:4}"; do
        if [[ $line != $'\xe2\x80\x94 '* ]]; then bad "$what: odd line behind its signatures"; fi
        if [[ $line == $'\xe2\x80\x94 '"$origin "* ]]; then
            check_signature "$line" "$origin" "$tmp/text" "$what"
            found=1
        fi
    done
    [ $found = 1 ] || bad "$what: not signed by $origin"
    checkpoint_ok=$this signers[$origin]=1 tree_sizes[$origin]=$size
}

declare -A proof_index proof_size proof_root proof_path proof_origin

# Read an entry's proof, and check all of it but the path.
check_proof() { # ID
    local id=$1 file=data/proofs/$1.tlog-proof k=1 n=0 path=
    read_lines "$file"
    local proof=("${lines[@]}")
    [ "${proof[0]}" = "c2sp.org/tlog-proof@v1" ] || bad "proof of $id: not a tlog-proof"
    if [[ ${proof[k]-} == "extra "* ]]; then k=$((k + 1)); fi
    [[ ${proof[k]-} =~ ^index\ (0|[1-9][0-9]{0,17})$ ]] || bad "proof of $id: no index"
    proof_index[$id]=${BASH_REMATCH[1]}
    k=$((k + 1))
    while [ -n "${proof[k]-}" ]; do
        n=$((n + 1))
        decode "${proof[k]}" 32 "proof of $id: hash $n"
        path+=" $hex"
        [ $n -le 63 ] || bad "proof of $id: the path is too long"
        k=$((k + 1))
    done
    [ $k -lt ${#proof[@]} ] || bad "proof of $id: has no checkpoint"
    check_checkpoint "$id" "${proof[@]:k+1}"
    [ "${proof_index[$id]}" -lt "$size" ] ||
        bad "proof of $id: index ${proof_index[$id]} is not below the log's size $size"
    proof_size[$id]=$size proof_root[$id]=$root proof_origin[$id]=$origin proof_path[$id]=$path
}

# Walk from the leaves to the roots: RFC 9162, 2.1.3.2. Every hash of a path must be used. All walk
# together, so that one sha256sum hashes a level of all of them.
walk_paths() { # IDS...
    local ids=("$@") fn=() sn=() node=() path=() todo=() still files got k i h
    for k in "${!ids[@]}"; do
        fn[k]=${proof_index[${ids[k]}]} sn[k]=$((${proof_size[${ids[k]}]} - 1))
        path[k]=${proof_path[${ids[k]}]}
        put_bytes "00${ids[k]}" "$tmp/$k.node"
        todo+=("$k")
    done
    while [ ${#todo[@]} -gt 0 ]; do
        files=("${todo[@]/#/$tmp/}")
        mapfile -t got < <(sha256sum -- "${files[@]/%/.node}")
        [ ${#got[@]} -eq ${#todo[@]} ] || cannot "sha256sum failed"
        still=()
        for i in "${!todo[@]}"; do
            k=${todo[i]} node[k]=${got[i]:0:64}
            if [ -z "${path[k]}" ]; then continue; fi
            path[k]=${path[k]# }
            h=${path[k]%% *} path[k]=${path[k]:64}
            [ "${sn[k]}" -ne 0 ] || bad "proof of ${ids[k]}: the path is too long"
            if [ $((fn[k] & 1)) -eq 1 ] || [ "${fn[k]}" -eq "${sn[k]}" ]; then
                put_bytes "01$h${node[k]}" "$tmp/$k.node"
                while [ $((fn[k] & 1)) -eq 0 ] && [ "${fn[k]}" -ne 0 ]; do
                    fn[k]=$((fn[k] >> 1)) sn[k]=$((sn[k] >> 1))
                done
            else
                put_bytes "01${node[k]}$h" "$tmp/$k.node"
            fi
            fn[k]=$((fn[k] >> 1)) sn[k]=$((sn[k] >> 1))
            still+=("$k")
        done
        todo=("${still[@]}")
    done
    for k in "${!ids[@]}"; do
        id=${ids[k]}
        [ "${sn[k]}" -eq 0 ] || bad "proof of $id: the path is too short"
        [ "${node[k]}" = "${proof_root[$id]}" ] ||
            bad "proof of $id: the path does not lead to the signed root"
        good "${kinds[$id]} $id: signed, number ${proof_index[$id]} of ${proof_size[$id]} in log" \
            "${proof_origin[$id]}"
    done
}

# ---- what entries say about the exhibit ----

declare -A captured blob_sizes rests_on
exhibits=0

check_blobs() {
    local path name n
    for path in "$@"; do
        name=${path##*/}
        [[ $name =~ ^([0-9a-f]{64})\.[a-z0-9]{1,8}$ ]] || bad "$path: odd name"
        name=${BASH_REMATCH[1]}
        [ "${sums[$path]-}" = "$name" ] || bad "$path: its bytes have another SHA-256"
        [ -z "${blob_sizes[$name]-}" ] || bad "$path: the exhibit stands twice"
        n=$(wc -c < "$path") || bad "$path: cannot be read"
        blob_sizes[$name]=$((n))
        exhibits=$((exhibits + 1))
        good "exhibit $name: $((n)) bytes, their SHA-256 is its name"
    done
    [ $exhibits -gt 0 ] || bad "data/blobs: no exhibit"
}

read_content() { # ID, with the entry's lines
    local id=$1 line vkey= hash
    for line in "${lines[@]:5}"; do
        [ -n "$line" ] || break
        if [[ $line =~ ^blob\ ([0-9a-f]{64})\ ([0-9]+)$ && ${kinds[$id]} = capture ]]; then
            hash=${BASH_REMATCH[1]}
            [ -n "${blob_sizes[$hash]-}" ] ||
                bad "entry $id: the exhibit that it captures is not here"
            [ "${blob_sizes[$hash]}" = "${BASH_REMATCH[2]}" ] ||
                bad "entry $id: gives the exhibit another size"
            captured[$hash]=1
        elif [[ $line =~ ^passage\ [0-9]+\ ([0-9a-f]{64})\  ]]; then
            rests_on[$id]+=" ${BASH_REMATCH[1]}"
        elif [[ $line == "vkey "* ]]; then
            vkey=${line#vkey }
        fi
    done
    [ "${kinds[$id]}" != key ] || [ -n "$vkey" ] || bad "entry $id: introduces no key"
    if [ "${kinds[$id]}" = key ]; then introduced[$vkey]=1; fi
}

check_claim_rests() { # ID
    local hash
    for hash in ${rests_on[$1]-}; do
        if [ -n "${blob_sizes[$hash]-}" ]; then return 0; fi
    done
    bad "entry $1: the claim rests on no exhibit of this package"
}

# ---- all of it ----

self_test
check_bag
read_keys "${trusted:-$own_keys}"
set +f
blobs=(data/blobs/*) notes=(data/entries/*) proofs=(data/proofs/*)
set -f
check_blobs "${blobs[@]}"
[ ${#notes[@]} -gt 0 ] || bad "data/entries: no entry"
ids=()
for note in "${notes[@]}"; do
    id=${note##*/} id=${id%.note}
    [[ $id =~ ^[0-9a-f]{64}$ && $note == data/entries/$id.note ]] || bad "$note: odd name"
    check_entry "$id"
    read_content "$id"
    check_proof "$id"
    ids+=("$id")
done
for ((i = 0; i < ${#ids[@]}; i += 500)); do walk_paths "${ids[@]:i:500}"; done
for proof in "${proofs[@]}"; do
    id=${proof##*/} id=${id%.tlog-proof}
    [ -n "${kinds[$id]-}" ] || bad "$proof: proves no entry of this package"
done
captures=0 claims=0
for id in "${!kinds[@]}"; do
    case ${kinds[$id]} in
    capture) captures=$((captures + 1)) ;;
    claim)
        claims=$((claims + 1))
        check_claim_rests "$id"
        ;;
    esac
done
for hash in "${!blob_sizes[@]}"; do
    [ -n "${captured[$hash]-}" ] || bad "exhibit $hash: no entry captures it"
done
for name in "${!signers[@]}"; do
    [ -n "${introduced[${key_texts[$name]}]-}" ] || bad "key $name: no entry introduces it"
done

printf '\nEverything is right: %d exhibit, %d captures, %d claims, %d entries in all.\n' \
    "$exhibits" "$captures" "$claims" "${#kinds[@]}"
for name in "${!tree_sizes[@]}"; do
    printf 'Log %s had %s entries when its device signed it.\n' "$name" "${tree_sizes[$name]}"
done
if [ -n "$trusted" ]; then
    printf 'Checked against the keys in %s.\n' "$trusted"
else
    printf 'Checked against its own keys. Compare them with those you have by another way:\n'
fi
for name in "${!signers[@]}"; do printf '  %s\n' "${key_texts[$name]}"; done
