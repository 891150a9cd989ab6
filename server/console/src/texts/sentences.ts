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

/** Why the charge point has its limit; undefined when there is nothing to explain. */
export function reasonSentence(reason: LimitReason, t: Texts, f: Format): string | undefined {
  switch (reason.kind) {
    case 'none':
      return undefined;
    case 'own_maximum':
      return t.reason.ownMaximum;
    case 'line_full': {
      const where = reason.where || t.circuit.supply;
      const left = f.ampere(reason.left_a ?? 0);
      return reason.line ? t.reason.lineFull(where, lineName(reason.line), left) : t.reason.full(where, left);
    }
    case 'waiting':
      return reason.queued ? t.reason.waiting(f.count(reason.queued)) : t.reason.waitingWithoutPlace;
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
