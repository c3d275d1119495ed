#!/usr/bin/env python3
"""Learn how Kanji are read in Japanese names, from the name and place lists of mecab-ipadic.

    tools/names/train_kanji.py > model/name/kanji.txt          (about half a minute)

Every entry gives a spelling (吉永小百合) and its kana. A character emits a piece of 1 to 5 kana;
expectation-maximisation finds which. Kana in the spelling emit themselves. Readings that Unihan
lists (kJapaneseOn, kJapaneseKun) start with more weight, so that 3 + 1 kana do not split as 2 + 2.

Sources: mecab-ipadic Noun.name.csv, Noun.place.csv (terms of ICOT, BSD-like); Unihan 15 (Unicode
licence). The result is deterministic and committed; the build reads it through tools/mknames.py.
"""
import bz2
import math
import sys
from collections import defaultdict

IPADIC = '/usr/share/mecab/dic/ipadic/'
UNIHAN = '/usr/share/unicode/Unihan_Readings.txt.bz2'
PASSES = 8
LONGEST = 5          # kana of one character
SEED = {True: 8.0, False: 0.15}
SMALLEST = 0.004     # probability below which a reading is dropped
SMALL = set('ャュョァィゥェォッーン')


def katakana(s):
    return ''.join(chr(ord(c) + 0x60) if 'ぁ' <= c <= 'ゖ' else c for c in s)


def is_kana(c):
    return 'ぁ' <= c <= 'ゖ' or 'ァ' <= c <= 'ヺ' or c == 'ー'


def entries():
    seen = set()
    for name in ('Noun.name.csv', 'Noun.place.csv'):
        with open(IPADIC + name, encoding='euc_jp') as f:
            for line in f:
                cell = line.rstrip('\n').split(',')
                surface, kana = cell[0], cell[11]
                kana = kana.replace('ヅ', 'ズ').replace('ヂ', 'ジ')
                if (surface, kana) in seen or not kana or not all(map(is_kana, kana)):
                    continue
                seen.add((surface, kana))
                if all(is_kana(c) for c in surface) or len(surface) > 8:
                    continue
                if all(is_kana(c) or ord(c) >= 0x3400 or c in '々ヶ' for c in surface):
                    yield expand(surface), kana


def expand(surface):
    out = []
    for c in surface:
        out.append(out[-1] if c == '々' and out else c)
    return tuple(out)


ROMA = {}
for row, vowels in (('', 'アイウエオ'), ('K', 'カキクケコ'), ('S', 'サシスセソ'), ('T', 'タチツテト'),
                    ('N', 'ナニヌネノ'), ('H', 'ハヒフヘホ'), ('M', 'マミムメモ'), ('R', 'ラリルレロ'),
                    ('G', 'ガギグゲゴ'), ('Z', 'ザジズゼゾ'), ('D', 'ダヂヅデド'),
                    ('B', 'バビブベボ'), ('P', 'パピプペポ')):
    for v, k in zip('AIUEO', vowels):
        ROMA[row + v] = k
ROMA.update(SHI='シ', CHI='チ', TSU='ツ', FU='フ', JI='ジ', YA='ヤ', YU='ユ', YO='ヨ', WA='ワ',
            WO='オ', N='ン')
for row, k in (('KY', 'キ'), ('SH', 'シ'), ('SY', 'シ'), ('CH', 'チ'), ('TY', 'チ'), ('NY', 'ニ'),
               ('HY', 'ヒ'), ('MY', 'ミ'), ('RY', 'リ'), ('GY', 'ギ'), ('J', 'ジ'), ('JY', 'ジ'),
               ('ZY', 'ジ'), ('BY', 'ビ'), ('PY', 'ピ')):
    for v, s in zip('AUO', 'ャュョ'):
        ROMA[row + v] = k + s


def kana_of(roman):
    """Katakana of one Unihan reading, or ''."""
    out, i, roman = '', 0, roman.upper()
    while i < len(roman):
        for n in (3, 2, 1):
            if roman[i:i + n] in ROMA:
                out += ROMA[roman[i:i + n]]
                i += n
                break
        else:
            return ''
    return out


def unihan():
    listed = defaultdict(set)
    with bz2.open(UNIHAN, 'rt', encoding='utf-8') as f:
        for line in f:
            if not line.startswith('U+') or '\tkJapanese' not in line:
                continue
            code, field, value = line.rstrip('\n').split('\t', 2)
            if field in ('kJapaneseOn', 'kJapaneseKun'):
                c = chr(int(code[2:], 16))
                listed[c].update(filter(None, map(kana_of, value.split())))
    return listed


def voiced(kana):
    if kana and kana[0] in 'カキクケコサシスセソタツテト':
        return chr(ord(kana[0]) + 1) + kana[1:]
    if kana and kana[0] == 'チ':
        return 'ジ' + kana[1:]
    if kana and kana[0] in 'ハヒフヘホ':
        return chr(ord(kana[0]) + 1) + kana[1:]
    return kana


def main():
    listed = unihan()
    seeds = {c: rs | {voiced(r) for r in rs} for c, rs in listed.items()}
    data = list(entries())
    prob = {}

    def start(c, piece):
        return SEED[piece in seeds.get(c, ())] * 0.5 ** max(0, len(piece) - 3)

    for turn in range(PASSES):
        count = defaultdict(lambda: defaultdict(float))
        for surface, kana in data:
            learn(surface, kana, prob, start, count)
        prob = {}
        for c, pieces in count.items():
            total = sum(pieces.values())
            prob[c] = {p: n / total for p, n in pieces.items() if n / total > 1e-5}
        print('pass', turn + 1, len(prob), sum(map(len, prob.values())), file=sys.stderr)
    write(prob, count)


def learn(surface, kana, prob, start, count):
    n, m = len(surface), len(kana)
    ahead = [[0.0] * (m + 1) for _ in range(n + 1)]
    arcs = []
    ahead[0][0] = 1.0
    for i, c in enumerate(surface):
        row, nxt = ahead[i], ahead[i + 1]
        known = prob.get(c)
        for j in range(i, m):
            if not row[j]:
                continue
            if is_kana(c) and c not in 'ヶケ':
                if katakana(c) == kana[j] or (c in 'のノ' and kana[j] == 'ノ'):
                    nxt[j + 1] += row[j]
                    arcs.append((i, j, 1, 1.0))
                continue
            last = m - (n - i - 1)
            for k in range(1, min(LONGEST, last - j) + 1):
                if j + k < m and kana[j + k] in SMALL and kana[j + k] not in 'ンッ':
                    continue
                piece = kana[j:j + k]
                p = known.get(piece, 0.0) if known is not None else start(c, piece)
                if p:
                    nxt[j + k] += row[j] * p
                    arcs.append((i, j, k, p))
    total = ahead[n][m]
    if not total:
        return
    behind = [[0.0] * (m + 1) for _ in range(n + 1)]
    behind[n][m] = 1.0
    for i, j, k, p in reversed(arcs):
        b = behind[i + 1][j + k]
        if b:
            behind[i][j] += p * b
            if not is_kana(surface[i]) or surface[i] in 'ヶケ':
                count[surface[i]][kana[j:j + k]] += ahead[i][j] * p * b / total


def write(prob, count):
    print('# How Kanji are read in names: character, then kana=nats above its commonest reading.')
    print('# Learnt by tools/names/train_kanji.py from mecab-ipadic (ICOT terms) and Unihan; do not edit.')
    for c in sorted(prob):
        seen = {p: n for p, n in count[c].items() if n >= 0.4}
        total = sum(seen.values())
        kept = sorted((-n, p) for p, n in seen.items() if n / total >= SMALLEST)
        if not kept:
            continue
        best = -kept[0][0]
        print(c, ' '.join('%s=%.2f' % (p, abs(math.log(best / -n))) for n, p in kept[:24]))


main()
