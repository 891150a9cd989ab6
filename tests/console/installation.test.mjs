import assert from 'node:assert/strict';
import test from 'node:test';
import { login } from './browser.mjs';
import { barPercents, chargePoint, circuit, eventually, measuredTexts, textOf, useBrowser, withMock } from './harness.mjs';
import { scenarios } from './mock_data.mjs';
import { PASSWORD, USER } from './mock_server.mjs';

const browser = useBrowser();
const busy = { scenario: 'busy' };

test('the tree shows every circuit below its parent, with its rating and its charge points', () =>
  withMock(browser(), busy, async ({ page }) => {
    const shape = () =>
      page.evaluate(() =>
        [...document.querySelectorAll('[data-circuit]')].map((section) => ({
          id: section.dataset.circuit,
          below: section.parentElement.closest('[data-circuit]')?.dataset.circuit,
          title: section.querySelector('h2, h3, h4').textContent,
          rating: section.querySelector('.circuit-rating').textContent.replaceAll('\u00a0', ' '),
          chargePoints: [...section.querySelectorAll(':scope > .circuit-card h3, :scope > .circuit-card h4, :scope > .circuit-card h5')]
            .filter((heading) => heading.closest('[data-charge-point]'))
            .map((heading) => heading.textContent),
        })),
      );
    assert.deepEqual(await shape(), [
      { id: 'supply', below: undefined, title: 'Supply', rating: 'main limit 63 A', chargePoints: [] },
      { id: '1', below: 'supply', title: 'Kurs 1', rating: 'rated 32 A', chargePoints: ['P-101', 'P-102', 'P-103', 'P-104'] },
      { id: '2', below: 'supply', title: 'Kurs 2', rating: 'rated 32 A', chargePoints: ['Gjesteplass ved inngang B', 'P-202', 'P-203'] },
      { id: '3', below: '2', title: 'Kurs 2.1 underfordeling', rating: 'rated 16 A', chargePoints: ['P-211', 'P-212'] },
    ]);
  }));

test('numbers and bars follow the live data', () =>
  withMock(browser(), busy, async ({ page, server }) => {
    assert.deepEqual(await measuredTexts(page, 1), ['21.2', '31.6', '21.1']);
    const node = server.world.views[1].nodes[1];
    node.current_a = [8, 24, 12.345];
    server.publish();
    await eventually(() => measuredTexts(page, 1), ['8.0', '24.0', '12.3']);
    assert.deepEqual(await barPercents(page, 1), [25, 75, 38.58]); // of 32 A: 8/32, 24/32, 12.345/32
    server.world.views[1].charge_points[0].session.energy_kwh = 8;
    server.publish();
    await eventually(() => textOf(chargePoint(page, 1).locator('[data-figure=energy] dd')), '8.00 kWh');
  }));

test('what is granted and what may be drawn at most stand beside what is measured', () =>
  withMock(browser(), busy, async ({ page }) => {
    const row = circuit(page, 'supply').locator('tr[data-line="1"]').first();
    assert.deepEqual(await row.locator('.load-number').allInnerTexts(), ['45.2', '53.4', '63.0']);
    const percent = (part, side) => row.locator(part).evaluate((bar, name) => Number.parseFloat(bar.style[name]), side);
    assert.equal(await percent('.bar-ceiling', 'width'), 100); // 63 of 63 A
    assert.equal(await percent('.bar-granted', 'left'), 84.76); // 53.4/63
  }));

test('a line near or above its rating is marked by a word, a sign and a pattern, not by colour alone', () =>
  withMock(browser(), busy, async ({ page, server }) => {
    const badge = circuit(page, 1).locator('.badge').first();
    const mark = circuit(page, 1).locator('tr[data-line="2"] .load-near').first();
    const levels = [
      [25.5, undefined, undefined], // below 80 % of 32 A = 25.6 A
      [25.6, 'L2 nearly full', 'nearly full'],
      [30.4, 'L2 full', 'full'], // 95 % of 32 A
      [32.04, 'L2 full', 'full'], // shown as 32.0
      [32.1, 'L2 over the rating', 'over the rating'],
    ];
    for (const [current, badgeText, markTitle] of levels) {
      server.world.views[1].nodes[1].current_a = [20, current, 20];
      server.publish();
      await eventually(() => measuredTexts(page, 1), ['20.0', current.toFixed(1), '20.0']);
      assert.equal((await badge.count()) > 0 ? await badge.innerText() : undefined, badgeText);
      assert.equal((await mark.count()) > 0 ? await mark.getAttribute('title') : undefined, markTitle);
    }
    const fill = circuit(page, 1).locator('tr[data-line="2"] .bar-measured').first();
    assert.match(await fill.evaluate((bar) => getComputedStyle(bar).backgroundImage), /repeating-linear-gradient/);
  }));

test('what is not known is a dash, not a zero', () =>
  withMock(browser(), busy, async ({ page }) => {
    assert.deepEqual(await measuredTexts(page, 2), ['23.8', '5.8', '–']);
    assert.equal(await textOf(chargePoint(page, 4).locator('[data-figure=L1] dd')), '–');
    assert.equal(await textOf(chargePoint(page, 6).locator('[data-figure=L1] dd')), '0.0 A');
    assert.equal(await textOf(chargePoint(page, 6).locator('[data-figure=energy] dd')), '–');
  }));

test('a charge point says what it does, why, its limit, its currents, its session and its station', () =>
  withMock(browser(), busy, async ({ page }) => {
    const point = chargePoint(page, 1);
    const figure = (name) => textOf(point.locator(`[data-figure=${name}] dd`));
    assert.equal(await textOf(point.locator('.cp-state')), 'Charging');
    assert.equal(await textOf(point.locator('.cp-reason')), 'Kurs 1 is full on L2: 0.4 A left');
    assert.equal(await textOf(point.locator('.station')), 'CP-101 online');
    assert.deepEqual(await Promise.all(['limit', 'L1', 'L2', 'L3', 'energy', 'duration'].map(figure)), [
      '10.7 A', '10.6 A', '10.5 A', '10.6 A', '7.91 kWh', '1 h 12 min',
    ]);
    assert.equal(await textOf(chargePoint(page, 4).locator('.station')), 'CP-104 offline, last seen 11:41');
    assert.match(await textOf(chargePoint(page, 5).locator('[data-figure=limit] dd')), /^16 A\s+≤ 20 A/);
  }));

test('charge points that are not activated stay out of sight until asked for, unless they may draw current', () =>
  withMock(browser(), busy, async ({ page, server }) => {
    assert.equal(await chargePoint(page, 10).count(), 0);
    await circuit(page, 3).getByText('2 not activated, not shown').waitFor();
    const dormant = server.world.views[1].charge_points.find(({ id }) => id === 11);
    dormant.ceiling_a = 6;
    server.publish();
    await chargePoint(page, 11).waitFor();
    assert.equal(await chargePoint(page, 10).count(), 0);
    await page.getByLabel('Show not activated (1)').check();
    assert.equal(await textOf(chargePoint(page, 10).locator('.cp-reason')), 'Not activated');
  }));

test('with several installations the chooser shows one and the address keeps it', () =>
  withMock(browser(), { scenario: 'several' }, async ({ page, server }) => {
    await page.getByLabel('Installation').selectOption({ label: 'Fjordveien borettslag' });
    await page.getByRole('heading', { level: 1, name: 'Fjordveien borettslag' }).waitFor();
    await circuit(page, 21).waitFor();
    await eventually(async () => server.subscribed, [2]); // and no longer the first
    await page.reload();
    await circuit(page, 21).waitFor();
    await page.goBack();
    await circuit(page, 1).waitFor();
  }));

for (const locale of ['en-GB', 'nb-NO']) {
  test(`at 360 px nothing is wider than the screen (${locale})`, () =>
    withMock(browser(), { ...busy, locale, loggedIn: false, viewport: { width: 360, height: 740 } }, async ({ page, server }) => {
      const tooWide = () =>
        page.evaluate(() =>
          [...document.querySelectorAll('body *:not(.visually-hidden)')]
            .filter((element) => element.getBoundingClientRect().right > innerWidth + 0.5)
            .map((element) => element.className || element.tagName),
        );
      await page.locator('.login').waitFor();
      assert.deepEqual(await tooWide(), []);
      await login(page, USER, PASSWORD);
      for (const [name, world] of Object.entries(scenarios)) {
        server.world = world();
        await page.reload();
        await page.locator('.circuit, .next-step').first().waitFor();
        assert.deepEqual(await tooWide(), [], name);
      }
    }));
}
