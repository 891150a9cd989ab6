import { useLanguage } from '../texts/language';
import { languages, languageTags } from '../texts/languages';

export function LanguageSwitch() {
  const { tag: chosen, t, choose } = useLanguage();
  return (
    <div class="switch" role="group" aria-label={t.page.language}>
      {languageTags.map((tag) => (
        <button
          key={tag}
          type="button"
          lang={tag}
          aria-label={languages[tag].languageName}
          title={languages[tag].languageName}
          aria-pressed={tag === chosen}
          onClick={() => choose(tag)}
        >
          {tag.toUpperCase()}
        </button>
      ))}
    </div>
  );
}
