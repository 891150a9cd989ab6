// The installations that the user may see, and the one chosen.
import { listInstallations, listStations } from '../api/calls';
import type { Installation, Station } from '../api/types';
import { LostNotice } from '../components/lost_notice';
import { NoInstallationCard } from '../components/next_step_card';
import { useLinkState } from '../hooks/link';
import { useChosenInstallation } from '../hooks/use_chosen_installation';
import { usePolled } from '../hooks/use_polled';
import { useLanguage } from '../texts/language';
import { InstallationPage } from './installation_page';

/** Somebody is creating things or connecting a station and watches this page. */
const SOON_MS = 3_000;
const SELDOM_MS = 60_000;

const installationsPause = (last: Installation[] | undefined) => (last && last.length > 0 ? SELDOM_MS : SOON_MS);

const stationsPause = (last: Station[] | undefined) =>
  last && last.length > 0 && last.every(({ charge_point }) => charge_point !== undefined) ? SELDOM_MS : SOON_MS;

export function InstallationsPage() {
  const { t } = useLanguage();
  const state = useLinkState();
  const installations = usePolled(listInstallations, installationsPause);
  const stations = usePolled(listStations, stationsPause);
  const { chosen, choose } = useChosenInstallation(installations ?? []);

  if (!installations) {
    return state.phase === 'lost' ? <LostNotice /> : <p class="quiet-note">{t.page.loading}</p>;
  }
  if (!chosen) {
    return (
      <>
        {state.phase === 'lost' && <LostNotice />}
        <h1 class="visually-hidden">Kurs</h1>
        <NoInstallationCard />
      </>
    );
  }
  return (
    <>
      {installations.length > 1 && (
        <label class="chooser">
          {t.installation.choose}
          <select value={chosen.id} onChange={(event) => choose(Number(event.currentTarget.value))}>
            {installations.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </label>
      )}
      <InstallationPage key={chosen.id} installation={chosen} stations={stations} />
    </>
  );
}
