import { render } from 'preact';
import { App } from './app';
import { LinkProvider } from './hooks/link';
import { Link } from './rpc/link';
import { openAdminSocket } from './rpc/open_admin_socket';
import { tabTokenStore } from './rpc/token_store';
import './styles.css';
import { LanguageProvider } from './texts/language';

const link = new Link(openAdminSocket, tabTokenStore);
link.connect();

// When the machine comes back to the network or the user to the page, the back-off has no purpose.
addEventListener('online', () => link.connect());
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'visible') link.connect();
});

const root = document.getElementById('app');
if (!root) throw new Error('index.html has no #app');
render(
  <LanguageProvider>
    <LinkProvider link={link}>
      <App />
    </LinkProvider>
  </LanguageProvider>,
  root,
);
