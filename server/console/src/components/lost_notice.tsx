// Says that what is shown is no longer live, and lets the user try at once.
import { useLink } from '../hooks/link';
import { useLanguage } from '../texts/language';

/** `at`: the wall clock time of the values shown, when there are any. */
export function LostNotice({ at }: { at?: string | undefined }) {
  const { t } = useLanguage();
  const link = useLink();
  return (
    <div class="notice" data-kind="lost">
      <p>{at === undefined ? t.page.lostEarly : t.page.lost(at)}</p>
      <button type="button" onClick={() => link.connect()}>
        {t.page.tryNow}
      </button>
    </div>
  );
}
