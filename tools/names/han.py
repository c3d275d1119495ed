"""Han characters and syllables for tools/mknames: units, readings, variants.

Reads Unihan_Readings and Unihan_Variants of Debian's unicode-data, the Japanese new forms of
libopencc-data (through the opencc tool) and model/name/kanji.txt. Nothing here knows of C.
"""
import bz2
import collections
import math
import subprocess
import sys
import unicodedata

READINGS = '/usr/share/unicode/Unihan_Readings.txt.bz2'
VARIANTS = '/usr/share/unicode/Unihan_Variants.txt.bz2'

ONSETS = 'ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ'
VOWELS = 'ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ'
CODAS = '0ㄱㄴㄷㄹㅁㅂㅅㅇㅊㅍ'
CODA_OF = '0ㄱㄱㄱㄴㄴㄴㄷㄹㄱㅁㄹㄹㄹㅍㄹㅁㅂㅂㅅㅅㅇㅊㅊㄱㄷㅍ0'   # of the 28 finals
KO_UNITS = [c + '-' for c in ONSETS] + list(VOWELS) + ['-' + c for c in CODAS]
ZH_INITIALS = '0 b p m f d t n l g k h j q x zh ch sh r z c s'.split()
ZH_FINALS = ('-a -o -e -ai -ei -ao -ou -an -en -ang -eng -ong -ï -ïh -i -ia -iao -ie -iu -ian -in '
             '-iang -ing -iong -u -ua -uo -uai -ui -uan -un -uang -ü -üe -üan -ün =a =o =e =ai '
             '=ei =ao =ou =an =en =ang =eng =er =yi =ya =yo =yao =ye =you =yan =yin =yang =ying '
             '=yong =wu =wa =wo =wai =wei =wan =wen =wang =weng =yu =yue =yuan =yun').split()
ZH_UNITS = [i + '-' for i in ZH_INITIALS] + ZH_FINALS
YUE_INITIALS = '0 b p m f d t n l g k h ng gw kw w z c s j'.split()
YUE_RIMES = ('aa aai aau aam aan aang aap aat aak a ai au am an ang ap at ak e ei eu em eng ep ek '
             'i iu im in ing ip it ik o oi ou on ong ot ok u ui un ung ut uk eoi eon eot oe oeng '
             'oek yu yun yut m ng').split()
YUE_UNITS = [i + '-' for i in YUE_INITIALS] + ['-' + r for r in YUE_RIMES]


def die(text):
    sys.exit('mknames: ' + text)


# ---------------------------------------------------------------- syllables
def split_pinyin(s):
    """Units of a toneless syllable (ü written v), or None."""
    if '=' + s in ZH_FINALS:
        return '0-', '=' + s
    for n in (2, 1):
        initial, final = s[:n], s[n:]
        if initial not in ZH_INITIALS or not final:
            continue
        if initial in ('z', 'c', 's') and final == 'i':
            final = 'ï'
        elif initial in ('zh', 'ch', 'sh', 'r') and final == 'i':
            final = 'ïh'
        elif initial in ('j', 'q', 'x') and final[0] == 'u':
            final = 'ü' + final[1:]
        final = final.replace('v', 'ü')
        if '-' + final in ZH_FINALS:
            return initial + '-', '-' + final
    return None


def split_jyutping(s):
    for n in (2, 1, 0):
        initial, rime = s[:n] or '0', s[n:]
        if s in ('m', 'ng') and n:
            continue
        if initial in YUE_INITIALS and rime in YUE_RIMES:
            return initial + '-', '-' + rime
    return None


def split_hangul(s):
    i = ord(s) - 0xac00
    return (ONSETS[i // 588] + '-', VOWELS[i % 588 // 28], '-' + CODA_OF[i % 28])


def toneless(s):
    s = unicodedata.normalize('NFD', s)
    s = ''.join(c for c in s if c == '\u0308' or not unicodedata.combining(c))
    s = unicodedata.normalize('NFC', s).lower().replace('ü', 'v')
    return ''.join(c for c in s if 'a' <= c <= 'z')


def read_unihan():
    want = {'kHangul', 'kMandarin', 'kHanyuPinlu', 'kXHC1983', 'kTGHZ2013', 'kCantonese',
            'kJapaneseOn', 'kJapaneseKun'}
    data = collections.defaultdict(dict)
    with bz2.open(READINGS, 'rt', encoding='utf-8') as f:
        for line in f:
            if line[:2] == 'U+':
                code, field, value = line.rstrip('\n').split('\t', 2)
                if field in want:
                    data[int(code[2:], 16)][field] = value
    return data


def korean_readings(fields):
    out = {}
    for word in fields.get('kHangul', '').split():
        s, _, mark = word.partition(':')
        out[s] = 0.0 if mark[1:] else 0.3
    return out


def mandarin_readings(fields):
    out = {}

    def add(s, cost):
        s = toneless(s)
        if s and split_pinyin(s) and cost < out.get(s, 99):
            out[s] = cost
    for i, s in enumerate(fields.get('kMandarin', '').split()):
        add(s, 0.3 * i)
    counted = [w.rstrip(')').split('(') for w in fields.get('kHanyuPinlu', '').split()]
    most = max([int(n) for _, n in counted], default=1)
    for s, n in counted:
        add(s, min(2.0, math.log(most / int(n))) if int(n) else 2.0)
    for field in ('kTGHZ2013', 'kXHC1983'):
        for word in fields.get(field, '').split():
            for s in word.partition(':')[2].split(','):
                add(s, 1.2)
    return out


def cantonese_readings(fields):
    out = {}
    for i, s in enumerate(fields.get('kCantonese', '').split()):
        s = s.rstrip('123456')
        if split_jyutping(s):
            out.setdefault(s, 0.4 * i)
    return out


# ---------------------------------------------------------------- Japanese
def kana_letters():
    kana = {}
    rows = (('', 'アイウエオ'), ('k', 'カキクケコ'), ('s', 'サシスセソ'), ('t', 'タチツテト'),
            ('n', 'ナニヌネノ'), ('h', 'ハヒフヘホ'), ('m', 'マミムメモ'), ('r', 'ラリルレロ'),
            ('g', 'ガギグゲゴ'), ('z', 'ザジズゼゾ'), ('d', 'ダヂヅデド'), ('b', 'バビブベボ'),
            ('p', 'パピプペポ'))
    for row, letters in rows:
        for v, k in zip('aiueo', letters):
            kana[k] = row + v
    kana.update({'シ': 'qi', 'チ': 'ci', 'ツ': 'xu', 'ジ': 'ji', 'ヂ': 'ji', 'ヅ': 'zu', 'ヤ': 'ya',
                 'ユ': 'yu', 'ヨ': 'yo', 'ワ': 'wa', 'ヲ': 'o', 'ン': 'n', 'ヴ': 'bu', 'ヱ': 'e',
                 'ヰ': 'i', 'ッ': '', 'ー': ''})
    return kana


KANA = kana_letters()


def folded(kana):
    """Katakana in the folded letters of the Japanese tables (shi = qi, chi = ci, tsu = xu)."""
    out = ''
    for c in kana:
        if c in 'ャュョ':
            v = 'auo'['ャュョ'.index(c)]
            out = out[:-1] + (v if out[-2:-1] in ('q', 'c', 'j') else 'y' + v)
        elif c in 'ァィゥェォ':
            out = out[:-1] + 'aiueo'['ァィゥェォ'.index(c)]
        elif c in KANA:
            out += KANA[c]
        else:
            return None
    return out


def unihan_kana(roman):
    """A Unihan reading (capital romaji) in folded letters."""
    s = roman.lower()
    for a, b in (('tsu', 'xu'), ('shi', 'qi'), ('sh', 'q'), ('chi', 'ci'), ('ch', 'c'),
                 ('fu', 'hu'), ('zi', 'ji'), ('ti', 'ci'), ('si', 'qi'), ('tu', 'xu'),
                 ('sy', 'q'), ('ty', 'c'), ('zy', 'j'), ('jy', 'j'), ('du', 'zu'), ('di', 'ji')):
        s = s.replace(a, b)
    return s if s.isalpha() and s.isascii() else None


def read_kanji(path, unihan):
    table = {}
    for n, line in enumerate(open(path, encoding='utf-8'), 1):
        if line.startswith('#') or not line.strip():
            continue
        word = line.split()
        table[ord(word[0])] = into = {}
        for w in word[1:]:
            kana, _, cost = w.partition('=')
            s = folded(kana)
            if s is None:
                die('%s:%d: "%s" is not kana' % (path, n, kana))
            into[s] = min(into.get(s, 99), float(cost) * 0.5)
    for cp, fields in unihan.items():
        known = table.get(cp)
        extra = [unihan_kana(r) for r in fields.get('kJapaneseOn', '').split()[:4] +
                 fields.get('kJapaneseKun', '').split()[:3]]
        extra = [r for r in extra if r]
        if extra and known is None:
            known = table[cp] = {}
            base = 0.4 if fields.get('kHangul') or fields.get('kHanyuPinlu') else 2.0
        else:
            base = 2.0
        for i, r in enumerate(extra):
            known.setdefault(r, base + 0.1 * min(i, 5))
    return {cp: vary(rs) for cp, rs in table.items()}


def vary(readings):
    """Spellings of long vowels and elided endings, within the ceilings of a reading."""
    out = {}

    def add(s, cost):
        if s and len(s) <= 8 and cost < out.get(s, 99):
            out[s] = cost
    for s, cost in readings.items():
        cost = min(cost, 3.5)
        add(s, cost)
        short = s.replace('ou', 'o').replace('oo', 'o').replace('uu', 'u')
        add(short, cost + 0.05)
        if cost > 1.5:
            continue
        if s.endswith('ii'):
            add(s[:-1], cost + 0.3)
        if 'ou' in s:
            add(s.replace('ou', 'oo'), cost + 0.3)
        if 'oo' in s:
            add(s.replace('oo', 'ou'), cost + 0.3)
        for end in ('xu', 'ku', 'ci', 'ki'):
            if s.endswith(end) and len(s) > 2 and len(s) <= 6:
                add(s[:-2], cost + 1.0)
    best = sorted(out.items(), key=lambda x: (x[1], x[0]))[:28]
    return dict(best)


def devoiced(s):
    return ''.join({'g': 'k', 'd': 't', 'b': 'p', 'c': 'j', 'z': 'j', 'q': 's', 'x': 's'}.get(c, c)
                   for c in s)


# ---------------------------------------------------------------- variants
def shinjitai(chars):
    text = '\n'.join(map(chr, chars))
    try:
        out = subprocess.run(['opencc', '-c', 't2jp.json'], input=text, encoding='utf-8',
                             stdout=subprocess.PIPE, check=True).stdout
    except (OSError, subprocess.CalledProcessError) as e:
        die('opencc -c t2jp.json failed (%s); install opencc and libopencc-data' % e)
    for a, b in zip(text.split('\n'), out.split('\n')):
        if a != b and len(b) == 1:
            yield ord(a), ord(b)


def variant_edges(chars):
    edges = []
    with bz2.open(VARIANTS, 'rt', encoding='utf-8') as f:
        for line in f:
            if line[:2] != 'U+':
                continue
            code, field, value = line.rstrip('\n').split('\t', 2)
            if field in ('kSimplifiedVariant', 'kTraditionalVariant', 'kZVariant',
                         'kSemanticVariant'):
                for w in value.split():
                    edges.append((field == 'kSemanticVariant', int(code[2:], 16),
                                  int(w.split('<')[0][2:], 16)))
    return edges + [(False, a, b) for a, b in shinjitai(chars)]


def classes(chars):
    """Smallest member of each character's class; a semantic edge joins only small classes."""
    parent = {}

    def root(x):
        while parent.setdefault(x, x) != x:
            x = parent[x]
        return x
    size = collections.Counter()
    for semantic, a, b in sorted(set(variant_edges(chars))):
        ra, rb = root(a), root(b)
        if ra == rb:
            continue
        na, nb = size[ra] or 1, size[rb] or 1
        if semantic and na + nb > 4:
            continue
        lo, hi = min(ra, rb), max(ra, rb)
        parent[hi] = lo
        size[lo] = na + nb
    return {x: root(x) for x in parent}


def lend(table, members):
    """A character without a reading of its own is read as its variants, at a small cost."""
    for group in members.values():
        having = [cp for cp in group if table.get(cp)]
        if not having or len(having) == len(group):
            continue
        merged = {}
        for cp in having:
            for s, cost in table[cp].items():
                merged[s] = min(merged.get(s, 99), cost + 0.1)
        for cp in group:
            if not table.get(cp):
                table[cp] = merged
