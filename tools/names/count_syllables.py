#!/usr/bin/env python3
"""Count how common syllables are in Korean given names, for the decoder's priors.

    tools/names/count_syllables.py PAIRS.tsv > model/name/korean-syllables.txt

PAIRS.tsv has columns name_a, script_a, name_b, script_b, label, origin (../shared/data/names). Only
rows of kpopnet (CC0), teampopong (CC BY 3.0), public office-holders and the press names of listed
DPRK officials (facts) count; only syllables come out, no names. Smoothed by the number of Hanja that
Unihan gives a reading (kHangul).
"""
import bz2
import collections
import csv
import math
import sys

ALLOWED = ('kpopnet', 'teampopong', 'hand-public', 'UN-1718')
DOUBLE = {'남궁', '황보', '제갈', '선우', '사공', '독고'}
SMOOTH = 30.0       # names that Unihan's counts weigh as much as
HEAD = '''# How common a syllable is in Korean given names: nats below certainty, commonest first.
# Counted by tools/names/count_syllables.py from the Hangul names of 19th National Assembly members
# (teampopong, CC BY 3.0), kpopnet (CC0) and public office-holders, smoothed by the number of Hanja
# with the reading (Unihan 15). Only the counts of syllables are kept.'''


def names(path):
    found = set()
    with open(path, encoding='utf-8') as f:
        rows = csv.reader(f, delimiter='\t', quoting=csv.QUOTE_NONE)
        next(rows)
        for a, script_a, b, script_b, label, origin in rows:
            if label != '1' or not any(w in origin for w in ALLOWED):
                continue
            for name, script in ((a, script_a), (b, script_b)):
                if script == 'ko/Hang' and 2 <= len(name) <= 4 and \
                        all('가' <= c <= '힣' for c in name):
                    found.add(name)
    return found


def main():
    given, hanja = collections.Counter(), collections.Counter()
    for name in sorted(names(sys.argv[1])):
        given.update(name[2:] if name[:2] in DOUBLE and len(name) > 3 else name[1:])
    with bz2.open('/usr/share/unicode/Unihan_Readings.txt.bz2', 'rt', encoding='utf-8') as f:
        for line in f:
            if line[:2] == 'U+' and '\tkHangul\t' in line:
                for word in line.split('\t', 2)[2].split():
                    hanja[word.split(':')[0]] += 1.0 if 'E' in word else 0.4
    all_hanja = sum(hanja.values())
    weight = {s: given[s] + SMOOTH * hanja[s] / all_hanja + 0.02 for s in set(given) | set(hanja)}
    total = sum(weight.values())
    print(HEAD)
    for s in sorted(weight, key=lambda s: (-weight[s], s)):
        print('%s %.2f' % (s, min(9.0, -math.log(weight[s] / total))))


main()
