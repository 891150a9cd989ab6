// What the live view says in codes, as sentences.
import type { LimitReason, LiveChargePoint } from '../api/types';
import type { Format } from '../format/format';
import type { Texts } from './en';

const NO_ERROR = 'NoError'; // OCPP 1.6 ChargePointErrorCode when there is nothing to report

const gridNames: Readonly<Record<string, string>> = { TN400: 'TN 400 V', IT230: 'IT 230 V', TT230: 'TT 230 V' };

export function lineName(line: number): string {
  return `L${line}`;
}

export function gridName(grid: string): string {
  return gridNames[grid] ?? grid;
}

/** "shared equally": how current is shared. A policy of a newer server is shown as it came. */
export function policyName(policy: string, t: Texts): string {
  const known: Readonly<Record<string, string | undefined>> = t.installation.policies;
  return known[policy] ?? policy;
}

/** "Charging", "Fault: GroundFailure". A state of a newer server is shown as it came. */
export function stateSentence({ state, fault }: LiveChargePoint, t: Texts): string {
  if (state === 'faulted' && reportedFault(fault)) return t.chargePoint.fault(fault as string);
  const known: Readonly<Record<string, string | undefined>> = t.chargePoint.states;
  return known[state] ?? state;
}

/** What the station reports although its state is not a fault. */
export function sideNote({ state, fault }: LiveChargePoint, t: Texts): string | undefined {
  return state !== 'faulted' && reportedFault(fault) ? t.chargePoint.alsoReports(fault as string) : undefined;
}

function reportedFault(fault: string | undefined): boolean {
  return fault !== undefined && fault !== '' && fault !== NO_ERROR;
}

/** When and where a sentence is read: both are needed to name a time of day. */
export interface Moment {
  /** RFC 3339. */
  at: string;
  /** IANA zone of the installation. */
  timeZone: string;
}

/** Why the charge point has its limit; undefined when there is nothing to explain. */
export function reasonSentence(reason: LimitReason, t: Texts, f: Format, moment: Moment): string | undefined {
  switch (reason.kind) {
    case 'none':
      return undefined;
    case 'own_maximum':
      return t.reason.ownMaximum;
    case 'reclaimed':
      return t.reason.reclaimed;
    case 'line_full':
      return fullSentence(reason, t, f);
    case 'waiting':
      return waitingSentence(reason, t, f, moment);
    case 'no_room': {
      const where = reason.where || t.circuit.supply;
      const limit = limitName(reason, t);
      return limit === undefined ? t.reason.noRoom(where) : t.reason.noRoomWithin(where, limit);
    }
    case 'switched_off':
      return t.reason.switchedOff;
    case 'offline':
      return t.reason.offline;
    case 'not_obeying':
      return t.reason.notObeying;
    case 'inactive':
      return t.reason.inactive;
    case 'settling':
      return t.reason.settling;
    default:
      return reason.kind satisfies never; // a newer server's word is shown as it came
  }
}

/** What limits the place; undefined for its rating. A source of a newer server is shown as it came. */
function limitName({ source = 'rating' }: LimitReason, t: Texts): string | undefined {
  if (source === 'rating') return undefined;
  const known: Readonly<Record<string, string | undefined>> = t.reason.limits;
  return known[source] ?? source;
}

function fullSentence(reason: LimitReason, t: Texts, f: Format): string {
  const where = reason.where || t.circuit.supply;
  const limit = limitName(reason, t);
  const left = f.ampere(reason.left_a ?? 0);
  // The cap is on the sum of all lines, and what is left of it is no current of any line.
  const line = reason.line && reason.source !== 'energy_cap' ? lineName(reason.line) : undefined;
  if (limit === undefined) return line === undefined ? t.reason.full(where, left) : t.reason.lineFull(where, line, left);
  return line === undefined ? t.reason.limitReachedOnAll(where, limit) : t.reason.limitReached(where, limit, line, left);
}

function waitingSentence({ queued, turn_at }: LimitReason, t: Texts, f: Format, { at, timeZone }: Moment): string {
  if (!queued) return t.reason.waitingWithoutPlace;
  const place = f.count(queued);
  return turn_at === undefined ? t.reason.waiting(place) : t.reason.waitingUntil(place, f.moment(turn_at, at, timeZone));
}
