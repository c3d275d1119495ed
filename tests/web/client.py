"""A client that is no browser, and a server of its own to speak to: what the tests that walk all routes
(walk.py), speak as other programs (ecosystem.py), review (review.py) and screen (screen.py) have in
common. Needs only Python's standard library. SILLOK_BUILD names the build directory, else it is "build"; SILLOK_SOURCE the source
tree, else it is the one this file stands in."""
import atexit
import http.client
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import urllib.parse

SILLOK = os.environ.get('SILLOK_BUILD', 'build') + '/bin/sillok'
SOURCE = pathlib.Path(os.environ.get('SILLOK_SOURCE') or pathlib.Path(__file__).resolve().parents[2])
TMP = pathlib.Path(tempfile.mkdtemp(prefix='sillok-client-'))
atexit.register(shutil.rmtree, TMP, ignore_errors=True)
ENV = {**os.environ, 'LC_ALL': 'C.UTF-8', 'NO_COLOR': '1'}
for name in ('SILLOK_ARCHIVE', 'SILLOK_USER'):
    ENV.pop(name, None)
count = failed = 0


def ok(good, name, detail=''):
    global count, failed
    count += 1
    failed += not good
    print(f'{"ok" if good else "not ok"} {count} - {name}', flush=True)
    if not good and detail != '':
        print('# ' + str(detail).replace('\n', '\n# ')[:3000])


def done():
    print(f'1..{count}')
    sys.exit(1 if failed else 0)


def sillok(*args, stdin=None, fails=False):
    p = subprocess.run([SILLOK, '-C', str(TMP / 'a'), *args], env=ENV, input=stdin,
                       stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    if bool(p.returncode) != fails:
        sys.exit(f'Bail out! sillok {args}: {p.returncode} {p.stderr}')
    return p.stderr if fails else p.stdout


class Answer:
    def __init__(self, response):
        self.status = response.status
        self.headers = response.getheaders()
        self.body = response.read()
        self.text = self.body.decode('utf-8', 'replace')

    def header(self, name):
        return next((v for k, v in self.headers if k.lower() == name.lower()), '')

    def everything(self):
        return '\n'.join(f'{k}: {v}' for k, v in self.headers) + '\n' + self.text

    def json(self):
        return json.loads(self.text)


class Server:
    def __init__(self, *options, user=None):
        self.cookie = self.token = ''
        args = [SILLOK, '-C', str(TMP / 'a'), *(['--as', user] if user else []), 'serve', '--json',
                *options]
        self.process = subprocess.Popen(args, env=ENV, stdout=subprocess.PIPE, text=True)
        atexit.register(self.stop)
        line = self.process.stdout.readline()
        if not line:
            sys.exit(f'Bail out! {args}')
        parts = urllib.parse.urlsplit(json.loads(line)['url'])
        self.host, self.port = parts.netloc, parts.port
        self.entry = parts.path + ('?' + parts.query if parts.query else '')

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(20)

    def ask(self, path, method='GET', body=None, headers=None, host=None, port=None):
        c = http.client.HTTPConnection('127.0.0.1', port or self.port, timeout=120)
        send = {'Host': host or self.host, **({'Cookie': self.cookie} if self.cookie else {}),
                **(headers or {})}
        data = body.encode() if isinstance(body, str) else body
        if data is not None:
            send['Content-Length'] = str(len(data))
        c.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
        for k, v in send.items():
            if v is not None:
                c.putheader(k, v)
        c.endheaders()
        if data is not None:
            c.send(data)
        answer = Answer(c.getresponse())
        c.close()
        return answer

    def keep(self, answer):
        for k, v in answer.headers:
            if k.lower() == 'set-cookie':
                self.cookie = v.split(';')[0]
        m = re.search(r'name="token" value="([^"]+)"', self.ask('/').text)
        self.token = m.group(1) if m else ''
        return answer

    def enter(self):
        return self.keep(self.ask(self.entry))

    def login(self, name, password):
        self.cookie = ''
        return self.keep(self.post('/login', {'name': name, 'password': password}))

    def post(self, path, fields, **headers):
        return self.ask(path, 'POST', urllib.parse.urlencode({'token': self.token, **fields}),
                        {'Origin': f'http://{self.host}',
                         'Content-Type': 'application/x-www-form-urlencoded', **headers})

    def upload(self, path, fields, files=()):
        mark, out = 'sillokclientmark', b''
        for k, v in [('token', self.token), *(fields.items() if isinstance(fields, dict) else fields)]:
            out += f'--{mark}\r\nContent-Disposition: form-data; name="{k}"\r\n\r\n{v}\r\n'.encode()
        for field, name, data in files:
            out += (f'--{mark}\r\nContent-Disposition: form-data; name="{field}"; filename="{name}"'
                    '\r\n\r\n').encode() + data + b'\r\n'
        return self.ask(path, 'POST', out + f'--{mark}--\r\n'.encode(),
                        {'Origin': f'http://{self.host}',
                         'Content-Type': f'multipart/form-data; boundary={mark}'})


def with_token(token, scheme='Bearer', **more):
    """Headers of a program: a token, and no cookie."""
    return {'Cookie': None, 'Authorization': f'{scheme} {token}', **more}
