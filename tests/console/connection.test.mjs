import assert from 'node:assert/strict';
import test from 'node:test';
import { circuit, eventually, measuredTexts, textOf, useBrowser, withMock } from './harness.mjs';

const browser = useBrowser();
const cut = { scenario: 'busy', cut: true };
const phase = (page) => page.locator('.connection').getAttribute('data-phase');

test('after a dropped connection the page comes back by itself, still logged in and live', () =>
  withMock(browser(), cut, async ({ page, server }) => {
    await eventually(async () => server.subscribed, [1]);
    server.dropConnections();
    await eventually(async () => server.subscribed.length, 0);
    await eventually(async () => server.subscribed, [1]);
    await eventually(() => phase(page), 'live');
    assert.equal(server.called.filter((method) => method === 'auth.login').length, 1);
    server.world.views[1].nodes[1].current_a = [1, 2, 3];
    server.publish();
    await eventually(() => measuredTexts(page, 1), ['1.0', '2.0', '3.0']);
  }));

test('while the server is away the last values stay, marked as old, and "Try now" does not wait', () =>
  withMock(browser(), cut, async ({ page, server }) => {
    server.refusing = true;
    server.dropConnections();
    await page.locator('.notice').waitFor();
    assert.equal(await textOf(page.locator('.notice p')), 'The connection to the server is lost. You see the values from 12:00:00.');
    assert.equal(await textOf(page.locator('.connection')), 'Reconnecting');
    assert.deepEqual(await measuredTexts(page, 1), ['21.2', '31.6', '21.1']);
    await page.waitForTimeout(4000); // the back-off has grown to several seconds
    server.refusing = false;
    await page.getByRole('button', { name: 'Try now' }).click();
    await page.locator('.notice').waitFor({ state: 'detached', timeout: 1500 });
    assert.equal(await textOf(page.locator('.connection')), 'Live');
  }));

test('a login that the restarted server no longer knows leads to the form, with the reason', () =>
  withMock(browser(), cut, async ({ page, server }) => {
    server.tokens.clear();
    server.dropConnections();
    await page.getByRole('heading', { name: 'Log in' }).waitFor();
    const reason = () => textOf(page.locator('[role=alert]'));
    assert.match(await reason(), /^Your login has ended/);
    server.dropConnections();
    await eventually(() => phase(page), 'connecting');
    await eventually(() => phase(page), 'login');
    assert.match(await reason(), /^Your login has ended/); // still the reason
  }));

test('an installation that is gone is told', () =>
  withMock(browser(), cut, async ({ page, server }) => {
    delete server.world.views[1];
    server.dropConnections();
    await page.getByText('This installation does not exist (any more).').waitFor();
    assert.equal(await circuit(page, 1).count(), 0);
  }));
