#!/usr/bin/env python3
"""Reviewing and entering claims in the pages, as somebody does who means harm, came late or may not see all.

What it looks for: markup of a document, of a slot, a claimant or a note coming out as markup; a
suggestion decided twice, or one that is not there; forms sent from another origin or without their
token; spans of bytes that are no words; and anything that a guest could tell of suggestions in an
exhibit that is hidden from it: the guest's pages are the same, byte for byte, before and after it was
added. Prints TAP. See client.py.
    SILLOK_BUILD=build review.py
"""
import hashlib
import re
import subprocess
import urllib.parse

from client import ENV, SILLOK, TMP, Server, done, json, ok, sillok

XSS = '<script>alert(1)</script>"\'><img src=x onerror=alert(2)>'
HIDDEN = 'ZZHIDDENPLACE'
KOREAN = '2019년 5월 3일 경비병들이 수용소에서 노동자 12명을 죽였다.\n'


def build():
    subprocess.run([SILLOK, 'init', str(TMP / 'a'), '--author', 'review'], env=ENV, check=True,
                   stdout=subprocess.DEVNULL)
    (TMP / 'open.txt').write_text(
        'On 3 May 2019 the guards killed 12 workers in the invented camp.\n\n'
        f'On 4 May 2019 the guards killed 13 workers of {XSS} in the invented camp.\n\n'
        f'The guards of <b>Invented</b> detained {XSS} on 5 May 2019, said "<i>Ann Inventedwitness</i>".\n\n'
        'On 6 May 2019 soldiers arrested 14 farmers.\n')
    (TMP / 'korean.txt').write_text(KOREAN)
    sillok('add', str(TMP / 'open.txt'), str(TMP / 'korean.txt'))


def add_hidden():
    path = TMP / 'hidden.txt'
    path.write_text(f'On 7 May 2019 the guards killed 15 workers of {HIDDEN}. On 8 May 2019 soldiers '
                    f'arrested 16 farmers of {HIDDEN}.\n')
    sillok('add', str(path), '--restrict', 'secret')
    return hashlib.sha256(path.read_bytes()).hexdigest()


def waiting(s, query=''):
    return s.ask('/review.json' + query).json()['suggestions']


def is_safe(answer):
    return '<script>alert' not in answer.text and '<img src=x' not in answer.text


def value_of(page, name):
    m = re.search(rf'name="{name}" value="([^"]*)"', page)
    return m.group(1) if m else None


# ---- markup ----

def test_markup(s):
    acts = waiting(s, '?kind=act')
    ok(len(acts) >= 3, 'acts are proposed from the text', acts)
    bad = [x['suggestion'] for x in waiting(s)
           for end in ('', '&edit=1') if not is_safe(s.ask(f'/review?at={x["suggestion"]}{end}'))]
    ok(not bad, 'markup in the text of a document stays text beside every suggestion', bad)
    ok('&lt;script&gt;' in s.ask('/review?at=' + next(
        x['suggestion'] for x in acts if '<script>' in x['text'])).text, 'where it can be read')
    pages = ['/exhibit/open.txt', '/exhibit/open.txt?original=1', '/review/sure?exhibit=open.txt', '/review/rules']
    ok(all(is_safe(s.ask(p)) for p in pages), 'so it does in the margin, beside the original and in lists')
    one = acts[0]
    fields = {'edited': '1', 'claimant': f'unnamed: {XSS}', 'note': XSS, 'p0': 'location', 'a0': XSS}
    for i in range(len(one['proposals'])):
        if 'value' in one['proposals'][i] and one['proposals'][i]['property'] != 'act':
            continue
        fields[f'v{i}'] = one['proposals'][i].get('value') or XSS
    a = s.post(f'/review/{one["suggestion"]}/confirm', fields)
    ok(a.status == 303, 'one is confirmed with markup in slots, claimant and note', a.text[-600:])
    pages = [a.header('Location'), '/exhibit/open.txt', '/', '/log', '/ask/table?per=place', '/ask/table?per=perpetrator',
             '/search?q=alert', '/entities', '/judge', f'/review?at={one["suggestion"]}']
    claims = [x['id'] for x in s.ask('/search.json?q=alert+kind:claim').json()['hits'] if 'id' in x]
    pages += [f'/claim/{i}' for i in claims]
    pages += ['/entity/' + urllib.parse.quote(x['entity'], safe='')
              for x in s.ask('/search.json?q=alert').json()['hits'] if x.get('entity')]
    answers = [(p, s.ask(p)) for p in pages]
    bad = [p for p, x in answers if x.status >= 500 or not is_safe(x)]
    ok(not bad and any('&lt;script&gt;' in x.text for _, x in answers), 'and stays text wherever it is shown', bad)
    bad = [f for f in ('/review?kind=', '/review?tier=', '/review?exhibit=', '/review?rule=', '/review?at=', '/review?done=',
                       '/review/sure?exhibit=', '/exhibit/open.txt/claim?at=', '/exhibit/open.txt/claim?words=',
                       '/exhibit/open.txt?added=', '/exhibit/open.txt?s=')
           if not is_safe(x := s.ask(f + urllib.parse.quote(XSS))) or x.status >= 500]
    ok(not bad, 'nor does any parameter come back as markup', bad)
    return one


# ---- late, twice, or of nothing ----

def test_stale(s, gone):
    for verb in ('confirm', 'reject'):
        a = s.post(f'/review/{gone["suggestion"]}/{verb}', {})
        ok(a.status == 409, f'{verb}: what was decided is not decided again', f'{a.status} {a.text[-300:]}')
    one = next(x for x in waiting(s) if x['kind'] == 'act')
    a = s.post(f'/review/{one["suggestion"]}/undo', {})
    ok(a.status in (404, 409), 'what waits cannot be taken back', a.status)
    a = s.post(f'/review/{one["suggestion"]}/confirm', {'edited': '1', **{f'v{i}': '' for i in range(12)}})
    ok(a.status == 400, 'nor can nothing be claimed', a.text[-300:])
    wrong = []
    for id, status in (('f' * 64, 404), ('fedcba987654', 404), ('zz', 400), ('..%2f..%2fkeys', 400), ('%00', 400)):
        for verb in ('confirm', 'reject', 'undo'):
            a = s.post(f'/review/{id}/{verb}', {})
            if not 400 <= a.status < 500 or status == 404 and a.status != 404:
                wrong.append((id, verb, a.status))
    ok(not wrong, 'an id of nothing is told so', wrong)
    a = s.post('/review/sure', {'exhibit': 'open.txt', 'list': '0' * 64})
    ok(a.status == 409, 'a list that is no longer the list is not accepted', f'{a.status} {a.text[-300:]}')
    ok(s.post('/review/sure', {}).status == 400, 'nor one of no exhibit')
    ok(any(x['suggestion'] == one['suggestion'] for x in waiting(s)), 'all of which decided nothing')


# ---- from elsewhere ----

def test_elsewhere(s):
    one = waiting(s)[0]['suggestion']
    digest = value_of(s.ask('/review/sure?exhibit=open.txt').text, 'list') or '0' * 64
    forms = [(f'/review/{one}/confirm', {}), (f'/review/{one}/reject', {}), (f'/review/{one}/undo', {}),
             ('/review/sure', {'exhibit': 'open.txt', 'list': digest}),
             ('/exhibit/open.txt/claim', {'at': '0-10', 'type': 'Act', 'act': 'life.killing'}),
             ('/exhibit/open.txt/unclaim', {'claims': 'abcdef'}), ('/screen', {'names': 'Ann'}),
             ('/settings/tokens', {'name': 'x', 'scope': 'read'}), ('/settings/tokens/abcdef/end', {})]
    before, log = s.ask('/review.json').text, sillok('log', '--json')
    wrong = []
    for path, fields in forms:
        for what, answer in (('another origin', s.post(path, fields, Origin='http://evil.example')),
                             ('its port', s.post(path, fields, Origin='http://127.0.0.1:1')),
                             ('no origin', s.post(path, fields, Origin='null')),
                             ('no token', s.post(path, {**fields, 'token': ''})),
                             ('a wrong token', s.post(path, {**fields, 'token': 'x' * 43}))):
            if answer.status != 403:
                wrong.append(f'{path}, {what}: {answer.status}')
        if s.post(path, fields, Cookie='').status != 401:
            wrong.append(f'{path}: without a session')
    ok(not wrong, f'{len(forms)} forms are refused from elsewhere, and without their token', '\n'.join(wrong))
    ok(s.ask('/review.json').text == before and sillok('log', '--json') == log, 'and none of it was done')


# ---- bytes that are no words ----

def test_spans(s):
    n = len((TMP / 'open.txt').read_bytes())
    spans = ['', '-', '5', '0-0', '5-3', '-1-5', '1-2-3', 'a-b', f'{n - 2}-{n + 50}', '99999-100000', '0-99999999999999999999',
             '1e1-20', '0x1-5', ' 1- 5']
    act = {'type': 'Act', 'act': 'life.killing'}
    wrong = [(a, x.status) for a in spans for x in (
        s.ask('/exhibit/open.txt/claim?at=' + urllib.parse.quote(a)), s.post('/exhibit/open.txt/claim', {'at': a, **act}))
             if x.status != 400]
    ok(not wrong, 'spans that are none are told so, asked and sent', wrong)
    at = KOREAN.encode().index('경'.encode())
    a = s.post('/exhibit/korean.txt/claim', {'at': f'{at + 1}-{at + 6}', **act})
    ok(a.status == 400 and 'cut a character' in a.text, 'half a character is no word', a.text[-300:])
    ok(s.post('/exhibit/open.txt/claim', {'words': 'not in this text', **act}).status in (400, 404),
       'nor are words that are not there')
    for fields, why in (({'type': 'Nothing', 'subject': 'x'}, 'a type'), ({'act': 'no.such.act', 'type': 'Act'}, 'an act'),
                        ({**act, 'position': 'shouts'}, 'a position'), ({**act, 'said': 'some day'}, 'a day')):
        a = s.post('/exhibit/open.txt/claim', {'at': '0-13', **fields})
        ok(a.status == 400, f'{why} that is none is told so', f'{a.status} {a.text[-300:]}')
    a = s.post('/exhibit/open.txt/claim', {'at': '0-13', 'type': 'Person', 'subject': 'Ann Invented', 'p0': '', 'a0': 'lost'})
    ok(a.status == 400 and '&quot;lost&quot; has no property' in a.text.replace('&#34;', '&quot;'),
       'a value of which nobody says what it is is told so', f'{a.status} {a.text[-300:]}')
    log = sillok('log', '--json')
    a = s.post('/exhibit/korean.txt/claim', {'at': f'{at}-{at + len("경비병".encode())}', **act, 'note': XSS})
    ok(a.status == 303 and sillok('log', '--json') != log, 'words are claimed', a.text[-300:])
    page = s.ask(a.header('Location').split('#')[0])
    ok(is_safe(page) and 'unclaim' in page.text, 'and a note is text')
    claims = value_of(page.text, 'claims')
    ok(s.post('/exhibit/open.txt/unclaim', {'claims': claims}).status == 403, 'taken back only where it was entered')
    ok(s.post('/exhibit/korean.txt/unclaim', {'claims': claims}).status == 303 and
       s.post('/exhibit/korean.txt/unclaim', {'claims': claims}).status == 409, 'and once')


# ---- what a guest can tell ----

PAGES = ['/review', '/review.json', '/review?tier=4', '/review.json?tier=4', '/', '/home.json', '/review/rules',
         '/review/rules.json', '/review/rules.csv', '/review?kind=act', '/api/1/review', '/api/1/home', '/exhibits',
         '/exhibits.json', '/entities.json', '/ask/table.json?per=year']


def guest_sees():
    s = Server(user='guest')
    s.enter()
    seen = {p: (a.status, a.text.replace(s.token, '').replace(s.host, '')) for p in PAGES for a in [s.ask(p)]}
    s.stop()
    return seen


def test_guest():
    before = guest_sees()
    digest = add_hidden()
    owner = Server()
    owner.enter()
    hidden = [x for x in waiting(owner) if x['exhibit'] == digest]
    waits = owner.ask('/home.json').json()['suggestions_waiting']
    owner.stop()
    after = guest_sees()
    open_waits = json.loads(after['/review.json'][1])['waits']
    ok(len(hidden) >= 2 and waits > open_waits == json.loads(after['/home.json'][1])['suggestions_waiting'],
       'a guest counts the suggestions that it can see, the owner all', (len(hidden), waits, open_waits))
    differ = [p for p in PAGES if before[p] != after[p]]
    ok(not differ, 'pages and answers are the same, byte for byte, before a hidden exhibit came and after', differ)
    s = Server(user='guest')
    s.enter()
    wrong = []
    for verb in ('confirm', 'reject', 'undo'):
        a, b = (s.post(f'/review/{i}/{verb}', {}) for i in (hidden[0]['suggestion'], 'f' * 64))
        if (a.status, a.text.replace(hidden[0]['suggestion'], 'f' * 64)) != (b.status, b.text) or a.status != 404:
            wrong.append((verb, a.status, b.status))
    for path in ('/review?at={}', '/review?done={}'):
        a, b = (s.ask(path.format(i)) for i in (hidden[0]['suggestion'][:16], 'f' * 16))
        if a.text.replace(hidden[0]['suggestion'][:16], 'f' * 16) != b.text:
            wrong.append(path)
    for path in ('/review?exhibit={}', '/review/sure?exhibit={}', '/exhibit/{}/claim?at=0-5'):
        a, b = (s.ask(path.format(i)) for i in (digest[:16], 'f' * 16))
        if (a.status, a.text.replace(digest[:16], 'f' * 16)) != (b.status, b.text):
            wrong.append(path)
    ok(not wrong, 'a hidden suggestion and none are answered alike, asked for and decided', wrong)
    s.stop()


build()
server = Server()
server.enter()
decided = test_markup(server)
test_stale(server, decided)
test_elsewhere(server)
test_spans(server)
server.stop()
test_guest()
done()
