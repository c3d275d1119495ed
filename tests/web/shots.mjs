// Pictures of every page, to be looked at: node shots.mjs URL FOLDER
import { mkdirSync } from 'node:fs';
import { chromium } from 'playwright-core';

const [url, folder] = process.argv.slice(2);
const pages = {
  home: '/', search: '/search?q=수용소', 'search-en': '/search?q=coal+2017', exhibits: '/exhibits',
  exhibit: '/exhibit/article.html', interview: '/exhibit/interview-ko.txt?q=수용소',
  entities: '/entities?type=Vessel', entity: '/entity/north-korea', ship: '/entity/@hull-a', ask: '/ask',
  ledger: '/ask/how-many?of=forced+returns+from+China&when=2023', who: '/ask/who?by=china',
  rules: '/ask/rules?of=HAO+FAN+6', number: '/ask/number?number=5571322', log: '/log',
  person: '/entity/yokota-megumi', network: '/entity/north-korea/network', years: '/ask/table?per=year',
  kinds: '/ask/table?per=kind', countries: '/ask/table?per=place', licences: '/licences',
  judge: '/judge?a=kume-yutaka&b=hiroshi-kume', imports: '/imports', verify: '/verify',
  screen: '/screen', settings: '/settings', help: '/help', method: '/help/search', missing: '/entity/nobody-at-all',
};
const only = process.env.ONLY?.split(',');
mkdirSync(folder, { recursive: true });
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
const context = await browser.newContext();
await (await context.newPage()).goto(url);
const state = await context.storageState();
for (const scheme of (process.env.SCHEME ?? 'light,dark').split(','))
  for (const width of (process.env.WIDTH ?? '1280,360').split(',').map(Number)) {
    const view = await browser.newContext({ storageState: state, colorScheme: scheme,
      viewport: { width, height: width > 600 ? 900 : 740 }, locale: process.env.LANGUAGE ?? 'en' });
    const page = await view.newPage();
    page.on('console', (m) => { if (m.type() === 'error') console.log(scheme, width, page.url(), m.text()); });
    for (const [name, path] of Object.entries(pages)) {
      if (only && !only.includes(name)) continue;
      await page.goto(new URL(path, url).href);
      if (await page.locator('.map, .canvas').count()) await page.waitForTimeout(1500);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      if (wide > 0) console.log(`${name} at ${width}: ${wide} px too wide`);
      await page.screenshot({ path: `${folder}/${name}-${width}-${scheme}.png`,
        fullPage: width < 600 ? false : true, clip: undefined });
    }
    await view.close();
  }
await browser.close();
