import { useLink, useLinkState } from '../hooks/link';
import { useLanguage } from '../texts/language';
import { ConnectionStatus } from './connection_status';
import { LanguageSwitch } from './language_switch';

export function TopBar() {
  const { t } = useLanguage();
  const link = useLink();
  const state = useLinkState();
  const user = state.phase === 'live' || state.phase === 'lost' ? state.user : undefined;
  return (
    <header class="top-bar">
      <div class="top-bar-inner">
        <span class="brand">
          <svg class="brand-mark" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
            <rect width="32" height="32" rx="7" />
            <path d="M9 10h14M9 16h8M9 22h11" />
          </svg>
          <span class="brand-name">Kurs</span>
        </span>
        <ConnectionStatus />
        <span class="spring" />
        <LanguageSwitch />
        {user !== undefined && (
          <>
            <span class="user">{user}</span>
            <button type="button" class="plain" onClick={() => void link.logout()}>
              {t.page.logout}
            </button>
          </>
        )}
      </div>
    </header>
  );
}
