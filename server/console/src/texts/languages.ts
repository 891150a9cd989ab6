// The languages of the console and the choice between them.
import { en, type Texts } from './en';
import { nb } from './nb';

/** BCP 47 tag -> texts. The order is that of the switch. */
export const languages = { en, nb } satisfies Record<string, Texts>;

export type LanguageTag = keyof typeof languages;

export const languageTags = Object.keys(languages) as LanguageTag[];

const KEY = 'kurs.language';
const FALLBACK: LanguageTag = 'en';

/** What browsers of Norwegian speakers ask for, beside `nb` itself. */
const NORWEGIAN: readonly string[] = ['no', 'nn'];

/** The language chosen here before, else the first that the browser asks for and we have. */
export function initialLanguage(): LanguageTag {
  const chosen = languageTags.find((tag) => tag === localStorage.getItem(KEY));
  if (chosen) return chosen;
  for (const wanted of navigator.languages) {
    const primary = wanted.split('-')[0] ?? '';
    const tag = NORWEGIAN.includes(primary) ? 'nb' : languageTags.find((known) => known === primary);
    if (tag) return tag;
  }
  return FALLBACK;
}

export function rememberLanguage(tag: LanguageTag): void {
  localStorage.setItem(KEY, tag);
}
