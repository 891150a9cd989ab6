// Whether what the page shows is live: a dot and a word.
import { useLinkState } from '../hooks/link';
import type { LinkState } from '../rpc/link';
import type { Texts } from '../texts/en';
import { useLanguage } from '../texts/language';

function words(state: LinkState, t: Texts): string {
  switch (state.phase) {
    case 'live':
      return t.page.live;
    case 'lost':
      return t.page.reconnecting;
    case 'connecting':
      return t.page.connecting;
    case 'login':
      return '';
  }
}

export function ConnectionStatus() {
  const { t } = useLanguage();
  const state = useLinkState();
  // The element stays, so that screen readers hear of a change.
  return (
    <p class="connection" role="status" data-phase={state.phase}>
      {words(state, t)}
    </p>
  );
}
