#!/usr/bin/env python3
"""Every word that a page says stands in the catalogues, in each language; and nothing else does.

    catalogue.py SOURCE

Looks at the templates of src/web/ (SK_PUT, and titles that are keys) and at ui/messages/. Finds
words in a template outside the catalogue, keys that no catalogue has, keys that no page uses,
messages whose arguments differ between languages, messages that one language lacks, and words of the
program (sk_..._name, sk_..._words) that people would see where a message belongs. Prints TAP.
"""
import pathlib
import re
import sys

SOURCE = pathlib.Path(sys.argv[1])
# Names that are the same in every language, and keys whose end is made while running.
NAMES = {'sillok', 'JSON', 'CSV', 'OpenRefine', 'SHA', '256', 'api', 'openapi', 'json', '1', 'English', 'c', 'r', 'e', 'u'}
# What stands in Japanese already; all else may lack.
JAPANESE_WHOLE = ('nav.', 'page.', 'pager.', 'made.', 'ask.', 'position.', 'error.', 'entities.')
MADE = ('kind.', 'use.', 'rule.', 'outcome.', 'verdict.', 'proposed.', 'decided.', 'modality.')
STRING = re.compile(r'"((?:[^"\\]|\\.)*)"')
count = 0


def ok(faults, name):
    global count
    count += 1
    print(f'{"not ok" if faults else "ok"} {count} - {name}')
    for fault in faults:
        print(f'# {fault}')


def catalogue(lang):
    messages = {}
    for line in (SOURCE / f'ui/messages/{lang}.txt').read_text(encoding='utf-8').split('\n'):
        if line.strip() and not line.startswith('#'):
            key, text = line.split(' = ', 1)
            messages[key] = text
    return messages


def calls(text, name):
    """The literal first argument of each call, with its pieces joined."""
    for m in re.finditer(name + r'\(\s*(?:[^,()]|\([^()]*\))+,\s*((?:"(?:[^"\\]|\\.)*"\s*)+)', text):
        yield ''.join(STRING.findall(m.group(1))), text.count('\n', 0, m.start()) + 1


def words_outside(template):
    text = re.sub(r'\{[a-z_]+\.[a-z_0-9]+\}', ' ', template.replace('\\"', '"').replace('\\n', ' '))
    spoken = ' '.join(re.findall(r'(?:aria-label|placeholder|title|alt)="([^"]*)"', text))
    text = re.sub(r'<[^>]*>?', ' ', text)
    text = re.sub(r'^[^<]*>', ' ', text) if '>' in text else text
    text = re.sub(r'&[a-z]+;', ' ', text + ' ' + spoken)
    return [w for w in re.findall(r'[^\W_]+', text) if w not in NAMES and not w.startswith('실록')]


def statements(text):
    """The statements of a file, each on one line, with the number of the line it begins on."""
    at = 0
    for piece in text.split(';'):
        begins = at + len(piece) - len(piece.lstrip())
        yield ' '.join(piece.split()), text.count('\n', 0, begins) + 1
        at += len(piece) + 1


WORDS = re.compile(r'\bsk_\w+_(?:name|words)\(')


def program_words(path, text):
    """Cells, facts and pages that show what the program calls a thing, in English, to everybody. A
    cell that programs get under such a name has another for people right behind it."""
    faults, waiting = [], None
    for s, line in statements(text):
        shows = re.search(r'\b(sk_grid_shown|sk_put_fact|put_fact|SK_PUT|SK_SAY)\(', s)
        if waiting and not re.search(r'\bsk_grid_shown\(', s):
            faults.append(waiting)
        waiting = None
        if shows and WORDS.search(s[shows.start():]):
            faults.append(f'{path.name}:{line}: {s[shows.start():][:70]}')
        elif re.search(r'\bsk_grid_cell\(', s) and WORDS.search(s):
            waiting = f'{path.name}:{line}: {s[-70:]}'
    return faults


def main():
    en, ko, ja = catalogue('en'), catalogue('ko'), catalogue('ja')
    used, outside, programs = set(), [], []
    for path in sorted((SOURCE / 'src/web').glob('*.c')):
        text = re.sub(r'/\*.*?\*/', lambda m: '\n' * m.group().count('\n'), path.read_text(encoding='utf-8'),
                      flags=re.S)
        programs += program_words(path, text)
        for template, line in calls(text, 'SK_PUT'):
            for word in words_outside(template):
                outside.append(f'{path.name}:{line}: "{word}"')
            used |= set(re.findall(r'\{([a-z_]+\.[a-z_0-9]+)\}', template))
        for s in STRING.findall(text):
            if re.fullmatch(r'[a-z_]+\.[a-z_0-9-]+', s):
                used.add(s)
    files = {'sillok.css', 'sillok.js', 'icon.svg', 'checkpoint.txt', 'keys.txt', 'proof.txt', 'routes.h',
             'messages_stamp.h', 'methods_stamp.h', 'map.js', 'network.js', 'leaflet.js', 'leaflet.css',
             'review.js', 'world.topojson', 'counting.md', 'identifiers.md', 'ledger.md', 'rules.md', 'screening.md', 'search.md'}
    used -= files
    singles = {k.rsplit('.', 1)[0] for k in en if k.endswith(('.one', '.other'))}
    known = set(en) | singles
    ok(outside, 'no template has words of its own')
    ok(programs, 'nobody is shown what the program calls a thing')
    sample = 'sk_grid_cell(g, sk_str_of(sk_use_name(u))); sk_grid_int(g, 1);'
    ok([] if program_words(SOURCE, sample) else [sample], 'and a cell that would be shown so is found')
    sample = 'sk_put_fact(rq, "exhibit.read", sk_str_of(sk_outcome_name(x->outcome)));'
    ok([] if program_words(SOURCE, sample) else [sample], 'so is a fact')
    ok([k for k in sorted(used) if k not in known], 'every key that a page uses is in the catalogue')
    spare = [k for k in en if re.sub(r'\.(one|other)$', '', k) not in used and k not in used
             and not k.startswith(MADE)]
    ok(spare, 'every message is used')
    lacking = [k for k in en if not k.endswith('.one') and k not in ko] + [k for k in ko if k not in en]
    ok(lacking, 'both languages have every message')
    args = lambda t: sorted(set(re.findall(r'\$\d', t)))
    ok([k for k in ko if k in en and args(en[k]) != args(ko[k])], 'with the same arguments')
    same = [k for k in ko if en.get(k) == ko[k] and re.search('[A-Za-z]{3}', ko[k]) and ko[k] != 'SHA-256'
            and not k.startswith('col.hash')]
    ok(same, 'and no Korean message is left in English')
    ok([k for k in singles if k + '.other' not in en or k + '.other' not in ko],
       'every message that counts has its forms')
    ok([k for k in ja if k not in en or args(en[k]) != args(ja[k])],
       'every Japanese message is one of ours, with the same arguments')
    lacking = [k for k in en if not k.endswith('.one') and k not in ja]
    ok([k for k in lacking if k.startswith(JAPANESE_WHOLE)], 'the frame and main labels are there in Japanese')
    # prepared, not complete: what it lacks is said in English
    print(f'# Japanese lacks {len(lacking)} of {len(lacking) + len(ja)}: ' + ' '.join(lacking[:400]))
    print(f'1..{count}')


main()
