#!/usr/bin/env python3
"""Screens names in the pages as somebody without scripts does: pasted, uploaded as CSV, XLSX and JSON lines,
against chosen lists and days, and between two copies of a list. Every row is accounted for; what was
asked is logged before it is answered, by salted hashes; a result belongs to one session, and is asked
anew through what may be seen at the moment. Prints TAP. See client.py.
    SILLOK_BUILD=build screen.py
"""
import csv
import io
import subprocess

from client import ENV, SILLOK, SOURCE, TMP, Server, done, json, ok, sillok

XSS = '<script>alert(1)</script>'
HIDDEN = 'ZZHIDDENNAME'


def build():
    subprocess.run([SILLOK, 'init', str(TMP / 'a'), '--author', 'walk'], env=ENV, check=True,
                   stdout=subprocess.DEVNULL)
    for name in ('un-older.xml', 'un-newer.xml'):
        sillok('import', str(SOURCE / 'tests/data/lists' / name))
    (TMP / 'claims.csv').write_text(
        'entity,type,property,value,claimant,restrict\n'
        'person-a,Person,name,Kim Invented-Jongwook,Walker,\n'
        'soon-hidden,Person,name,Soonhidden Inventedperson,Walker,\n')
    (TMP / 'hidden.csv').write_text(
        'entity,type,property,value,claimant,restrict\n'
        f'hidden-person,Person,name,Kim Invented {HIDDEN},Walker,secret\n')
    for name in ('claims.csv', 'hidden.csv'):
        sillok('claim', '--file', str(TMP / name))
    sillok('restrict', 'exhibit', 'hidden.csv', 'secret', '--reason', 'holds hidden rows')


def screen(s, names='', files=(), **options):
    """The address of what came of it."""
    a = s.upload('/screen', [('names', names), *options.items()], files)
    return a.header('Location') if a.status == 303 else a


def sums(answer):
    return {k: v for k, v in answer.items() if isinstance(v, int)}


def entries():
    return len([l for l in json.loads(sillok('log', '--json')) if l.get('kind') == 'screen'])


def test_pasted(s):
    page = s.ask('/screen').text
    ok('textarea name="names"' in page and 'value="archive"' in page and '2,000' in page and
       'a file up to 8' in page, 'the form names the lists and its limits', page[-2500:])
    before = entries()
    where = screen(s, f'Kim Invented Jong-wook\n\nNobody Whatsoever\n{XSS}\n=1+1 Invented\n')
    ok(isinstance(where, str) and where.startswith('/screen/'), 'names are screened', where)
    ok(entries() == before + 1, 'what was asked is one entry of the log')
    text = sillok('log', '--json')
    ok('Jong-wook' not in text and 'Whatsoever' not in text, 'without its words')
    a = s.ask(where)
    ok(a.status == 200 and '/entity/person-a' in a.text and '1 row' not in a.text, 'an alert leads to the entity',
       a.text[-2000:])
    ok(entries() == before + 1, 'looking at it again asks nobody')
    everything = s.ask(where + '?show=all').text
    ok('&lt;script&gt;' in everything and XSS not in everything, 'markup in a name stays text')
    r = s.ask(where + '.json').json()
    ok(r['rows'] == len(r['results']) == sums(r)['with_alerts'] + r['blank'] + r['errors'] +
       len([x for x in r['results'] if 'error' not in x and not x['alerts']]),
       'every row is accounted for', r)
    hit = next(x for x in r['results'] if x['alerts'])['results'][0]
    ok(hit['id'] == 'person-a' and hit['alert'] and hit['explanation'] and 0 < hit['score'] <= 1 and hit['odds'] > 0,
       'a result has score, odds and explanation', hit)
    rows = list(csv.DictReader(io.StringIO(s.ask(where + '.csv').text.lstrip('\ufeff'))))
    ok({r['row'] for r in rows} == {str(x['row']) for x in r['results']} and
       {'asked', 'state', 'list', 'entity', 'score', 'odds', 'why'} <= set(rows[0]), 'so it is in the CSV', rows)
    ok(not any(v.startswith('=') for r in rows for v in r.values()), 'where no cell is a formula', rows)
    ok('대조 결과' in s.ask(where + '?lang=ko').text, 'it speaks Korean')
    s.ask('/screen?lang=en')
    for bad, why in [({}, 'nobody'), ({'names': 'a', 'threshold': '2'}, 'threshold'),
                     ({'names': 'a', 'old': '2018'}, 'one side of two'), ({'names': 'Kim', 'list': 'none-such'}, 'a list'),
                     ({'names': 'Kim', 'as_of': 'some day'}, 'a day')]:
        a = screen(s, **bad)
        ok(not isinstance(a, str) and 400 <= a.status < 500, f'{why} is told to be wrong', a)
    a = s.upload('/screen', [('names', 'Kim'), ('list', 'none-such'), ('list', 'archive')])
    ok(a.status == 404 and 'none-such' in a.text, 'so is one list that is none among others', a.text[-300:])
    ok(s.ask(where + '?show=some').status == 400, 'and what cannot be shown')
    a = screen(s, '\n'.join(['Kim'] * 2001))
    ok(not isinstance(a, str) and a.status == 413 and '2000 rows' in a.text, 'so are too many rows', a)
    return where


def test_uploaded(s):
    table = 'name,born,country,note\nKim Invented Jong-wook,1963,KP,x\n,,,\nNobody Whatsoever,someday,ZZ,y\n'
    where = screen(s, files=[('file', 'people.csv', table.encode())])
    r = s.ask(where + '.json').json()
    ok(r['rows'] == 3 and r['blank'] == 1 and r['with_alerts'] == 1 and r['results'][2].get('warnings'),
       'a CSV is screened, its odd values named', r)
    ok('people.csv' in s.ask(where).text and 'someday' in s.ask(where + '?show=problems').text,
       'and so says the page')
    lines = b'{"name": "Kim Invented Jong-wook"}\nno json\n{"names": ["Nobody"], "born": 1970}\n'
    where = screen(s, files=[('file', 'people.jsonl', lines)])
    r = s.ask(where + '.json').json()
    ok(r['rows'] == 3 and r['errors'] == 1 and r['with_alerts'] == 1, 'JSON lines, too', r)
    (TMP / 'people.csv').write_text(table)
    book = TMP / 'book.xlsx'
    sillok('search', 'Invented', '--xlsx', str(book))
    a = screen(s, files=[('file', 'book.xlsx', book.read_bytes())])
    ok(isinstance(a, str) or ('no column of names' in a.text and a.status == 400),
       'a workbook is read by the confined program', a if isinstance(a, str) else a.text[-300:])
    a = screen(s, files=[('file', 'broken.xlsx', b'PK\x03\x04' + b'\0' * 400)])
    ok(not isinstance(a, str) and 400 <= a.status < 600 and s.ask('/healthz').status == 200,
       'a broken one breaks nothing', a)
    a = screen(s, 'Kim', files=[('file', 'people.csv', table.encode())])
    ok(not isinstance(a, str) and 'not both' in a.text, 'names and a file are too much at once')
    a = screen(s, files=[('file', 'large.csv', b'name\n' + b'x' * (9 << 20))])
    ok(not isinstance(a, str) and a.status == 413, 'so is too large a file', a)


def test_lists(s):
    copies = json.loads(sillok('import', '--list', '--json'))
    old, new = copies[0], copies[1]
    names = 'RI JE-SON\nINVENTED PERSON\nPAK TO CHUN\n'
    where = screen(s, names, list=old['list'])
    r = s.ask(where + '.json').json()
    ok(old['list'] in r['against'] and 'archive' not in r['against'], 'one list can be chosen', r['against'])
    twice = s.upload('/screen', [('names', names), ('list', old['list']), ('list', old['list'])])
    ok(s.ask(twice.header('Location') + '.json').json()['against'] == r['against'],
       'and named twice is still that one alone')
    ok('/imports/' in s.ask(where).text and 'its row in the list' in s.ask(where).text,
       'a hit leads to the list and to its row in it', s.ask(where).text[-3000:])
    where = screen(s, names, list=old['list'], as_of=old.get('asof') or old.get('as_of') or '2020')
    ok(isinstance(where, str) and old.get('asof', '') in s.ask(where + '.json').json()['against'],
       'as it stood on a day', where)
    where = screen(s, names, old=old.get('import') or old['id'], new=new.get('import') or new['id'])
    ok(isinstance(where, str), 'two copies are compared', where)
    r = s.ask(where + '.json').json()
    ok({'appeared', 'vanished', 'changed'} <= set(r) and
       r['appeared'] + r['vanished'] + r['changed'] == len([x for x in r['results'] if 'change' in x]),
       'each change is told', r)
    ok(s.ask(where).status == 200 and s.ask(where + '?show=all').text.count('class="screened"') == 3,
       'on the page too, with every row')


def test_hidden():
    s = Server(user='guest')
    s.enter()
    where = screen(s, f'Kim Invented {HIDDEN}\nSoonhidden Inventedperson\n')
    r = s.ask(where + '.json')
    ok('hidden-person' not in r.text and '"soon-hidden"' in r.text, 'a guest meets nothing restricted', r.text[:3000])
    other = Server(user='guest')
    other.enter()
    ok(other.ask(where).status == 404, 'a result is of its session alone')
    other.stop()
    sillok('restrict', 'entity', 'soon-hidden', 'secret', '--reason', 'laid while it is looked at')
    texts = [s.ask(where + e).text for e in ('', '.json', '.csv', '?show=all')]
    ok(not any('soon-hidden' in t for t in texts), 'what is restricted meanwhile is gone from it')
    s.stop()


build()
server = Server()
server.enter()
test_pasted(server)
test_uploaded(server)
test_lists(server)
server.stop()
test_hidden()
done()
