// One installation: its name and sums, and the tree from the supply to the charge points.
import { useEffect, useMemo, useState } from 'preact/hooks';
import type { Installation, LiveView, Station } from '../api/types';
import { CircuitSection } from '../components/circuit_section';
import { LoadLegend } from '../components/load_legend';
import { LostNotice } from '../components/lost_notice';
import { NextStepCard } from '../components/next_step_card';
import type { Scene } from '../components/scene';
import { useLinkState } from '../hooks/link';
import { useLive } from '../hooks/use_live';
import { countsOf, isDormant } from '../live/charge_points';
import { nextStep } from '../live/next_step';
import { treeOf } from '../live/tree';
import { useLanguage } from '../texts/language';
import { gridName, policyName } from '../texts/sentences';

interface Props {
  installation: Installation;
  /** Undefined until the list has come. */
  stations: Station[] | undefined;
}

export function InstallationPage({ installation, stations }: Props) {
  const { t, f } = useLanguage();
  const state = useLinkState();
  const live = useLive(installation.id);
  const view = live.kind === 'view' ? live.view : undefined;
  const name = view?.name ?? installation.name;
  const clock = view && f.clock(view.at, installation.time_zone);

  useEffect(() => {
    document.title = `${name} – Kurs`;
  }, [name]);

  return (
    <>
      {state.phase === 'lost' && <LostNotice at={clock} />}
      <div class="installation" data-stale={state.phase !== 'live'}>
        <header class="installation-head">
          <h1>{name}</h1>
          {clock !== undefined && <p class="updated">{t.installation.updated(clock)}</p>}
          <p class="installation-place">{installation.address}</p>
        </header>
        {live.kind === 'loading' && <p class="quiet-note">{t.page.loading}</p>}
        {live.kind === 'not_found' && <p role="alert">{t.installation.notFound}</p>}
        {live.kind === 'failed' && <p role="alert">{t.page.failed(live.message)}</p>}
        {view && <InstallationView view={view} installation={installation} stations={stations} />}
      </div>
    </>
  );
}

function InstallationView({ view, installation, stations }: Props & { view: LiveView }) {
  const { t, f } = useLanguage();
  const [wanted, setWanted] = useState(false);
  const tree = useMemo(() => treeOf(view), [view]);
  const byIdentity = useMemo(
    () => new Map(stations?.map((station) => [station.identity, station])),
    [stations],
  );
  const dormant = view.charge_points.filter(isDormant).length;
  const onlyDormant = dormant === view.charge_points.length;
  const scene: Scene = {
    at: view.at,
    timeZone: installation.time_zone,
    showDormant: wanted || onlyDormant,
    stations: byIdentity,
  };

  return (
    <>
      <Summary view={view} policy={installation.policy} />
      <NextStepCard step={nextStep(view, stations)} />
      <div class="tree-tools">
        <LoadLegend />
        {dormant > 0 && !onlyDormant && (
          <label class="check">
            <input type="checkbox" checked={wanted} onChange={(event) => setWanted(event.currentTarget.checked)} />
            {t.installation.showInactive(f.count(dormant))}
          </label>
        )}
      </div>
      {tree && (
        <div class="tree">
          <CircuitSection tree={tree} scene={scene} />
        </div>
      )}
    </>
  );
}

function Summary({ view, policy }: { view: LiveView; policy: Installation['policy'] }) {
  const { t, f } = useLanguage();
  const { all, online, charging, waiting, faulted } = countsOf(view.charge_points);
  const parts = [gridName(view.grid), policyName(policy, t), t.installation.chargePoints(f.count(all), all === 1)];
  if (all > 0) parts.push(t.installation.online(f.count(online)), t.installation.charging(f.count(charging)));
  if (waiting > 0) parts.push(t.installation.waiting(f.count(waiting)));
  if (faulted > 0) parts.push(t.installation.faulted(f.count(faulted)));
  return (
    <ul class="summary">
      {parts.map((part) => (
        <li key={part}>{part}</li>
      ))}
    </ul>
  );
}
