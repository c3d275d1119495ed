#!/usr/bin/env python3
"""A small server in the shape of a local model's, which also misbehaves.

    model_server.py PORT_FILE REQUESTS_FILE

Binds a free loopback port and writes it to PORT_FILE. The name of the model in the request says how to
behave (see MANNERS). Every request is kept in REQUESTS_FILE, one JSON object a line: what a test looks at.
"""
import http.server
import json
import os
import re
import sys
import time

WORD = 'veritable-7f3a9c'


def is_probe(request):
    return WORD in json.dumps(request['response_format'])


def sentences(request):
    text = request['messages'][1]['content']
    return {int(n): s for n, s in re.findall(r'^\[(\d+)\] (.*)$', text, re.M)}


def item(number, quote, act, trigger, **slots):
    row = {'sentence': number, 'quote': quote, 'act': act, 'modality': 'asserted', 'trigger': trigger,
           'actor': '', 'target': '', 'place': '', 'date': '', 'count': ''}
    row.update(slots)
    return row


def seeing(request):
    """Marks what a reader of the test's text would: 'took ... to a place without windows'."""
    found = []
    for n, s in sentences(request).items():
        m = re.search(r'(\S+ \S+) left (\S+ \S+) in a place without windows', s)
        if m:
            found.append(item(n, m.group(0), 'liberty.detention', 'left', actor=m.group(1), target=m.group(2)))
        m = re.search(r'(The guards) (beat) (them|the prisoners)', s)
        if m:
            found.append(item(n, m.group(0), 'body.beating', 'beat', actor=m.group(1), target=m.group(3)))
    return json.dumps({'items': found})


def wordy(request):
    """As asked, in nine hundred thousand bytes, most of them blanks."""
    return seeing(request) + ' ' * 900000


def inventing(request):
    """Quotes that stand nowhere, numbers that were never said, actors from elsewhere, acts of its own."""
    rows = []
    for n, s in list(sentences(request).items())[:4]:
        head = ' '.join(s.split()[:4])
        first = s.split()[0]
        rows += [item(n, s + ' and then killed them all', 'life.killing', 'killed'),
                 item(n, head, 'life.killing', first, actor='The Ministry of Truth')]
    rows[-1] = item(1, 'x', 'crime.against.grammar', 'x')
    return json.dumps({'items': rows})


def obeying_the_document(request):
    """What a server does whose model fell for an instruction inside the document."""
    text = request['messages'][1]['content']
    assert 'IGNORE ALL PREVIOUS INSTRUCTIONS' in text
    n, s = next((n, s) for n, s in sentences(request).items() if 'IGNORE' in s)
    return json.dumps({'items': [item(n, s, 'life.killing', 'kill', actor='the victims'),
                                 item(n, 'John Roe is guilty', 'life.killing', 'guilty', actor='John Roe')],
                       'send_to': 'http://192.0.2.9/'})


MANNERS = {
    'seeing': seeing,
    'wordy': wordy,
    'inventing': inventing,
    'obeying': obeying_the_document,
    'talking': lambda r: 'Certainly! Here is what I found: the guards were bad.',
    'talking-always': lambda r: 'Certainly! Here is what I found: the guards were bad.',
    'cutting': lambda r: seeing(r)[:40],
    'fencing': lambda r: '```json\n' + seeing(r) + '\n```',
}


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'

    def do_POST(self):
        body = self.rfile.read(int(self.headers['Content-Length']))
        request = json.loads(body)
        with open(sys.argv[2], 'a', encoding='utf-8') as out:
            out.write(json.dumps({'path': self.path, 'headers': dict(self.headers), 'body': request}) + '\n')
        manner = request['model']
        if manner == 'redirecting':
            return self.answer(302, b'', [('Location', 'http://192.0.2.9/v1/chat/completions')])
        if manner == 'failing':
            return self.answer(500, b'{"error":"\x1b[31mout of memory"}')
        if manner == 'endless' and not is_probe(request):
            return self.endless()
        if manner == 'hanging' and not is_probe(request):
            time.sleep(3600)
        if manner == 'garbage' and not is_probe(request):
            return self.answer(200, b'\xff\xfe\x00<html>')
        return self.answer(200, self.reply(request, manner))

    def reply(self, request, manner):
        if is_probe(request) and manner != 'talking-always':
            content = json.dumps({'answer': WORD})
        else:
            content = MANNERS.get(manner, seeing)(request)
        finish = 'length' if manner == 'cutting' and not is_probe(request) else 'stop'
        return json.dumps({'choices': [{'index': 0, 'finish_reason': finish,
                                        'message': {'role': 'assistant', 'content': content}}]}).encode()

    def answer(self, status, body, headers=()):
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header('Content-Length', str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def endless(self):
        self.send_response(200)
        self.send_header('Connection', 'close')
        self.end_headers()
        try:
            while True:
                self.wfile.write(b'{"choices":[' + b' ' * 65536)
        except OSError:
            pass

    def log_message(self, *args):
        pass


server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Handler)
server.daemon_threads = True
with open(sys.argv[1] + '.new', 'w', encoding='ascii') as f:
    f.write(str(server.server_address[1]))
os.rename(sys.argv[1] + '.new', sys.argv[1])
server.serve_forever()
