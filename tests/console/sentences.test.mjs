import assert from 'node:assert/strict';
import test from 'node:test';
import { chargePoint, eventually, textOf, useBrowser, withMock } from './harness.mjs';

const browser = useBrowser();

// The words of server/admin/README.md.
const STATES = [
  'no_station', 'never_seen', 'offline', 'available', 'preparing', 'charging', 'suspended_ev', 'suspended_evse',
  'finishing', 'reserved', 'unavailable', 'faulted',
];
const ON_KURS_1 = { where: 'Kurs 1', line: 2, left_a: 0.4 };
const REASONS = [
  ['own_maximum', {}, 'Gets its maximum', 'Får det meste den kan få'],
  ['reclaimed', {}, 'Uses less than it could; others get the rest', 'Bruker mindre enn den kunne; andre får resten'],
  ['line_full', { ...ON_KURS_1, source: 'rating' }, 'Kurs 1 is full on L2: 0.4 A left', 'Kurs 1 er full på L2: 0,4 A igjen'],
  ['line_full', { ...ON_KURS_1, source: 'schedule' }, 'Kurs 1 has reached its scheduled limit on L2: 0.4 A left', 'Kurs 1 har nådd den tidsstyrte grensen på L2: 0,4 A igjen'],
  ['line_full', { ...ON_KURS_1, source: 'temporary' }, 'Kurs 1 has reached its temporary limit on L2: 0.4 A left', 'Kurs 1 har nådd den midlertidige grensen på L2: 0,4 A igjen'],
  ['line_full', { ...ON_KURS_1, source: 'asymmetry' }, 'Kurs 1 has reached its limit for uneven load on L2: 0.4 A left', 'Kurs 1 har nådd grensen for skjevlast på L2: 0,4 A igjen'],
  ['line_full', { ...ON_KURS_1, source: 'energy_cap' }, 'Kurs 1 has reached its energy limit for this hour', 'Kurs 1 har nådd energigrensen for denne timen'],
  ['waiting', { ...ON_KURS_1, queued: 2 }, 'Waits for current, place 2', 'Venter på strøm, plass 2 i køen'],
  ['waiting', { ...ON_KURS_1, queued: 1, turn_at: '2026-11-22T11:12:30Z' }, 'Waits for current, place 1; expected turn: 12:12', 'Venter på strøm, plass 1 i køen; ventet tur: 12:12'],
  ['no_room', { ...ON_KURS_1, source: 'rating' }, 'Kurs 1 has no room for this car, even without the others', 'Kurs 1 har ikke plass til denne bilen, selv uten de andre'],
  ['no_room', { ...ON_KURS_1, source: 'schedule' }, 'Kurs 1 has no room for this car within its scheduled limit, even without the others', 'Kurs 1 har ikke plass til denne bilen innenfor den tidsstyrte grensen, selv uten de andre'],
  ['switched_off', {}, 'Switched off: its maximum is below the least that a car needs', 'Slått av: det meste den kan gi er mindre enn det en bil minst trenger'],
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

test('a state, a reason and a source of a newer server are shown as they came', () =>
  withMock(browser(), { scenario: 'busy' }, async ({ page, server }) => {
    const [point, other] = server.world.views[1].charge_points;
    Object.assign(point, { state: 'discharging', reason: { kind: 'grid_operator' } });
    other.reason = { kind: 'line_full', ...ON_KURS_1, source: 'tariff' };
    server.publish();
    await eventually(() => textOf(chargePoint(page, 1).locator('.cp-state')), 'discharging');
    assert.equal(await textOf(chargePoint(page, 1).locator('.cp-reason')), 'grid_operator');
    assert.equal(await textOf(chargePoint(page, 2).locator('.cp-reason')), 'Kurs 1 has reached its tariff on L2: 0.4 A left');
  }));

const POLICIES = [
  ['equal_share', 'shared equally', 'likt fordelt'],
  ['most_cars', 'shared among as many cars as possible', 'fordelt på flest mulig biler'],
  ['first_come', 'first come, first served', 'først til mølla'],
  ['priority', 'shared by priority', 'fordelt etter prioritet'],
  ['departure', 'shared by departure', 'fordelt etter avreise'],
  ['price', 'price', 'price'], // of a newer server
];

for (const [locale, column] of languages) {
  test(`grid and policy of the installation are said in words (${locale})`, () =>
    withMock(browser(), { scenario: 'several', locale }, async ({ page, server }) => {
      const said = async () => (await page.locator('.summary li').allInnerTexts()).slice(0, 2);
      const grids = { TN400: 'TN 400 V', IT230: 'IT 230 V' };
      for (const [policy, ...names] of POLICIES) {
        for (const grid of Object.keys(grids)) {
          server.world.installations[0].policy = policy;
          server.world.views[1].grid = grid;
          await page.reload();
          await eventually(said, [grids[grid], names[column]]);
        }
      }
    }));
}

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
