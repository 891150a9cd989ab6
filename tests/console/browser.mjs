// Debian's Chromium for the tests, and pages that remember what must not happen on them.
import { chromium } from 'playwright-core';

const EXECUTABLE = process.env.KURS_CHROMIUM ?? '/usr/bin/chromium';

const ARGUMENTS = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync',
];

/** Headless, with a user data directory of its own that goes with it. */
export function launch() {
  return chromium.launch({ executablePath: EXECUTABLE, headless: true, args: ARGUMENTS });
}

/**
 * A fresh page in a context of its own. `watch.errors` gathers console errors and uncaught exceptions,
 * `watch.foreign` requests to another origin than `address`.
 */
export async function openPage(browser, address, options = {}) {
  const context = await browser.newContext({ locale: 'en-GB', timezoneId: 'Europe/Oslo', ...options });
  const page = await context.newPage();
  const watch = { errors: [], foreign: [] };
  const host = new URL(address).host;
  const noteForeign = (url) => {
    if (new URL(url).host !== host) watch.foreign.push(url);
  };
  page.on('console', (message) => {
    if (message.type() === 'error') watch.errors.push(message.text());
  });
  page.on('pageerror', (error) => watch.errors.push(String(error)));
  page.on('request', (request) => noteForeign(request.url()));
  page.on('websocket', (socket) => noteForeign(socket.url()));
  await page.goto(address);
  return { page, watch, close: () => context.close() };
}

export async function login(page, user, password) {
  await page.locator('input[name=user]').fill(user);
  await page.locator('input[name=password]').fill(password);
  await page.locator('button[type=submit]').click();
}
