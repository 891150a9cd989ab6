// The objects of the operators' API, named and spelled as server/admin/README.md has them.
// Currents are amperes, energies kilowatt-hours, times RFC 3339; a field without a value is left out.

/** One number per line L1, L2, L3; null where it is not known. */
export type PerLine = readonly [number | null, number | null, number | null];

/** How current is shared where there is not enough for all. */
export type SharingPolicy = 'equal_share' | 'most_cars' | 'first_come' | 'priority' | 'departure';

export interface Installation {
  id: number;
  name: string;
  address?: string;
  grid: string;
  limit_a: number;
  policy: SharingPolicy;
  time_zone: string;
  notes?: string;
  created_at: string;
}

export interface Station {
  identity: string;
  serial_number?: string;
  vendor?: string;
  model?: string;
  firmware?: string;
  protocol?: string;
  first_seen?: string;
  last_seen?: string;
  online: boolean;
  charge_point?: number;
  evse?: number;
}

/** A circuit, or without `id` the installation's own supply. */
export interface LiveNode {
  id?: number;
  parent?: number;
  label: string;
  rating_a: number;
  /** Measured by the stations below, summed. */
  current_a: PerLine;
  /** What the plan grants the charge points below, summed. */
  granted_a: PerLine;
  /** The most that the stations below may draw at this moment, summed; never above the rating. */
  ceiling_a: PerLine;
}

export type ChargePointState =
  | 'no_station'
  | 'never_seen'
  | 'offline'
  | 'available'
  | 'preparing'
  | 'charging'
  | 'suspended_ev'
  | 'suspended_evse'
  | 'finishing'
  | 'reserved'
  | 'unavailable'
  | 'faulted';

export type ReasonKind =
  | 'none'
  | 'own_maximum'
  | 'reclaimed'
  | 'line_full'
  | 'waiting'
  | 'no_room'
  | 'switched_off'
  | 'offline'
  | 'not_obeying'
  | 'inactive'
  | 'settling';

/** What limits a line there. */
export type LimitSource = 'rating' | 'schedule' | 'temporary' | 'asymmetry' | 'energy_cap';

export interface LimitReason {
  kind: ReasonKind;
  /** Label of the circuit, or name of the installation. */
  where?: string;
  /** 1 to 3; none for an energy cap. */
  line?: number;
  source?: LimitSource;
  left_a?: number;
  /** Place among those that wait; 1 is next. */
  queued?: number;
  /** When one that waits can expect to charge, as far as that is known. */
  turn_at?: string;
}

export interface LiveSession {
  id: number;
  started_at: string;
  token?: string;
  energy_kwh?: number;
}

export interface LiveChargePoint {
  id: number;
  name: string;
  circuit: number;
  active: boolean;
  station?: string;
  state: ChargePointState;
  fault?: string;
  limit_a: number;
  ceiling_a: number;
  reason: LimitReason;
  current_a: PerLine;
  session?: LiveSession;
}

export interface LiveView {
  installation: number;
  name: string;
  grid: string;
  at: string;
  /** The supply first, parents before children. */
  nodes: LiveNode[];
  charge_points: LiveChargePoint[];
}
