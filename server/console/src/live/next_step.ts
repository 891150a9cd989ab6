// What a new installation still lacks, so that the page can say how to go on.
import type { LiveView, Station } from '../api/types';

export type NextStep =
  | { kind: 'circuit'; installation: number }
  | { kind: 'charge_point'; circuit: number }
  | { kind: 'activate'; chargePoint: number }
  | { kind: 'connect'; chargePoint: number }
  | { kind: 'assign'; stations: string[]; chargePoint: number }
  | { kind: 'none' };

/** The first thing missing on the way from an empty installation to a car that charges. */
export function nextStep(view: LiveView, stations: readonly Station[] | undefined): NextStep {
  const circuit = view.nodes.find(({ id }) => id !== undefined)?.id;
  if (circuit === undefined) return { kind: 'circuit', installation: view.installation };
  const [first] = view.charge_points;
  if (!first) return { kind: 'charge_point', circuit };

  const free = view.charge_points.find(({ station }) => station === undefined);
  if (free && stations) {
    const unclaimed = stations.filter(({ charge_point }) => charge_point === undefined);
    if (unclaimed.length > 0) {
      return { kind: 'assign', stations: unclaimed.map(({ identity }) => identity), chargePoint: free.id };
    }
    if (view.charge_points.every(({ station }) => station === undefined)) return { kind: 'connect', chargePoint: free.id };
  }
  if (view.charge_points.every(({ active }) => !active)) return { kind: 'activate', chargePoint: first.id };
  return { kind: 'none' };
}
