import assert from 'node:assert/strict';
import test from 'node:test';
import { login } from './browser.mjs';
import { eventually, textOf, useBrowser, withMock } from './harness.mjs';
import { PASSWORD, USER } from './mock_server.mjs';

const browser = useBrowser();
const loggedOut = { scenario: 'busy', loggedIn: false };
const alert = (page) => textOf(page.locator('[role=alert]'));

test('a wrong password is told in plain words, and the right one then opens the installation', () =>
  withMock(browser(), loggedOut, async ({ page }) => {
    await login(page, USER, 'wrong');
    await eventually(() => alert(page), 'Wrong user or password.');
    await page.getByRole('button', { name: 'Norsk bokmål' }).click();
    assert.equal(await alert(page), 'Feil bruker eller passord.');
    await login(page, USER, PASSWORD);
    await page.getByRole('heading', { level: 1, name: 'Storgata 1' }).waitFor();
  }));

test('an empty field and a server that has had too many attempts are told', () =>
  withMock(browser(), loggedOut, async ({ page, server }) => {
    await login(page, USER, '');
    assert.equal(await alert(page), 'Type both the user and the password.');
    assert.deepEqual(server.called, []);
    server.tooManyAttempts = true;
    await login(page, USER, PASSWORD);
    await eventually(() => alert(page), 'Too many attempts. Wait a few minutes, then try again.');
  }));

test('login, language and "show not activated" work from the keyboard alone', () =>
  withMock(browser(), loggedOut, async ({ page }) => {
    await page.locator('input[name=user]:focus').waitFor();
    await page.keyboard.type(USER);
    await page.keyboard.press('Tab');
    await page.keyboard.type(PASSWORD);
    await page.keyboard.press('Enter');
    await page.locator('[data-circuit="1"]').waitFor();
    await page.locator('main:focus').waitFor(); // goes on at the content

    const focusOn = async (selector, key) => {
      for (let presses = 0; presses < 20; presses += 1) {
        if ((await page.locator(`${selector}:focus`).count()) > 0) return;
        await page.keyboard.press(key);
      }
      assert.fail(`${selector} is not reached by ${key}`);
    };
    await focusOn('.check input', 'Tab');
    await page.keyboard.press('Space');
    await page.locator('[data-charge-point="10"]').waitFor();
    await focusOn('.switch button[lang=nb]', 'Shift+Tab');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Inntak' }).waitFor();
  }));

test('a reload stays logged in; logging out does not survive one', () =>
  withMock(browser(), { scenario: 'busy' }, async ({ page, server }) => {
    await page.reload();
    await page.locator('[data-circuit="1"]').waitFor();
    assert.equal(server.called.filter((method) => method === 'auth.login').length, 1);
    await page.getByRole('button', { name: 'Log out' }).click();
    await page.getByRole('heading', { name: 'Log in' }).waitFor();
    await eventually(() => [...server.tokens], []);
    await page.reload();
    await page.getByRole('heading', { name: 'Log in' }).waitFor();
    assert.equal(await alert(page), ''); // the user's own doing needs no explanation
  }));

test('a server that is away during login is told, and the login works when it is back', () =>
  withMock(browser(), { ...loggedOut, cut: true }, async ({ page, server }) => {
    await page.locator('[data-phase=login]').waitFor({ state: 'attached' });
    server.refusing = true;
    server.dropConnections();
    await page.locator('[data-phase=connecting]').waitFor();
    await login(page, USER, PASSWORD);
    await eventually(() => alert(page), 'The server cannot be reached. This page keeps trying.');
    server.refusing = false;
    await eventually(() => alert(page), '');
    await login(page, USER, PASSWORD);
    await page.locator('[data-circuit="1"]').waitFor();
  }));
