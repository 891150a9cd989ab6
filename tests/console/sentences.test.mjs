import assert from 'node:assert/strict';
import test from 'node:test';
import { chargePoint, eventually, textOf, useBrowser, withMock } from './harness.mjs';

const browser = useBrowser();

// The words of server/admin/README.md.
const STATES = [
  'no_station', 'never_seen', 'offline', 'available', 'preparing', 'charging', 'suspended_ev', 'suspended_evse',
  'finishing', 'reserved', 'unavailable', 'faulted',
];
const REASONS = [
  ['own_maximum', {}, 'Gets its maximum', 'Får det meste den kan få'],
  ['line_full', { where: 'Kurs 1', line: 2, left_a: 0.4 }, 'Kurs 1 is full on L2: 0.4 A left', 'Kurs 1 er full på L2: 0,4 A igjen'],
  ['waiting', { queued: 2 }, 'Waits for current, place 2', 'Venter på strøm, plass 2 i køen'],
  ['offline', {}, 'Offline: what it may draw is set aside', 'Frakoblet: det den kan trekke er satt av'],
  ['not_obeying', {}, 'The station refused its limit: what it may draw is set aside', 'Ladestasjonen avviste grensen: det den kan trekke er satt av'],
  ['inactive', {}, 'Not activated', 'Ikke aktivert'],
  ['settling', {}, 'Gets more as soon as others have come down', 'Får mer så snart andre har gått ned'],
];

const languages = [['en-GB', 0], ['nb-NO', 1]];

for (const [locale, column] of languages) {
  test(`every reason for a limit is a sentence (${locale})`, () =>
    withMock(browser(), { scenario: 'busy', locale }, async ({ page, server }) => {
      const point = server.world.views[1].charge_points[0];
      for (const [kind, details, ...sentences] of REASONS) {
        point.reason = { kind, ...details };
        server.publish();
        await eventually(() => textOf(chargePoint(page, 1).locator('.cp-reason')), sentences[column]);
      }
      point.reason = { kind: 'none' };
      server.publish();
      await eventually(() => chargePoint(page, 1).locator('.cp-reason').count(), 0);
    }));
}

test('every state has its own words in both languages', async () => {
  const seen = [];
  for (const [locale, column] of languages) {
    seen[column] = [];
    await withMock(browser(), { scenario: 'busy', locale }, async ({ page, server }) => {
      for (const state of STATES) {
        server.world.views[1].charge_points[0].state = state;
        server.publish();
        await page.locator(`[data-charge-point="1"][data-state="${state}"]`).waitFor();
        seen[column].push(await textOf(chargePoint(page, 1).locator('.cp-state')));
      }
    });
  }
  const [english, norwegian] = seen;
  assert.equal(new Set(english).size, STATES.length);
  assert.equal(new Set(norwegian).size, STATES.length);
  for (const [index, state] of STATES.entries()) {
    assert.ok(!english[index].includes('_'), `${state} is shown as a code`);
    assert.notEqual(english[index], norwegian[index]);
  }
});

test('a state and a reason of a newer server are shown as they came', () =>
  withMock(browser(), { scenario: 'busy' }, async ({ page, server }) => {
    Object.assign(server.world.views[1].charge_points[0], { state: 'discharging', reason: { kind: 'grid_operator' } });
    server.publish();
    await eventually(() => textOf(chargePoint(page, 1).locator('.cp-state')), 'discharging');
    assert.equal(await textOf(chargePoint(page, 1).locator('.cp-reason')), 'grid_operator');
  }));

test('the language switch changes words, numbers and the document language, and is remembered', () =>
  withMock(browser(), { scenario: 'busy' }, async ({ page }) => {
    await page.getByRole('button', { name: 'Norsk bokmål' }).click();
    await page.getByRole('heading', { name: 'Inntak' }).waitFor();
    assert.equal(await textOf(chargePoint(page, 1).locator('[data-figure=limit] dd')), '10,7 A');
    assert.equal(await page.evaluate(() => document.documentElement.lang), 'nb');
    await page.reload();
    await page.getByRole('heading', { name: 'Inntak' }).waitFor();
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByRole('heading', { name: 'Supply' }).waitFor();
    assert.equal(await page.evaluate(() => document.documentElement.lang), 'en');
  }));
