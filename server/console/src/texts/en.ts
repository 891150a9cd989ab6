// Every text of the console, in English. The other languages have the same shape (Texts).
import type { ChargePointState, LimitSource, SharingPolicy } from '../api/types';

const states: Record<ChargePointState, string> = {
  no_station: 'No station assigned',
  never_seen: 'The station has never connected',
  offline: 'The station is offline',
  available: 'Free',
  preparing: 'Car connected, not charging yet',
  charging: 'Charging',
  suspended_ev: 'Car connected, takes no current now',
  suspended_evse: 'Car connected, waiting for current',
  finishing: 'Charging has ended, car still connected',
  reserved: 'Reserved',
  unavailable: 'Out of service',
  faulted: 'Fault',
};

const policies: Record<SharingPolicy, string> = {
  equal_share: 'shared equally',
  most_cars: 'shared among as many cars as possible',
  first_come: 'first come, first served',
  priority: 'shared by priority',
  departure: 'shared by departure',
};

/** What a limit is called that is not the rating; after "its". */
const limits: Record<Exclude<LimitSource, 'rating'>, string> = {
  schedule: 'scheduled limit',
  temporary: 'temporary limit',
  asymmetry: 'limit for uneven load',
  energy_cap: 'energy limit for this hour',
};

export const en = {
  languageName: 'English',
  locale: 'en-GB',
  duration: { day: 'd', hour: 'h', minute: 'min', lessThanAMinute: '< 1 min' },

  page: {
    logout: 'Log out',
    language: 'Language',
    live: 'Live',
    connecting: 'Connecting',
    reconnecting: 'Reconnecting',
    loading: 'Fetching the installation …',
    lost: (at: string) => `The connection to the server is lost. You see the values from ${at}.`,
    lostEarly: 'The connection to the server is lost.',
    tryNow: 'Try now',
    failed: (message: string) => `The server answered: ${message}`,
    noScreen: 'This page met an error and stopped. Load it again; if it happens once more, please report it.',
  },

  login: {
    title: 'Log in',
    user: 'User',
    password: 'Password',
    submit: 'Log in',
    busy: 'Logging in …',
    hint: 'First time? The server printed the first user and password when it started with an empty data directory.',
    missing: 'Type both the user and the password.',
    wrong: 'Wrong user or password.',
    tooMany: 'Too many attempts. Wait a few minutes, then try again.',
    ended: 'Your login has ended: it was unused for 12 hours, or the server was restarted. Please log in again.',
    unreachable: 'The server cannot be reached. This page keeps trying.',
    failed: (message: string) => `The login did not work. The server answered: ${message}`,
  },

  installation: {
    choose: 'Installation',
    notFound: 'This installation does not exist (any more).',
    updated: (at: string) => `Updated ${at}`,
    mainLimit: (limit: string) => `main limit ${limit}`,
    chargePoints: (count: string, one: boolean) => (one ? '1 charge point' : `${count} charge points`),
    online: (count: string) => `${count} online`,
    charging: (count: string) => `${count} charging`,
    waiting: (count: string) => `${count} waiting`,
    faulted: (count: string) => `${count} with a fault`,
    showInactive: (count: string) => `Show not activated (${count})`,
    policies,
  },

  circuit: {
    supply: 'Supply',
    rating: (rating: string) => `rated ${rating}`,
    hidden: (count: string) => `${count} not activated, not shown`,
    level: {
      high: (lines: string) => `${lines} nearly full`,
      full: (lines: string) => `${lines} full`,
      over: (lines: string) => `${lines} over the rating`,
    },
  },

  load: {
    caption: (label: string) => `Current on ${label}, in amperes`,
    line: 'Line',
    measured: 'Measured',
    granted: 'Granted',
    ceiling: 'At most',
    unknown: 'not known',
    near: { high: 'nearly full', full: 'full', over: 'over the rating' },
    legend: 'How to read the bars',
    legendMeasured: 'by the stations, now',
    legendGranted: 'to the charge points',
    legendCeiling: 'what the stations may draw at this moment',
    legendEnd: 'The end of a bar is the rating of the circuit, or the main limit.',
  },

  chargePoint: {
    states,
    fault: (code: string) => `Fault: ${code}`,
    alsoReports: (code: string) => `The station reports: ${code}`,
    stationOnline: 'online',
    stationOffline: 'offline',
    lastSeen: (at: string) => `offline, last seen ${at}`,
    limit: 'Limit',
    measuredOn: 'Measured on',
    energy: 'Session',
    duration: 'Time',
    mayStillDraw: (ceiling: string) => `The station may draw ${ceiling} until it has confirmed the change`,
  },

  reason: {
    limits,
    ownMaximum: 'Gets its maximum',
    reclaimed: 'Uses less than it could; others get the rest',
    lineFull: (where: string, line: string, left: string) => `${where} is full on ${line}: ${left} left`,
    full: (where: string, left: string) => `${where} is full: ${left} left`,
    limitReached: (where: string, limit: string, line: string, left: string) =>
      `${where} has reached its ${limit} on ${line}: ${left} left`,
    limitReachedOnAll: (where: string, limit: string) => `${where} has reached its ${limit}`,
    waiting: (place: string) => `Waits for current, place ${place}`,
    waitingUntil: (place: string, at: string) => `Waits for current, place ${place}; expected turn: ${at}`,
    waitingWithoutPlace: 'Waits for current',
    noRoom: (where: string) => `${where} has no room for this car, even without the others`,
    noRoomWithin: (where: string, limit: string) =>
      `${where} has no room for this car within its ${limit}, even without the others`,
    switchedOff: 'Switched off: its maximum is below the least that a car needs',
    offline: 'Offline: what it may draw is set aside',
    notObeying: 'The station refused its limit: what it may draw is set aside',
    inactive: 'Not activated',
    settling: 'Gets more as soon as others have come down',
  },

  empty: {
    noInstallation: 'No installation yet',
    noInstallationLead:
      'An installation is the copy of one charging plant: its supply, its circuits, its charge points. ' +
      'Create a first one with these commands. Each prints the id that the next one needs:',
    afterCommands: 'This page shows it as soon as it exists.',
    circuit: 'Next: add the first circuit',
    circuitLead: 'A circuit is a branch behind one breaker. Its rating is never exceeded.',
    chargePoint: 'Next: add the first charge point',
    chargePointLead: 'A charge point is a place to charge, such as an apartment’s parking place. A station is assigned to it.',
    activate: 'Next: activate a charge point',
    activateLead: 'A charge point gets current when it is activated.',
    connect: 'Next: connect a station',
    connectLead: 'Set this address as the central system (OCPP 1.6 or 2.0.1, JSON) in the station:',
    connectIdentity: 'IDENTITY',
    connectNote:
      'IDENTITY is the station’s own name, such as its serial number. ' +
      'The port is the server’s default; the server prints the address where it listens for stations. ' +
      'When the station has connected, assign it to a charge point:',
    assign: 'Next: assign a station to a charge point',
    assignLead: 'These stations have connected and belong to no charge point. They may not charge until they do:',
    noChargePoints: 'No charge points on this circuit.',
  },
};

export type Texts = typeof en;
