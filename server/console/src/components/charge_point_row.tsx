// A charge point: who it is, what it does and why, and its figures.
import type { ChargePointState, LiveChargePoint } from '../api/types';
import { useLanguage } from '../texts/language';
import { lineName, reasonSentence, sideNote, stateSentence } from '../texts/sentences';
import { Icon, type IconName } from './icon';
import type { Scene } from './scene';
import { StationLine } from './station_line';

const icons: Readonly<Record<ChargePointState, IconName>> = {
  no_station: 'minus',
  never_seen: 'cut',
  offline: 'cut',
  available: 'ring',
  preparing: 'plug',
  charging: 'bolt',
  suspended_ev: 'pause',
  suspended_evse: 'pause',
  finishing: 'check',
  reserved: 'bookmark',
  unavailable: 'minus',
  faulted: 'warning',
};

interface Props {
  chargePoint: LiveChargePoint;
  scene: Scene;
  headingLevel: number;
}

export function ChargePointRow({ chargePoint, scene, headingLevel }: Props) {
  const { t, f } = useLanguage();
  const Heading = `h${headingLevel}` as 'h3';
  const { state, reason } = chargePoint;
  const why = reasonSentence(reason, t, f, scene);
  const note = sideNote(chargePoint, t);
  return (
    <li
      class="charge-point"
      data-charge-point={chargePoint.id}
      data-state={state}
      data-reason={reason.kind}
      data-active={chargePoint.active}
    >
      <div class="cp-who">
        <Heading>{chargePoint.name}</Heading>
        <StationLine chargePoint={chargePoint} scene={scene} />
      </div>
      <div class="cp-what">
        <p class="cp-state">
          <Icon name={icons[state] ?? 'ring'} />
          {stateSentence(chargePoint, t)}
        </p>
        {why !== undefined && <p class="cp-reason">{why}</p>}
        {note !== undefined && <p class="cp-note">{note}</p>}
      </div>
      <Figures chargePoint={chargePoint} scene={scene} />
    </li>
  );
}

function Figures({ chargePoint, scene }: { chargePoint: LiveChargePoint; scene: Scene }) {
  const { t, f } = useLanguage();
  const { limit_a, ceiling_a, current_a, session } = chargePoint;
  const stillMore = ceiling_a > limit_a ? t.chargePoint.mayStillDraw(f.ampere(ceiling_a)) : undefined;
  return (
    <dl class="cp-figures">
      <div class="figure" data-figure="limit" data-empty={limit_a === 0}>
        <dt>{t.chargePoint.limit}</dt>
        <dd>
          {f.ampere(limit_a)}
          {stillMore !== undefined && (
            <span class="figure-more" title={stillMore}>
              <span aria-hidden="true">≤ {f.ampere(ceiling_a)}</span>
              <span class="visually-hidden">. {stillMore}</span>
            </span>
          )}
        </dd>
      </div>
      {current_a.map((current, index) => (
        <div key={index} class="figure" data-figure={lineName(index + 1)}>
          <dt>
            <span class="visually-hidden">{t.chargePoint.measuredOn} </span>
            {lineName(index + 1)}
          </dt>
          <dd>{current === null ? f.tenths(null) : `${f.tenths(current)}\u00a0A`}</dd>
        </div>
      ))}
      <div class="figure figure-session" data-figure="energy" data-empty={session === undefined}>
        <dt>{t.chargePoint.energy}</dt>
        <dd>{f.energy(session?.energy_kwh)}</dd>
      </div>
      <div class="figure figure-session" data-figure="duration" data-empty={session === undefined}>
        <dt>{t.chargePoint.duration}</dt>
        <dd>{session ? f.duration(session.started_at, scene.at) : f.tenths(null)}</dd>
      </div>
    </dl>
  );
}
