// The web face in a browser: whole jobs on the demonstration archive, in both languages, with the
// keyboard, without scripts; axe-core on every page, light and dark; nothing wider than its window.
// Prints TAP. Skips with the reason where no browser is installed (tools/set-up --web).
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const source = process.env.SILLOK_SOURCE ?? '.';
const sillok = join(process.env.SILLOK_BUILD ?? 'build', 'bin/sillok');
const chromium_path = '/usr/bin/chromium';
const require = createRequire(join(source, 'tests/web/package.json'));
let count = 0;

function ok(good, name, detail = '') {
  console.log(`${good ? 'ok' : 'not ok'} ${++count} - ${name}`);
  if (!good && detail) console.log('# ' + String(detail).slice(0, 3000).replaceAll('\n', '\n# '));
}

let playwright;
try {
  playwright = require('playwright-core');
  if (!existsSync(chromium_path)) throw new Error('no chromium');
} catch (e) {
  console.log(`ok 1 - browser # SKIP ${e.message.split('\n')[0]}; see tools/set-up --web\n1..1`);
  process.exit(0);
}
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const folder = mkdtempSync(join(tmpdir(), 'sillok-browser-'));
const archive = join(folder, 'demo');
const env = { ...process.env, LC_ALL: 'C.UTF-8', NO_COLOR: '1' };
execFileSync('sh', [join(source, 'demo/run'), sillok, archive], { env, stdio: 'ignore' });

function serve() {
  const child = spawn(sillok, ['-C', archive, 'serve', '--json'], { env });
  return new Promise((resolve) => {
    child.stdout.once('data', (line) => resolve({ child, url: JSON.parse(line).url }));
  });
}

const { child, url } = await serve();
const browser = await playwright.chromium.launch({ executablePath: chromium_path, args: ['--no-sandbox'] });
const first = await browser.newContext({ locale: 'en' });
let page = await first.newPage();
const at = (path) => new URL(path, url).href;

const complaints = [];
function listen(p) {
  p.on('console', (m) => { if (m.type() === 'error') complaints.push(`${p.url()}: ${m.text()}`); });
  p.on('pageerror', (e) => complaints.push(`${p.url()}: ${e}`));
}
listen(page);

// ---- a job: open, search, land on the passage ----

async function find_camp(p, lang) {
  await p.goto(at('/'));
  await p.getByRole('searchbox').first().fill('수용소');
  await p.keyboard.press('Enter');
  await p.waitForURL(/\/search\?/);
  const hit = p.locator('.hits li', { hasText: '산속의' }).first();
  ok(await hit.locator('mark').first().innerText() === '수용소', `${lang}: 수용소 is found and marked`);
  await hit.getByRole('link').first().click();
  await p.waitForURL(/\/exhibit\/.*#at$/);
  const box = await p.locator('#at').boundingBox();
  const height = p.viewportSize().height;
  ok((await p.locator('#at').innerText()).startsWith('수용소') && box.y >= 0 && box.y < height,
    `${lang}: and the click lands on the passage, in sight`);
  ok((await p.locator('.notes').count()) > 3, `${lang}: claims stand beside the words they rest on`);
}

await page.goto(url);
await page.waitForURL(at('/'));
ok(await page.locator('h1').innerText() === 'The record', 'the printed address opens the archive');
ok(!(await first.cookies()).some((c) => c.name.startsWith('sillok') && !(c.httpOnly && c.sameSite === 'Strict')),
  'the cookie is out of reach of scripts and of other sites');
await find_camp(page, 'en');
const state = await first.storageState();

const korean = await browser.newContext({ storageState: state, locale: 'ko-KR' });
const ko = await korean.newPage();
listen(ko);
await find_camp(ko, 'ko');
ok(await ko.locator('html').getAttribute('lang') === 'ko' &&
  await ko.getByRole('link', { name: '원본 파일' }).count() === 1, 'ko: the page is Korean');
await ko.goto(at('/ask/how-many?of=returned+on+9+October+2023'));
ok((await ko.locator('main').innerText()).includes('2023년 10월 9일'), 'ko: dates are written as in Korean');

const plain = await browser.newContext({ storageState: state, locale: 'en', javaScriptEnabled: false });
const still = await plain.newPage();
await find_camp(still, 'without scripts');
await still.goto(at('/ask'));
await still.locator('form[action="/ask/how-many"] input[name=of]').fill('forced returns from China');
await still.locator('form[action="/ask/how-many"] input[name=when]').fill('2023');
await still.locator('form[action="/ask/how-many"] button').click();
const ledger = await still.locator('main').innerText();
ok(ledger.includes('620–720 people or more') && ledger.includes('no so-called defectors'),
  'without scripts: the ledger shows the sum, rival figures and the denial');

// ---- a job: judge two people the same by keyboard, and undo it ----

await page.goto(at('/judge?a=kume-yutaka&b=hiroshi-kume'));
await page.locator('form[action="/judge"] input[name=reason]').last().fill('same day, same age');
await page.keyboard.press('Escape');
await page.keyboard.press('m');
await page.waitForURL(/\/entity\//);
ok((await page.locator('main').innerText()).includes('Hiroshi Kume'), 'two people are judged the same by one key');
await page.locator('#cluster').scrollIntoViewIfNeeded();
await page.locator('.undo summary').first().click();
await page.locator('.undo input[name=reason]').first().fill('two readings are not one person');
await page.locator('.undo button').first().click();
await page.waitForURL(/\/judge/);
ok((await page.locator('.judgements').innerText()).includes('undone'), 'and it is undone');

// ---- a job: confirm a figure by keyboard, and find it in the ledger ----

const figures = (await (await page.request.get(at('/review.json?kind=quantity&exhibit=article.html'))).json()).suggestions;
const figure = figures.find((s) => s.position === 'asserts' && s.text.includes('80 people returned')) ?? figures[0];
const number = figure.proposals.find((p) => p.property === 'count').value;
async function figure_rows() {
  await page.goto(at('/ask'));
  await page.locator('form[action="/ask/how-many"] input[name=of]').fill(figure.subject.name);
  await page.keyboard.press('Enter');
  await page.waitForURL(/how-many/);
  return page.locator('tbody tr', { hasText: number }).filter({ hasText: 'article.html' });
}
const rows_before = await (await figure_rows()).count();
await page.goto(at(`/review?kind=quantity&at=${figure.suggestion.slice(0, 16)}`));
await page.keyboard.press('c');
await page.waitForURL(/done=/);
const figured = await figure_rows();
ok(number.includes('80') && await figured.count() === rows_before + 1, 'a figure confirmed by one key stands in the ledger',
  await page.locator('main').innerText());
await figured.last().locator('a[href^="/claim/"]').click();
ok((await page.locator('main').innerText()).includes('80 people returned'), 'with its claim and the words that it rests on');

// ---- a job: review by keyboard: confirm and find it in the answers, undo, reject, edit, add ----

await page.goto(at('/review?kind=act&exhibit=article.html'));
const subject = await page.evaluate(async () => (await (await fetch('/review.json?kind=act&exhibit=article.html')).json()).suggestions[0]);
await page.keyboard.press('c');
await page.waitForURL(/done=/);
ok((await page.locator('.done').innerText()).includes('Confirmed'), 'a suggestion is confirmed by one key');
ok((await (await page.request.get(at(`/entity/${subject.subject.key}`))).status()) === 200, 'and the act is in the record');
await page.waitForTimeout(300);
await page.keyboard.press('u');
await page.waitForURL((u) => !u.search.includes('done'));
ok((await (await page.request.get(at('/review.json?kind=act&exhibit=article.html'))).json()).suggestions.some((s) => s.suggestion === subject.suggestion), 'u takes it back: it waits again');
await page.keyboard.press('r');
await page.waitForURL(/done=/);
ok((await page.locator('.done').innerText()).includes('Rejected'), 'r rejects');
await page.waitForTimeout(300);
await page.keyboard.press('e');
await page.waitForURL(/edit=1/);
await page.locator('#edit input[name=note]').fill('read twice');
await page.locator('#edit input[name=claimant]').fill('unnamed: a reader');
await page.locator('#edit button').click();
await page.waitForURL(/done=/);
ok((await page.locator('.done').innerText()).includes('Edited'), 'e changes it before it is confirmed');

async function select(p, words) {
  await p.evaluate((wanted) => {
    const block = [...document.querySelectorAll('[data-start]')].find((e) => e.textContent.includes(wanted));
    const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const i = walker.currentNode.data.indexOf(wanted);
      if (i < 0) continue;
      getSelection().setBaseAndExtent(walker.currentNode, i, walker.currentNode, i + wanted.length);
      return;
    }
  }, words);
}
await ko.goto(at('/exhibit/interview-ko.txt'));
await select(ko, '골짜기');
await ko.keyboard.press('a');
await ko.waitForURL(/claim\?at=/);
ok(await ko.locator('blockquote').innerText() === '골짜기', 'ko: the words selected are the bytes of the claim');
await ko.locator('input[name=act]').fill('liberty.detention');
await ko.locator('form.card button').first().click();
await ko.waitForURL(/added=/);
ok((await ko.locator('.done').innerText()).includes('기록함'), 'ko: and a claim rests on them');
await ko.locator('.done button').click();
await ko.waitForURL((u) => !u.search.includes('added'));

await still.goto(at('/review?kind=name'));
await still.locator('.decide button').first().click();
ok((await still.locator('.done').innerText()).includes('Confirmed'), 'without scripts: a suggestion is confirmed');
await still.locator('.done button').click();
ok(!still.url().includes('done='), 'without scripts: and taken back');

// ---- a job: try a list, enter it, screen a table of invented names against it, take it back ----

const list = join(source, 'tests/data/lists/un-older.xml');
await page.goto(at('/imports'));
await page.locator('input[name=file]').setInputFiles(list);
await page.locator('button[value=dry]').click();
ok((await page.locator('main').innerText()).includes('Nothing was changed'), 'a list is tried and nothing is changed');
await page.goto(at('/imports'));
await page.locator('input[name=file]').setInputFiles(list);
await page.locator('button[value=enter]').click();
await page.goto(at('/screen'));
await page.locator('input[name=file]').setInputFiles({ name: 'crew.csv', mimeType: 'text/csv',
  buffer: Buffer.from('name,note\nInvented Person One Bin Nobody,x\nQuentin Notinanylist,y\n,\n') });
await page.locator('form[action="/screen"] button.main').click();
await page.waitForURL(/\/screen\/./);
const screened = page.url(), answer = await (await page.request.get(`${screened}.json`)).json();
ok((await page.locator('main').innerText()).includes('crew.csv') && answer.rows === 3 && answer.with_alerts === 1 && answer.blank === 1,
  'a table is screened, each row accounted for', JSON.stringify(answer));
const hit = page.locator('.screened').first();
ok((await hit.innerText()).includes('Invented Person One Bin Nobody') && await hit.locator('a[href^="/entity/"]').count() > 0,
  'and the invented person of the list is found', await page.locator('main').innerText());

// ---- keys ----

await page.goto(at('/search?q=coal'));
await page.keyboard.press('j');
await page.keyboard.press('j');
const focused = await page.evaluate(() => document.activeElement.closest('.hits > li')?.matches(':nth-child(2)'));
ok(focused, 'j goes to the next result');
await page.keyboard.press('/');
ok(await page.evaluate(() => document.activeElement.name) === 'q', '/ goes to the search');
await page.goto(at('/entities?type=Vessel'));
const rows = await page.locator('tbody tr:visible').count();
await page.locator('input.live').fill('hai zhou');
ok((await page.locator('tbody tr:visible').count()) < rows, 'a long table narrows as one types');

// ---- a job: from an entity to its network, to a claim; from a count to the accounts behind it ----

await page.goto(at('/entity/north-korea'));
ok((await page.locator('.graph svg rect.box').count()) > 10 && (await page.locator('#timeline').count()) === 1,
  'an entity has its network as a picture and its dates in order');
ok(await page.locator('.graph a:not([tabindex="-1"])').count() === 0, 'the picture is not in the way of the tab key');
await page.getByRole('link', { name: 'The network, and every tie as a row' }).click();
await page.waitForURL(/\/network$/);
const boxes = await page.locator('.graph svg rect.box').evaluateAll((list) => list.map((r) => r.getBBox())
  .map(({ x, y, width, height }) => ({ x, y, width, height })));
const cover = (a, b) => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
ok(boxes.length > 20 && !boxes.some((a, i) => boxes.some((b, k) => k < i && cover(a, b))), 'no box covers another');
const outside = await page.locator('.graph svg text').evaluateAll((list) => list.filter((t) => {
  const box = t.getBBox(), frames = [...t.ownerSVGElement.querySelectorAll('rect.box')].map((r) => r.getBBox());
  return !frames.some((f) => f.x <= box.x && f.x + f.width >= box.x + box.width);
}).map((t) => t.textContent));
ok(!outside.length, 'every name fits its box', outside.join('\n'));
const ties = await (await first.request.get(at('/entity/north-korea/network.json'))).json();
ok(await page.locator('main tbody tr').count() === ties.ties.length, 'the table has every tie that programs get');
await page.locator('main tbody tr a[href^="/claim/"]').first().click();
await page.waitForURL(/\/claim\//);
ok(true, 'and each leads to its claim');

await page.goto(at('/ask/table?per=year'));
ok((await page.locator('main').innerText()).includes('An act counts once'), 'a count says what it counts');
ok((await page.locator('.chart rect').count()) > 5, 'years are drawn');
const acts = Number(await page.locator('tbody tr', { hasText: '1978' }).locator('td.number').first().innerText());
await page.getByRole('link', { name: '1978', exact: true }).click();
await page.waitForURL(/\/ask\/who\?when=1978/);
ok(acts > 0 && (await page.locator('tbody tr').count()) >= acts, 'a row leads to the accounts behind it');
await page.goto(at('/ask/table?per=place'));
if (await page.locator('.map').count()) {
  await page.locator('.map.is-drawn canvas').waitFor();
  ok(true, 'the map of countries is drawn, from this server alone');
}
await page.goto(at('/?lang=ja'));
ok(await page.locator('html').getAttribute('lang') === 'ja' &&
  (await page.locator('nav').first().innerText()).includes('検索'), 'ja: the frame is Japanese');
await page.goto(at('/ask/how-many?of=returned+on+9+October+2023'));
ok((await page.locator('main').innerText()).includes('2023年10月9日'), 'ja: plain dates are written as in Japanese');
await page.goto(at('/?lang=en'));

// ---- keys alone: the skip link, and where one is ----

await page.goto(at('/ask/table?per=kind'));
await page.keyboard.press('Tab');
ok(await page.evaluate(() => document.activeElement.className) === 'skip', 'the first key leads to the skip link');
await page.keyboard.press('Enter');
await page.keyboard.press('Tab');
const seen = await page.evaluate(() => {
  const e = document.activeElement, style = getComputedStyle(e);
  return e.closest('main') !== null && style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
});
ok(seen, 'which jumps into the content, and where one is can be seen');
await page.emulateMedia({ media: 'print' });
ok(!(await page.locator('.top').isVisible()) && !(await page.locator('main form').first().isVisible()) &&
  (await page.locator('main table').isVisible()), 'printed, the table stays and the controls go');
await page.emulateMedia({ media: 'screen' });

// ---- every page: accessible, and no wider than its window ----

await page.goto(at('/settings'));
await page.locator('input[name=what_for]').fill('an invented program');
await page.locator('form[action="/settings/tokens"] input[name=match]').check();
await page.locator('form[action="/settings/tokens"] button').click();
await page.goto(at('/settings'));
ok(await page.locator('td', { hasText: 'an invented program' }).count() === 1, 'a token for a program is made');

const pages = ['/', '/search?q=수용소', '/search', '/exhibits', '/exhibit/article.html', '/exhibit/interview-ko.txt?q=수용소',
  '/entities', '/entity/north-korea', '/entity/north-korea/network', '/entity/kume-yutaka', '/ask/table?per=year', '/ask/table?per=place',
  '/ask/table?per=perpetrator', '/licences', '/entity/@hull-a', '/ask', '/ask/how-many?of=forced+returns+from+China&when=2023',
  '/ask/who?by=china', '/ask/rules?of=HAO+FAN+6', '/ask/number?number=5571322', '/judge?a=kume-yutaka&b=hiroshi-kume', '/review', '/review?kind=act&edit=1', '/review/rules', '/review/sure?exhibit=article.html', '/exhibit/interview-ko.txt/claim?at=3139-3165', '/exhibit/article.html?original=1',
  new URL(screened).pathname, `${new URL(screened).pathname}?show=all`, '/screen', '/ask/table?per=kind', '/entity/north-korea/network?hops=2',
  '/imports', '/log', '/log?kind=capture', '/verify', '/settings', '/help', '/help/search', '/entity/nobody-at-all', '/?lang=ja'];
// Each language in one theme and one shape by axe; then the same page as wide as it was not.
async function check(scheme, locale, width, other_width) {
  const view = await browser.newContext({ storageState: state, colorScheme: scheme, locale, viewport: { width, height: 800 } });
  const p = await view.newPage();
  const faults = [], wide = [];
  const over = async (path, px) => {
    const by = await p.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    if (by > 0) wide.push(`${path} at ${px} px: ${by} px`);
  };
  await p.goto(at(`/?lang=${locale.slice(0, 2)}`));
  for (const path of pages) {
    await p.setViewportSize({ width, height: 800 });
    await p.goto(at(path));
    await over(path, width);
    // a page may load no script of others, so the checker is put in by the browser itself
    await p.evaluate(axe);
    const { violations } = await p.evaluate(() => axe.run(document, { resultTypes: ['violations'] }));
    for (const v of violations) faults.push(`${path}: ${v.id}: ${v.nodes[0].html.slice(0, 160)} ${v.nodes[0].failureSummary.slice(0, 200)}`);
    await p.setViewportSize({ width: other_width, height: 800 });
    await over(path, other_width);
  }
  await view.close();
  return [faults, wide];
}
const views = [['light', 'en', 1280, 320], ['dark', 'ko-KR', 320, 600]];
(await Promise.all(views.map((v) => check(...v)))).forEach(([faults, wide], i) => {
  const [scheme, locale, width, other_width] = views[i];
  ok(!faults.length, `axe-core finds nothing on ${pages.length} pages, ${scheme}, ${locale}, ${width} px`, faults.join('\n'));
  ok(!wide.length, `nothing is wider than ${width} px or ${other_width} px, ${locale}`, wide.join('\n'));
});

// ---- without a keyboard at hand, keys are not spoken of ----

const phone = await browser.newContext({ ...playwright.devices['Pixel 5'], storageState: state, locale: 'en' });
const hand = await phone.newPage();
await hand.goto(at('/review?kind=act'));
ok(await hand.locator('.decide button').first().isVisible() && !(await hand.locator('.decide kbd').first().isVisible()) &&
  !(await hand.locator('.keys-line').isVisible()), 'a phone shows the buttons without their keys');
await page.goto(at('/review?kind=act'));
ok(await page.locator('.decide kbd').first().isVisible() && await page.locator('.keys-line').isVisible() &&
  await page.getByRole('link', { name: 'Edit', exact: true }).count() === 1 && await page.locator('#edit').count() === 0, 'a desk shows them, and one way to edit');

await page.goto(at('/imports'));
await page.locator('tbody a').first().click();
await page.locator('form[action$="/undo"] input[name=reason]').fill('only tried');
await page.locator('form[action$="/undo"] button').click();
ok((await (await page.request.get(at('/imports.json'))).json())[0].state === 'undone', 'the list is taken back');

const bad = complaints.filter((c) => !c.includes('404'));
ok(!bad.length, 'the browser had nothing to complain of, its policy included', bad.join('\n'));
await browser.close();
child.kill('SIGTERM');
rmSync(folder, { recursive: true, force: true });
console.log(`1..${count}`);
