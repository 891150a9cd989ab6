// What every part of an installation's tree needs besides its own data.
import type { Station } from '../api/types';

export interface Scene {
  /** Time of the live view, RFC 3339. */
  at: string;
  /** IANA zone of the installation. */
  timeZone: string;
  showDormant: boolean;
  /** By identity; empty until the list has come. */
  stations: ReadonlyMap<string, Station>;
}
