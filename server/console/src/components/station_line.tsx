// The station of a charge point: identity, and whether it is connected.
import type { LiveChargePoint, Station } from '../api/types';
import { isOnline } from '../live/charge_points';
import { useLanguage } from '../texts/language';
import type { Scene } from './scene';

function description(station: Station | undefined): string | undefined {
  const parts = [station?.vendor, station?.model, station?.firmware, station?.protocol].filter(Boolean);
  return parts.length > 0 ? parts.join(' · ') : undefined;
}

export function StationLine({ chargePoint, scene }: { chargePoint: LiveChargePoint; scene: Scene }) {
  const { t, f } = useLanguage();
  if (chargePoint.station === undefined) return null;
  const station = scene.stations.get(chargePoint.station);
  const online = isOnline(chargePoint);
  // The list is fetched more seldom than the live view comes: what it says of an online station is history.
  const lastSeen = chargePoint.state === 'offline' && station?.online === false ? station.last_seen : undefined;
  const offline =
    lastSeen === undefined
      ? t.chargePoint.stationOffline
      : t.chargePoint.lastSeen(f.moment(lastSeen, scene.at, scene.timeZone));
  return (
    <p class="station" data-online={online} title={description(station)}>
      <span class="station-identity">{chargePoint.station}</span>{' '}
      <span class="station-online">{online ? t.chargePoint.stationOnline : offline}</span>
    </p>
  );
}
