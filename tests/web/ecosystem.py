#!/usr/bin/env python3
"""Speaks to the server as clients of yente and as OpenRefine do, with tokens, and asserts each field that
docs/formats/api.md documents; then misuses both: wrong and ended tokens, scopes, other origins and
hosts, broken, deep and oversize bodies, markup in names. What is restricted is in no answer.

Prints TAP. See client.py.
    SILLOK_BUILD=build ecosystem.py
"""
import pathlib
import re
import subprocess
import urllib.parse

from client import ENV, SILLOK, SOURCE, TMP, Server, done, json, ok, sillok, with_token

XSS = '<script>alert(1)</script>"><img src=x onerror=alert(2)>'
HIDDEN = 'ZZHIDDENNAME'
TOKENS = str(TMP / 'tokens')


def build():
    subprocess.run([SILLOK, 'init', str(TMP / 'a'), '--author', 'walk'], env=ENV, check=True,
                   stdout=subprocess.DEVNULL)
    for name in ('un-older.xml', 'un-newer.xml'):
        sillok('import', str(SOURCE / 'tests/data/lists' / name))
    quoted = XSS.replace('"', '""')
    (TMP / 'claims.csv').write_text(
        'entity,type,property,value,claimant,restrict\n'
        'person-a,Person,name,Kim Invented-Jongwook,Walker,\n'
        'person-a,Person,birthDate,1963-02-01,Walker,\n'
        f'person-x,Person,name,"Invented {quoted}",Walker,\n'
        f'hidden-person,Person,name,Kim Invented {HIDDEN},Walker,secret\n')
    sillok('claim', '--file', str(TMP / 'claims.csv'))
    sillok('restrict', 'exhibit', 'claims.csv', 'secret', '--reason', 'holds hidden rows')
    sillok('restrict', 'entity', 'hidden-person', 'secret', '--reason', 'may not be known')


def new_token(what, scope, *more, user=None):
    made = json.loads(sillok(*(['--as', user] if user else []), 'serve', '--tokens', TOKENS,
                             '--add-token', what, '--scope', scope, '--json', *more))
    return made['token'], made['id']


def lacking(fields, answer):
    return sorted(set(fields) - set(answer))


# ---- yente ----

ENTITY = ['id', 'caption', 'schema', 'properties', 'datasets', 'referents', 'target']


def match(s, token, body, query='', dataset='default', **headers):
    text = body if isinstance(body, str) else json.dumps(body)
    return s.ask(f'/match/{dataset}{query}', 'POST', text,
                 with_token(token, **{'Content-Type': 'application/json', **headers}))


def test_yente(s, token):
    ask = lambda path: s.ask(path, headers=with_token(token))
    query = {'schema': 'Person', 'properties': {'name': ['Kim Invented Jong-wook'],
                                                'birthDate': ['1963']}}
    a = match(s, token, {'queries': {'q1': query, 'q2': {'schema': 'Person', 'properties': {
        'name': ['Nobody Whatsoever Xyzzy']}}}})
    ok(a.status == 200 and a.header('Content-Type').startswith('application/json'),
       'a batch of two is answered', a.everything()[:600])
    r = a.json()
    ok(not lacking(['responses', 'limit'], r) and r['limit'] == 5 and
       set(r['responses']) == {'q1', 'q2'}, 'under the keys of its queries', r)
    q1 = r['responses']['q1']
    ok(not lacking(['status', 'query', 'total', 'results'], q1) and q1['status'] == 200 and
       q1['query'] == query and not lacking(['value', 'relation'], q1['total']),
       'each with status, query and total', q1)
    hit = q1['results'][0] if q1['results'] else {}
    ok(not lacking(ENTITY + ['score', 'match', 'explanations'], hit), 'a result has every field', hit)
    ok(hit.get('id') == 'person-a' and hit.get('match') is True and 0.7 <= hit['score'] <= 1 and
       'Kim Invented-Jongwook' in hit['properties']['name'], 'and is the one asked for', hit)
    one = hit['explanations'].get('name', {})
    ok(not lacking(['score', 'detail', 'query', 'candidate'], one), 'with its reason', hit)
    ok(r['responses']['q2']['results'] == [] and r['responses']['q2']['total']['value'] == 0,
       'and nobody is nobody', r['responses']['q2'])
    strict = match(s, token, {'queries': {'q1': query}}, '?threshold=1&limit=1').json()
    ok(strict['limit'] == 1 and all(not x['match'] for x in strict['responses']['q1']['results']
                                    if x['score'] < 1), 'limit and threshold are heeded', strict)
    ok(match(s, token, {'queries': {'q1': query}}, '?algorithm=best').status == 200 and
       match(s, token, {'queries': {'q1': query}}, '?algorithm=logic-v2').status == 400,
       'no other algorithm is pretended')
    a = match(s, token, {'queries': {'q1': query}}, '?topics=sanction')
    ok(a.status == 400 and 'topics' in a.json()['detail'],
       'what would change the answer and is not known is refused', a.text)
    ok(match(s, token, {'queries': {'q1': query}}, dataset='nothing-such').status == 404,
       'so is a dataset that is not there')

    r = ask('/search/default?q=Invented&limit=3').json()
    ok(not lacking(['limit', 'offset', 'total', 'facets', 'results'], r) and r['limit'] == 3 and
       r['results'] and not lacking(ENTITY, r['results'][0]), 'search has every field', r)
    ok(ask('/search/default').status == 400, 'and needs words')
    r = ask('/entities/person-a').json()
    ok(not lacking(ENTITY, r) and r['id'] == 'person-a' and
       r['properties']['birthDate'] == ['1963-02-01'], 'an entity has every field', r)
    a = ask('/entities/absent-person')
    ok(a.status == 404 and a.json()['error'] == 'not-found' and a.json()['detail'],
       'one that is not there is told as clients look for it', a.text)
    r = ask('/algorithms').json()
    ok(not lacking(['algorithms', 'default', 'best'], r) and
       not lacking(['name', 'description', 'features'], r['algorithms'][0]) and
       all(not lacking(['description', 'coefficient'], f)
           for f in r['algorithms'][0]['features'].values()), 'algorithms has every field', r)
    r = ask('/catalog').json()
    ok(not lacking(['datasets', 'current', 'outdated', 'index_stale'], r) and
       all(not lacking(['name', 'title', 'children', 'load'], d) for d in r['datasets']) and
       'default' in [d['name'] for d in r['datasets']], 'so has the catalog', r)
    ok(s.ask('/healthz', headers={'Cookie': None}).json() == {'status': 'ok'},
       'health is told to anybody')


# ---- OpenRefine ----

def test_refine(s, token):
    base = f'/key/{token}/reconcile/default'
    get = lambda path: s.ask(base + path, headers={'Cookie': None, 'Origin': 'http://127.0.0.1:3333'})
    a = get('')
    m = a.json()
    ok(a.status == 200 and not lacking(['versions', 'name', 'identifierSpace', 'schemaSpace', 'view',
                                        'preview', 'suggest', 'extend', 'defaultTypes', 'batchSize'], m)
       and '0.2' in m['versions'], 'the manifest has every field', m)
    ok(a.header('Access-Control-Allow-Origin') == '*' and
       not a.header('Access-Control-Allow-Credentials'),
       'a page of another origin may read it, without credentials')
    ok('{{id}}' in m['view']['url'] and '{{id}}' in m['preview']['url'] and
       token not in m['view']['url'] and
       all(m['suggest'][k]['service_url'].endswith(base) and m['suggest'][k]['service_path']
           for k in ('entity', 'type', 'property')), 'its addresses lead here', m)
    batch = json.dumps({'q0': {'query': 'Kim Invented Jong-wook', 'type': 'Person', 'limit': 2,
                               'properties': [{'pid': 'birthDate', 'v': '1963'}]}})
    form = urllib.parse.urlencode({'queries': batch})
    plain = {'Cookie': None, 'Content-Type': 'application/x-www-form-urlencoded'}
    a = s.ask(base, 'POST', form, plain)
    ok(a.status == 200 and a.json()['q0']['result'], 'a batch as a form is answered', a.text)
    r = a.json()['q0']['result'][0]
    ok(not lacking(['id', 'name', 'type', 'score', 'match'], r) and r['id'] == 'person-a' and
       not lacking(['id', 'name'], r['type'][0]) and 70 <= r['score'] <= 100,
       'each candidate with every field', r)
    ok(get('?' + form).json() == a.json(), 'the same in the address')
    b = s.ask(base, 'POST', json.dumps({'queries': json.loads(batch)}),
              {'Cookie': None, 'Content-Type': 'application/json'})
    ok(b.status == 200 and b.json() == a.json(), 'and as JSON', b.text)
    b = s.ask('/reconcile/default', 'POST', form, with_token(token, **{
        'Content-Type': 'application/x-www-form-urlencoded'}))
    ok(b.json() == a.json(), 'and with the token as a header')

    r = get('/suggest/entity?prefix=Kim+Invented').json()
    ok(r['prefix'] == 'Kim Invented' and r['code'] == '/api/status/ok' and r['status'] == '200 OK' and
       not lacking(['id', 'name', 'description', 'type'], r['result'][0]), 'entities are suggested', r)
    ok(get('/suggest/entity').json()['result'] == [], 'of nothing typed nobody')
    r = get('/suggest/type?prefix=organ').json()['result']
    ok('Organization' in [t['id'] for t in r] and all(t['name'] for t in r), 'types are suggested', r)
    r = get('/suggest/property?prefix=birth').json()['result']
    ok('birthDate' in [p['id'] for p in r] and all(p['name'] for p in r), 'and properties', r)
    r = get('/extend/property?type=Person').json()
    ok(r['type'] == 'Person' and 'birthDate' in [p['id'] for p in r['properties']],
       'and columns', str(r)[:500])
    more = json.dumps({'ids': ['person-a', 'absent-person'],
                       'properties': [{'id': 'birthDate'}, {'id': 'name', 'settings': {'limit': 1}}]})
    r = s.ask(base, 'POST', urllib.parse.urlencode({'extend': more}), plain).json()
    ok([m['id'] for m in r['meta']] == ['birthDate', 'name'] and all(m['name'] for m in r['meta']) and
       r['rows']['person-a']['birthDate'] == [{'str': '1963-02-01'}] and
       r['rows']['absent-person'] == {}, 'columns are filled', r)
    a = get('/preview?id=person-a')
    ok(a.status == 200 and 'Kim Invented-Jongwook' in a.text and '<script' not in a.text and
       'frame-ancestors http://127.0.0.1:* http://localhost:*' in a.header('Content-Security-Policy')
       and not a.header('X-Frame-Options'), 'a preview may be framed on this computer', a.everything())
    a = get('/preview?id=person-x')
    ok(a.status == 200 and '&lt;script&gt;' in a.text and '<script' not in a.text and
       '<img' not in a.text, 'markup in a name stays text in it', a.text)
    a = s.ask(base, 'OPTIONS', None, {'Cookie': None, 'Origin': 'http://127.0.0.1:3333'})
    ok(a.status == 204 and a.header('Access-Control-Allow-Methods') == 'GET, POST' and
       'Authorization' not in a.header('Access-Control-Allow-Headers'), 'a preflight is answered',
       a.everything())
    a = s.ask('/match/default', 'OPTIONS', None, {'Cookie': None})
    ok(a.status == 405 and not a.header('Access-Control-Allow-Origin'), 'of no other route')


# ---- misuse ----

def test_misuse(s, matching, refining):
    query = {'queries': {'q': {'schema': 'Person', 'properties': {'name': ['Kim']}}}}
    bad = ['', 'Bearer', 'Bearer x', 'Bearer ' + 'A' * 43, f'Basic {matching}', f'Bearer {matching}x',
           f'Bearer {matching} {matching}', 'Bearer ' + 'é' * 43]
    wrong = [b for b in bad if b and s.ask('/catalog', headers={
        'Cookie': None, 'Authorization': b.encode('utf-8').decode('latin-1')}).status != 401]
    ok(not wrong, 'wrong tokens are told so', wrong)
    a = s.ask('/catalog', headers={'Cookie': None})
    ok(a.status == 401 and a.header('WWW-Authenticate') == 'Bearer', 'and so is none', a.everything())
    ok(s.ask('/catalog', headers=with_token(matching, 'ApiKey')).status == 200,
       'ApiKey is another word for Bearer')
    ok(s.ask('/catalog', headers={'Authorization': 'Bearer ' + 'A' * 43}).status == 401,
       'a cookie does not make a wrong token good')
    ok(s.ask('/reconcile/default', headers=with_token(matching)).status == 403 and
       match(s, refining, query).status == 403 and
       s.ask('/entities.json', headers=with_token(matching)).status == 403,
       'a token may what its scopes say')
    ok(s.ask(f'/key/{matching}/reconcile/default', headers={'Cookie': None}).status == 401 and
       s.ask(f'/key/{refining}/catalog', headers={'Cookie': None}).status == 404,
       'and stands in an address for OpenRefine alone')
    people = [(p, s.ask(p, headers=with_token(matching)).status) for p in
              ('/', '/settings', '/entities', '/imports', '/screen', '/verify')]
    people += [(p, s.ask(p, 'POST', 'a=b', with_token(matching)).status) for p in
               ('/judge', '/imports', '/screen', '/settings/tokens', '/leave', '/verify')]
    ok(all(status == 403 for _, status in people), 'what is for people is not for programs', people)
    evil = {'Origin': 'http://evil.example', 'Content-Type': 'application/json'}
    ok(s.ask('/match/default', 'POST', json.dumps(query), evil).status == 403,
       'a page elsewhere cannot ask by the cookie')
    ok(s.ask(f'/match/default?token={s.token}', 'POST', json.dumps(query), {
        'Origin': f'http://{s.host}', 'Content-Type': 'application/json'}).status == 200 and
       s.ask('/match/default', 'POST', json.dumps(query), {
           'Origin': f'http://{s.host}', 'Content-Type': 'application/json'}).status == 403,
       'a page of ours can, with the token of its form')
    ok(s.ask('/reconcile/default', headers={'Origin': 'http://127.0.0.1:3333'}).status == 401,
       'no cookie counts for what other origins may read')
    ok(s.ask('/catalog', headers=with_token(matching, Host='evil.example')).status == 421,
       'nor does a token under another Host')
    bodies = ['', '{', '[]', 'null', '{"queries": []}', '{"queries": {"q": 1}}',
              '{"queries": {"q": {"schema": "Person", "properties": {"name": [{}]}}}}',
              '[' * 100000, '{"queries":' * 5000, '{"queries": {}, "queries": {}}',
              json.dumps({'queries': {str(i): query['queries']['q'] for i in range(101)}})]
    wrong = [(b[:40], match(s, matching, b).status) for b in bodies]
    ok(all(w[1] in (400, 413) or w[0].startswith('{"queries": {"q": {"schema') for w in wrong),
       'bad bodies are told so', wrong)
    ok(all(x[1] < 500 for x in wrong), 'and none breaks anything')
    ok(match(s, matching, query, **{'Content-Type': 'text/plain'}).status == 400, 'a body says it is JSON')
    ok(s.ask('/match/default', 'POST', None, with_token(matching, **{
        'Content-Length': str(9 << 20), 'Content-Type': 'application/json'})).status == 413,
       'one that is too large is refused before it comes')
    wrong = [(q, s.ask('/reconcile/default?' + q, headers=with_token(refining)).status) for q in
             ('queries=%5B', 'queries=1', 'queries=%7B%22a%22:1%7D', 'extend=1', 'extend=%7B%7D',
              'extend=%7B%22ids%22:%5B1%5D,%22properties%22:%5B%5D%7D')]
    ok(all(w[1] == 400 for w in wrong), 'so are broken batches', wrong)


def test_hidden(s, matching, refining):
    """The owner's token meets what is hidden; that of a guest does not, nor any trace of it."""
    query = {'queries': {'q': {'schema': 'Person', 'properties': {'name': [f'Kim Invented {HIDDEN}']}}}}
    ok(HIDDEN in json.dumps(match(s, matching, query).json()['responses']['q']['results']),
       'the owner finds what is restricted')
    guest, _ = new_token('guest', 'match,reconcile,read,export', user='guest')
    answers = [match(s, guest, query)]
    ask = lambda path: s.ask(path, headers=with_token(guest))
    for path in ('/entities/hidden-person', f'/search/default?q={HIDDEN}', '/search/default?q=hidden-person',
                 '/catalog', '/reconcile/default?' + urllib.parse.urlencode({'queries': json.dumps(
                     {'q': {'query': f'Kim {HIDDEN}'}})}), f'/reconcile/default/suggest/entity?prefix=Kim',
                 '/reconcile/default/preview?id=hidden-person', '/reconcile/default?' +
                 urllib.parse.urlencode({'extend': json.dumps({'ids': ['hidden-person'],
                                                               'properties': [{'id': 'name'}]})}),
                 '/entities.json', '/entities.csv', '/entity/hidden-person.json'):
        answers.append(ask(path))
    told = [a.everything() for a in answers]
    results = json.dumps(answers[0].json()['responses']['q']['results'])
    leaks = [t for t in told[1:] if HIDDEN in t.replace(f'prefix": "{HIDDEN}', '')]
    ok(HIDDEN not in results and not leaks, 'a guest finds nothing of it', leaks)
    same = lambda p: (ask(p.format('hidden-person')).text.replace('hidden-person', 'absent-person') ==
                      ask(p.format('absent-person')).text)
    ok(same('/entities/{}') and same('/reconcile/default/preview?id={}') and
       same('/search/default?q={}'), 'and what is hidden is answered like what is not there')


def test_described(s):
    paths = json.loads(s.ask('/api/1/openapi.json').text)
    ok(paths['components']['securitySchemes']['token'] == {'type': 'http', 'scheme': 'bearer'},
       'the description says how a token is sent')
    paths = {k: v for k, v in paths['paths'].items() if v.get('servers') == [{'url': '/'}]}
    ok({'/match/{dataset}', '/search/{dataset}', '/entities/{id}', '/algorithms', '/catalog',
        '/reconcile/{dataset}', '/reconcile/{dataset}/suggest/entity'} <= set(paths) and
       set(paths['/reconcile/{dataset}']) == {'servers', 'get', 'post'},
       'and has every address of these shapes', sorted(paths))
    post = paths['/match/{dataset}']['post']
    ok(list(post['requestBody']['content']) == ['application/json'] and
       post['security'] == [{'token': ['match']}], 'with body and scope', post)


def test_tokens():
    text = pathlib.Path(TOKENS).read_text()
    token, ident = new_token('short', 'read', '--days', '1')
    ok(token not in pathlib.Path(TOKENS).read_text() and text in pathlib.Path(TOKENS).read_text() and
       (pathlib.Path(TOKENS).stat().st_mode & 0o77) == 0, 'the file holds no token, and is nobody else\'s')
    log = TMP / 'access.log'
    s = Server('--tokens', TOKENS, '--access-log', str(log))
    ok(s.ask('/entities.json', headers=with_token(token)).status == 200 and
       s.ask('/entities.csv', headers=with_token(token)).status == 403, 'a token reads, and no table')
    ok(f' {ident} owner GET /entities ' in log.read_text() and token not in log.read_text(),
       'the access log names it by its id', log.read_text())
    sillok('serve', '--tokens', TOKENS, '--end-token', ident)
    ok(s.ask('/entities.json', headers=with_token(token)).status == 401, 'one that is ended is ended at once')
    late, ident = new_token('late', 'read')
    good = s.ask('/entities.json', headers=with_token(late)).status
    lines = [re.sub(r' \S+Z (?=[0-9a-f]{64} )', ' 2020-01-01T00:00:00Z ', l) if l.startswith(ident) else l
             for l in pathlib.Path(TOKENS).read_text().splitlines()]
    pathlib.Path(TOKENS).write_text('\n'.join(lines) + '\n')
    ok(good == 200 and s.ask('/entities.json', headers=with_token(late)).status == 401,
       'one whose time is over lets nobody in')
    ok('is no scope' in sillok(
        'serve', '--tokens', TOKENS, '--add-token', 'x', '--scope', 'all', fails=True) and
       '1 to 366 days' in sillok('serve', '--tokens', TOKENS, '--add-token', 'x', '--scope', 'read', '--days',
                                 '400', fails=True), 'scopes and days are checked')
    s.enter()
    a = s.post('/settings/tokens', {'what_for': XSS, 'days': '2', 'match': '1', 'reconcile': '1'})
    made = re.search(r'id="made-token">([^<]+)<', a.text)
    ok(a.status == 200 and made and '<script>alert' not in a.text, 'one is made on the page', a.text[-900:])
    ok(s.ask('/catalog', headers=with_token(made.group(1))).status == 200, 'and lets in')
    ok(made.group(1) not in s.ask('/settings').text, 'and is not shown again')
    ident = re.search(r'/settings/tokens/([0-9a-f]{16})/end', s.ask('/settings').text.split('alert(1)')[1]).group(1)
    ok(s.post('/settings/tokens', {'what_for': 'x', 'days': '2', 'read': '1', 'as': 'somebody'}).status == 403,
       'nobody makes one that sees as another')
    ok(s.post('/settings/tokens', {'what_for': 'x', 'days': '2'}).status == 400, 'or one without a scope')
    ok(s.post(f'/settings/tokens/{ident}/end', {}).status == 303 and
       s.ask('/catalog', headers=with_token(made.group(1))).status == 401, 'it is ended on the page')
    s.stop()
    ok(Server('--tokens', TOKENS, user='guest').ask('/catalog', headers=with_token(matching)).status == 401,
       'a server of one person lets in no token of another')


build()
matching, _ = new_token('nightly', 'match')
refining, _ = new_token('OpenRefine', 'reconcile')
server = Server('--tokens', TOKENS)
server.enter()
test_yente(server, matching)
test_refine(server, refining)
test_misuse(server, matching, refining)
test_hidden(server, matching, refining)
test_described(server)
server.stop()
test_tokens()
done()
