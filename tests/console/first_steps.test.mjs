import assert from 'node:assert/strict';
import test from 'node:test';
import { chargePoint, eventually, textOf, useBrowser, withMock } from './harness.mjs';
import { scenarios } from './mock_data.mjs';

const browser = useBrowser();
const commands = (page) => page.locator('.command').allInnerTexts();

test('an empty server leads to the commands that create an installation, and shows it once it exists', () =>
  withMock(browser(), { scenario: 'empty' }, async ({ page, server }) => {
    assert.deepEqual(await commands(page), [
      `kurs call installation.create '{"name":"Storgata 1","limit_a":63}'`,
      `kurs call circuit.create '{"installation":1,"label":"Kurs 1","rating_a":32}'`,
      `kurs call charge_point.create '{"circuit":1,"name":"P-101","active":true}'`,
    ]);
    server.world = scenarios.no_circuits();
    await page.getByRole('heading', { level: 1, name: 'Storgata 1' }).waitFor();
    await eventually(() => commands(page), [`kurs call circuit.create '{"installation":1,"label":"Kurs 1","rating_a":32}'`]);
  }));

test('without stations the page says where they connect; one that has connected is offered for assignment', () =>
  withMock(browser(), { scenario: 'no_stations' }, async ({ page, server }) => {
    await eventually(() => commands(page), [
      'ws://127.0.0.1:9000/ocpp/IDENTITY',
      `kurs call station.assign '{"station":"IDENTITY","charge_point":1}'`,
    ]);
    server.world.stations.push({ identity: "Ola's", online: true });
    await eventually(() => commands(page), [
      String.raw`kurs call station.assign '{"station":"Ola'\''s","charge_point":1}'`, // as a shell reads it
    ]);
    server.world.stations[0].charge_point = 1;
    Object.assign(server.world.views[1].charge_points[0], { station: "Ola's", state: 'available' });
    server.publish();
    await eventually(() => commands(page), []);
    assert.equal(await textOf(chargePoint(page, 1).locator('.station')), "Ola's online");
  }));

test('when nothing is activated yet, all charge points are shown and the command to activate', () =>
  withMock(browser(), { scenario: 'no_stations' }, async ({ page, server }) => {
    for (const point of server.world.views[1].charge_points) {
      Object.assign(point, { active: false, station: `CP-${point.id}`, reason: { kind: 'inactive' } });
    }
    server.publish();
    await eventually(() => commands(page), [`kurs call charge_point.activate '{"charge_point":1}'`]);
    assert.equal(await textOf(chargePoint(page, 2).locator('.cp-reason')), 'Not activated');
  }));
