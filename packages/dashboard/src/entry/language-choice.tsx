import { t } from '../messages/catalogue.ts';
import { chooseLanguage, currentLanguage, LANGUAGE_NAMES, LANGUAGES } from '../messages/language.ts';
import { Icon } from '../ui/icons.tsx';

/** The other languages, each in its own words, for whoever cannot read this one. */
export function LanguageChoice() {
  const language = currentLanguage();
  return (
    <ul className="entry-languages" aria-label={t.entry.language}>
      <li aria-hidden="true">
        <Icon name="language" size="sm" />
      </li>
      {LANGUAGES.map((one) => (
        <li key={one}>
          <button type="button" lang={one} aria-pressed={one === language} onClick={() => chooseLanguage(one)}>
            {LANGUAGE_NAMES[one]}
          </button>
        </li>
      ))}
    </ul>
  );
}
