// What the tests share: one browser per file, one server and one page per test, and what must never happen.
import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { launch, login, openPage } from './browser.mjs';
import { MockServer, PASSWORD, USER } from './mock_server.mjs';

/** Chromium reports every refused connection attempt; tests that cut the connection allow for it. */
const CONNECTION_ERROR = /WebSocket connection to .* failed/;

/** Call once per test file; gives the function that lends the browser. */
export function useBrowser() {
  let browser;
  before(async () => {
    browser = await launch();
  });
  after(() => browser?.close());
  return () => browser;
}

/** Fails when the page wrote an error or asked another origin for anything. */
export function assertClean(watch, { cut = false } = {}) {
  const errors = cut ? watch.errors.filter((text) => !CONNECTION_ERROR.test(text)) : watch.errors;
  assert.deepEqual(errors, [], 'errors in the browser');
  assert.deepEqual(watch.foreign, [], 'requests to another origin');
}

/**
 * Runs `body({ server, page, address })` against a fresh mock server. `loggedIn` (default true) logs in
 * before; `cut` says that the test cuts connections; `browserOptions` are Playwright's context options.
 */
export async function withMock(browser, { scenario, loggedIn = true, cut = false, ...browserOptions }, body) {
  const server = new MockServer({ scenario });
  const address = await server.listen();
  const { page, watch, close } = await openPage(browser, address, browserOptions);
  page.setDefaultTimeout(20_000);
  try {
    if (loggedIn) {
      await login(page, USER, PASSWORD);
      await page.locator('.circuit, .next-step').first().waitFor();
    }
    await body({ server, page, address });
    assertClean(watch, { cut });
  } finally {
    await close();
    await server.close();
  }
}

/** Waits until `read()` gives something that deep-equals `expected`; fails with the difference. */
export async function eventually(read, expected, timeoutMs = 20_000) {
  const end = Date.now() + timeoutMs;
  for (;;) {
    const actual = await read();
    try {
      assert.deepEqual(actual, expected);
      return;
    } catch (difference) {
      if (Date.now() > end) throw difference;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

export const circuit = (page, id) => page.locator(`[data-circuit="${id}"]`);
export const chargePoint = (page, id) => page.locator(`[data-charge-point="${id}"]`);

/** The three measured currents of a circuit as the page writes them, without the mark of a full line. */
export function measuredTexts(page, id) {
  return circuit(page, id)
    .locator('.load')
    .first()
    .locator('.load-measured')
    .evaluateAll((cells) => cells.map((cell) => [...cell.childNodes].find((node) => node.nodeType === Node.TEXT_NODE)?.data));
}

/** Lengths of the filled part of a circuit's three bars, in percent of the rating. */
export function barPercents(page, id) {
  return circuit(page, id)
    .locator('.load')
    .first()
    .locator('.bar-measured')
    .evaluateAll((bars) => bars.map((bar) => Number.parseFloat(bar.style.width)));
}

/** The text of the first element that matches, with no-break spaces as spaces. */
export async function textOf(locator) {
  return (await locator.first().innerText()).replaceAll('\u00a0', ' ').trim();
}
