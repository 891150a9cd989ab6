// Which page is shown.
import { useEffect, useErrorBoundary, useRef } from 'preact/hooks';
import { TopBar } from './components/top_bar';
import { useLinkState } from './hooks/link';
import { InstallationsPage } from './pages/installations_page';
import { LoginPage } from './pages/login_page';
import { tabTokenStore } from './rpc/token_store';
import { useLanguage } from './texts/language';

export function App() {
  const { t } = useLanguage();
  const state = useLinkState();
  const [error] = useErrorBoundary((cause) => console.error(cause));

  // A token from before a reload is taken up in a moment: no flash of the login form.
  const known = state.phase === 'live' || state.phase === 'lost';
  const resuming = state.phase === 'connecting' && tabTokenStore.get() !== null;

  // The form that had the focus is gone after a login: the keyboard goes on at the content.
  const main = useRef<HTMLElement>(null);
  const before = useRef(state.phase);
  useEffect(() => {
    if (before.current === 'login' && state.phase === 'live') main.current?.focus({ preventScroll: true });
    before.current = state.phase;
  }, [state.phase]);

  return (
    <>
      <TopBar />
      <main class="page" ref={main} tabIndex={-1}>
        {error ? <p role="alert">{t.page.noScreen}</p> : known || resuming ? <InstallationsPage /> : <LoginPage />}
      </main>
    </>
  );
}
