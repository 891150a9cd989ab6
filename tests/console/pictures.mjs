// Pictures of the console over the mock server, for the eye and for documents:
//   node pictures.mjs [FOLDER]
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { launch, login, openPage } from './browser.mjs';
import { MockServer, PASSWORD, USER } from './mock_server.mjs';

const folder = process.argv[2] ?? 'pictures';
mkdirSync(folder, { recursive: true });

const wide = { width: 1280, height: 800 };
const narrow = { width: 360, height: 740 };
const en = { locale: 'en-GB' };
const nb = { locale: 'nb-NO' };
const light = { colorScheme: 'light' };
const dark = { colorScheme: 'dark' };

const shots = [
  ['busy-wide-light-en', 'busy', { viewport: wide, ...light, ...en }],
  ['busy-wide-dark-nb', 'busy', { viewport: wide, ...dark, ...nb }],
  ['busy-narrow-light-nb', 'busy', { viewport: narrow, ...light, ...nb }],
  ['busy-narrow-dark-en', 'busy', { viewport: narrow, ...dark, ...en }],
  ['several-lost-narrow-light-en', 'several', { viewport: narrow, ...light, ...en }, lose],
  ['several-all-wide-light-nb', 'several', { viewport: wide, ...light, ...nb }, showEverything],
  ['empty-wide-light-en', 'empty', { viewport: wide, ...light, ...en }],
  ['empty-narrow-dark-nb', 'empty', { viewport: narrow, ...dark, ...nb }],
  ['no-circuits-narrow-light-nb', 'no_circuits', { viewport: narrow, ...light, ...nb }],
  ['no-stations-wide-dark-en', 'no_stations', { viewport: wide, ...dark, ...en }],
];

async function lose(page, server) {
  server.refusing = true;
  server.dropConnections();
  await page.locator('.notice').waitFor();
}

async function showEverything(page) {
  await page.locator('.check input').check();
  await page.locator('.legend summary').click();
}

const browser = await launch();
for (const [name, scenario, options, then] of shots) {
  const server = new MockServer({ scenario });
  const address = await server.listen();
  const { page, close } = await openPage(browser, address, options);
  if (name.startsWith('busy')) {
    await login(page, USER, 'wrong');
    await page.locator('[role=alert]:not(:empty)').waitFor();
    await page.screenshot({ path: join(folder, `login-${name.slice('busy-'.length)}.png`) });
  }
  await login(page, USER, PASSWORD);
  await page.locator('.next-step, .circuit').first().waitFor();
  await then?.(page, server);
  await page.waitForTimeout(600); // bars come to rest
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
  await close();
  await server.close();
}
await browser.close();
