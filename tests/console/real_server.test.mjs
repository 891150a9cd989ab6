// The console on a real server, named by KURS_OPERATORS_URL (http://HOST:PORT), KURS_USER and KURS_PASSWORD.
// It changes nothing there, except that it creates an installation on a server that has none.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ApiClient } from './api_client.mjs';
import { login, openPage } from './browser.mjs';
import { CuttableProxy } from './cuttable_proxy.mjs';
import { assertClean, eventually, measuredTexts, textOf, useBrowser } from './harness.mjs';

const { KURS_OPERATORS_URL: operatorsUrl, KURS_USER: user, KURS_PASSWORD: password } = process.env;
const configured = Boolean(operatorsUrl && user && password);
const options = { skip: configured ? false : 'KURS_OPERATORS_URL, KURS_USER and KURS_PASSWORD are not set' };

/** Simulated meters report every few seconds; a minute without a change is no live view. */
const CHANGE_TIMEOUT_MS = 60_000;

const browser = useBrowser();
let proxy;
let address;
let api;

before(async () => {
  if (!configured) return;
  proxy = new CuttableProxy(operatorsUrl);
  address = await proxy.listen();
  api = await ApiClient.connect(operatorsUrl);
  await api.call('auth.login', { user, password });
});
after(async () => {
  api?.close();
  await proxy?.close();
});

async function withPage(body, { cut = false } = {}) {
  const { page, watch, close } = await openPage(browser(), address);
  page.setDefaultTimeout(20_000);
  try {
    await body(page);
    assertClean(watch, { cut });
  } finally {
    await close();
  }
}

async function firstInstallation() {
  const { installations } = await api.call('installation.list');
  return installations[0];
}

/** As the page writes the measured currents of a node. */
const shown = ({ current_a }) =>
  current_a.map((current) =>
    current === null ? '–' : new Intl.NumberFormat('en-GB', { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(current),
  );

const circuitKey = ({ id }) => String(id ?? 'supply');

async function measuredOnPage(page, view) {
  return Promise.all(view.nodes.map((node) => measuredTexts(page, circuitKey(node))));
}

test('a wrong password is told and the right one logs in', options, () =>
  withPage(async (page) => {
    await login(page, user, `not ${password}`);
    await eventually(() => textOf(page.locator('[role=alert]')), 'Wrong user or password.');
    await login(page, user, password);
    await page.locator('.circuit, .next-step').first().waitFor();
    assert.equal(await textOf(page.locator('.connection')), 'Live');
  }));

test('an empty server leads on, and what is created appears by itself', options, async (context) => {
  if (await firstInstallation()) return context.skip('the server has installations');
  return withPage(async (page) => {
    await login(page, user, password);
    await page.getByText('No installation yet').waitFor();
    const installation = await api.call('installation.create', { name: 'Storgata 1', limit_a: 63 });
    await page.getByRole('heading', { level: 1, name: 'Storgata 1' }).waitFor();
    const circuit = await api.call('circuit.create', { installation: installation.id, label: 'Kurs 1', rating_a: 32 });
    const point = await api.call('charge_point.create', { circuit: circuit.id, name: 'P-101', active: true });
    await page.locator(`[data-circuit="${circuit.id}"] [data-charge-point="${point.id}"]`).waitFor();
    await page.getByText('Next: connect a station').waitFor();
  });
});

test('the tree has the circuits and charge points of the live view, with their sentences', options, () =>
  withPage(async (page) => {
    const installation = await firstInstallation();
    await login(page, user, password);
    await page.locator('.circuit').first().waitFor();
    if ((await page.locator('.check input').count()) > 0) await page.locator('.check input').check();
    const view = await api.call('live.get', { installation: installation.id });
    const idsOnPage = (attribute) =>
      page.locator(`[data-${attribute}]`).evaluateAll(
        (elements, name) => elements.map((element) => element.getAttribute(`data-${name}`)).sort(), attribute);
    await eventually(() => idsOnPage('circuit'), view.nodes.map(circuitKey).sort());
    await eventually(() => idsOnPage('charge-point'), view.charge_points.map(({ id }) => String(id)).sort());
    for (const row of await page.locator('.charge-point').all()) {
      assert.ok(!(await textOf(row.locator('.cp-state'))).includes('_'), 'a state is shown as a code');
      const reason = await row.getAttribute('data-reason');
      if (reason !== 'none') assert.notEqual(await textOf(row.locator('.cp-reason')), reason);
    }
  }));

test('numbers on the page are those of the live view, and move while cars charge', options, () =>
  withPage(async (page) => {
    const { id: installation } = await firstInstallation();
    await login(page, user, password);
    await page.locator('.circuit').first().waitFor();
    const first = await api.call('live.get', { installation });
    const charging = first.charge_points.some(({ state }) => state === 'charging');
    const before_ = JSON.stringify([await textOf(page.locator('.updated')), await page.locator('.tree').innerText()]);
    let moved = !charging;
    let equal = false;
    for (const end = Date.now() + CHANGE_TIMEOUT_MS; !(moved && equal) && Date.now() < end; ) {
      const view = await api.call('live.get', { installation });
      const now = await measuredOnPage(page, view);
      equal ||= JSON.stringify(now) === JSON.stringify(view.nodes.map(shown));
      moved ||= before_ !== JSON.stringify([await textOf(page.locator('.updated')), await page.locator('.tree').innerText()]);
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    assert.ok(equal, 'the page never showed what live.get says');
    assert.ok(moved, 'a car charges and nothing on the page moved');
  }));

test('the language switch works', options, () =>
  withPage(async (page) => {
    await login(page, user, password);
    await page.getByRole('heading', { name: 'Supply' }).waitFor();
    await page.getByRole('button', { name: 'Norsk bokmål' }).click();
    await page.getByRole('heading', { name: 'Inntak' }).waitFor();
  }));

test('a cut connection comes back without a new login', options, () =>
  withPage(
    async (page) => {
      await login(page, user, password);
      await page.locator('.circuit').first().waitFor();
      await page.evaluate(() => {
        window.phases = [];
        const status = document.querySelector('.connection');
        new MutationObserver(() => window.phases.push(status.dataset.phase)).observe(status, { attributes: true });
      });
      proxy.cut();
      await eventually(() => page.evaluate(() => window.phases), ['lost', 'live']);
      assert.equal(await page.locator('.notice').count(), 0);
    },
    { cut: true },
  ));
