// Canned installations for the mock server: what `live.get`, `installation.list` and `station.list` answer.
// Values are chosen to show every state and every reason; they are no output of any allocator.

const START = Date.parse('2026-11-22T11:00:00Z');
const SECOND_MS = 1000;

const iso = (milliseconds) => new Date(milliseconds).toISOString().replace('.000Z', 'Z');

const none = [0, 0, 0];
const unknown = [null, null, null];

function installation(id, name, more = {}) {
  return {
    id, name, address: '', grid: 'TN400', limit_a: 63, policy: 'equal_share', time_zone: 'Europe/Oslo', notes: '',
    created_at: '2026-11-20T08:00:00Z', ...more,
  };
}

function chargePoint(id, name, circuit, more = {}) {
  return {
    id, name, circuit, active: true, state: 'available', limit_a: 0, ceiling_a: 0, reason: { kind: 'none' },
    current_a: none, ...more,
  };
}

const session = (id, minutesAgo, energy_kwh) => ({
  id, started_at: iso(START - minutesAgo * 60 * SECOND_MS), token: '04AABBCC', energy_kwh,
});

function station(identity, charge_point, more = {}) {
  return {
    identity, serial_number: `SN-${identity}`, vendor: 'Ladeverk', model: 'Vegg 22', firmware: '1.4.2',
    protocol: 'ocpp1.6', first_seen: '2026-11-20T08:10:00Z', last_seen: '2026-11-22T10:59:50Z', online: true,
    ...(charge_point === undefined ? {} : { charge_point, evse: 1 }), ...more,
  };
}

function busyChargePoints() {
  return [
    chargePoint(1, 'P-101', 1, {
      station: 'CP-101', state: 'charging', limit_a: 10.7, ceiling_a: 10.7, current_a: [10.6, 10.5, 10.6],
      reason: { kind: 'line_full', where: 'Kurs 1', line: 2, source: 'rating', left_a: 0.4, queued: 0 }, session: session(9, 72, 7.91),
    }),
    chargePoint(2, 'P-102', 1, {
      station: 'CP-102', state: 'charging', limit_a: 10.7, ceiling_a: 10.7, current_a: [10.6, 10.6, 10.5],
      reason: { kind: 'line_full', where: 'Kurs 1', line: 2, source: 'rating', left_a: 0.4, queued: 0 }, session: session(10, 31, 3.2),
    }),
    chargePoint(3, 'P-103', 1, {
      station: 'CP-103', state: 'suspended_evse', current_a: none,
      reason: {
        kind: 'waiting', where: 'Kurs 1', line: 2, source: 'rating', left_a: 0.4, queued: 2,
        turn_at: iso(START + 12 * 60 * SECOND_MS),
      },
      session: session(11, 4, 0),
    }),
    chargePoint(4, 'P-104', 1, {
      station: 'CP-104', state: 'offline', limit_a: 10, ceiling_a: 10, current_a: unknown,
      reason: { kind: 'offline' }, session: session(8, 60 * 27, 14.05),
    }),
    chargePoint(5, 'Gjesteplass ved inngang B', 2, {
      station: 'CP-201', state: 'charging', limit_a: 16, ceiling_a: 20, current_a: [17.9, null, null],
      reason: { kind: 'own_maximum' }, session: session(12, 0.5, 0.03),
    }),
    chargePoint(6, 'P-202', 2, { station: 'CP-202', state: 'available' }),
    chargePoint(7, 'P-203', 2, {
      station: 'CP-203', state: 'faulted', fault: 'GroundFailure', ceiling_a: 6, current_a: unknown,
      reason: { kind: 'not_obeying' },
    }),
    chargePoint(8, 'P-211', 3, {
      station: 'CP-211', state: 'charging', limit_a: 6, ceiling_a: 6, current_a: [5.9, 5.8, 5.9],
      reason: { kind: 'settling' }, session: session(13, 9, 0.58),
    }),
    chargePoint(9, 'P-212', 3, {
      station: 'CP-212', state: 'suspended_ev', limit_a: 10, ceiling_a: 10, reason: { kind: 'own_maximum' },
      session: session(14, 605, 42.7),
    }),
    chargePoint(10, 'P-213', 3, { active: false, state: 'no_station', current_a: unknown, reason: { kind: 'inactive' } }),
    chargePoint(11, 'P-214', 3, {
      active: false, station: 'CP-214', state: 'never_seen', current_a: unknown, reason: { kind: 'inactive' },
    }),
  ];
}

function busy() {
  const storgata = installation(1, 'Storgata 1', { address: 'Storgata 1, 0155 Oslo' });
  return {
    installations: [storgata],
    stations: [
      station('CP-101', 1), station('CP-102', 2, { protocol: 'ocpp2.0.1' }), station('CP-103', 3),
      station('CP-104', 4, { online: false, last_seen: '2026-11-22T10:41:00Z' }), station('CP-201', 5),
      station('CP-202', 6), station('CP-203', 7), station('CP-211', 8, { protocol: 'ocpp2.0.1' }), station('CP-212', 9),
    ],
    views: {
      1: {
        installation: 1, name: 'Storgata 1', grid: 'TN400', at: iso(START),
        nodes: [
          { label: 'Storgata 1', rating_a: 63, current_a: [45.2, 27.0, 27.1], granted_a: [53.4, 37.4, 37.4], ceiling_a: [63, 47.4, 47.4] },
          { id: 1, label: 'Kurs 1', rating_a: 32, current_a: [21.2, 31.6, 21.1], granted_a: [21.4, 31.6, 21.4], ceiling_a: [31.4, 31.6, 31.4] },
          { id: 2, label: 'Kurs 2', rating_a: 32, current_a: [23.8, 5.8, null], granted_a: [32, 16, 16], ceiling_a: [32, 16, 16] },
          { id: 3, parent: 2, label: 'Kurs 2.1 underfordeling', rating_a: 16, current_a: [5.9, 5.8, 5.9], granted_a: [16, 16, 16], ceiling_a: [16, 16, 16] },
        ],
        charge_points: busyChargePoints(),
      },
    },
  };
}

function quietView(id, name, nodes, charge_points, grid = 'TN400') {
  const supply = { label: name, rating_a: 63, current_a: unknown, granted_a: none, ceiling_a: none };
  return { installation: id, name, grid, at: iso(START), nodes: [supply, ...nodes], charge_points };
}

const kurs1 = { id: 1, label: 'Kurs 1', rating_a: 32, current_a: unknown, granted_a: none, ceiling_a: none };

/** Scenario name -> a fresh world. */
export const scenarios = {
  busy,
  empty: () => ({ installations: [], stations: [], views: {} }),
  no_circuits: () => ({
    installations: [installation(1, 'Storgata 1')], stations: [], views: { 1: quietView(1, 'Storgata 1', [], []) },
  }),
  no_stations: () => ({
    installations: [installation(1, 'Storgata 1')],
    stations: [],
    views: {
      1: quietView(1, 'Storgata 1', [kurs1], [
        chargePoint(1, 'P-101', 1, { state: 'no_station', current_a: unknown }),
        chargePoint(2, 'P-102', 1, { state: 'no_station', current_a: unknown }),
      ]),
    },
  }),
  several: () => {
    const world = busy();
    world.installations.push(installation(2, 'Fjordveien borettslag', { grid: 'IT230', policy: 'first_come' }));
    world.views[2] = quietView(2, 'Fjordveien borettslag', [{ ...kurs1, id: 21, label: 'Garasje A' }], [
      chargePoint(21, 'A-1', 21, { station: 'CP-301' }),
    ], 'IT230');
    world.stations.push(station('CP-301', 21));
    return world;
  },
};

/** Moves a world on by `seconds`: measured currents sway by a few tenths, energies grow, the clock goes on. */
export function advance(world, seconds) {
  for (const view of Object.values(world.views)) {
    const at = Date.parse(view.at) + seconds * SECOND_MS;
    view.at = iso(at);
    const phase = at / SECOND_MS;
    const sway = (current, index) =>
      current ? Math.max(0, Number((current + 0.2 * Math.sin(phase * 1.7 + index * 2.1)).toFixed(1))) : current;
    for (const node of view.nodes) node.current_a = node.current_a.map(sway);
    for (const point of view.charge_points) {
      if (point.state !== 'charging') continue;
      point.current_a = point.current_a.map(sway);
      point.session.energy_kwh = Number((point.session.energy_kwh + 0.002 * seconds).toFixed(3));
    }
  }
}
