// The language of the page, for every component below the provider.
import { createContext, type ComponentChildren } from 'preact';
import { useContext, useEffect, useMemo, useState } from 'preact/hooks';
import { makeFormat, type Format } from '../format/format';
import type { Texts } from './en';
import { initialLanguage, languages, rememberLanguage, type LanguageTag } from './languages';

export interface Language {
  tag: LanguageTag;
  t: Texts;
  f: Format;
  choose(tag: LanguageTag): void;
}

const LanguageContext = createContext<Language | null>(null);

export function LanguageProvider({ children }: { children: ComponentChildren }) {
  const [tag, setTag] = useState(initialLanguage);
  useEffect(() => {
    document.documentElement.lang = tag;
  }, [tag]);
  const language = useMemo((): Language => {
    const t: Texts = languages[tag];
    const choose = (chosen: LanguageTag) => {
      rememberLanguage(chosen);
      setTag(chosen);
    };
    return { tag, t, f: makeFormat(t.locale, t.duration), choose };
  }, [tag]);
  return <LanguageContext.Provider value={language}>{children}</LanguageContext.Provider>;
}

export function useLanguage(): Language {
  const language = useContext(LanguageContext);
  if (!language) throw new Error('useLanguage outside of LanguageProvider');
  return language;
}
