// Questions about charge points that more than one component asks.
import type { ChargePointState, LiveChargePoint } from '../api/types';

const WITHOUT_CONNECTION: ReadonlySet<ChargePointState> = new Set(['no_station', 'never_seen', 'offline']);

export function isOnline(chargePoint: LiveChargePoint): boolean {
  return !WITHOUT_CONNECTION.has(chargePoint.state);
}

/**
 * Not activated, and nothing happens there: may be left out of sight. One that may draw current, draws it
 * or has a session is always shown.
 */
export function isDormant(chargePoint: LiveChargePoint): boolean {
  const draws = chargePoint.current_a.some((current) => current !== null && current > 0);
  return !chargePoint.active && chargePoint.ceiling_a === 0 && !draws && chargePoint.session === undefined;
}

export interface Counts {
  all: number;
  online: number;
  charging: number;
  waiting: number;
  faulted: number;
}

export function countsOf(chargePoints: readonly LiveChargePoint[]): Counts {
  const count = (test: (chargePoint: LiveChargePoint) => boolean) => chargePoints.filter(test).length;
  return {
    all: chargePoints.length,
    online: count(isOnline),
    charging: count(({ state }) => state === 'charging'),
    waiting: count(({ reason }) => reason.kind === 'waiting'),
    faulted: count(({ state }) => state === 'faulted'),
  };
}
