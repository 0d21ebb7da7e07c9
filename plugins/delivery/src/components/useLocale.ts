import {
  appLanguageApiRef,
  useApiHolder,
} from '@backstage/frontend-plugin-api';

/**
 * The locale in which numbers and dates are written: that of the browser if it is
 * in the selected language, as `en-GB` is English; else the language itself.
 *
 * @internal
 */
export function useLocale(): string {
  const language = useApiHolder()
    .get(appLanguageApiRef)
    ?.getLanguage().language;
  return localeOf(language, navigator.language);
}

/** @internal */
export function localeOf(
  language: string | undefined,
  browserLocale: string,
): string {
  const isSame =
    language === undefined ||
    browserLocale.toLowerCase().split('-')[0] ===
      language.toLowerCase().split('-')[0];
  return isSame ? browserLocale : language;
}
