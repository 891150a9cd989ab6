import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { useLink, useLinkState } from '../hooks/link';
import { errorCode, hasCode, RpcError } from '../rpc/errors';
import type { Texts } from '../texts/en';
import { useLanguage } from '../texts/language';

/** A function of the texts, so that a change of language changes a message that stands. */
interface Message {
  text(t: Texts): string;
}

const missing: Message = { text: (t) => t.login.missing };
const wrong: Message = { text: (t) => t.login.wrong };
const tooMany: Message = { text: (t) => t.login.tooMany };
const unreachable: Message = { text: (t) => t.login.unreachable };

function messageOf(error: unknown): Message {
  if (hasCode(error, errorCode.wrongCredentials)) return wrong;
  if (hasCode(error, errorCode.tooManyAttempts)) return tooMany;
  if (error instanceof RpcError) return { text: (t) => t.login.failed(error.message) };
  return unreachable;
}

export function LoginPage() {
  const { t } = useLanguage();
  const link = useLink();
  const state = useLinkState();
  const [busy, setBusy] = useState(false);
  const [message, setMessage] = useState<Message>();
  const userField = useRef<HTMLInputElement>(null);
  const passwordField = useRef<HTMLInputElement>(null);
  const userId = useId();
  const passwordId = useId();
  const messageId = useId();

  useEffect(() => {
    document.title = `${t.login.title} – Kurs`;
  }, [t]);
  useEffect(() => userField.current?.focus(), []);

  useEffect(() => {
    if (state.phase === 'login') setMessage((standing) => (standing === unreachable ? undefined : standing));
  }, [state.phase]);

  const submit = async (event: Event) => {
    event.preventDefault();
    const user = userField.current?.value.trim() ?? '';
    const password = passwordField.current?.value ?? '';
    if (user === '' || password === '') {
      setMessage(missing);
      (user === '' ? userField : passwordField).current?.focus();
      return;
    }
    setBusy(true);
    setMessage(undefined);
    try {
      await link.login(user, password); // and this page is gone
    } catch (error) {
      setMessage(messageOf(error));
      setBusy(false);
      link.connect(); // when there is no connection: somebody waits for it now
      passwordField.current?.select();
    }
  };

  const text = message?.text(t) ?? (state.phase === 'login' && state.ended ? t.login.ended : undefined);
  return (
    <form class="login" onSubmit={(event) => void submit(event)} noValidate>
      <h1>{t.login.title}</h1>
      <p class="login-message" id={messageId} role="alert">
        {text}
      </p>
      <label for={userId}>{t.login.user}</label>
      <input
        id={userId}
        ref={userField}
        name="user"
        autocomplete="username"
        autocapitalize="none"
        spellcheck={false}
        aria-describedby={messageId}
      />
      <label for={passwordId}>{t.login.password}</label>
      <input
        id={passwordId}
        ref={passwordField}
        name="password"
        type="password"
        autocomplete="current-password"
        aria-describedby={messageId}
      />
      <button type="submit" class="primary" disabled={busy}>
        {busy ? t.login.busy : t.login.submit}
      </button>
      <p class="login-hint">{t.login.hint}</p>
    </form>
  );
}
